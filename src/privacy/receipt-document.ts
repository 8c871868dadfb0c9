import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { WordDocument } from "../office/word-model.ts";
import type { Line } from "./list-lines.ts";

export interface ReceiptContext {
  title: string;
  client: string;
  clientUnit: string;
  contractor: string;
  now: string;
}

/** 個人情報の預り証（受けたとき）・受渡書（渡すとき）の Word。特記 第12条。 */
export function receiptDocument(context: ReceiptContext, line: Line): WordDocument {
  const incoming = line.values.direction === "in";
  const title = incoming ? "個人情報の預り証" : "個人情報の受渡書";
  const number = `受渡し第${line.number}号`;
  const cell = (name: string) => line.shown[name] ?? "";
  const rows = [
    ["番号", number],
    ["業務名", context.title],
    ["もの", cell("items")],
    ["数量・件数", cell("quantity")],
    ["日時", `${formatWareki(cell("day"))}　${cell("time")}`],
    ["手段（委託者の指定）", cell("means")],
    ["場所（委託者の指定）", cell("place")],
    ["電子データの SHA-256", cell("hash") === "" ? "－" : cell("hash")],
  ];
  const client = `${context.client}${context.clientUnit}`;
  return {
    ...{ title, subject: context.title, author: context.contractor, created: `${context.now.slice(0, 19)}Z` },
    ...{ header: formatWareki(dayOf(context.now)), footer: number },
    blocks: [
      { kind: "paragraph", text: `${client}　御中` },
      { kind: "paragraph", text: context.contractor, align: "right" },
      { kind: "title", text: title },
      {
        kind: "paragraph",
        text: incoming
          ? "下記のとおり、お預かりしました。本業務のほかに使わず、許諾を得ずに写さず、求めのあるとき、また業務の終わりに返します。"
          : "下記のとおり、お渡しします。数量と封をお確かめのうえ、受領の欄にご記入ください。",
        after: 8,
      },
      {
        ...{ kind: "table", caption: "受渡しの内容", headColumn: true },
        columns: [{ share: 3 }, { share: 9 }],
        rows: rows.map(([name = "", value = ""]) => [name, value]),
      },
      { kind: "paragraph", text: "受渡しの確認", before: 12 },
      {
        ...{
          kind: "table",
          caption: "受渡しの確認",
          header: ["", "部署と職名", "氏名", "日時"],
          rowHeight: 14,
        },
        columns: [{ share: 2 }, { share: 4 }, { share: 4 }, { share: 3 }],
        rows: [
          ["渡した人", "", "", ""],
          ["受けた人", "", "", ""],
        ],
      },
    ],
  };
}
