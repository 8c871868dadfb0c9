import type { CrossView, ViewRow } from "../tabulation/cross-view.ts";
import { shareText } from "../tabulation/rounded-share.ts";

/**
 * 所見の中の数が、どのますから出たか。columns は列の key（いくつかなら足したもの）。
 * share は割合、gap は二つの行の差（ポイント）、n は分母の人数、mean は平均。
 */
export interface FigureRef {
  kind: "share" | "gap" | "n" | "mean";
  block: string;
  row: string;
  against?: string;
  columns: string[];
}

export type FindingPart = string | { text: string; ref: FigureRef; strong?: boolean };

/** 所見の文と、その中の数の出どころ。 */
export interface Finding {
  text: string;
  /** 数ごとの、文の中の場所と出どころ。 */
  figures: { from: number; to: number; ref: FigureRef }[];
}

export function joinFinding(parts: readonly FindingPart[]): Finding {
  let text = "";
  const figures: Finding["figures"] = [];
  for (const part of parts) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    figures.push({ from: text.length, to: text.length + part.text.length, ref: part.ref });
    text += part.text;
  }
  return { text, figures };
}

/** 行を探す。block が空なら全体。 */
function rowOf(view: CrossView, ref: Pick<FigureRef, "block">, row: string): ViewRow | undefined {
  if (row === "") return view.total;
  const block = view.blocks.find(({ id }) => id === ref.block);
  return block?.rows.find(({ code }) => code === row);
}

function countOf(view: CrossView, row: ViewRow, columns: readonly string[]): number | undefined {
  let sum = 0;
  for (const key of columns) {
    const at = view.columns.findIndex((one) => one.key === key);
    const cell = row.cells[at];
    if (!cell || cell.percent === null) return undefined;
    sum += cell.count;
  }
  return sum;
}

/** 一つの数の、いまの刷り方。もとのますがなければ undefined。 */
export function figureText(view: CrossView, ref: FigureRef): string | undefined {
  const row = rowOf(view, ref, ref.row);
  if (!row) return undefined;
  if (ref.kind === "n") return row.people.toLocaleString("ja-JP");
  if (ref.kind === "mean") return row.mean?.value.toFixed(2);
  const count = countOf(view, row, ref.columns);
  if (count === undefined || row.base <= 0) return undefined;
  if (ref.kind === "share") return percentText(count, row.base);
  const other = rowOf(view, ref, ref.against ?? "");
  const against = other && countOf(view, other, ref.columns);
  if (!other || against === undefined || other.base <= 0) return undefined;
  // 差は、刷られる割合どうしの差にする（読む人が引き算して合うように）。
  const gap = tenthsOf(count, row.base) - tenthsOf(against, other.base);
  return tenthsText(Math.abs(gap));
}

/** 割合の字（％は付けない）。0 は 0.0（文の中では「-」と書かない）。 */
export function percentText(count: number, base: number): string {
  return count === 0 ? "0.0" : shareText(count, base);
}

/** 刷られる割合（0.1 ポイントを 1 とする整数）。 */
export function tenthsOf(count: number, base: number): number {
  return base <= 0 ? 0 : Math.round(Number(percentText(count, base)) * 10);
}

export function tenthsText(tenths: number): string {
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}

export interface FindingCheck {
  /** 数ごとに、文の中の字と、いまの値。同じなら合っている。 */
  figures: { from: number; to: number; said: string; now: string | undefined; ok: boolean }[];
  /** 表のどこにもない数（人が書いたもの）。 */
  loose: string[];
  holds: boolean;
}

/** 所見の数が、いまの表と合うか。合わなくても止めない（印を付け、一覧に出す）。 */
export function checkFinding(finding: Finding, view: CrossView): FindingCheck {
  const figures = finding.figures.map(({ from, to, ref }) => {
    const said = finding.text.slice(from, to);
    const now = figureText(view, ref);
    return { from, to, said, now, ok: now === said };
  });
  const loose = numbersIn(finding.text)
    .filter(({ from, to }) => !finding.figures.some((one) => one.from <= from && to <= one.to))
    .map(({ text }) => text);
  return { figures, loose, holds: figures.every(({ ok }) => ok) };
}

/** 文の中の、割合・ポイント・人数の数。 */
export function numbersIn(text: string): { from: number; to: number; text: string; unit: string }[] {
  return [...text.matchAll(/(\d[\d,]*(?:\.\d+)?)\s*(％|%|ポイント|人|通|件)/g)].map((match) => {
    const [, number = "", unit = ""] = match;
    return { from: match.index, to: match.index + number.length, text: number, unit };
  });
}

/**
 * 人が直した文の数を、表のますに結び直す。前の出どころ（同じ数）を先に、なければ同じ値の出るますを探す。
 * 見つからない数は、表にない数として残る。
 */
export function bindFinding(text: string, view: CrossView, before: Finding | undefined): Finding {
  const known = new Map<string, FigureRef[]>();
  const put = (said: string, ref: FigureRef) => known.set(said, [...(known.get(said) ?? []), ref]);
  for (const { from, to, ref } of before?.figures ?? []) {
    const said = before?.text.slice(from, to) ?? "";
    if (figureText(view, ref) === said) put(said, ref);
  }
  for (const ref of everyRef(view)) {
    const said = figureText(view, ref);
    if (said !== undefined) put(said, ref);
  }
  const figures = numbersIn(text).flatMap(({ from, to, text: said, unit }) => {
    const kind = unit === "ポイント" ? "gap" : unit === "％" || unit === "%" ? "share" : "n";
    const ref = known.get(said)?.find((one) => one.kind === kind);
    return ref ? [{ from, to, ref }] : [];
  });
  return { text, figures };
}

function everyRef(view: CrossView): FigureRef[] {
  const rows = [
    { block: "", row: "" },
    ...view.blocks.flatMap(({ id, rows: each }) => each.map(({ code }) => ({ block: id, row: code }))),
  ];
  return rows.flatMap(({ block, row }): FigureRef[] => [
    ...view.columns.map(({ key }): FigureRef => ({ kind: "share", block, row, columns: [key] })),
    { kind: "n", block, row, columns: [] },
    ...view.columns.map(({ key }): FigureRef => ({ kind: "gap", block, row, against: "", columns: [key] })),
  ]);
}
