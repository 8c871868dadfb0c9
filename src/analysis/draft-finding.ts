import type { CrossView, ViewBlock, ViewRow } from "../tabulation/cross-view.ts";
import {
  type FigureRef,
  type Finding,
  type FindingPart,
  figureText,
  joinFinding,
  tenthsOf,
} from "./finding.ts";
import { NO_TOTAL } from "./matrix-view.ts";

/** 表から、調査報告書の言い方で所見の案を作る。数は一つずつ、ますに結ばれている。 */
export function draftFinding(view: CrossView): Finding {
  if (view.total.people === 0) return { text: "集計できる回答がありません。", figures: [] };
  if (view.question.type === "number") return joinFinding(meanSentence(view));
  const [block] = view.blocks;
  if (block && view.total.code === NO_TOTAL) return joinFinding(itemSentence(view, block));
  const parts = block ? crossSentence(view, block) : singleSentence(view);
  const small = view.total.small ? ["回答者が少ないため、参考にとどめる。"] : [];
  return joinFinding([...parts, ...small]);
}

interface Focus {
  columns: string[];
  /** 「A」、または「A」と「B」を合わせた割合。 */
  name: string;
}

/** 何の割合を言うか: まとめがあればまとめ、肯定の二段があれば合わせたもの、なければいちばん多いもの。 */
function focusOf(view: CrossView): Focus | undefined {
  const net = view.columns.find(({ kind }) => kind === "net");
  if (net) return { columns: [net.key], name: `「${net.label}」` };
  const options = view.columns.filter(({ kind }) => kind === "option");
  const [first, second] = options;
  if (first && second && view.question.type === "sa" && softened(first.label, second.label))
    return {
      columns: [first.key, second.key],
      name: `「${first.label}」と「${second.label}」を合わせた割合`,
    };
  const [top] = ranked(view);
  return top ? { columns: [top.key], name: `「${top.label}」` } : undefined;
}

/** 「行いたい」と「どちらかといえば行いたい」のような、段のある二つ。 */
function softened(strong: string, soft: string): boolean {
  const core = soft.replace(/^(どちらかといえば|どちらかと言えば|やや|まあ|ある程度|おおむね|少し)/, "");
  if (core === soft) return false;
  const plain = strong.replace(/^(とても|非常に|大いに|十分に?|よく|かなり)/, "");
  return core.slice(0, 2) === plain.slice(0, 2);
}

function ranked(view: CrossView): { key: string; label: string; count: number }[] {
  return view.columns
    .flatMap(({ key, label, kind }, at) =>
      kind === "option" ? [{ key, label, count: view.total.cells[at]?.count ?? 0 }] : [],
    )
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
}

const shareRef = (columns: string[], block = "", row = ""): FigureRef => ({
  ...{ kind: "share" as const, block, row, columns },
});

function figure(view: CrossView, ref: FigureRef): FindingPart {
  return { text: figureText(view, ref) ?? "…", ref };
}

/** 単純集計の所見: いちばん多いものから三つ。 */
function singleSentence(view: CrossView): FindingPart[] {
  const [first, second, third] = ranked(view);
  if (!first) return ["どの選択肢にも、回答がない。"];
  const focus = focusOf(view);
  const parts: FindingPart[] = [
    `「${first.label}」が`,
    figure(view, shareRef([first.key])),
    second ? "％と最も多く、次いで" : "％となっている。",
  ];
  for (const [at, one] of [second, third].filter((each) => each !== undefined).entries())
    parts.push(`${at > 0 ? "、" : ""}「${one.label}」（`, figure(view, shareRef([one.key])), "％）");
  if (second) parts.push("となっている。");
  if (focus && (focus.columns.length > 1 || focus.columns[0]?.startsWith("net:")))
    parts.push(`${focus.name}は`, figure(view, shareRef(focus.columns)), "％である。");
  return parts;
}

/** クロス集計の所見: 全体、いちばん離れた区分、並び、ほかに目立つもの。 */
function crossSentence(view: CrossView, block: ViewBlock): FindingPart[] {
  const focus = focusOf(view);
  if (!focus) return ["どの選択肢にも、回答がない。"];
  const tenths = (row: ViewRow) =>
    tenthsOf(
      focus.columns.reduce((sum, key) => sum + (cellOf(view, row, key)?.count ?? 0), 0),
      row.base,
    );
  const rows = block.rows.filter(({ small, hidden, people }) => !small && !hidden && people > 0);
  const all = tenths(view.total);
  const far = rows.toSorted((a, b) => Math.abs(tenths(b) - all) - Math.abs(tenths(a) - all))[0];
  const lead: FindingPart[] = [`${focus.name}は、全体で`, figure(view, shareRef(focus.columns)), "％"];
  if (!far || tenths(far) === all) return [...lead, "で、区分による差は見られない。"];
  const gap = tenths(far) - all;
  const ref: FigureRef = { kind: "gap", block: block.id, row: far.code, against: "", columns: focus.columns };
  const parts: FindingPart[] = [
    ...lead,
    `、${far.label}では`,
    figure(view, shareRef(focus.columns, block.id, far.code)),
    "％で、",
    figure(view, ref),
    `ポイント${gap > 0 ? "高い" : "低い"}。`,
  ];
  const trend = trendSentence(view, block, rows, focus, tenths);
  return [...parts, ...trend, ...otherSentence(view, block, far, focus)];
}

