import { diffList } from "../office/text-diff.ts";
import type { WordBlock, WordCell, WordDocument, WordRun, WordTracked } from "../office/word-model.ts";
import { alignBlocks, type PlacedBlock } from "./align-blocks.ts";
import { TextBinder } from "./bound-text.ts";
import type { Manuscript } from "./manuscript.ts";
import { planScene, wordBibliography, wordBlock } from "./plan-document.ts";
import type { PlanScene } from "./plan-scene.ts";
import { type Part, partsOf, type Token, tokensOf } from "./tracked-part.ts";

/**
 * 変更履歴つきの原稿そのもの（Word の w:ins・w:del）。全部を承諾すれば後の版、全部を元に戻せば前の版になる。
 * 段落の分割・統合は段落の終わりの印に、表は行とます目に、図は図そのものに履歴が付く。動いた部分は、消して足したもの。
 */
export function trackedBlocks(before: Manuscript, after: Manuscript): WordBlock[] {
  const [old, now] = [planScene(before, new TextBinder(before)), planScene(after, new TextBinder(after))];
  const blocks: WordBlock[] = mergeParts(headParts(before), headParts(after));
  const rows = alignBlocks(before, after);
  // 動いた部分は、前の所で消し、後の所で足す。
  const moved = rows
    .filter((row) => row.moved)
    .flatMap((row) => row.old)
    .sort((a, b) => a.place - b.place);
  const leave = (until: number) => {
    while ((moved[0]?.place ?? Number.POSITIVE_INFINITY) < until)
      blocks.push(...shownParts(old, moved.splice(0, 1)).map((part) => wholePart(part, "deleted")));
  };
  for (const row of rows) {
    if (!row.moved) leave(row.old[0]?.place ?? 0);
    blocks.push(...mergeParts(row.moved ? [] : shownParts(old, row.old), shownParts(now, row.now)));
  }
  leave(Number.POSITIVE_INFINITY);
  blocks.push(...mergeParts(partsOf(wordBibliography(old)), partsOf(wordBibliography(now))));
  return closed(blocks);
}

/** 変更履歴つきの原稿（Word）。 */
export function trackedDocument(before: Manuscript, after: Manuscript, created: string): WordDocument {
  const { title, author } = after.meta;
  const { theme } = planScene(after, new TextBinder(after));
  return {
    title,
    author,
    created,
    header: title,
    look: theme,
    section: {},
    blocks: trackedBlocks(before, after),
  };
}

/** 題、副題、日、作成者。 */
function headParts({ meta }: Manuscript): Part[] {
  return partsOf(
    [meta.title, meta.subtitle, meta.date, meta.author].filter(Boolean).map(
      (text, at): WordBlock => ({
        kind: "paragraph",
        text: [{ text, bold: at === 0, size: at === 0 ? 18 : 11 }],
      }),
    ),
  );
}

/** 部分の、Word の形。施策と囲みは、中の部分が別に並ぶので、頭だけ。 */
function shownParts(scene: PlanScene, placed: readonly PlacedBlock[]): Part[] {
  return placed.flatMap(({ block }) => {
    const shallow = "body" in block ? { ...block, body: [] } : block;
    return partsOf(wordBlock(scene, shallow, false));
  });
}

/** 前と後の形を、一つの並びに。 */
function mergeParts(old: readonly Part[], now: readonly Part[]): WordBlock[] {
  if (old.length === 0) return now.map((part) => wholePart(part, "inserted"));
  if (now.length === 0) return old.map((part) => wholePart(part, "deleted"));
  const texts = [...old, ...now].every(({ kind }) => kind === "text");
  if (texts) return mergeTexts(old as TextPart[], now as TextPart[]);
  if (old.length === now.length && old.every(({ kind }, at) => kind === now[at]?.kind))
    return old.flatMap((part, at) => mergePair(part, now[at] as Part));
  return [
    ...old.map((part) => wholePart(part, "deleted")),
    ...now.map((part) => wholePart(part, "inserted")),
  ];
}

type TextPart = Extract<Part, { kind: "text" }>;

function mergePair(old: Part, now: Part): WordBlock[] {
  if (old.kind === "text" && now.kind === "text") return mergeTexts([old], [now]);
  if (old.kind === "table" && now.kind === "table") {
    const made = mergeTables(old.block, now.block);
    if (made) return [made];
  }
  if (old.kind === "object" && now.kind === "object" && old.key === now.key) return [now.block];
  return [wholePart(old, "deleted"), wholePart(now, "inserted")];
}

/** 段落の並びどうし。段落の終わりも一つの字として比べるので、分割と統合が、終わりの印の履歴になる。 */
function mergeTexts(old: readonly TextPart[], now: readonly TextPart[]): WordBlock[] {
  const join = (parts: readonly TextPart[]): Token[] =>
    parts.flatMap(({ tokens }, at) => (at === 0 ? tokens : [END, ...tokens]));
  const blocks: WordBlock[] = [];
  let at = 0;
  let runs: WordRun[] = [];
  const close = (tracked: WordTracked | undefined) => {
    const [part] = now.slice(Math.min(at, now.length - 1));
    if (part) blocks.push({ ...part.template, text: runs, ...(tracked ? { tracked } : {}) });
    runs = [];
  };
  for (const { kind, items } of diffList(join(old), join(now), ({ key }) => key)) {
    const tracked = kind === "same" ? undefined : kind === "added" ? "inserted" : "deleted";
    for (const token of items) {
      if (token !== END) {
        addRun(runs, token.run, tracked);
        continue;
      }
      close(tracked);
      if (tracked !== "deleted") at += 1;
    }
  }
  close(undefined);
  return blocks;
}

