import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasOffice, startArguments } from "./program.mjs";

test("引数も本物の事務所もなければ見本を開き、引数はそのまま渡す", () => {
  expect(startArguments([], false)).toEqual(["start", "--demo"]);
  expect(startArguments(["--port", "8080"], false)).toEqual(["start", "--demo", "--port", "8080"]);
});

test("本物の事務所か場所の指定があれば、見本にはしない", () => {
  expect(startArguments([], true)).toEqual(["start"]);
  expect(startArguments(["--data", "x"], false)).toEqual(["start", "--data", "x"]);
  expect(startArguments(["start", "--port", "1"], false)).toEqual(["start", "--port", "1"]);
});

test("本物の事務所は、場所か PostgreSQL の指定、または data/ の表札で分かる", () => {
  const directory = mkdtempSync(join(tmpdir(), "madoguchi-program-"));
  expect(hasOffice({}, directory)).toBe(false);
  expect(hasOffice({ MADOGUCHI_DATA: "/srv/office" }, directory)).toBe(true);
  expect(hasOffice({ MADOGUCHI_DATABASE_URL: "postgres://x" }, directory)).toBe(true);
  mkdirSync(join(directory, "data"));
  writeFileSync(join(directory, "data", "office.json"), "{}");
  expect(hasOffice({}, directory)).toBe(true);
  rmSync(directory, { recursive: true });
});
