import { missingNamed } from "./codebook-spelling.ts";

/*
 * 回答の表の見出しを読む。ほかの市の入力データには、題の行、二段の見出し（問の番号と設問文、結合したます目）が
 * あることが多い。見出しは「横にそろって書かれた、はじめの行」で、二段めは、値らしくない行。
 */

/** 見出しを探す行の数。 */
export const HEAD_ROWS = 12;

export interface AnswerHead {
  /** 見出しのはじめの行と、回答のはじめの行（0 から）。 */
  from: number;
  to: number;
  names: string[];
  /** 二段めの見出し（設問文など）。 */
  titles: string[];
}

const filledIn = (row: readonly string[]) => row.reduce((sum, one) => sum + (one.trim() === "" ? 0 : 1), 0);

/** はじめの何行かから、見出しを見つける。全部が空なら undefined。 */
export function findHead(rows: readonly (readonly string[])[]): AnswerHead | undefined {
  const width = Math.max(0, ...rows.map(lastFilled));
  if (width === 0) return undefined;
  const wide = Math.max(1, Math.ceil(width / 2));
  const wanted = rows.findIndex((row) => filledIn(row) >= (width === 1 ? 1 : Math.max(2, wide)));
  const top = rows.findIndex((row) => filledIn(row) > 0);
  // 値だけの行は、見出しではない（見出しの名が抜けている表は、抜けていると言う）。
  const from = wanted < 0 || (wanted > top && (rows[wanted] ?? []).every(isValueOrBlank)) ? top : wanted;
  const first = (rows[from] ?? []).map(clean);
  const rest = rows.slice(from + 1);
  const skipped = rest.findIndex((row) => !isImportRow(row));
  const second = rest[Math.max(0, skipped)] ?? [];
  const body = rest.slice(Math.max(0, skipped) + 1).filter((row) => !isImportRow(row));
  if (!isSecondHead(first, second, body)) {
    const to = from + 1 + Math.max(0, skipped);
    return { from, to, names: trimmed(first), titles: [] };
  }
  const below = second.map(clean);
  let to = from + 2 + Math.max(0, skipped);
  while (to < rows.length && isImportRow(rows[to] ?? [])) to += 1;
  return { from, to, ...joinHeads(first, below) };
}

function clean(field: string): string {
  return field.replace(/^\ufeff/, "").trim();
}

function lastFilled(row: readonly string[]): number {
  return row.findLastIndex((one) => one.trim() !== "") + 1;
}

function trimmed(names: readonly string[]): string[] {
  return names.slice(0, lastFilled(names));
}

/** 調査の道具が書く、項目の番号だけの行（{"ImportId": …}）。 */
function isImportRow(row: readonly string[]): boolean {
  const written = row.filter((one) => one.trim() !== "");
  return written.length > 0 && written.every((one) => /^\{"ImportId"/.test(one.trim()));
}

/** 値（数、日時、丸などの印）らしいか。 */
export function isValue(text: string): boolean {
  const plain = text.normalize("NFKC").trim();
  return /^[-+]?[\d,.]+%?$|^\d{1,4}[-/.年]\d{1,2}|^[○◯●✓✔レ*\-×]$|^(TRUE|FALSE|Y|N)$/i.test(plain);
}

const isValueOrBlank = (text: string) => text.trim() === "" || isValue(text);

/**
 * 二段めの見出しか。上の段に空き（結合）があって下が埋めているか、値の並びの上に言葉だけの行があるとき。
 * 下の行にくり返し出る値（男性、無回答など）があれば、見出しではない。
 */
function isSecondHead(
  first: readonly string[],
  second: readonly string[],
  body: readonly (readonly string[])[],
): boolean {
  const written = second.flatMap((text, at) => (text.trim() === "" ? [] : [{ text: text.trim(), at }]));
  if (written.length < 2 || body.length < 2) return false;
  if (written.some(({ text }) => isValue(text) || missingNamed(text) !== undefined)) return false;
  if (written.some(({ text, at }) => body.some((row) => (row[at] ?? "").trim() === text))) return false;
  const gaps = first.some(
    (text, at) => (text === "" || text === first[at - 1]) && (second[at] ?? "").trim() !== "",
  );
  const values = written.flatMap(({ at }) => body.flatMap((row) => (row[at] ?? "").trim() || []));
  const valued = values.filter(isValue).length;
  return gaps ? valued * 2 >= values.length : values.length > 0 && valued * 5 >= values.length * 4;
}

/** 二段の見出しを一つに。結合した上の段は、下の段の名を付けて分ける（「問1_防災」）。 */
function joinHeads(
  first: readonly string[],
  second: readonly string[],
): Pick<AnswerHead, "names" | "titles"> {
  const width = Math.max(lastFilled(first), lastFilled(second));
  const names: string[] = [];
  const titles: string[] = [];
  let above = "";
  // 結合したます目は、読み方によって、空になるか、同じ言葉が並ぶ。
  const isSame = (at: number) => (first[at] ?? "") === "" || first[at] === first[at - 1];
  for (let at = 0; at < width; at += 1) {
    const [own, below] = [first[at] ?? "", second[at] ?? ""];
    if (own !== "") above = own;
    const spread = isSame(at) || (at + 1 < width && isSame(at + 1) && (second[at + 1] ?? "") !== "");
    names.push(spread && above !== "" && below !== "" ? `${above}_${below}` : own || below);
    titles.push(below);
  }
  return { names, titles };
}

/** 表の終わりの、合計などの行か（はじめの字のあるます目の言葉で決める）。 */
export function isTotalRow(fields: readonly string[]): boolean {
  const first = fields.find((one) => one.trim() !== "") ?? "";
  return /^(合計|総計|総数|計|小計|平均|件数|回答数|n|total|sum|average|count)$/i.test(
    first.normalize("NFKC").replace(/\s/g, ""),
  );
}
