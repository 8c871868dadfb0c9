import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Command } from "../platform/command.ts";
import { exportLog } from "../platform/export-log.ts";
import { verifyLogFile } from "../sealing/verify-log-file.ts";

/** 行為の記録を書き出す・確かめる。 */
export const logCommands: Command[] = [
  {
    name: "log export",
    usage: "",
    summary: "行為の記録を、それだけで確かめられる一つのファイルに書き出す",
    options: [],
    async run(io) {
      const out = io.option("out");
      if (!out) throw new AppError("BAD_INPUT", "--out FILE で書き出し先を指定してください。");
      const office = await io.office();
      const { entries, root } = await exportLog(office, `cli-${newId()}`, out);
      io.result({ entries, root }, `${entries}件の記録を書き出しました。根は ${root} です。`);
    },
  },
  {
    name: "log verify",
    usage: "FILE",
    summary: "書き出した記録が、後から変えられていないか確かめる（ファイルだけでできる）",
    options: [
      { name: "fingerprint", value: "番号", help: "事務所の公開鍵の指紋（別の経路で知ったもの）" },
      { name: "collation", value: "番号", help: "紙に刷られた照合番号" },
    ],
    async run(io) {
      const fingerprint = io.option("fingerprint");
      const collation = io.option("collation");
      const found = await verifyLogFile(io.args[0] ?? "", {
        ...(fingerprint ? { fingerprint } : {}),
        ...(collation ? { collation } : {}),
      });
      const text = found.ok
        ? `${found.entries}件の記録に、変えられたところはありません。根は ${found.root} です。`
        : brokenText(found.firstBad);
      io.result(found, text);
      if (!found.ok) throw new AppError("REFUSED", "記録は確かめられませんでした。");
    },
  },
];

/** 見出しから読めないファイルは、変えられた記録ではなく、記録でないファイル（違うファイルを選んだ）として言う。 */
function brokenText({ line, reason } = { line: 1, reason: "" }): string {
  return line === 1 && !/署名|公開鍵|指紋/.test(reason)
    ? `このファイルは、記録として読めません。${reason}log export で書き出したファイル（.jsonl）を、そのまま選んでください。`
    : `記録は変えられています。${line}行目: ${reason}`;
}
