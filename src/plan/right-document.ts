import { writeTableWorkbook } from "../office/table-workbook.ts";
import type { Asset } from "./asset-right.ts";

const heads = [
  "ファイル",
  "種類",
  "使っているところ",
  "出所",
  "権利者",
  "利用の条件",
  "使ってよい範囲",
  "期限",
  "代わりの文",
  "足りないもの",
  "SHA-256",
];

/** 権利一覧の Excel（納品の一式に添える）。 */
export function rightsWorkbook(title: string, assets: readonly Asset[]): Uint8Array {
  return writeTableWorkbook([
    {
      ...{ name: "権利一覧", landscape: true, headRows: 2 },
      widths: [26, 10, 24, 30, 20, 26, 26, 12, 40, 20, 24],
      rows: [
        [{ value: `${title}　画像・図の権利一覧`, look: "title" }],
        heads.map((value) => ({ value, look: "head" as const })),
        ...assets.map(({ name, kind, uses, right, alt, lacks, sha256 }) =>
          [
            ...[name, kind === "picture" ? "写真・絵" : "図", uses.map(({ label }) => label).join("、")],
            ...[right.source, right.holder, right.licence, right.scope, right.expiry || "なし", alt],
            ...[lacks.join("・"), sha256],
          ].map((value) => ({ value, look: "text" as const })),
        ),
      ],
    },
  ]);
}
