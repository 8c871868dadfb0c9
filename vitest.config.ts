import { defineConfig } from "vitest/config";

// 一つのファイルに一つのデータベース。ネイティブのモジュールを使うので、別プロセスで動かす。
export default defineConfig({
  test: { pool: "forks", maxWorkers: 2, include: ["src/**/*.test.ts", "src/**/*.test.tsx", "samples/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
});
