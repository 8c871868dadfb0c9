// npm run bench。bench/*.bench.ts を動かし、隣の手本との比を一つの表にする。
//   各ファイルは name と run(): Promise<{ what, ours, peer, ratio, unit, note }[]> を公開する。
//   npm run bench -- sqlite          名に sqlite を含むものだけ（--json で JSON）
import { ensureNode } from "./node.mjs";

await ensureNode();
const { endWith, ensureDependencies } = await import("./dependencies.mjs");

try {
  await ensureDependencies();
  const { measureAll, table, withPostgres } = await import("./measure.mjs");
  const { ensureBuilt } = await import("./bundle.mjs");
  await ensureBuilt();
  const args = process.argv.slice(2);
  const filters = args.filter((arg) => !arg.startsWith("--"));
  const results = await withPostgres(() => measureAll("bench", "bench", filters));
  const rows = results.flatMap(({ name, rows }) =>
    rows.map((row) => [name, row.what, row.ours, row.peer, row.ratio, row.unit, row.note]),
  );
  if (args.includes("--json")) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else process.stdout.write(table(["測定", "何を", "まどぐち", "手本", "比", "単位", "注"], rows));
  for (const { name, error } of results) if (error) process.stderr.write(`✗ ${name}: ${error}\n`);
  process.exitCode = results.some(({ error }) => error) ? 1 : 0;
} catch (error) {
  endWith(error);
}
