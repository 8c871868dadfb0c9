import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isEnough, packageFor } from "./node.mjs";

test.each([
  ["20.20.2", false],
  ["22.13.1", false],
  ["22.17.1", false],
  ["22.18.0", true],
  ["23.5.0", false],
  ["23.6.0", true],
  ["24.0.0", true],
  ["100.1.0", true],
  ["21.99.0", false],
])("Node %s で足りるか: %s", (version, enough) => {
  expect(isEnough(version)).toBe(enough);
});

test("用意する Node は版と中身が固定され、それ自身が必要な版に足りる", () => {
  for (const [platform, arch] of [
    ["linux", "x64"],
    ["linux", "arm64"],
    ["win32", "x64"],
    ["darwin", "x64"],
  ]) {
    const found = packageFor(platform, arch);
    expect(isEnough(found.version)).toBe(true);
    expect(found.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
  }
  expect(packageFor("aix", "ppc64")).toBeUndefined();
});

test("package.json の engines と入口の検査が同じ版を求める", () => {
  const { engines } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const wanted = engines.node.replace(">=", "");
  expect(isEnough(`${wanted}.0`)).toBe(true);
  const [major, minor] = wanted.split(".").map(Number);
  expect(isEnough(`${major}.${minor - 1}.0`)).toBe(false);
});

test("どの入口も、Node を確かめる前には node.mjs のほか何も読み込まない", () => {
  const entries = ["start", "test", "check", "build", "bench", "torture", "walls"].map(
    (name) => `./${name}.mjs`,
  );
  for (const entry of [...entries, "../bin/madoguchi.mjs"]) {
    const source = readFileSync(new URL(entry, import.meta.url), "utf8");
    const [before, after] = source.split("await ensureNode();");
    expect(after, entry).toBeDefined();
    expect(
      [...before.matchAll(/from "([^"]+)"/g)].map((match) => match[1]),
      entry,
    ).toEqual([expect.stringMatching(/node\.mjs$/)]);
    expect(after, entry).not.toMatch(/^import /m);
  }
});
