import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeDemoOffice } from "../../samples/demo-office.ts";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import { type OfficeFolder, readFolder } from "../platform/office-folder.ts";
import { dataFolder, requireFolder } from "./open-folder.ts";
import { type Serving, serveFolder } from "./serve-folder.ts";

export const startCommand: Command = {
  name: "start",
  usage: "",
  summary: "事務所を開く（--demo でデモの事務所）",
  options: [
    { name: "demo", help: "作りもののデモの事務所を作って開く" },
    { name: "port", value: "N", help: "番号（既定 8080）" },
    { name: "host", value: "名", help: "どこから開けるか（既定 127.0.0.1、この機械からだけ）" },
    { name: "open", help: "開いたら、この機械のブラウザーで表示する" },
  ],
  run: start,
};

async function start(io: CommandIo): Promise<void> {
  const demo = io.flag("demo");
  const data =
    demo && !io.option("data") && !process.env.MADOGUCHI_DATA
      ? dataFolder("demo-data")
      : dataFolder(io.option("data"));
  const folder = demo ? await demoFolder(io, data) : await requireFolder(data);
  if (folder.mode === "demo" && !demo)
    throw new AppError(
      "REFUSED",
      "これはデモの事務所です。--demo を付けて開くか、別のフォルダーを指定してください。",
    );
  const host = io.option("host") ?? "127.0.0.1";
  const port = portOf(io.option("port"));
  const tls = await readTls(data);
  if (!tls && folder.mode === "real" && host !== "127.0.0.1" && host !== "localhost")
    throw new AppError(
      "REFUSED",
      "ほかの機械から開くには証明書が要ります。madoguchi certificate で作ってから、もう一度お試しください。",
    );
  const serving: Serving = { data, folder, host, port, tls, report: io.progress };
  const running = await serveFolder(serving);
  announce(io, serving, running.port);
  await new Promise<void>((stop) => {
    if (io.signal.aborted) stop();
    io.signal.addEventListener("abort", () => stop(), { once: true });
  });
  io.progress("閉じています。");
  await running.close();
}

function announce(io: CommandIo, { folder, host, tls }: Serving, port: number): void {
  // 証明書があれば、証明書と同じ名で開いてもらう。
  const known = tls && folder.hostnames[0];
  const name = known ?? (["127.0.0.1", "0.0.0.0", "::"].includes(host) ? "localhost" : host);
  const url = `${tls ? "https" : "http"}://${name}:${port}/`;
  io.progress(`\n  まどぐちを開きました: ${url}\n`);
  if (folder.mode === "demo")
    io.progress(
      "  これは作りもののデモです。着席の画面に、従業者番号・パスワード・確認コードが出ています。\n  おすすめ: 0107（OP）で受付デスク、0105（SV）で受講通知書の承認。\n  閉じるときは Ctrl+C。\n",
    );
  if (io.flag("open")) openBrowser(url);
  io.result({ url, mode: folder.mode }, "");
}

function openBrowser(url: string): void {
  const command =
    process.platform === "darwin" ? "open" : process.platform === "win32" ? "explorer" : "xdg-open";
  const child = spawn(command, [url], { stdio: "ignore", detached: true });
  child.on("error", () => {}); // ブラウザーのない機械でも、事務所は開いている
  child.unref();
}

/** デモの事務所。作りかけで止まったフォルダーは作り直す。 */
async function demoFolder(io: CommandIo, data: string): Promise<OfficeFolder> {
  const known = await readFolder(data);
  if (known && known.mode !== "demo")
    throw new AppError(
      "REFUSED",
      "本物の事務所のフォルダーは、デモとして開けません。別のフォルダーを指定してください。",
    );
  const ready = known && (await readFile(join(data, "demo-ready"), "utf8").catch(() => undefined));
  if (known && ready) return known;
  if (known) await rm(data, { recursive: true, force: true });
  io.progress("デモの事務所を作っています（はじめの一度だけ）。");
  await mkdir(data, { recursive: true });
  await makeDemoOffice(data, (what) => io.progress(`  ${what}`));
  return requireFolder(data);
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? process.env.PORT ?? 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new AppError("BAD_INPUT", "--port は 1 から 65535 の数で指定してください。");
  return port;
}

async function readTls(data: string): Promise<{ certificate: string; privateKey: string } | undefined> {
  const [certificate, privateKey] = await Promise.all(
    ["server.crt", "server.key"].map((name) =>
      readFile(join(data, "tls", name), "utf8").catch(() => undefined),
    ),
  );
  return certificate && privateKey ? { certificate, privateKey } : undefined;
}
