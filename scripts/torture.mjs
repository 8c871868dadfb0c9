// npm run torture。torture/*.torture.ts を動かし、一つの表にする。
//   各ファイルは name と run(): Promise<{ what, count, result, ok }[]> を公開する。
//   結果は torture/results/latest.json（手元だけ）と torture/summary.md（残す）に書く。
import { ensureNode, root } from "./node.mjs";

await ensureNode();
const { mkdirSync, writeFileSync } = await import("node:fs");
const { join } = await import("node:path");
const { endWith, ensureDependencies } = await import("./dependencies.mjs");

try {
  await ensureDependencies();
  const { measureAll, table, withPostgres } = await import("./measure.mjs");
  const { ensureBuilt } = await import("./bundle.mjs");
  await ensureBuilt();
  const filters = process.argv.slice(2);
  const results = await withPostgres(() => measureAll("torture", "torture", filters));
  const rows = results.flatMap(rowsOf);
  process.stdout.write(table(["責め", "何を", "回数", "結果", "判定"], rows));
  mkdirSync(join(root, "torture", "results"), { recursive: true });
  writeFileSync(join(root, "torture", "results", "latest.json"), `${JSON.stringify(results, null, 2)}\n`);
  if (filters.length === 0) writeFileSync(join(root, "torture", "summary.md"), summary(rows));
  process.exitCode = rows.some((row) => row[4] !== "良") ? 1 : 0;
} catch (error) {
  endWith(error);
}

function rowsOf({ name, rows, error }) {
  const told = rows.map((row) => [name, row.what, row.count, row.result, row.ok ? "良" : "否"]);
  return error ? [...told, [name, "動かす", 1, error, "否"]] : told;
}

function summary(rows) {
  const lines = rows.map((row) => `| ${row.map((cell) => String(cell).replaceAll("|", "／")).join(" | ")} |`);
  const machine = `Node ${process.versions.node}、${process.platform}-${process.arch}`;
  const day = new Date().toISOString().slice(0, 10);
  return [
    "# 責めた結果",
    "",
    `\`npm run torture\` が書いた表（${day}、${machine}）。`,
    "",
    "| 責め | 何を | 回数 | 結果 | 判定 |",
    "|---|---|---:|---|---|",
    ...lines,
    "",
  ].join("\n");
}
