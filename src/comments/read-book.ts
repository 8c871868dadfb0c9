import { z } from "zod";
import type { Day } from "../base/time.ts";
import { type CountBook, countBook } from "../opinions/count-book.ts";
import type { MaskRange } from "../opinions/mask-text.ts";
import { type Age, ageNames, type Channel, channelNames } from "../opinions/period-rule.ts";
import { markName, type TextRange } from "../opinions/split-letter.ts";
import type { Office } from "../platform/office.ts";
import { memoryOf } from "./desk-memory.ts";
import { type GroupState, groupTable, listGroupRows, type OpenGroupRow } from "./group-store.ts";
import {
  letterTable,
  listLetterRows,
  listSignerMarks,
  type OpenLetterRow,
  type Standing,
} from "./letter-store.ts";
import { alsoCodes, listOpinionRows, type OpenOpinionRow, opinionTable } from "./opinion-store.ts";
import { type Period, requirePeriod } from "./read-period.ts";

/** 整理に使う一通（個人情報は伏せてある）。 */
export interface Letter {
  id: string;
  number: number;
  /** 「0148」。 */
  name: string;
  channel: Channel;
  day: Day;
  standing: Standing;
  note: string;
  kids: boolean;
  age: Age;
  ward: string;
  signers: number;
  people: readonly string[];
  sorted: boolean;
  masked: boolean;
  text: string;
  masks: readonly MaskRange[];
  attachments: readonly { id: string; media: string }[];
  row: OpenLetterRow;
}

export interface Opinion {
  id: string;
  letter: string;
  /** 「0148-A」。 */
  name: string;
  mark: string;
  ranges: readonly TextRange[];
  text: string;
  code: string | null;
  /** 二つめからの分類。数えるのは code だけ（どの表も、合計と合うように）。 */
  also: readonly string[];
  block: string | null;
  group: string | null;
  row: OpenOpinionRow;
}

/** 案の変更（計画の室の変更につながっていなくても書ける）。 */
export const changeBody = z.object({
  place: z.string().max(200).default(""),
  before: z.string().max(4_000).default(""),
  after: z.string().max(4_000).default(""),
  reason: z.string().max(1_000).default(""),
});
export type DraftChange = z.infer<typeof changeBody>;

export interface Group {
  id: string;
  number: number;
  summary: string;
  answer: string;
  status: string;
  state: GroupState;
  code: string;
  round: string | null;
  changeRef: string | null;
  change: DraftChange | undefined;
  /** 手元のモデルの下書きのままで、人がまだ認めていない。 */
  drafted: boolean;
  members: readonly Opinion[];
  edition: number;
  row: OpenGroupRow;
}

/** 意見公募の全部（個人情報を除く）。letters は番号の順、opinions は通と並びの順。 */
export interface CommentBook {
  period: Period;
  letters: readonly Letter[];
  opinions: readonly Opinion[];
  groups: readonly Group[];
  counts: CountBook;
  letterOf: ReadonlyMap<string, Letter>;
  groupOf: ReadonlyMap<string, Group>;
}

export async function readBook(office: Office, contract: string): Promise<CommentBook> {
  return readBookOf(office, contract, await requirePeriod(office, contract));
}

export async function readBookOf(office: Office, contract: string, period: Period): Promise<CommentBook> {
  const [letterRows, opinionRows, groupRows, marks] = await Promise.all([
    listLetterRows(office.read, contract, period.id),
    listOpinionRows(office.read, contract, period.id),
    listGroupRows(office.read, contract, period.id),
    listSignerMarks(office.read, period.id),
  ]);
  const keys = await office.keys.get(
    contract,
    [...letterRows, ...groupRows].map(({ id }) => id),
  );
  const { plain } = memoryOf(office, period.id);
  const people = Map.groupBy(marks, ({ letter }) => letter);
  const letters = letterRows.map((row) =>
    letterOf(
      plain.open(letterTable, keys.get(row.id), row),
      (people.get(row.id) ?? []).map(({ person }) => person),
    ),
  );
  const byId = new Map(letters.map((one) => [one.id, one]));
  const opinions = opinionRows
    .flatMap((row) => {
      const letter = byId.get(row.letter_id);
      return letter ? [opinionOf(plain.open(opinionTable, keys.get(row.key_id), row), letter)] : [];
    })
    .sort((a, b) => order(byId, a) - order(byId, b) || a.row.position - b.row.position);
  const members = Map.groupBy(opinions, ({ group }) => group ?? "");
  const groups = groupRows.map((row) =>
    groupOf(plain.open(groupTable, keys.get(row.id), row), members.get(row.id) ?? []),
  );
  const live = groups.filter(({ members: own }) => own.length > 0);
  const groupById = new Map(live.map((one) => [one.id, one]));
  return {
    ...{ period, letters, opinions, groups: live, letterOf: byId, groupOf: groupById },
    counts: countsOf(period, letters, opinions, groupById),
  };
}

