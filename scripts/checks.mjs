import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./node.mjs";

const modules = join(root, "node_modules");
const checks = [
  { name: "tsc", title: "型", command: [join(modules, "typescript", "bin", "tsc"), "--noEmit", "-p", root] },
  {
    name: "biome",
    title: "書き方",
    command: [
      join(modules, "@biomejs", "biome", "bin", "biome"),
      "check",
      "--max-diagnostics=50",
      "--colors=off",
    ],
  },
  { name: "walls", title: "壁", command: [join(root, "scripts", "walls.mjs")] },
  {
    name: "knip",
    title: "使われないコード",
    command: [join(modules, "knip", "bin", "knip.js"), "--no-progress"],
  },
];

/** 四つの検査を二つずつ動かし、失敗したものの知らせを書く。返すのは通った数と落ちた数。 */
export async function runChecks(signal) {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const waiting = [...checks];
  const next = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const started = Date.now();
      const { code, output } = await run(check.command, signal);
      tally[code === 0 ? "passed" : "failed"] += 1;
      const mark = code === 0 ? "✓" : "✗";
      process.stdout.write(
        `${mark} ${check.name}（${check.title}）${((Date.now() - started) / 1000).toFixed(1)} 秒\n`,
      );
      if (code !== 0 || check.name === "walls") process.stdout.write(indent(output));
    }
  };
  await Promise.all([next(), next()]);
  return tally;
}

function run(command, signal) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      signal,
      killSignal: "SIGKILL",
    });
    let output = "";
    const keep = (text) => {
      output += text;
    };
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    child.on("error", (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

function indent(text) {
  const lines = text.trimEnd().split("\n");
  return `${lines.map((line) => `  ${line}`).join("\n")}\n`;
}
