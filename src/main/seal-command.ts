import { spawn } from "node:child_process";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import { holdKeys } from "../platform/hold-keys.ts";
import { connectHolder, type HolderClient } from "../platform/key-holder-client.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { dataFolder, openFolder, requireFolder } from "./open-folder.ts";

/** 保持者のプロセスが起き上がるまで待つ上限（ミリ秒）。 */
const START_MS = 10_000;

/** 鍵の保持者につなぐ。いなければ起こす。保持者は、サーバーが止まっても鍵を持ち続ける。 */
export async function ensureHolder(data: string): Promise<HolderClient> {
  const known = await connectHolder(data);
  if (known) return known;
  const script = process.argv[1] ?? "";
  const child = spawn(process.execPath, [script, "keyholder", "--data", data], {
    detached: true,
    stdio: "ignore",
  });
  child.unref();
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    const client = await connectHolder(data);
    if (client) return client;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new AppError(
    "UNAVAILABLE",
    "鍵の保持者を起こせませんでした。フォルダーに書き込めるか確かめてください。",
  );
}

/** 開封・封印と、鍵の保持者。 */
export const sealCommands: Command[] = [
  {
    name: "keyholder",
    usage: "",
    summary: "鍵の保持者として動く（start と unseal が自動で起こす）",
    options: [],
    async run(io) {
      const data = dataFolder(io.option("data"));
      const folder = await requireFolder(data);
      if (folder.mode === "demo") throw new AppError("REFUSED", "デモの事務所には、鍵の保持者は要りません。");
      if (await connectHolder(data)) return;
      await holdKeys(data, folder);
    },
  },
  {
    name: "unseal",
    usage: "",
    summary: "保管者の言葉で開封する（一人ずつ、そろうまで）",
    options: [{ name: "holder", value: "役職", help: "保管者。省けば尋ねる" }],
    async run(io) {
      const data = dataFolder(io.option("data"));
      if ((await requireFolder(data)).mode === "demo")
        throw new AppError("REFUSED", "デモの事務所は、いつも開いています。");
      const holder = await ensureHolder(data);
      try {
        const state = await confirmOne(io, holder, io.option("holder"));
        const left = state.needed - state.confirmed.length;
        io.result(state, state.sealed ? `確かめました。あと${left}人です。` : "開封しました。");
      } finally {
        holder.close();
      }
    },
  },
  {
    name: "seal",
    usage: "",
    summary: "封印する（次に開封するまで、だれも個人情報を読めない）",
    options: [],
    async run(io) {
      const data = dataFolder(io.option("data"));
      if ((await requireFolder(data)).mode === "demo")
        throw new AppError("REFUSED", "デモの事務所は、いつも開いています。");
      const holder = await connectHolder(data);
      if (holder && !(await holder.state()).sealed) await recordSealing(data);
      await holder?.stop();
      holder?.close();
      io.result({ sealed: true }, "封印しました。");
    },
  },
];

/** 封印したことは、鍵があるうちに残す。 */
async function recordSealing(data: string): Promise<void> {
  const office = await openFolder(data);
  try {
    const [contract] = await listContracts(office);
    if (contract) await office.act(systemActor(contract.id), (tx) => tx.record({ kind: "office.sealed" }));
  } finally {
    await office.close();
  }
}

async function confirmOne(io: CommandIo, holder: HolderClient, given: string | undefined) {
  const before = await holder.state();
  if (!before.sealed) return before;
  const label = given ?? (await io.secret(`保管者（${before.holders.join("・")}）: `));
  return holder.confirm(label, await io.secret("開封の言葉（12語、空白で区切る。打っても見えません）: "));
}
