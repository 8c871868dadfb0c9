import { expect, test } from "vitest";
import { root } from "./node.mjs";
import { rewriteUrls } from "./source-urls.mjs";

const file = `${root}/src/contract/blueprint.ts`;

test("ソースの隣を指す URL は、束の置き場所から同じものを指す", () => {
  const source = 'readFileSync(new URL("../../blueprints/002.yaml", import.meta.url))';
  expect(rewriteUrls(source, file, `${root}/dist`)).toBe(
    'readFileSync(new URL("./../blueprints/002.yaml", import.meta.url))',
  );
  expect(rewriteUrls(source, file, `${root}/dist/workers`)).toContain('"./../../blueprints/002.yaml"');
});

test("フォルダーの終わりの斜線は残る", () => {
  expect(rewriteUrls('new URL("../../blueprints/", import.meta.url)', file, `${root}/dist`)).toContain(
    '"./../blueprints/"',
  );
});

test("働き手は dist/workers/ の束を指す", () => {
  const source = 'new Worker(new URL("./night-worker.ts", import.meta.url))';
  expect(rewriteUrls(source, file, `${root}/dist`)).toContain('"./workers/night-worker.mjs"');
  expect(rewriteUrls(source, file, `${root}/dist/workers`)).toContain('"./night-worker.mjs"');
});

test("ほかの URL には触れない", () => {
  const source = 'new URL(path, base); new URL("https://example.jp/", import.meta.url)';
  expect(rewriteUrls(source, file, `${root}/dist`)).toBe(source);
});
