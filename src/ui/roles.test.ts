import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";

// 色の役割は、デジタル庁デザインシステムの値と一字も違わない。値を写しているのは、配る様式を一つにするため。
test("色の役割は、デジタル庁デザインシステムのトークンと同じ値", () => {
  const tokens = readFileSync(createRequire(import.meta.url).resolve("@digital-go-jp/design-tokens/dist/tokens.css"), "utf8");
  const roles = readFileSync(new URL("roles.css", import.meta.url), "utf8");
  const named = [...roles.matchAll(/--([\w-]+): (#[0-9a-f]{6}); \/\* ((?:solid-gray|blue|red|orange|green|yellow)-\d+)/g)];
  expect(named.length).toBeGreaterThanOrEqual(16);
  for (const [, role, value, token] of named) {
    const kind = token?.startsWith("solid-gray") ? "neutral" : "primitive";
    const found = new RegExp(`--color-${kind}-${token}: (#[0-9a-f]{6});`).exec(tokens)?.[1];
    expect({ role, value }).toEqual({ role, value: found });
  }
});
