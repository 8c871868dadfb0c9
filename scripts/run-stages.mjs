import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./bundle.mjs";
import { runChecks } from "./checks.mjs";
import { Plain } from "./dependencies.mjs";
import { root } from "./node.mjs";
import { startPostgres } from "./postgres.mjs";
import { stageFiles, stages } from "./stages.mjs";
import { installPackages, missingPackages, postgresDirectory } from "./system.mjs";

/** 段階を動かし、知らせを書き、終了コードを返す。一つでも失敗・空の段階・時間切れがあれば 1。 */
export async function runStages(args) {
  const wanted = readArguments(args);
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const stage of wanted.stages) {
    const tally = await runStage(stage, wanted);
    for (const key of Object.keys(total)) total[key] += tally[key];
  }
  if (total.passed + total.failed === 0) {
    process.stdout.write("動いた試験が一つもありません。段階や名前をご確認ください。\n");
    total.failed = 1;
  }
  process.stdout.write(`\n${lastLine(total)}\n`);
  return total.failed > 0 ? 1 : 0;
}

/** 最後の一行。 */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** 引数から、動かす段階・名指しの道・vitest の -t を読む。 */
export function readArguments(args) {
  const paths = [];
  let names;
  let pattern;
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i];
    if (arg === "--stage") names = (args[++i] ?? "").split(",");
    else if (arg.startsWith("--stage=")) names = arg.slice(8).split(",");
    else if (arg === "-t") pattern = args[++i];
    else if (arg.startsWith("-"))
      throw new Plain(`${arg} は知らない引数です。--stage 名、-t 試験の名、試験の道を使えます。`);
    else paths.push(arg.replace(/^\.\//, ""));
  }
  const unknown = names?.find((name) => !stages.some((stage) => stage.name === name));
  if (unknown !== undefined)
    throw new Plain(
      `「${unknown}」という段階はありません。${stages.map((stage) => stage.name).join("、")} から選んでください。`,
    );
  const narrowed = paths.length > 0 || pattern !== undefined;
  const chosen = stages.filter((stage) =>
    names ? names.includes(stage.name) : !(narrowed && stage.name === "check"),
  );
  return { stages: chosen, paths, pattern, narrowed };
}

async function runStage(stage, wanted) {
  const files =
    stage.name === "check" ? [] : stageFiles(stage.name).filter((file) => isNamed(file, wanted.paths));
  // 名指しのときは、当てはまる試験のない段階を飛ばす。そうでないとき、空の段階は失敗。
  if (wanted.narrowed && stage.name !== "check" && files.length === 0)
    return { passed: 0, failed: 0, skipped: 0 };
  process.stdout.write(`\n━━ ${stage.name}: ${stage.title}（${stage.minutes} 分以内）\n`);
  const missing = missingTools(stage);
  if (missing) return missing;
  const started = Date.now();
  const tally = await timed(stage, (signal) => runBody(stage, wanted, files, signal));
  if (tally.passed + tally.failed === 0 && !wanted.narrowed) {
    process.stdout.write("この段階では試験が一つも動きませんでした。\n");
    tally.failed += 1;
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`── ${stage.name}: ${lastLine(tally)}（${seconds} 秒）\n`);
  return tally;
}

function isNamed(file, paths) {
  return paths.length === 0 || paths.some((path) => file.includes(path));
}

function missingTools(stage) {
  let packages = missingPackages(stage.tools);
  if (packages.length > 0 && installPackages()) packages = missingPackages(stage.tools);
  if (packages.length === 0) return undefined;
  process.stdout.write(
    `${packages.join("、")} がこの機械にないため、${stage.name} の段階を省きます。入れてから、もう一度お試しください。\n`,
  );
  return { passed: 0, failed: process.env.CI === "true" ? 1 : 0, skipped: 0 };
}

