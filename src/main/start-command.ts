import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeDemoOffice } from "../../samples/demo-office.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import { DEMO_PASSWORD, demoHandlers } from "../platform/demo-account.ts";
import { AppError } from "../platform/error.ts";
import { makeApp } from "../platform/http.ts";
import type { KeyHolder } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { type OfficeFolder, readFolder } from "../platform/office-folder.ts";
import { roleTitle } from "../platform/role.ts";
import { instantFromMs, minuteOf } from "../platform/time.ts";
import { warmBookingSearch } from "../reception/search-bookings.ts";
import { entranceRoutes } from "../screens/entrance-routes.tsx";
import type { EntranceSetting } from "../screens/entrance-setting.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { makeFrame } from "./frame-panel.tsx";
import { jobKinds } from "./jobs.ts";
import { type Listening, listen } from "./listen.ts";
import { menuEntries } from "./menu.ts";
import { dataFolder, holderOf, openFolderWith, requireFolder } from "./open-folder.ts";
import { mayOpen } from "./role-matrix.ts";
import { routes } from "./routes.ts";
import { runOffice } from "./run-office.ts";
import { ensureHolder } from "./seal-command.ts";
import { makeSealedApp } from "./sealed-app.tsx";

type Fetch = (request: Request, env: object) => Response | Promise<Response>;

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
  const running = await serveFolder(io, { data, folder, host, port, tls });
  await new Promise<void>((stop) => {
    if (io.signal.aborted) stop();
    io.signal.addEventListener("abort", () => stop(), { once: true });
  });
  io.progress("閉じています。");
  await running.close();
}

interface Serving {
  data: string;
  folder: OfficeFolder;
  host: string;
  port: number;
  tls: { certificate: string; privateKey: string } | undefined;
}

/** 窓口を開く。封印されていれば開封の画面から始め、開いたら同じ窓口で続ける。 */
async function serveFolder(io: CommandIo, serving: Serving): Promise<{ close(): Promise<void> }> {
  const { data, folder, tls } = serving;
  const assetsDir = join(
    dirname(fileURLToPath(new URL("../../package.json", import.meta.url))),
    "dist",
    "assets",
  );
  const assets = JSON.parse(await readFile(join(assetsDir, "manifest.json"), "utf8")) as Record<
    string,
    string
  >;
  let fetch: Fetch = () => new Response("準備しています。", { status: 503 });
  let stop = async () => {};
  const open = async (holder: KeyHolder) => {
    const office = await openFolderWith(data, folder, holder);
    const app = makeApp({
      office,
      routes,
      entrances: entranceRoutes(await entranceSetting(office, folder)),
      mayOpen,
      frame: makeFrame({ assets, menu: menuEntries, mayOpen }),
      assetsDir,
      hostnames: folder.hostnames,
      secure: tls !== undefined,
    });
    fetch = (request, env) => app.fetch(request, env);
    // 開いたらすぐに、カナと電話の索引を記憶に作り始める（作り終えるまでは照合値で探す）。
    for (const contract of await listContracts(office))
      warmBookingSearch(office, contract.id).catch(() =>
        io.progress("検索の索引を作れませんでした。探すときにもう一度作ります。"),
      );
    const background = runOffice(office, jobKinds, (what) =>
      io.progress(`裏の処理（${what}）が一度失敗しました。続けてやり直します。`),
    );
    stop = async () => {
      await background.stop();
      await office.close();
    };
  };
  if (folder.mode === "demo") await open(await holderOf(data, folder));
  else {
    const holder = await ensureHolder(data);
    if ((await holder.state()).sealed) {
      const app = makeSealedApp({
        folder,
        holder,
        assets,
        assetsDir,
        secure: tls !== undefined,
        startedAtMs: Date.now(),
        onOpen: () => open(holder),
      });
      fetch = (request, env) => app.fetch(request, env);
    } else await open(holder);
  }
  const listening: Listening = await listen(() => fetch, serving);
  await announce(io, serving, listening.port);
  return {
    close: async () => {
      await listening.close();
      await stop();
    },
  };
}

/** 着席の画面に出す、事務所の名と今の事実。デモでは、作りものの従業者を並べる。 */
async function entranceSetting(office: Office, folder: OfficeFolder): Promise<EntranceSetting> {
  const [contract] = await listContracts(office);
  const opened = minuteOf(instantFromMs(Date.now())).replace(/^0/, "");
  const sub =
    folder.mode === "demo"
      ? "作りものの人と電話だけのデモです"
      : `${opened} 鍵の保管者${folder.needed}名で開封`;
  return {
    contract: contract?.id ?? "",
    officeName: folder.name,
    facts: async () => [
      { look: "done", title: "事務所は開いています", sub },
      {
        look: "lock",
        title: "この事務所は外のネットワークを使いません",
        sub: "個人情報取扱安全管理基準 5(1)",
      },
    ],
    ...(folder.mode === "demo"
      ? {
          demoAccounts: demoHandlers.map((h) => ({
            number: h.number,
            role: roleTitle(h.roles),
            password: DEMO_PASSWORD,
          })),
        }
      : {}),
  };
}

async function announce(io: CommandIo, { folder, host, tls }: Serving, port: number): Promise<void> {
  const url = `${tls ? "https" : "http"}://${host === "127.0.0.1" ? "localhost" : host}:${port}/`;
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