function order(letters: ReadonlyMap<string, Letter>, { letter }: Opinion): number {
  return letters.get(letter)?.number ?? 0;
}

export function letterOf(row: OpenLetterRow, people: readonly string[]): Letter {
  return {
    ...{ id: row.id, number: row.number, name: String(row.number).padStart(4, "0") },
    ...{
      channel: row.channel as Channel,
      day: row.received_on,
      standing: row.standing,
      note: row.note ?? "",
    },
    ...{ kids: row.kids === 1, age: row.age as Age, ward: row.ward, signers: row.signers, people },
    ...{ sorted: row.state === "sorted", masked: row.masked === 1, text: row.body },
    masks: JSON.parse(row.masks) as MaskRange[],
    attachments: JSON.parse(row.attachments) as { id: string; media: string }[],
    row,
  };
}

export function opinionOf(row: OpenOpinionRow, letter: Pick<Letter, "name">): Opinion {
  const mark = markName(row.position);
  return {
    ...{ id: row.id, letter: row.letter_id, name: `${letter.name}-${mark}`, mark },
    ranges: JSON.parse(row.ranges) as TextRange[],
    ...{
      text: row.body,
      code: row.code,
      also: alsoCodes(row),
      block: row.block,
      group: row.group_id,
      row,
    },
  };
}

function groupOf(row: OpenGroupRow, members: readonly Opinion[]): Group {
  return {
    ...{ id: row.id, number: row.number, summary: row.summary ?? "", answer: row.answer ?? "" },
    ...{ status: row.status ?? "", state: row.state, code: row.code ?? members[0]?.code ?? "" },
    ...{ round: row.round_id, changeRef: row.change_ref, members },
    change: row.change === null ? undefined : readChange(row.change),
    ...{ drafted: row.drafted === 1, edition: row.edition, row },
  };
}

function readChange(text: string): DraftChange | undefined {
  try {
    return changeBody.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** 意見の章。分類がなければ「未分類」。 */
export function chapterOf(period: Pick<Period, "frame">, code: string | null): string {
  if (code === null) return "未分類";
  const entry = period.frame.find((one) => one.code === code);
  return entry === undefined ? "未分類" : entry.chapter || `${entry.code} ${entry.title}`;
}

function countsOf(
  period: Period,
  letters: readonly Letter[],
  opinions: readonly Opinion[],
  groups: ReadonlyMap<string, Group>,
): CountBook {
  const counted = letters.filter(({ standing }) => standing === "counted");
  const ids = new Set(counted.map(({ id }) => id));
  const book = countBook(
    counted,
    opinions
      .filter(({ letter }) => ids.has(letter))
      .map(({ id, letter, text, code, group }) => ({
        ...{ id, letter, text, group, section: chapterOf(period, code) },
        status: (group === null ? undefined : groups.get(group)?.status) || "未定",
      })),
  );
  const chapters = [...new Set(period.frame.map((one) => chapterOf(period, one.code))), "未分類"];
  const sort = (lines: CountBook["byAge"], keys: readonly string[]) =>
    [...lines].sort((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key));
  return {
    ...book,
    byChannel: sort(book.byChannel, channelNames),
    byAge: sort(book.byAge, ageNames),
    bySection: sort(book.bySection, chapters),
    byStatus: sort(book.byStatus, [...period.statuses.map(({ code }) => code), "未定"]),
  };
}
