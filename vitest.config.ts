import { defineConfig } from "vitest/config";
import { stageFiles } from "./scripts/stages.mjs";

// npm test は段階の名を渡す。名がなければ（npx vitest run src/…）どの試験も名指しで動かせる。
const stage = process.env.MADOGUCHI_TEST_STAGE;
const everything = ["{src,samples}/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs", "e2e/**/*.e2e.{ts,tsx}"];
const minute = 60_000;

// 一つのファイルに一つのデータベース。ネイティブのモジュールを使うので、別プロセスで動かす。
export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    include: stage ? stageFiles(stage) : everything,
    testTimeout: stage === "browser" ? 3 * minute : minute,
    hookTimeout: stage === "browser" ? 3 * minute : minute,
  },
});
