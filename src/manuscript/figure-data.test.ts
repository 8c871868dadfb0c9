import { expect, test } from "vitest";
import { TextBinder } from "./bound-text.ts";
import { chartOf } from "./figure-data.ts";
import { readManuscript } from "./manuscript-reader.ts";

test("図のデータの空や文字のます目は、番地を言って知らせ、0 とせずに空ける。△と全角は数として読む", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const manuscript = readManuscript(
    new Map([
      ["plan.yaml", bytes("title: 題")],
      ["a.md", bytes(':::figure {#f title="図" data="data/x.csv" alt="棒" source="調査"}\n:::\n')],
      ["data/x.csv", bytes('項目,値\n\nA,\nB,不明\nC,△１２．５\nD,"1,200"\n')],
    ]),
  );
  const [block] = manuscript.blocks;
  const binder = new TextBinder(manuscript);
  const data = block?.kind === "figure" ? chartOf(block, binder) : undefined;
  expect(data?.series[0]?.values).toEqual([null, null, -12.5, 1200]);
  expect(binder.warnings.map(({ message }) => message)).toEqual([
    "データ「data/x.csv」の B3 が空です。図では、その所を空けます。",
    "データ「data/x.csv」の B4 「不明」は数ではありません。図では、その所を空けます。",
  ]);
});

test("図のデータの行が見出しより長ければ、桁の「,」で数が分かれたかもしれないと知らせる", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const manuscript = readManuscript(
    new Map([
      ["plan.yaml", bytes("title: 題")],
      ["a.md", bytes(':::figure {#f title="図" data="data/x.csv" alt="棒" source="調査"}\n:::\n')],
      ["data/x.csv", bytes("項目,値\nA,10,870\nB,12,\n")],
    ]),
  );
  const [block] = manuscript.blocks;
  const binder = new TextBinder(manuscript);
  expect(block?.kind === "figure" && chartOf(block, binder)?.categories).toEqual(["A", "B"]);
  expect(binder.warnings.map(({ message }) => message)).toEqual([
    'データ「data/x.csv」の2行目に、系列の名のないます目「870」があります。桁の「,」で分かれたのなら、数を "10,870" のように囲んでください。',
  ]);
});
