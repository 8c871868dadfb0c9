import { allBlocks, type Manuscript, type ManuscriptBlock, numbersOf } from "../manuscript/manuscript.ts";
import { type LawGroup, lawGroups, lawItems } from "./law-item.ts";
import { fiscalText, readTarget, type UpperItem, type UpperMatch, type UpperPlan, yearsIn } from "./upper.ts";

/** ます目: full 対応あり、partial 一部、none 対象外、clash 食い違い。 */
export type CellState = "full" | "partial" | "none" | "clash";

export interface MatrixRow {
  measure: string;
  number: string;
  title: string;
  /** 施策のある見出し（章・節）の id。 */
  under: string;
  cells: { column: string; state: CellState; codes: string[]; note: string }[];
}

/** 食い違い。両方の文を持つ。 */
export interface Clash {
  kind: "period" | "target-year" | "target-value";
  measure: string;
  upperId: string;
  item: UpperItem;
  /** 直すところ（施策そのものか、指標の表）。 */
  block: string;
  /** 「表3」「施策2」。 */
  where: string;
  ours: string;
  theirs: string;
  /** 一度で合わせる文: 直すます目（指標の表）か、施策の期間。 */
  fix: { row: number; column: number; text: string } | { period: string };
}

export interface MatrixColumn {
  id: string;
  name: string;
  shortName: string;
  law: boolean;
}

export interface Consistency {
  columns: MatrixColumn[];
  rows: MatrixRow[];
  clashes: Clash[];
  /** どの施策にも結ばれていない上位計画の項目。 */
  unmatched: { upper: string; item: UpperItem }[];
  law: { code: string; group: LawGroup; label: string; blocks: string[] }[];
}

type Measure = Extract<ManuscriptBlock, { kind: "measure" }>;
type Kpi = Extract<ManuscriptBlock, { kind: "kpi" }>;

/** 施策 × 上位計画・法律の表と、期間・目標の食い違い。 */
export function consistencyOf(
  manuscript: Pick<Manuscript, "blocks" | "meta">,
  uppers: readonly UpperPlan[],
  matches: readonly UpperMatch[],
): Consistency {
  const { blocks, meta } = manuscript;
  const numbers = numbersOf(blocks, meta.numbering, meta.annexNumbering);
  const all = allBlocks(blocks);
  const columns: MatrixColumn[] = [
    ...uppers.map(({ id, name, shortName }) => ({ id, name, shortName, law: false })),
    ...(["data", "digital"] as const).map((group) => ({
      ...{ id: `law:${group}`, law: true },
      ...(group === "data"
        ? { name: "官民データ活用推進基本法（手引準拠）", shortName: "官民データ法" }
        : { name: "デジタル社会形成基本法（理念）", shortName: "形成基本法" }),
    })),
  ];
  const clashes = measuresOf(all).flatMap(({ block }) => clashesOf(block, uppers, matches, numbers));
  const rows = measuresOf(all).map(
    ({ block, under }): MatrixRow => ({
      ...{ measure: block.id, number: numbers.get(block.id) ?? "", title: block.title, under },
      cells: columns.map((column) => cellOf(block, column, uppers, matches, clashes)),
    }),
  );
  const used = new Set(measuresOf(all).flatMap(({ block }) => block.upper));
  return {
    ...{ columns, rows, clashes },
    unmatched: uppers.flatMap(({ name, items }) =>
      items.flatMap((item) => (used.has(item.code) ? [] : [{ upper: name, item }])),
    ),
    law: lawGroups.flatMap((group) =>
      lawItems
        .filter((item) => item.group === group)
        .map(({ code, label }) => ({ code, group, label, blocks: coveredBy(all, code) })),
    ),
  };
}

function measuresOf(all: readonly ManuscriptBlock[]): { block: Measure; under: string }[] {
  let under = "";
  return all.flatMap((block) => {
    if (block.kind === "heading") under = block.id;
    return block.kind === "measure" ? [{ block, under }] : [];
  });
}

function coveredBy(all: readonly ManuscriptBlock[], code: string): string[] {
  return all.flatMap(({ id, covers = [] }) =>
    covers.some((one) => one === code || one.startsWith(`${code}-`)) ? [id] : [],
  );
}

