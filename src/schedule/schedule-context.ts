import type { Cell } from "../office/table.ts";
import { foldText } from "./class.ts";
import { fieldOf, labelledValue, type ScheduleField } from "./schedule-field.ts";
import { distinctCells } from "./schedule-heading.ts";
import { seatCount } from "./schedule-row.ts";
import { readWhen } from "./schedule-when.ts";
import { type YearHint, yearHintOf } from "./schedule-year.ts";

export interface SheetContext {
  /** シートの外（期間、ファイル名）から来た年の手がかり。 */
  hint: YearHint | undefined;
  /** どこにも手がかりがないときに使う年（今日から）。 */
  fallback: YearHint | undefined;
  /** 結果に書くシート名。CSV は undefined。 */
  sheet: string | undefined;
  note(message: string, ref: string): void;
  fault(cell: string, message: string): void;
}

/** 表の外（表題、表の下の注、区切りの行）に書かれた、全部の枠に効く値。 */
export interface ScheduleDefaults {
  cells: Partial<Record<ScheduleField, Cell>>;
  hint: YearHint | undefined;
  month: number | undefined;
  /** 見出しのすぐ上の区切りの行から。列のある欄の空欄も補う。 */
  section?: Partial<Record<ScheduleField, Cell>>;
}

const sharable = new Set<ScheduleField>([
  "venue",
  "address",
  "ward",
  "room",
  "course",
  "kind",
  "bring",
  "phone",
  "contact",
  "capacity",
  "time",
]);

/** 表題や注の行から、全部の枠に効く値と年の手がかりを集める。先に書かれたものを優先する。 */
export function defaultsOf(rows: Cell[][], base: ScheduleDefaults): ScheduleDefaults {
  const found: ScheduleDefaults = { cells: { ...base.cells }, hint: base.hint, month: base.month };
  for (const row of rows) {
    const cells = distinctCells(row);
    for (const [at, cell] of cells.entries()) {
      const pair = pairOf(cell, cells[at + 1]);
      if (pair && sharable.has(pair.field)) found.cells[pair.field] ??= pair.value;
    }
    const hint = yearHintOf(cells.map((cell) => cell.text).join(" "));
    if (hint && hint.rank > (found.hint?.rank ?? 0)) found.hint = hint;
    found.month ??= hint?.month;
  }
  return found;
}

/** 「会場：中央区民センター」「会場｜中央区民センター」「※定員は各回10名」。 */
function pairOf(cell: Cell, next: Cell | undefined): { field: ScheduleField; value: Cell } | undefined {
  const own = labelledValue(cell.text) ?? sentenceValue(cell.text);
  if (own) return { field: own.field, value: { ...cell, text: own.value, kind: "text" } };
  const field = cell.text.length <= 12 ? fieldOf(cell.text) : undefined;
  if (!field || !next || fieldOf(next.text) === field) return undefined;
  return { field, value: next };
}

function sentenceValue(text: string): { field: ScheduleField; value: string } | undefined {
  const folded = text.normalize("NFKC").replace(/\s+/g, "");
  const seats =
    /定員[はが]?[、,]?((?:いずれも|各回?|各会場|各講座|1回)*(?:とも)?(?:に?つき)?\d{1,4}[名人])/.exec(
      folded,
    )?.[1];
  if (seats && seatCount(seats) !== undefined) return { field: "capacity", value: seats };
  const bring =
    /(?:持ち?物|ご?持参(?:いただく)?(?:もの|物))[はが](.+?)(?:です|になります|をご?持参.*)?。?$/.exec(
      folded,
    )?.[1];
  return bring ? { field: "bring", value: bring } : undefined;
}

/** 表題「令和７年度 スマートフォン講習会 日程表（10月以降実施分）」から講座の名前。 */
export function courseFromTitle(rows: Cell[][]): Cell | undefined {
  for (const cell of rows.flatMap(distinctCells)) {
    const name = cell.text
      .normalize("NFKC")
      .replace(/[(（【［[][^)）】］\]]*[)）】］\]]/g, " ")
      .replace(
        /(明治|大正|昭和|平成|令和|[RH])?\s*(元|\d{1,4})\s*年度?\s*|第\s*[\d一二三四五六七八九十]+\s*(期|回)\s*/g,
        " ",
      )
      .replace(/(\d{1,2}月)+(以降|から|~|～)?(実施|開催)?分?/g, " ")
      .replace(
        /(の)?(開催|実施)?(年間|会場別|日別|月別)?(予定|日程|スケジュール|一覧|会場)+(表|一覧|案内)*|(について|のご?案内|のお知らせ)$/g,
        " ",
      )
      .replace(/\s+/g, " ")
      .trim();
    if (
      name.length >= 3 &&
      name.length <= 40 &&
      /講座|講習|教室|セミナー|相談会|体験会|研修|レッスン/.test(name)
    )
      return { ...cell, text: name, kind: "text" };
  }
  return undefined;
}

/** 区切りの行（一つのます目だけの行）が、下の行に効かせる値。何か分からなければ undefined。 */
export function sectionOf(
  cell: Cell,
  missing: (field: ScheduleField) => boolean,
): Partial<ScheduleDefaults> | undefined {
  const text = cell.text.trim();
  const bare = text.replace(/^[\s■●◆◇○【〔[<＜《〈]+|[\s】〕\]>＞》〉]+$/g, "").trim();
  const value = { ...cell, text: bare, kind: "text" as const };
  const pair = labelledValue(text);
  if (pair && sharable.has(pair.field)) return { cells: { [pair.field]: { ...value, text: pair.value } } };
  const when = readWhen(bare);
  if (!("error" in when) && when.rest === "" && when.parts.length === 1) {
    const part = when.parts[0];
    if (part?.dateText) return { cells: { date: cell.kind === "text" ? value : cell } };
    if (part?.times.length === 1 && part.times[0]?.end) return { cells: { time: value } };
  }
  if (/^[^\s\d]{1,5}区$/.test(bare)) return { cells: { ward: value } };
  const months =
    /^(?:(?:明治|大正|昭和|平成|令和|[RH])?(?:元|\d{1,4})年度?)?(\d{1,2})月(?:分|実施分|開催分|の日程)?$/.exec(
      foldText(bare),
    );
  if (months) return { hint: yearHintOf(bare), month: Number(months[1]) };
  if (/^(講習会?|相談会?|体験会)(の部)?$/.test(bare) && missing("kind")) return { cells: { kind: value } };
  if (bare.length > 40 || /[。]/.test(bare)) return undefined;
  const looksVenue = /センター|会館|プラザ|ホール|図書館|公民館|館$|室$|役所|会場|学校/.test(bare);
  if (missing("venue") && (looksVenue || !missing("course"))) return { cells: { venue: value } };
  return missing("course") ? { cells: { course: value } } : undefined;
}

/** 表の下の注（※…、持ち物：…、定員は…）。 */
export function isFootnote(row: Cell[]): boolean {
  const cells = distinctCells(row);
  const text = cells[0]?.text.trim() ?? "";
  if (/^[※＊*★☆]|^[(（]?注|^備考[:：]/.test(text)) return true;
  return (
    cells.length === 1 &&
    (labelledValue(text) !== undefined ||
      sentenceValue(text) !== undefined ||
      text.length > 40 ||
      /。$/.test(text))
  );
}
