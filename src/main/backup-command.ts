import { writeFile } from "node:fs/promises";
import { type Drill, inspectRestored } from "../backup/drill-backup.ts";
import { type MadeBackup, makeBackup } from "../backup/make-backup.ts";
import { restoreBackup } from "../backup/restore-backup.ts";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { listContracts } from "../terms/list-contracts.ts";
import {
  allMigrations,
  chooseBackup,
  demoMark,
  drillChosen,
  holderFromWords,
  openPair,
  readTombstones,
  withBackupParts,
} from "./backup-hand.ts";
import { dataFolder, holderOf, openFolderWith, placeOf, requireFolder } from "./open-folder.ts";

/** 控えを取る・戻す・戻す訓練をする。 */
export const backupCommands: Command[] = [
  {
    name: "backup",
    usage: "",
    summary: "開いたまま、本体と鍵を別々の封じたファイルに控える",
    options: [
      {
        name: "keys-out",
        value: "DIR",
        help: "鍵の控えのフォルダー（本体とは別の媒体）。省けば --out と同じ",
      },
    ],
    run: backup,
  },
  {
    name: "restore",
    usage: "BACKUP",
    summary: "控え（ファイルか、控えのあるフォルダー）から、空のフォルダーに事務所を戻す",
    options: [
      { name: "keys", value: "PATH", help: "鍵の控えのファイルかフォルダー。省けば本体の控えと同じ場所" },
      {
        name: "tombstones",
        value: "FILE",
        many: true,
        help: "控えのあとで消した人の鍵の一覧（消去の証明書と一緒に渡されたもの）",
      },
      { name: "drill", help: "一時の場所に戻して調べ、消す（戻す訓練）" },
    ],
    run: restore,
  },
];

async function backup(io: CommandIo): Promise<void> {
  const out = io.option("out");
  if (!out) throw new AppError("BAD_INPUT", "--out DIR で、控えを書くフォルダーを指定してください。");
  const data = dataFolder(io.option("data"));
  const folder = await requireFolder(data);
  const holder = await holderOf(data, folder);
  const made = await withBackupParts({ data, folder, holder, office: await io.office() }, (parts) =>
    makeBackup(parts, { out, keysOut: io.option("keys-out") ?? out }, io.progress),
  );
  io.result(made, madeText(made));
}

function madeText({ set, data, keys, together }: MadeBackup): string {
  const size = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const lines = [
    `控えました（${set}）。`,
    `  本体 ${data.file}（${data.rows.toLocaleString("ja-JP")}行、${size(data.bytes)}）`,
    `  鍵　 ${keys.file}（${keys.rows.toLocaleString("ja-JP")}行、${size(keys.bytes)}）`,
  ];
  if (together)
    lines.push("  本体と鍵が同じ媒体にあります。鍵の控えは、別の媒体に移して別の場所で保管してください。");
  return lines.join("\n");
}

async function restore(io: CommandIo): Promise<void> {
  const chosen = await chooseBackup(io.args[0] ?? "", io.option("keys"));
  const tombstones = await readTombstones(io.options("tombstones"));
  const holder = await holderFromWords(chosen.folder, (label) =>
    io.secret(`${label} の開封の言葉（12語。この人がいなければ空のまま Enter）: `),
  );
  const parts = { ...chosen, holder, ...allMigrations, systemMs: Date.now() };
  if (io.flag("drill")) {
    const drill = await drillChosen(parts, tombstones, io.progress);
    io.result(drill, drillText(drill));
    if (!drill.ok)
      throw new AppError("REFUSED", "控えから戻せないところがあります。新しい控えを取り直してください。");
    return;
  }
  if (!io.option("data"))
    throw new AppError("BAD_INPUT", "--data DIR で、戻す先の空のフォルダーを指定してください。");
  const target = dataFolder(io.option("data"));
  const place = placeOf(target);
  const restored = await restoreBackup(
    { ...parts, open: openPair(place, chosen.folder, holder) },
    target,
    tombstones,
    io.progress,
  );
  if (chosen.folder.mode === "demo") await writeFile(demoMark(target), "restored\n");
  const office = await openFolderWith(target, chosen.folder, holder);
  try {
    const found = { ...restored, ...(await inspectRestored(office)) };
    await record(office, "backup.restored", found);
    io.result(found, `${target} に戻しました（${found.set}）。\n${drillText(found)}`);
  } finally {
    await office.close();
  }
}

/** 訓練は、本体が PostgreSQL にあっても、一時のフォルダーの SQLite に戻す（動いている事務所に触れない）。 */
/** 契約ごとに残す。数と指紋だけで、人のことは書かない。 */
export async function record(
  office: Office,
  kind: "backup.restored" | "backup.drilled",
  { set, rows, entries, ok, forgotten }: Drill,
): Promise<void> {
  for (const { id } of await listContracts(office))
    await office.act(systemActor(id), (tx) =>
      tx.record({ kind, payload: { set, rows, entries, ok, forgotten } }),
    );
}

function drillText({ rows, entries, root, logOk, people, opened, erased, broken, forgotten }: Drill): string {
  const lines = [
    `  行 ${rows.toLocaleString("ja-JP")}、記録 ${entries.toLocaleString("ja-JP")} 件（根 ${root}）`,
    logOk ? "  記録に、変えられたところはありません。" : "  記録が確かめられません。",
    `  本人 ${people.toLocaleString("ja-JP")} 人のうち ${opened.toLocaleString("ja-JP")} 人の行が開きました（消去済み ${erased} 人）。`,
  ];
  if (forgotten > 0) lines.push(`  控えのあとで消した人の鍵 ${forgotten} 件を取り除きました。`);
  if (broken > 0) lines.push(`  開くはずが開かない行が ${broken} 件あります。`);
  return lines.join("\n");
}