/** 段落の終わり。 */
const END: Token = { key: "¶", run: { text: "" } };

function addRun(runs: WordRun[], run: WordRun, tracked: WordTracked | undefined): void {
  const last = runs.at(-1);
  const next: WordRun = { ...run, ...(tracked ? { tracked } : {}) };
  const same =
    last &&
    last.footnote === undefined &&
    next.footnote === undefined &&
    last.tracked === tracked &&
    last.bold === next.bold &&
    last.size === next.size;
  if (same) runs[runs.length - 1] = { ...last, text: last.text + next.text };
  else runs.push(next);
}

type Table = Extract<WordBlock, { kind: "table" }>;

/** 表どうし。列の数が違うか、結合のある表が変わったときは undefined（まるごと入れ替える）。 */
function mergeTables(old: Table, now: Table): WordBlock | undefined {
  const same = JSON.stringify([old.header, old.rows]) === JSON.stringify([now.header, now.rows]);
  if (same) return now;
  const plain = ({ rows, header }: Table) =>
    [...(header ? [header] : []), ...rows].every((row) =>
      row.every((cell) => typeof cell === "string" || (cell.span === undefined && cell.merge === undefined)),
    );
  if (old.columns.length !== now.columns.length || !plain(old) || !plain(now)) return undefined;
  if ((old.header === undefined) !== (now.header === undefined)) return undefined;
  const rows: (readonly (WordCell | string)[])[] = [];
  const marks: (WordTracked | undefined)[] = [];
  const put = (row: readonly (WordCell | string)[], tracked?: WordTracked) => {
    rows.push(row);
    marks.push(tracked);
  };
  const pieces = diffList([...old.rows], [...now.rows], (row) =>
    row.map((cell) => tokenText(cell)).join("\u0000"),
  );
  for (const [at, { kind, items }] of pieces.entries()) {
    const next = pieces[at + 1];
    const before = pieces[at - 1];
    if (kind === "same") for (const row of items) put(row);
    else if (kind === "removed") {
      const pairs = next?.kind === "added" ? next.items : [];
      for (const [n, row] of items.entries()) {
        const other = pairs[n];
        if (other) put(mergeCellRow(row, other));
        else put(wholeRow(row, "deleted"), "deleted");
      }
      for (const row of pairs.slice(items.length)) put(wholeRow(row, "inserted"), "inserted");
    } else if (before?.kind !== "removed")
      for (const row of items) put(wholeRow(row, "inserted"), "inserted");
  }
  const header = now.header && old.header ? mergeCellRow(old.header, now.header) : now.header;
  return { ...now, ...(header ? { header } : {}), rows, rowTracked: marks };
}

function tokenText(cell: WordCell | string): string {
  return tokensOf(typeof cell === "string" ? cell : cell.text)
    .map(({ key }) => key)
    .join("");
}

function mergeCellRow(old: readonly (WordCell | string)[], now: readonly (WordCell | string)[]): WordCell[] {
  return now.map((cell, at) => {
    const was = old[at] ?? "";
    const runs: WordRun[] = [];
    const tokens = (one: WordCell | string) => tokensOf(typeof one === "string" ? one : one.text);
    for (const { kind, items } of diffList(tokens(was), tokens(cell), ({ key }) => key))
      for (const { run } of items)
        addRun(runs, run, kind === "same" ? undefined : kind === "added" ? "inserted" : "deleted");
    return { ...(typeof cell === "string" ? {} : cell), text: runs };
  });
}

function wholeRow(row: readonly (WordCell | string)[], tracked: WordTracked): WordCell[] {
  return row.map((cell) => {
    const runs: WordRun[] = [];
    for (const { run } of tokensOf(typeof cell === "string" ? cell : cell.text)) addRun(runs, run, tracked);
    return { ...(typeof cell === "string" ? {} : cell), text: runs };
  });
}

function wholePart(part: Part, tracked: WordTracked): WordBlock {
  if (part.kind === "object") return { ...part.block, tracked };
  if (part.kind === "text") {
    const runs: WordRun[] = [];
    for (const { run } of part.tokens) addRun(runs, run, tracked);
    return { ...part.template, text: runs, tracked };
  }
  const { block } = part;
  return {
    ...block,
    ...(block.header ? { header: wholeRow(block.header, tracked) } : {}),
    rows: block.rows.map((row) => wholeRow(row, tracked)),
    tracked,
  };
}

/** 終わりの段落の印が消えた・足したものだと、承諾の後に何も残らないので、空の段落で閉じる。 */
function closed(blocks: readonly WordBlock[]): WordBlock[] {
  return [...blocks, { kind: "paragraph", text: "" }];
}
