// npm run torture。torture/*.torture.ts を動かし、一つの表にする。
//   各ファイルは name と run(): Promise<{ what, count, result, ok }[]> を公開する。
//   結果は torture/results/latest.json（手元だけ）と torture/summary.md（残す）に書く。
//   一部だけ動かしたとき（npm run torture soak）は、summary.md のその責めの行だけが替わる。
import { ensureNode, root } from "./node.mjs";

await ensureNode();
const { existsSync, mkdirSync, readFileSync, writeFileSync } = await import("node:fs");
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
  const file = join(root, "torture", "summary.md");
  const before = existsSync(file) ? keptRows(readFileSync(file, "utf8"), rows) : [];
  writeFileSync(file, summary([...before, ...rows.map((row) => [...row, today()])]));
  process.exitCode = rows.some((row) => row[4] !== "良") ? 1 : 0;
} catch (error) {
  endWith(error);
}

function rowsOf({ name, rows, error }) {
  const told = rows.map((row) => [name, row.what, row.count, row.result, row.ok ? "良" : "否"]);
  return error ? [...told, [name, "動かす", 1, error, "否"]] : told;
}

/** 前の表のうち、いま動かさなかった責めの行。日のない古い行は、空のまま残す。一部だけ調べ直したら、その行だけが替わる。 */
function keptRows(text, rows) {
  const partly = process.env.MADOGUCHI_SCAN_SEAT !== undefined;
  const ran = new Set(rows.map(([name, what]) => (partly ? `${name}|${what}` : name)));
  return text
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| 責め"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([name, what]) => !/^-+:?$/.test(name) && !ran.has(partly ? `${name}|${what}` : name));
}

function today() {
  return new Date().toISOString().slice(0, 10);
}

function summary(rows) {
  const sorted = rows.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const lines = sorted.map(
    (row) => `| ${row.map((cell) => String(cell).replaceAll("|", "／")).join(" | ")} |`,
  );
  const machine = `Node ${process.versions.node}、${process.platform}-${process.arch}`;
  return [
    "# 責めた結果",
    "",
    `\`npm run torture\` が書いた表（${machine}。日は、その行を動かした日）。`,
    "",
    "| 責め | 何を | 回数 | 結果 | 判定 | 日 |",
    "|---|---|---:|---|---|---|",
    ...lines,
    "",
  ].join("\n");
}
