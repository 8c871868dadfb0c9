import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEMO_PASSWORD, demoHandlers } from "../access/demo-account.ts";
import { makeApp } from "../access/http.ts";
import { makeSealedApp } from "../access/http-sealed.ts";
import { roleTitle } from "../access/role.ts";
import { systemActor } from "../base/actor.ts";
import { instantFromMs, minuteOf } from "../base/time.ts";
import { signalRoutes } from "../calls/signal-routes.ts";
import { publicFormRoutes } from "../comments/public-form-routes.tsx";
import { entranceRoutes } from "../entrance/entrance-routes.tsx";
import type { EntranceSetting } from "../entrance/entrance-setting.ts";
import { sealedDrawer } from "../entrance/sealed-routes.tsx";
import type { KeyHolder } from "../platform/key.ts";
import type { HolderClient } from "../platform/key-holder-client.ts";
import type { Office } from "../platform/office.ts";
import type { OfficeFolder } from "../platform/office-folder.ts";
import { warmBookingSearch } from "../reception/search-bookings.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { makeFrame } from "./frame-panel.tsx";
import { jobKinds } from "./jobs.ts";
import { backupPlan, keepBackups } from "./keep-backups.ts";
import { listen } from "./listen.ts";
import { menuEntries } from "./menu.ts";
import { holderOf, openFolderWith } from "./open-folder.ts";
import { personalUseOf } from "./personal-route.ts";
import { mayOpen } from "./role-matrix.ts";
import { mayReach } from "./route-path.ts";
import { routes } from "./routes.ts";
import { runOffice } from "./run-office.ts";
import { ensureHolder } from "./seal-command.ts";

type Fetch = (request: Request, env: object) => Response | Promise<Response>;

export interface Serving {
  data: string;
  folder: OfficeFolder;
  host: string;
  port: number;
  tls: { certificate: string; privateKey: string } | undefined;
  /** 動かしている人への一行。 */
  report(line: string): void;
}

const notReady: Fetch = () =>
  new Response("準備しています。少し待って、開き直してください。", { status: 503 });

/**
 * 窓口を開く。封印されていれば開封の画面から始め、開いたら同じ窓口で続ける。
 * 開いている間に封印されたら（鍵の保持者が止まったら）、その場で事務所を閉じ、開封の画面に戻る。
 */
export async function serveFolder(serving: Serving): Promise<{ port: number; close(): Promise<void> }> {
  const { data, folder } = serving;
  const { assets, assetsDir } = await readAssets();
  const secure = serving.tls !== undefined;
  let fetch = notReady;
  let stop = async () => {};
  let closing = false;
  const open = async (holder: KeyHolder) => {
    const opened = await openServed(serving, holder, { assets, assetsDir, secure });
    fetch = opened.fetch;
    stop = opened.stop;
  };
  const lead = async (): Promise<void> => {
    const holder = await ensureHolder(data);
    holder.whenGone(() => {
      if (!closing) void leadAgain();
    });
    if (!(await holder.state()).sealed) return openUnsealed(holder);
    serving.report("  事務所は封印されています。窓口の画面か madoguchi unseal で、保管者が開封します。");
    let opening: Promise<void> | undefined;
    const app = makeSealedApp({
      folder,
      holder,
      assetsDir,
      secure,
      draw: sealedDrawer(assets, Date.now()),
      onOpen: () => {
        opening ??= openUnsealed(holder);
        return opening;
      },
    });
    fetch = (request, env) => app.fetch(request, env);
  };
  const openUnsealed = async (holder: HolderClient) => {
    await open(holder);
    serving.report("  開封されました。");
  };
  const leadAgain = async () => {
    // 鍵を持つものが止まったら、覚えている氏名も見せない。先に窓口を替えてから、片づける。
    fetch = notReady;
    const stopping = stop;
    stop = async () => {};
    await stopping();
    serving.report("  封印されました。開封の画面に戻ります。");
    await lead().catch(() => serving.report("  鍵の保持者を起こせません。start をやり直してください。"));
  };
  if (folder.mode === "demo") await open(await holderOf(data, folder));
  else await lead();
  const listening = await listen(() => fetch, serving);
  return {
    port: listening.port,
    close: async () => {
      closing = true;
      await listening.close();
      await stop();
    },
  };
}

interface ServedParts {
  assets: Record<string, string>;
  assetsDir: string;
  secure: boolean;
}

/** 鍵を得た事務所を開き、開いたことを記録し、裏の処理を始める。 */
async function openServed(
  { data, folder, report }: Serving,
  holder: KeyHolder,
  { assets, assetsDir, secure }: ServedParts,
): Promise<{ fetch: Fetch; stop(): Promise<void> }> {
  const office = await openFolderWith(data, folder, holder);
  if (folder.mode === "real") await recordOpening(office, holder);
  const app = makeApp({
    office,
    routes,
    signed: signalRoutes,
    entrances: [...entranceRoutes(await entranceSetting(office, folder)), ...publicFormRoutes],
    mayOpen,
    personalUseOf,
    frame: makeFrame({ assets, menu: menuEntries, mayOpen, mayReach }),
    assetsDir,
    hostnames: folder.hostnames,
    secure,
  });
  // 開いたらすぐに、カナと電話の索引を記憶に作り始める（作り終えるまでは照合値で探す）。
  for (const contract of await listContracts(office))
    warmBookingSearch(office, contract.id).catch(() =>
      report("検索の索引を作れませんでした。探すときにもう一度作ります。"),
    );
  const plan = backupPlan(process.env);
  const background = runOffice(
    office,
    jobKinds,
    (what) => report(`裏の処理（${what}）が一度失敗しました。続けてやり直します。`),
    plan && (() => keepBackups({ data, folder, holder, office }, plan)),
  );
  return {
    fetch: (request, env) => app.fetch(request, env),
    stop: async () => {
      await background.stop();
      await office.close();
    },
  };
}

/** 開封の画面が約束するとおり、どの保管者の言葉で開いたかを残す（役職だけ。氏名はない）。 */
async function recordOpening(office: Office, holder: KeyHolder): Promise<void> {
  const [contract] = await listContracts(office);
  if (!contract || !("state" in holder)) return;
  const { openedBy, openedAt } = await (holder as HolderClient).state();
  await office.act(systemActor(contract.id), (tx) =>
    tx.record({ kind: "office.opened", payload: { holders: openedBy, unsealedAt: openedAt } }),
  );
}

async function readAssets(): Promise<Omit<ServedParts, "secure">> {
  const top = dirname(fileURLToPath(new URL("../../package.json", import.meta.url)));
  const assetsDir = join(top, "dist", "assets");
  return { assetsDir, assets: JSON.parse(await readFile(join(assetsDir, "manifest.json"), "utf8")) };
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
