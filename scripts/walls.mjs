// 家の壁を調べる（npm run check の一部）。単独でも動く: node scripts/walls.mjs
import { ensureNode, root } from "./node.mjs";

await ensureNode();
const { execFileSync } = await import("node:child_process");
const { existsSync, readFileSync } = await import("node:fs");
const { join, relative, sep } = await import("node:path");
const { walk } = await import("./bundle.mjs");
const rules = await import("./walls-rules.mjs");
const { clauseFaults, migrationFaults } = await import("./walls-records.mjs");
const { sizeFaults, wordFaults } = await import("./walls-text.mjs");

const isText = /\.(tsx?|mjs|css|json|ya?ml|md|html|svg|csv|txt)$/;
const files = [
  "src",
  "migrations",
  "samples",
  "e2e",
  "bench",
  "torture",
  "scripts",
  "bin",
  "docs",
  "blueprints",
]
  .flatMap((folder) => walk(join(root, folder)))
  .filter((file) => isText.test(file))
  .map((file) => rules.describeFile(relative(root, file).split(sep).join("/"), readFileSync(file, "utf8")));

const inRooms = files.filter((file) => file.top === "src");
const all = new Set(files.map((file) => file.path));
const faults = [
  ...emptyFaults(),
  ...inRooms.flatMap((file) => rules.fileFaults(file, all)),
  ...files.filter((file) => file.top !== "src").flatMap(outsideFaults),
  ...migrationFaults(files, releasedMigrations()),
  ...clauseFaults(readIfThere("docs/clauses.md"), readIfThere),
];
const errors = faults.filter((fault) => !fault.warning);

for (const fault of faults) {
  const place = fault.line ? `${fault.path}:${fault.line}` : fault.path;
  process.stdout.write(`${fault.warning ? "注意" : "違反"} ${place} ${fault.message}\n`);
}
const imports = inRooms.reduce((sum, file) => sum + file.imports.length, 0);
process.stdout.write(`壁: ${inRooms.length} ファイル、${imports} の読み込み、違反 ${errors.length} 件\n`);
process.exitCode = errors.length > 0 ? 1 : 0;

// 何も読まずに「違反なし」と言う検査は、検査ではない。
function emptyFaults() {
  const code = inRooms.filter((file) => /^tsx?$/.test(file.extension));
  if (code.length === 0) return [{ path: "src/", message: "ファイルを一つも読めませんでした。" }];
  if (code.length > 10 && code.every((file) => file.imports.length === 0))
    return [{ path: "src/", message: "読み込みを一つも読み取れませんでした。" }];
  return [];
}

function outsideFaults(file) {
  const isCode = ["migrations", "samples", "e2e", "bench", "torture", "scripts"].includes(file.top);
  if (!isCode) return wordFaults(file);
  return [...rules.importFaults(file, all), ...sizeFaults(file), ...wordFaults(file)];
}

function readIfThere(path) {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

// 公開した移行: いちばん新しい v の札、なければ origin/main にあるもの。git がなければ調べない。
function releasedMigrations() {
  const base =
    git("describe", "--tags", "--abbrev=0", "--match=v*") ??
    git("rev-parse", "--verify", "-q", "origin/main");
  if (!base) return [];
  const names = git("ls-tree", "--name-only", base, "migrations/") ?? "";
  const numbered = names.split("\n").filter((path) => /\/\d{4}-[^/]*\.ts$/.test(path));
  return numbered.map((path) => [
    path,
    execFileSync("git", ["show", `${base}:${path}`], { cwd: root, encoding: "utf8" }),
  ]);
}

function git(...args) {
  try {
    return (
      execFileSync("git", args, {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}
