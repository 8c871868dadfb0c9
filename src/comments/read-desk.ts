import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { diffText, type TextPiece } from "../office/text-diff.ts";
import type { Counts } from "../opinions/count-book.ts";
import { paraphraseHints, trigramsOf } from "../opinions/paraphrase.ts";
import { ages, channels } from "../opinions/period-rule.ts";
import type { TextRange } from "../opinions/split-letter.ts";
import type { Office } from "../platform/office.ts";
import { CodeSuggester } from "../tabulation/suggest-codes.ts";
import { mayComment } from "./comment-right.ts";
import { countedGrams, type DeskMemory, memoryOf } from "./desk-memory.ts";
import { findLikeness, type Likeness, levelLabels } from "./find-likeness.ts";
import { listSteps } from "./opinion-store.ts";
import { type CommentBook, type Letter, type Opinion, readBook } from "./read-book.ts";
import { standingLabels } from "./sort-letter.ts";
import { splitLabels } from "./split-opinions.ts";

export interface DeskSuggestion {
  code: string;
  title: string;
  /** 近い、やや近い、空。 */
  fit: string;
  why: string;
}

export interface AlikeOpinion {
  id: string;
  letter: string;
  name: string;
  level: string;
  /** この意見との違い（removed は相手だけ、added はこの意見だけ）。 */
  diff: readonly TextPiece[];
  together: boolean;
}

export interface DeskOpinion {
  id: string;
  mark: string;
  name: string;
  ranges: readonly TextRange[];
  text: string;
  code: string;
  /** 二つめからの分類。 */
  also: readonly { code: string; title: string }[];
  block: string;
  status: string;
  summary: string;
  /** まとまり。state が draft でなければ、ここでは答えを直せない。 */
  group: {
    id: string;
    number: number;
    state: string;
    opinions: number;
    letters: number;
    people: number;
  } | null;
  suggestions: readonly DeskSuggestion[];
  alike: readonly AlikeOpinion[];
  hints: readonly { letter: string; name: string; text: string }[];
}

export interface DeskLetter {
  id: string;
  name: string;
  number: number;
  where: string;
  facts: readonly string[];
  text: string;
  sorted: boolean;
  counted: boolean;
  standing: string;
  note: string;
  masks: number;
  attachments: number;
  edition: number;
  canUndo: boolean;
  steps: readonly { number: number; label: string; at: string; undone: boolean }[];
  same: readonly { id: string; name: string }[];
}

/** 意見の机の全部。画面と島が、同じものを読む。 */
export interface OpinionDesk {
  title: string;
  span: string;
  counts: Counts;
  faults: readonly string[];
  progress: { sorted: number; all: number };
  letter: DeskLetter;
  opinions: readonly DeskOpinion[];
  frame: readonly { code: string; title: string }[];
  blocks: readonly { id: string; label: string }[];
  statuses: readonly { code: string; label: string; short: string }[];
  prev: string | null;
  next: string | null;
  may: { work: boolean; open: boolean };
}

/** 一通の机を開く。blocks は、計画の部分（上の階が渡す）。 */
export async function readDesk(
  office: Office,
  actor: Actor,
  id: string,
  blocks: readonly { id: string; label: string }[] = [],
): Promise<OpinionDesk> {
  const book = await readBook(office, actor.contract);
  const letter = book.letterOf.get(id);
  if (letter === undefined)
    throw new AppError("NOT_FOUND", "その意見書はありません。一覧から選び直してください。");
  const key = (await office.keys.get(actor.contract, [id])).get(id);
  const [likeness, steps] = await Promise.all([
    findLikeness(office, book, false),
    listSteps(office.read, key, actor.contract, id),
  ]);
  const own = book.opinions.filter((one) => one.letter === id);
  const at = book.letters.findIndex((one) => one.id === id);
  const counted = book.letters.filter(({ standing }) => standing === "counted");
  const { period } = book;
  return {
    title: period.title,
    span:
      period.from && period.to
        ? `${formatWareki(period.from, { weekday: true })}–${formatMonthDay(period.to, { weekday: true })}`
        : "",
    ...{ counts: book.counts.total, faults: book.counts.faults },
    progress: { sorted: counted.filter(({ sorted }) => sorted).length, all: counted.length },
    letter: {
      ...deskLetter(book, letter),
      canUndo: steps.some(({ undone }) => undone === 0),
      steps: steps.map((step) => ({
        ...{ number: step.number, at: step.made_at, undone: step.undone === 1 },
        label: splitLabels[step.act as keyof typeof splitLabels] ?? step.act,
      })),
    },
    opinions: deskOpinions(memoryOf(office, book.period.id), book, own, likeness),
    frame: period.frame.map(({ code, title }) => ({ code, title })),
    blocks,
    statuses: period.statuses.map(({ code, label, short }) => ({ code, label, short })),
    ...{ prev: book.letters[at - 1]?.id ?? null, next: book.letters[at + 1]?.id ?? null },
    may: { work: mayComment("work", actor.roles), open: mayComment("open", actor.roles) },
  };
}

