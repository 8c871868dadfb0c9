import { expect, test } from "vitest";
import { citedIn, unsourcedIn } from "./cited-source.ts";

const paragraph = (id: string, text: string) => ({ id, content: { kind: "paragraph" as const, text } });

test("3(1)(ｱ)②–⑤ 本文が引く資料の番号を、出てきた順に読む", () => {
  expect(citedIn("国は示した[^src:S-08][^src:S-09]。注[^law1]もある[^src:S-08]。")).toEqual([
    "S-08",
    "S-09",
    "S-08",
  ]);
});

test("3(1)(ｱ)②–⑤ よそのこと・調べたこと・手で打った数を、出典なしに言う文だけを挙げる", () => {
  const lines = unsourcedIn([
    paragraph("a", "本市の人口は減っています。他の自治体では、窓口を一つにまとめています。"),
    paragraph("b", "国の調査によると、利用は増えています[^src:S-01]。"),
    paragraph("c", "利用した人は61.7％でした。"),
    paragraph("d", "利用した人は{{data/use.csv!B2}}％でした。"),
    paragraph("e", "延べ2,140人が参加しました（[[@f-1]]）。"),
    paragraph("f", "第９条第３項に基づく計画を兼ねます。"),
    { id: "g", content: { kind: "list", ordered: false, items: ["市民の声を聞く", "全国の平均を超える"] } },
  ]);
  expect(lines.map(({ block, why }) => [block, why])).toEqual([
    ["a", "ほかの自治体や全国のこと"],
    ["c", "手で打った数"],
    ["g", "ほかの自治体や全国のこと"],
  ]);
  expect(lines[0]?.sentence).toBe("他の自治体では、窓口を一つにまとめています。");
});
