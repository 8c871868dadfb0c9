import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root, runNpm } from "./node.mjs";

/** ソースのある場所（git の作業場所）か。書庫から入れたものは組み立て済みなので、何も作らない。 */
export function isCheckout() {
  return existsSync(join(root, "src", "main")) && existsSync(join(root, "package-lock.json"));
}

/** 依存パッケージが package-lock.json のとおりでなければ `npm ci --ignore-scripts` で揃える。 */
export async function ensureDependencies() {
  if (dependenciesMatch(root)) return;
  await withLock("dependencies", () => {
    if (dependenciesMatch(root)) return;
    refuseLinked(root);
    process.stderr.write("依存パッケージを揃えています（npm ci --ignore-scripts）…\n");
    const code = runNpm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], root);
    if (code === 0) return;
    throw new Plain("依存パッケージを揃えられませんでした。上の npm の知らせをご確認ください。");
  });
}

/** node_modules が別の場所へのリンクなら断る。npm ci は、その先にあるものを消してしまう。 */
export function refuseLinked(directory) {
  const place = join(directory, "node_modules");
  if (!lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  throw new Plain(
    "node_modules が別の場所へのリンクで、中身も package-lock.json と合いません。npm ci はリンクの先を消すので、何もしませんでした。リンクを外してから、もう一度お試しください。",
  );
}

/** 人に見せる一文だけで足りる失敗。入口は積み上げを出さずにこの文だけを書いて終わる。 */
export class Plain extends Error {}

/** 入口の共通の終わり方：Plain なら文だけを、そうでなければ積み上げも書いて、終了コード 1。 */
export function endWith(error) {
  process.stderr.write(`${error instanceof Plain ? error.message : error?.stack}\n`);
  process.exit(1);
}

// npm が node_modules に残す写しと版を比べる。別の機械向けの任意パッケージは、なくてよい。
export function dependenciesMatch(directory) {
  const wanted = packagesIn(join(directory, "package-lock.json"));
  const installed = packagesIn(join(directory, "node_modules", ".package-lock.json"));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = installed[path];
    return found ? found.version === entry.version : Boolean(entry.optional);
  });
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** 同じ場所で同時に始まった起動を一つずつにする。持ち主が消えた錠は外す。 */
export async function withLock(name, work) {
  const lock = join(root, ".node", `${name}.lock`);
  mkdirSync(join(root, ".node"), { recursive: true });
  while (!take(lock)) await sleep(200);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw new Plain(`${lock} を作れません（${error.code}）。`);
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isAbandoned(lock) {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    if (pid > 0) process.kill(pid, 0);
    // 書きかけのまま電源が落ちた錠には番号がない。
    return pid <= 0 && Date.now() - statSync(lock).mtimeMs > 5_000;
  } catch (error) {
    return error.code === "ESRCH";
  }
}
