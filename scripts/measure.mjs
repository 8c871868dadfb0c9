import { fork } from "node:child_process";
import { basename, join } from "node:path";
import { bundleScript, walk } from "./bundle.mjs";
import { Plain } from "./dependencies.mjs";
import { root } from "./node.mjs";
import { startPostgres } from "./postgres.mjs";
import { postgresDirectory } from "./system.mjs";

/**
 * folder の *.<kind>.ts を一つずつ、それぞれのプロセスで動かす。
 * 返すのは { name, rows } の並び。結果を送らずに終わったものは error を持つ。
 */
export async function measureAll(folder, kind, filters) {
  const files = walk(join(root, folder)).filter((file) => file.endsWith(`.${kind}.ts`));
  const chosen = files.filter(
    (file) => filters.length === 0 || filters.some((part) => basename(file).includes(part)),
  );
  if (chosen.length === 0) throw new Plain(`${folder}/ に、動かす *.${kind}.ts がありません。`);
  const results = [];
  for (const file of chosen) {
    process.stderr.write(`▶ ${basename(file)}\n`);
    results.push(await measure(file));
  }
  return results;
}

async function measure(file) {
  const bundle = await bundleScript(file);
  const child = fork(join(root, "scripts", "run-script.mjs"), [bundle], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production" },
    execArgv: ["--enable-source-maps", "--expose-gc"],
    stdio: ["ignore", 2, 2, "ipc"],
    serialization: "advanced",
  });
  let result;
  child.on("message", (message) => {
    result = message;
  });
  const code = await new Promise((resolve) => child.on("exit", resolve));
  if (result && code === 0) return result;
  return { name: basename(file), rows: result?.rows ?? [], error: `終了コード ${code} で終わりました` };
}

/**
 * PostgreSQL を添えて work を動かす。MADOGUCHI_TEST_POSTGRES があればそれを、なければ自分で立てて、終われば止める。
 * 自分で立てたときだけ MADOGUCHI_OWN_POSTGRES=1（中のプロセスを殺してよい印）。この機械になければ、なしで動かす。
 */
export async function withPostgres(work) {
  const bin = postgresDirectory();
  if (process.env.MADOGUCHI_TEST_POSTGRES || !bin) return work();
  const server = await startPostgres(bin);
  process.env.MADOGUCHI_TEST_POSTGRES = server.url;
  process.env.MADOGUCHI_OWN_POSTGRES = "1";
  try {
    return await work();
  } finally {
    await server.stop();
  }
}

/** 見出しと行から、全角を二桁と数えて桁のそろった表を作る。数は右に寄せる。 */
export function table(columns, rows) {
  const cells = [columns, ...rows.map((row) => row.map(cellText))];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => widthOf(row[at]))));
  const line = (row, numbers) =>
    row
      .map((text, at) => padded(text, widths[at], numbers.includes(at)))
      .join("  ")
      .trimEnd();
  const numbers = columns.map((_, at) => at).filter((at) => rows.some((row) => typeof row[at] === "number"));
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return `${[line(columns, numbers), rule, ...cells.slice(1).map((row) => line(row, numbers))].join("\n")}\n`;
}

function cellText(value) {
  if (value === undefined || value === null) return "";
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

// 罫線も含め、東アジアの全角の範囲を二桁とみなす。
const wide = /[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]/u;

function widthOf(text) {
  return [...text].reduce((sum, letter) => sum + (wide.test(letter) ? 2 : 1), 0);
}

function padded(text, width, right) {
  const space = " ".repeat(width - widthOf(text));
  return right ? space + text : text + space;
}