function cellOf(view: CrossView, row: ViewRow, key: string) {
  return row.cells[view.columns.findIndex((one) => one.key === key)];
}

/** 表の形の設問: いちばん高い項目と低い項目。 */
function itemSentence(view: CrossView, block: ViewBlock): FindingPart[] {
  const net = view.columns.find(({ kind }) => kind === "net") ?? view.columns[0];
  if (!net) return ["どの選択肢にも、回答がない。"];
  const rows = block.rows.filter(({ small, hidden, people }) => !small && !hidden && people > 0);
  const share = (row: ViewRow) => tenthsOf(cellOf(view, row, net.key)?.count ?? 0, row.base);
  const sorted = rows.toSorted((a, b) => share(b) - share(a));
  const [high, second, low] = [sorted[0], sorted[1], sorted.at(-1)];
  if (!high || !low || high === low) return [`「${net.label}」の割合は、項目によって変わらない。`];
  const of = (row: ViewRow) => figure(view, shareRef([net.key], block.id, row.code));
  return [
    `「${net.label}」の割合は、「${high.label}」が`,
    of(high),
    "％で最も高く",
    ...(second && second !== low ? [`、次いで「${second.label}」（`, of(second), "％）"] : []),
    `となっている。最も低いのは「${low.label}」で、`,
    of(low),
    "％である。",
  ];
}

/** 三つ以上の区分が、並びのとおりに上がるか下がる。 */
function trendSentence(
  view: CrossView,
  block: ViewBlock,
  rows: readonly ViewRow[],
  focus: Focus,
  tenths: (row: ViewRow) => number,
): FindingPart[] {
  const ordered = /年代|年齢|歳|収入|時間|頻度|人数|期間|年数/.test(
    `${block.title}${rows.map(({ label }) => label).join("")}`,
  );
  const [first, last] = [rows[0], rows.at(-1)];
  if (!ordered || rows.length < 3 || !first || !last) return [];
  const steps = rows.slice(1).map((row, at) => tenths(row) - tenths(rows[at] as ViewRow));
  const way = steps.every((one) => one < 0) ? "下がる" : steps.every((one) => one > 0) ? "上がる" : undefined;
  if (!way) return [];
  return [
    `${first.label}の`,
    figure(view, shareRef(focus.columns, block.id, first.code)),
    "％から",
    `${last.label}の`,
    figure(view, shareRef(focus.columns, block.id, last.code)),
    `％まで、区分の順に${way}。`,
  ];
}

/** いちばん離れた区分で、ほかに有意に多いもの。 */
function otherSentence(view: CrossView, block: ViewBlock, far: ViewRow, focus: Focus): FindingPart[] {
  if (view.columns.filter(({ kind }) => kind === "option").length <= 2) return [];
  const used = new Set(focus.columns.flatMap((key) => membersOf(view, key)));
  const [other] = view.columns
    .flatMap((column, at) => {
      const cell = far.cells[at];
      const open = column.kind === "option" && !used.has(column.key);
      return open && cell?.mark === "up" ? [{ ...column, residual: cell.residual ?? 0 }] : [];
    })
    .toSorted((a, b) => b.residual - a.residual);
  if (!other) return [];
  return [
    `${far.label}では「${other.label}」が`,
    figure(view, shareRef([other.key], block.id, far.code)),
    "％に上る。",
  ];
}

/** まとめの中の選択肢も、同じことの言い直しになるので避ける。列の並びからは分からないので、名で引く。 */
function membersOf(view: CrossView, key: string): string[] {
  return key.startsWith("net:") ? [key, ...(view.nets[Number(key.slice(4))] ?? [])] : [key];
}

function meanSentence(view: CrossView): FindingPart[] {
  const mean = (block = "", row = ""): FigureRef => ({ kind: "mean", block, row, columns: [] });
  const parts: FindingPart[] = ["平均は、全体で", figure(view, mean())];
  const [block] = view.blocks;
  const rows = (block?.rows ?? []).filter(({ small, hidden, mean: has }) => has && !small && !hidden);
  const sorted = rows.toSorted((a, b) => (b.mean?.value ?? 0) - (a.mean?.value ?? 0));
  const [high, low] = [sorted[0], sorted.at(-1)];
  if (!block || !high || !low || high === low) return [...parts, "である。"];
  return [
    ...parts,
    `で、${high.label}の`,
    figure(view, mean(block.id, high.code)),
    `が最も大きく、${low.label}の`,
    figure(view, mean(block.id, low.code)),
    "が最も小さい。",
  ];
}
