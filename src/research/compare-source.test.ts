import { expect, test } from "vitest";
import { compareSources } from "./compare-source.ts";
import type { Source } from "./source.ts";

const source = (
  number: number,
  subject: string,
  facts: [string, string][],
  kind: Source["kind"] = "municipality",
): Source => ({
  ...{ id: `s${number}`, number, kind, subject, facts, title: `資料${number}`, publisher: "", published: "" },
  ...{ url: "", page: "", accessed: "", licence: "", quote: "", finding: "", tags: [], status: "" },
  ...{ madeAt: "2024-06-10T00:00:00.000Z", edition: 1 },
});

test("3(1)(ｱ)③ 同じ自治体の資料は一行になり、ますはいくつかの資料から埋まる。値がちがえば、資料の番号とともに両方を見せる", () => {
  const { items, rows } = compareSources([
    source(1, "海辺の市", [
      ["人口", "34万人"],
      ["効果", "平均25分"],
    ]),
    source(2, "山の市", [["人口", "22万人"]]),
    source(3, "海辺の 市", [
      ["判型", "A4"],
      ["人口", "35万人"],
    ]),
    source(4, "", [["人口", "1万人"]]),
    source(5, "", [["人口", "2万人"]]),
  ]);
  expect(items).toEqual(["人口", "効果", "判型"]);
  expect(rows.map(({ name, cells, sources }) => [name, ...cells, sources.length])).toEqual([
    ["海辺の市", "34万人（S-01）、35万人（S-03）", "平均25分", "A4", 2],
    ["山の市", "22万人", "", "", 1],
    ["資料4", "1万人", "", "", 1],
    ["資料5", "2万人", "", "", 1],
  ]);
});

test("3(1)(ｱ)② 同じ取組でも、年のちがう実績は合わせない", () => {
  const { rows } = compareSources([
    source(1, "教室", [["実績", "100人"]], "measure"),
    source(2, "教室", [["実績", "200人"]], "measure"),
    source(3, "教室", [["指標", "参加者"]], "measure"),
  ]);
  expect(rows.map(({ cells }) => cells)).toEqual([
    ["100人", "参加者"],
    ["200人", ""],
  ]);
});