async function timed(stage, body) {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), stage.minutes * 60_000);
  try {
    const tally = await body(over.signal);
    if (!over.signal.aborted) return tally;
    process.stdout.write(`${stage.name} の段階が ${stage.minutes} 分を超えたので、止めました。\n`);
    return { ...tally, failed: tally.failed + 1 };
  } catch (error) {
    process.stdout.write(`${error instanceof Plain ? error.message : error.stack}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    clearTimeout(timer);
  }
}

async function runBody(stage, wanted, files, signal) {
  if (stage.name === "check") return runChecks(signal);
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  const unbuilt = await build();
  if (unbuilt > 0 && stage.name === "browser") return { passed: 0, failed: unbuilt, skipped: 0 };
  const tally = await runTests(stage, wanted, files, signal);
  return { ...tally, failed: tally.failed + unbuilt };
}

// 組み立てられなくても、規則の試験は動かして何が壊れたかを示す。失敗は段階ごとに一つと数える。
async function build() {
  try {
    await ensureBuilt();
    return 0;
  } catch (error) {
    process.stdout.write(`${error instanceof Plain ? error.message : error.stack}\n`);
    return 1;
  }
}

async function runTests(stage, wanted, files, signal) {
  if (stage.name !== "postgres") return runVitest(stage, wanted, files, signal, {});
  const given = process.env.MADOGUCHI_TEST_POSTGRES;
  const server = given ? undefined : await startPostgres(postgresDirectory());
  try {
    const environment = { MADOGUCHI_TEST_ENGINE: "postgres", MADOGUCHI_TEST_POSTGRES: given ?? server.url };
    return await runVitest(stage, wanted, files, signal, environment);
  } finally {
    await server?.stop();
  }
}

// vitest は一つの段階ごとに別のプロセス。組にして動かし、時間切れなら孫（Chromium など）ごと止める。
async function runVitest(stage, wanted, files, signal, extra) {
  const notes = mkdtempSync(join(tmpdir(), "madoguchi-test-"));
  const tallyFile = join(notes, "tally.ndjson");
  const env = { ...process.env, MADOGUCHI_TEST_STAGE: stage.name, MADOGUCHI_TEST_TALLY: tallyFile };
  delete env.MADOGUCHI_TEST_ENGINE;
  delete env.MADOGUCHI_TEST_POSTGRES;
  const narrowing = wanted.narrowed ? files : [];
  const pattern = wanted.pattern === undefined ? [] : ["-t", wanted.pattern];
  const reporters = ["--reporter=default", "--reporter=./scripts/tally-reporter.mjs"];
  const command = [
    join(root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    ...reporters,
    ...pattern,
    ...narrowing,
  ];
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...env, ...extra },
    stdio: ["ignore", "inherit", "inherit"],
    detached: process.platform !== "win32",
  });
  const code = await endOf(child, signal);
  const tally = readTally(tallyFile);
  rmSync(notes, { recursive: true, force: true });
  if (!tally.ended || (code !== 0 && tally.failed === 0)) tally.failed += signal.aborted ? 0 : 1;
  return tally;
}

function endOf(child, signal) {
  const stop = (how) => {
    try {
      process.kill(process.platform === "win32" ? child.pid : -child.pid, how);
    } catch {
      // もう終わっている
    }
  };
  const interrupted = () => {
    stop("SIGTERM");
    process.exit(130);
  };
  const expired = () => stop("SIGKILL");
  process.on("SIGINT", interrupted).on("SIGTERM", interrupted);
  signal.addEventListener("abort", expired);
  return new Promise((resolve) => {
    child.on("error", () => resolve(1));
    child.on("exit", (code) => {
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      signal.removeEventListener("abort", expired);
      resolve(code ?? 1);
    });
  });
}

function readTally(file) {
  const tally = { passed: 0, failed: 0, skipped: 0, ended: false };
  if (!existsSync(file)) return tally;
  for (const text of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const line = JSON.parse(text);
    for (const key of ["passed", "failed", "skipped"]) tally[key] += line[key];
    tally.ended ||= line.ended === true;
  }
  return tally;
}
