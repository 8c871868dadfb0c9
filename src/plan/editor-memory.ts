import { numbersOf } from "../manuscript/manuscript.ts";
import type { EditorAside, EditorBlock, EditorCheck, EditorNews, EditorState } from "./editor.ts";
import type { InlineBook } from "./inline.ts";
import { parseInline } from "./inline.ts";
import { mergeText } from "./merge-text.ts";
import { type BlockContent, inReadingOrder, treeOf } from "./plan-block.ts";

/** 元に戻す一つの行い。 */
export interface UndoStep {
  label: string;
  run: () => Promise<void>;
}

/** 編集の画面が描くもの。打つたびには変わらない（打っている文は drafts にある）。 */
export interface EditorView {
  plan: string;
  sequence: number;
  blocks: ReadonlyMap<string, EditorBlock>;
  /** 読む順。 */
  order: readonly string[];
  book: InlineBook;
  numbering: readonly string[];
  annexNumbering: readonly string[] | undefined;
  images: readonly string[];
  items: EditorState["items"];
  figures: EditorState["figures"];
  asides: readonly EditorAside[];
  check: EditorCheck;
  active: string | null;
  /** いまいる部分（道具が働く先）。 */
  current: string | null;
  tracking: boolean;
  /** 画面に言う一文と、その色。 */
  said: { text: string; tone: "plain" | "late" };
  undo: readonly UndoStep[];
  /** 部分ごとの、外から変わった回数（直しているところを描き直す合図）。 */
  refreshed: ReadonlyMap<string, number>;
}

/** 打っている途中の中身。 */
export interface Draft {
  content: BlockContent;
  /** この版を元に直している。 */
  version: number;
  base: BlockContent;
}

export interface EditorMemory {
  get(): EditorView;
  set(change: Partial<EditorView>): void;
  subscribe(listen: () => void): () => void;
  readonly drafts: Map<string, Draft>;
  /** 部分を足す・替える・除く。並びと番号を数え直す。 */
  put(blocks: readonly EditorBlock[], removed?: readonly string[]): void;
  receive(news: EditorNews): void;
}

export function editorMemory(state: EditorState): EditorMemory {
  const listeners = new Set<() => void>();
  const drafts = new Map<string, Draft>();
  let view: EditorView = {
    ...{ plan: state.plan, sequence: state.sequence, blocks: new Map(), order: [] },
    book: { numbers: new Map(), tables: state.tables, notes: [], plan: state.plan },
    ...{ numbering: state.numbering, annexNumbering: state.annexNumbering, images: state.images },
    ...{
      figures: state.figures,
      items: state.items,
      asides: state.asides,
      check: state.check,
      active: null,
      current: null,
    },
    ...{ tracking: true, said: { text: "", tone: "plain" }, undo: [], refreshed: new Map() },
  };
  view = arranged(view, new Map(state.blocks.map((block) => [block.id, block])));
  const set = (change: Partial<EditorView>) => {
    view = { ...view, ...change };
    for (const listen of listeners) listen();
  };
  const memory: EditorMemory = {
    get: () => view,
    set,
    drafts,
    subscribe: (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    put: (blocks, removed = []) => {
      const all = new Map(view.blocks);
      for (const block of blocks) all.set(block.id, block);
      for (const id of removed) all.delete(id);
      set(arranged(view, all));
    },
    receive: (news) => {
      // 何も変わっていなければ、画面を描き直さない（打っている間も、二秒ごとに尋ねている）。
      if (news.sequence === view.sequence && JSON.stringify(news.asides) === JSON.stringify(view.asides))
        return;
      const fresh = news.blocks.filter(({ id, version }) => version > (view.blocks.get(id)?.version ?? 0));
      const refreshed = new Map(view.refreshed);
      for (const block of fresh) if (rebase(drafts, block)) refreshed.set(block.id, block.version);
      const all = new Map(view.blocks);
      for (const block of news.blocks)
        if (block.version >= (all.get(block.id)?.version ?? 0)) all.set(block.id, block);
      for (const id of news.removed) all.delete(id);
      const changed = news.blocks.length > 0 || news.removed.length > 0;
      set({
        ...(changed ? arranged(view, all) : {}),
        ...{ sequence: news.sequence, asides: news.asides, refreshed },
        ...(news.check ? { check: news.check } : {}),
      });
    },
  };
  return memory;
}

/** 打っている文を、届いた版の上に移す（文ごとに合わせる）。合わなければ、保存のときにサーバーが両方を残す。 */
function rebase(drafts: Map<string, Draft>, block: EditorBlock): boolean {
  const draft = drafts.get(block.id);
  if (!draft) return true;
  const [base, mine, theirs] = [draft.base, draft.content, block.content];
  if (!("text" in base) || !("text" in mine) || !("text" in theirs)) return false;
  const merged = mergeText(base.text, mine.text, theirs.text);
  if (merged === undefined) return false;
  drafts.set(block.id, { content: { ...theirs, text: merged }, version: block.version, base: theirs });
  return merged !== mine.text;
}

function arranged(view: EditorView, blocks: ReadonlyMap<string, EditorBlock>): EditorView {
  const ordered = inReadingOrder([...blocks.values()]);
  const order = ordered.filter(({ content }) => content.kind !== "footnote").map(({ id }) => id);
  const numbers = numbersOf(treeOf(ordered), view.numbering, view.annexNumbering);
  const notes = [...new Set(ordered.flatMap(({ content }) => notesIn(content)))];
  const same =
    JSON.stringify([...numbers]) === JSON.stringify([...view.book.numbers]) &&
    JSON.stringify(notes) === JSON.stringify(view.book.notes);
  return {
    ...view,
    blocks,
    order: same && order.join("|") === view.order.join("|") ? view.order : order,
    // 番号が変わらなければ同じものを使い、ほかの部分を描き直さない。
    book: same ? view.book : { ...view.book, numbers, notes },
  };
}

/** 使った順の脚注の id。 */
export function notesIn(content: BlockContent): string[] {
  const texts =
    "text" in content
      ? [content.text]
      : content.kind === "list"
        ? content.items
        : content.kind === "table" || content.kind === "kpi"
          ? [content.caption, ...content.header, ...content.rows.flat()]
          : [];
  return texts
    .filter((text) => text.includes("[^"))
    .flatMap((text) => parseInline(text).flatMap((piece) => (piece.kind === "note" ? [piece.name] : [])));
}
