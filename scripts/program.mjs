import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./bundle.mjs";
import { ensureDependencies, isCheckout, Plain } from "./dependencies.mjs";
import { root } from "./node.mjs";

/**
 * 組み立てた本体を、このプロセスの中で動かす。git の作業場所では、先に依存と dist/ を揃える。
 * 本体は読み込まれたときに process.argv を読んで動き始める。
 */
export async function runProgram(args) {
  if (isCheckout()) {
    await ensureDependencies();
    await ensureBuilt();
  }
  const program = join(root, "dist", "madoguchi.mjs");
  if (!existsSync(program))
    throw new Plain("dist/madoguchi.mjs がありません。もう一度、書庫を展開してください。");
  // React の開発用の部品はサーバーの描画を遅くする。
  process.env.NODE_ENV ??= "production";
  process.setSourceMapsEnabled(true);
  process.argv = [process.argv[0], program, ...args];
  await import(pathToFileURL(program).href);
}

/** 本物の事務所が用意されているか（データフォルダーの指定、PostgreSQL の指定、または data/ の表札）。 */
export function hasOffice(environment = process.env, directory = process.cwd()) {
  if (environment.MADOGUCHI_DATABASE_URL || environment.MADOGUCHI_DATA) return true;
  return existsSync(join(directory, "data", "office.json"));
}

/** npm start の引数 → 本体の引数。場所の指定も本物の事務所もなければ、見本の事務所（--demo）を開く。 */
export function startArguments(given, office = hasOffice()) {
  if (given[0] === "start") return given;
  const isChosen = given.some((arg) => arg === "--demo" || arg === "--data" || arg.startsWith("--data="));
  return ["start", ...(isChosen || office ? [] : ["--demo"]), ...given];
}
