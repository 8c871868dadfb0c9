import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { Plain, refuseLinked } from "./dependencies.mjs";

const place = mkdtempSync(join(tmpdir(), "madoguchi-link-"));
afterEach(() => rmSync(place, { recursive: true, force: true }));

test("node_modules が別の場所へのリンクなら、npm ci の前に一文で断り、先のものに触れない", () => {
  const other = join(place, "other");
  const here = join(place, "here");
  mkdirSync(other, { recursive: true });
  mkdirSync(here);
  writeFileSync(join(other, "kept"), "");
  expect(() => refuseLinked(here)).not.toThrow();
  symlinkSync(other, join(here, "node_modules"), "dir");
  expect(() => refuseLinked(here)).toThrow(Plain);
  expect(() => refuseLinked(here)).toThrow(/リンク/);
  expect(existsSync(join(other, "kept"))).toBe(true);
  // 先がなくなったリンクでも、同じに断る。
  rmSync(other, { recursive: true });
  expect(() => refuseLinked(here)).toThrow(Plain);
});

test("ふつうのフォルダーなら通す", () => {
  mkdirSync(join(place, "node_modules"), { recursive: true });
  expect(() => refuseLinked(place)).not.toThrow();
});
