import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { DEMO_PASSWORD, demoHandlers } from "../access/demo-account.ts";

const program = fileURLToPath(new URL("../../dist/madoguchi.mjs", import.meta.url));
const PERIOD_MS = 30_000;

/** 本物のプログラムで開いた、デモの事務所。 */
export interface DemoServer {
  /** "http://localhost:41234"。 */
  readonly url: string;
  /** データの置き場。stop すると消える。 */
  readonly data: string;
  /** 従業者番号（例: "0107"）で着席し、next を開く。desk は席の番号（省けば画面のはじめの値のまま）。 */
  signIn(page: Page, number: string, options?: { desk?: string; next?: string }): Promise<void>;
  /** いま使える確認コード。同じコードは二度使えないので、次のコードまで待つことがある。 */
  code(number: string): Promise<string>;
  /** 電源が落ちたように止める（SIGKILL）。 */
  crash(): Promise<void>;
  /** 落ちたあと、同じデータの置き場と番号で開き直す。 */
  reopen(): Promise<void>;
  /** 静かに閉じる。データは残る（閉じたあとで、記録を書き出すなど）。 */
  close(): Promise<void>;
  stop(): Promise<void>;
}

/** dist/ のプログラムを、新しいデータの置き場で動かす。作り終えて窓口が開くまで待つ。 */
export async function startDemoServer(): Promise<DemoServer> {
  if (!existsSync(program)) throw new Error("dist/ がありません。npm run build で作ってください。");
  const data = mkdtempSync(join(tmpdir(), "madoguchi-demo-"));
  const used = new Map<string, number>();
  let running = await open(data, 0);
  const url = running.url;
  const code = (number: string) => nextCode(number, used);
  return {
    url,
    data,
    code,
    signIn: (page, number, options = {}) => signIn(page, url, number, code, options),
    crash: () => end(running.child, "SIGKILL"),
    reopen: async () => {
      running = await open(data, Number(new URL(url).port));
    },
    close: () => end(running.child, "SIGTERM"),
    stop: async () => {
      await end(running.child, "SIGTERM");
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function open(data: string, port: number): Promise<{ child: ChildProcess; url: string }> {
  const words = ["start", "--demo", "--data", data, "--port", String(port), "--json"];
  const child = spawn(process.execPath, [program, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const progress: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => progress.push(text));
  // 試験が途中で終わっても、事務所を残さない。
  const last = () => child.kill("SIGKILL");
  process.once("exit", last);
  child.once("exit", () => process.off("exit", last));
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url: string };
    return { child, url: url.replace(/\/$/, "") };
  }
  throw new Error(`デモの事務所が開きませんでした:\n${progress.join("").slice(-2000)}`);
}

function end(child: ChildProcess, how: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((ended) => {
    child.once("exit", () => ended());
    child.kill(how);
  });
}

async function nextCode(number: string, used: Map<string, number>): Promise<string> {
  const secret = demoHandlers.find((one) => one.number === number)?.secret;
  if (secret === undefined) throw new Error(`デモに ${number} の従業者はいません。`);
  const counter = Math.max(Math.floor(Date.now() / PERIOD_MS), (used.get(number) ?? 0) + 1);
  used.set(number, counter);
  // 一つ先のコードまでは通る。
  const wait = (counter - 1) * PERIOD_MS - Date.now();
  if (wait > 0) await new Promise((done) => setTimeout(done, wait + 50));
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: counter * PERIOD_MS });
}

async function signIn(
  page: Page,
  url: string,
  number: string,
  code: (number: string) => Promise<string>,
  { desk, next = "/" }: { desk?: string; next?: string },
): Promise<void> {
  await page.goto(`${url}/sign-in?next=${encodeURIComponent(next)}`);
  await page.fill('input[name="number"]', number);
  await page.fill('input[name="password"]', DEMO_PASSWORD);
  if (desk !== undefined) await page.selectOption('select[name="desk"]', desk);
  await page.locator("form:has(input[name=password]) button[type=submit]").click();
  await page.fill('input[name="code"]', await code(number));
  await page.locator("form:has(input[name=code]) button[type=submit]").click();
  await page.waitForURL((at) => at.pathname === new URL(next, url).pathname);
}
