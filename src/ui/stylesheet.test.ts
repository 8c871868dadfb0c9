import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { stylesheetFiles } from "./stylesheet.ts";

const here = new URL("./", import.meta.url);
const sources = stylesheetFiles.map((file) => readFileSync(new URL(file, here), "utf8"));

test("様式のファイルは一つ残らず、一度ずつ並びに入っている", () => {
  const files = readdirSync(here).filter((file) => file.endsWith(".css"));
  expect(files.length).toBeGreaterThan(10);
  expect(stylesheetFiles.toSorted()).toEqual(files.toSorted());
});

test("様式は外にも埋め込みにも頼らない", () => {
  for (const source of sources) expect(source).not.toMatch(/url\(\s*["']?(?:data|https?|\/\/)|@import/);
});

test("使っている色と大きさの役割は、すべて決めてある", () => {
  const all = sources.join("\n");
  const defined = new Set([...all.matchAll(/(--[a-z0-9-]+)\s*:/g)].map((match) => match[1]));
  const used = [...all.matchAll(/var\((--[a-z0-9-]+)/g)].map((match) => match[1]);
  expect(used.filter((name) => !defined.has(name))).toEqual([]);
});

// 色の役割は、デジタル庁デザインシステムの値と一字も違わない。値を写しているのは、配る様式を一つにするため。
test("色の役割は、デジタル庁デザインシステムのトークンと同じ値", () => {
  const tokens = readFileSync(
    createRequire(import.meta.url).resolve("@digital-go-jp/design-tokens/dist/tokens.css"),
    "utf8",
  );
  const roles = readFileSync(new URL("roles.css", import.meta.url), "utf8");
  const named = [
    ...roles.matchAll(/--([\w-]+): (#[0-9a-f]{6}); \/\* ((?:solid-gray|blue|red|orange|green|yellow)-\d+)/g),
  ];
  expect(named.length).toBeGreaterThanOrEqual(16);
  for (const [, role, value, token] of named) {
    const kind = token?.startsWith("solid-gray") ? "neutral" : "primitive";
    const found = new RegExp(`--color-${kind}-${token}: (#[0-9a-f]{6});`).exec(tokens)?.[1];
    expect({ role, value }).toEqual({ role, value: found });
  }
});