function cellOf(
  block: Measure,
  column: MatrixColumn,
  uppers: readonly UpperPlan[],
  matches: readonly UpperMatch[],
  clashes: readonly Clash[],
): MatrixRow["cells"][number] {
  const found = matches.find(({ measure, upperId }) => measure === block.id && upperId === column.id);
  const note = found?.note ?? "";
  if (column.law) {
    const group = column.id.slice("law:".length);
    const codes = (block.covers ?? []).filter((code) =>
      lawItems.some(
        (item) => item.group === group && (item.code === code || code.startsWith(`${item.code}-`)),
      ),
    );
    return { column: column.id, state: stateOf(codes, found), codes, note };
  }
  const items = uppers.find(({ id }) => id === column.id)?.items ?? [];
  const codes = block.upper.filter((code) => items.some((item) => item.code === code));
  const clashing = clashes.some(({ measure, upperId }) => measure === block.id && upperId === column.id);
  return { column: column.id, state: clashing ? "clash" : stateOf(codes, found), codes, note };
}

function stateOf(codes: readonly string[], match: UpperMatch | undefined): CellState {
  if (match?.mark === "outside") return "none";
  if (match?.mark === "partial") return "partial";
  return codes.length > 0 ? "full" : "none";
}

function clashesOf(
  block: Measure,
  uppers: readonly UpperPlan[],
  matches: readonly UpperMatch[],
  numbers: ReadonlyMap<string, string>,
): Clash[] {
  return uppers.flatMap((upper) => {
    const settled = matches.some(
      ({ measure, upperId, mark }) => measure === block.id && upperId === upper.id && mark === "settled",
    );
    if (settled) return [];
    return upper.items
      .filter(({ code }) => block.upper.includes(code))
      .flatMap((item) => [
        ...periodClash(block, upper, item, numbers),
        ...targetClashes(block, upper, item, numbers),
      ]);
  });
}

/** 施策の期間が、上位計画の項目の期間と重ならない。 */
function periodClash(
  block: Measure,
  upper: UpperPlan,
  item: UpperItem,
  numbers: ReadonlyMap<string, string>,
): Clash[] {
  const years = yearsIn(block.period ?? "");
  const [from, until = from] = years;
  if (from === undefined || until === undefined || item.until === null || from <= item.until) return [];
  const theirs =
    item.from === null ? fiscalText(item.until) : `${fiscalText(item.from)}～${fiscalText(item.until)}`;
  return [
    {
      ...{ kind: "period", measure: block.id, upperId: upper.id, item, block: block.id },
      ...{ where: numbers.get(block.id) ?? "", ours: block.period ?? "", theirs },
      fix: { period: theirs },
    },
  ];
}

/** 同じ指標の、目標の年度と値。 */
function targetClashes(
  block: Measure,
  upper: UpperPlan,
  item: UpperItem,
  numbers: ReadonlyMap<string, string>,
): Clash[] {
  if (item.indicator === "") return [];
  return allBlocks(block.body)
    .filter((one): one is Kpi => one.kind === "kpi")
    .flatMap((kpi) => {
      const name = kpi.header.findIndex((one) => one.includes("指標"));
      const column = kpi.header.findIndex((one) => one.includes("目標値"));
      return kpi.rows.flatMap((row, at) => {
        if (name < 0 || column < 0 || !sameIndicator(row[name] ?? "", item.indicator)) return [];
        const ours = readTarget(row[column] ?? "");
        const theirs = readTarget(item.target);
        const common = {
          ...{ measure: block.id, upperId: upper.id, item, block: kpi.id, where: numbers.get(kpi.id) ?? "" },
          fix: { row: at, column, text: targetText(item, row[column] ?? "") },
        };
        const clashes: Clash[] = [];
        if (ours.year !== undefined && item.targetYear !== null && ours.year !== item.targetYear)
          clashes.push({
            ...{ ...common, kind: "target-year" },
            ...{ ours: fiscalText(ours.year), theirs: fiscalText(item.targetYear) },
          });
        else if (ours.value !== undefined && theirs.value !== undefined && ours.value !== theirs.value)
          clashes.push({ ...common, kind: "target-value", ours: row[column] ?? "", theirs: item.target });
        return clashes;
      });
    });
}

/** 上位計画の値と年度で書いた目標のます目。上位計画に値がなければ、こちらの値を残す。 */
function targetText(item: UpperItem, now: string): string {
  const value = /^[^（(]*/.exec(item.target.trim() === "" ? now : item.target)?.[0].trim() ?? "";
  const digits = value.replace(/[^\d.,]/g, "");
  const year = item.targetYear ?? readTarget(now).year;
  return year === undefined ? digits : `${digits}（${fiscalText(year).replace(/年度$/, "")}）`;
}

function sameIndicator(a: string, b: string): boolean {
  const plain = (text: string) => text.replace(/[\s　「」（）()・、のでに]/g, "");
  const [left, right] = [plain(a), plain(b)];
  return left !== "" && (left === right || left.includes(right) || right.includes(left));
}