function deskLetter(book: CommentBook, letter: Letter): Omit<DeskLetter, "canUndo" | "steps"> {
  const people = new Set(letter.people);
  const facts = [
    ...(letter.age === "none" ? [] : [ages[letter.age]]),
    ...(letter.kids ? ["キッズコメント"] : []),
    ...(letter.signers > 1 ? [`${letter.signers}人の連名`] : []),
    ...(letter.people.length === 0 ? ["無記名"] : []),
  ];
  return {
    ...{ id: letter.id, name: letter.name, number: letter.number, text: letter.text, sorted: letter.sorted },
    where: [channels[letter.channel], formatMonthDay(letter.day, { weekday: true }), letter.ward]
      .filter(Boolean)
      .join("・"),
    ...{ facts, counted: letter.standing === "counted", standing: standingLabels[letter.standing] },
    ...{ note: letter.note, masks: letter.masks.length, attachments: letter.attachments.length },
    edition: letter.row.edition,
    same: book.letters
      .filter((one) => one.id !== letter.id && one.people.some((person) => people.has(person)))
      .map(({ id, name }) => ({ id, name })),
  };
}

/** 付いた分類を学んだもの。前のものに、変わったところだけを学ばせる。 */
function suggesterOf(memory: DeskMemory, book: CommentBook): CodeSuggester {
  const frame = JSON.stringify(book.period.frame);
  if (memory.suggester?.frame !== frame)
    memory.suggester = { frame, suggester: new CodeSuggester(book.period.frame), learned: new Map() };
  const { suggester, learned } = memory.suggester;
  const coded = new Map(book.opinions.flatMap((one) => (one.code === null ? [] : [[one.id, one]])));
  for (const id of learned.keys())
    if (!coded.has(id)) {
      suggester.forget(id);
      learned.delete(id);
    }
  for (const [id, { text, code, also }] of coded) {
    const codes = [code ?? "", ...also];
    const mark = `${codes.join(" ")}|${text}`;
    if (learned.get(id) === mark) continue;
    suggester.learn({ id, text, codes });
    learned.set(id, mark);
  }
  return suggester;
}

function deskOpinions(
  memory: DeskMemory,
  book: CommentBook,
  own: readonly Opinion[],
  likeness: Likeness,
): DeskOpinion[] {
  const suggester = suggesterOf(memory, book);
  const trigrams = (text: string) => countedGrams(memory, "three", text, () => trigramsOf(text));
  const byId = new Map(book.opinions.map((one) => [one.id, one]));
  const titles = new Map(book.period.frame.map(({ code, title }) => [code, title]));
  return own.map((one) => {
    const group = one.group === null ? undefined : book.groupOf.get(one.group);
    const letters = new Set(group?.members.map(({ letter }) => letter));
    if (one.code !== null) suggester.forget(one.id);
    const suggestions = suggester.suggest(one.text).map(({ code, score, phrases, near }) => ({
      ...{ code, title: titles.get(code) ?? "" },
      fit: score >= 0.6 ? "近い" : score >= 0.4 ? "やや近い" : "",
      why: whyText(phrases, near),
    }));
    if (one.code !== null) suggester.learn({ id: one.id, text: one.text, codes: [one.code, ...one.also] });
    const together = (other: Opinion) => one.group !== null && one.group === other.group;
    // まだ決めていないものを先に。
    const alike = likeness
      .of(one.id)
      .flatMap((found) => {
        const other = byId.get(found.id);
        return other ? [{ found, other }] : [];
      })
      .sort((a, b) => Number(together(a.other)) - Number(together(b.other)))
      .slice(0, 24);
    const near = new Set(alike.map(({ other }) => other.id));
    return {
      ...{ id: one.id, mark: one.mark, name: one.name, ranges: one.ranges, text: one.text },
      ...{
        code: one.code ?? "",
        also: one.also.map((code) => ({ code, title: titles.get(code) ?? "" })),
        block: one.block ?? "",
        status: group?.status ?? "",
        summary: group?.summary ?? "",
      },
      group: group
        ? {
            ...{ id: group.id, number: group.number, state: group.state, opinions: group.members.length },
            ...{ letters: letters.size, people: peopleOf(book, letters) },
          }
        : null,
      suggestions,
      alike: alike.map(({ found, other }, at) => ({
        ...{ id: other.id, letter: other.letter, name: other.name, level: levelLabels[found.level] },
        diff: at < 4 ? diffText(clip(other.text), clip(one.text)) : [],
        together: together(other),
      })),
      hints: paraphraseHints(
        one.text,
        book.opinions.filter((other) => other.letter !== one.letter && !near.has(other.id)),
        trigrams,
      ).flatMap(({ id }) => {
        const other = byId.get(id);
        return other ? [{ letter: other.letter, name: other.name, text: clip(other.text, 80) }] : [];
      }),
    };
  });
}

function whyText(phrases: readonly string[], { of, same }: { of: number; same: number }): string {
  const long = phrases.filter((one) => one.length > 1);
  const words = long.length > 0 ? `「${long.join("」「")}」が一致` : "";
  const people = same > 0 ? `似た意見${of}件のうち${same}件がこの分類` : "";
  return [words, people].filter(Boolean).join("。") || "手がかりは弱い";
}

/** 二つの文の差を見るには、長すぎる文は頭だけ。 */
function clip(text: string, most = 1_500): string {
  return [...text].length > most ? `${[...text].slice(0, most).join("")}…` : text;
}

function peopleOf(book: CommentBook, letters: ReadonlySet<string>): number {
  const own = [...letters].flatMap((id) => book.letterOf.get(id) ?? []);
  const named = new Set(own.flatMap(({ people }) => people));
  return (
    named.size +
    own.reduce((all, { people, signers }) => all + Math.max(0, Math.max(1, signers) - people.length), 0)
  );
}
