import { dayParts } from "../japan/day.ts";
import { foldText } from "../schedule/class.ts";
import type { ClassWhen } from "../schedule/class-when.ts";
import type { FillValue } from "../sheet/xlsx-value.ts";
import { fieldKey, scopeOf } from "./list-field.ts";
import { fieldValue, type ListIndex, type ListRow, sourcesOf, whenOf } from "./list-row.ts";

/** 一枚の名簿になる一組（講習会の日時・会場ごと）。 */
export interface ListGroup {
  when: ClassWhen;
  venue: string;
  course: string;
  rows: ListRow[];
  /** 並びの番号。同じ講習会の名簿が何枚かになっても、同じ番号を持つ。 */
  id?: number;
  /** 名簿の行でなく、講習会について渡された値（事務局の中で作るとき）。 */
  given?: { index: ListIndex; values: ListRow };
}

/** 分けるのに使う欄。 */
export type GroupField = "日時" | "会場" | "講座名";

const GROUP_FIELDS: readonly GroupField[] = ["日時", "会場", "講座名"];

/**
 * 何で分けるか。名簿にあって、様式の本体に列がないもの（列があれば、一枚に並べて書けるので分けない）。
 * 表題に欄があれば、列があっても分ける。
 */
export function groupFields(
  index: ListIndex,
  columns: readonly string[],
  titles: readonly string[],
): GroupField[] {
  const has = (names: readonly string[], field: GroupField) =>
    names
      .map((name) => fieldKey(name) ?? name)
      .some((name) => name === field || (field === "日時" && /^(受講日|開始時刻|時間)$/.test(name)));
  return GROUP_FIELDS.filter((field) => {
    const listed =
      field === "日時"
        ? sourcesOf(index, "日時") !== undefined || sourcesOf(index, "受講日") !== undefined
        : sourcesOf(index, field) !== undefined;
    return listed && (has(titles, field) || !has(columns, field));
  });
}

/** 名簿を講習会ごとに分ける。日時の順、同じなら名簿に出てくる順。 */
export function groupRows(
  index: ListIndex,
  rows: readonly ListRow[],
  fields: readonly GroupField[],
): ListGroup[] {
  const groups = new Map<string, ListGroup>();
  const text = (row: ListRow, name: string) => fieldValue(index, row, name)?.text ?? "";
  for (const row of rows) {
    const when = fields.includes("日時") ? whenOf(index, row) : {};
    const venue = fields.includes("会場") ? text(row, "会場").trim() : "";
    const course = fields.includes("講座名") ? text(row, "講座名").trim() : "";
    const moment =
      when.day === undefined && fields.includes("日時")
        ? foldText(text(row, "日時") || text(row, "受講日"))
        : "";
    const key = [when.day, when.start, when.end, moment, foldText(venue), foldText(course)].join("\u0000");
    const group = groups.get(key) ?? { when, venue, course, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  const order = ({ when }: ListGroup) => `${when.day ?? "9999-99-99"} ${when.start ?? "99:99"}`;
  return [...groups.values()].sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
}

/** 一枚ごとの値: 組の中で同じ値のものだけが、表題に書ける。人の欄は決して表題に書かない。 */
export function titleOf(index: ListIndex, group: ListGroup, name: string): FillValue | undefined {
  const given = group.given && fieldValue(group.given.index, group.given.values, name);
  if (given) return given;
  const key = fieldKey(name) ?? name;
  if (key === "予約数") return { text: String(group.rows.length), number: group.rows.length };
  const [first, ...others] = group.rows;
  if (!first || scopeOf(key) === "person" || scopeOf(key) === "row") return undefined;
  const value = fieldValue(index, first, name);
  if (value === undefined) return undefined;
  return others.every((row) => foldText(fieldValue(index, row, name)?.text ?? "") === foldText(value.text))
    ? value
    : undefined;
}

const NAME_LIMIT = 31;

/** シートの名に使える形（禁じられた文字を除き、31 字まで）。 */
export function sheetNameOf(text: string, limit = NAME_LIMIT): string {
  const plain = text
    .replace(/[\u0000-\u001f\u007f]/g, " ")
    .replace(/[[\]:*?/\\：＊？／￥［］]/g, "・")
    .replace(/\s+/g, " ")
    .replace(/^['\s]+|['\s]+$/g, "");
  const cut = plain
    .slice(0, limit)
    .replace(/[\ud800-\udbff]$/, "")
    .replace(/['\s_・]+$/, "");
  // 「履歴」「History」は Excel が自分のために取っている。
  return cut === "" || /^(history|履歴)$/i.test(cut) ? `${cut}名簿` : cut;
}

/** 「10月1日」。 */
function shortDay(when: ClassWhen): string {
  if (when.day === undefined) return "";
  const { month, date } = dayParts(when.day);
  return `${month}月${date}日`;
}

function half(when: ClassWhen): string {
  return when.start === undefined ? "" : when.start < "12:00" ? "午前" : "午後";
}

function clock(when: ClassWhen): string {
  if (when.start === undefined) return "";
  const [hour = "", minute = ""] = when.start.split(":");
  return `${Number(hour)}時${minute === "00" ? "" : `${minute}分`}`;
}

/**
 * 組ごとのシートの名（10月1日_麻生_午前）。taken にある名とは重ならない。
 * 同じになる組があれば時刻、それでも同じなら講座名、最後は番号で分ける。人の名は入らない。
 */
export function nameGroups(groups: readonly ListGroup[], taken: Iterable<string>, suffix = ""): string[] {
  const build = (group: ListGroup, parts: string[]) => {
    const fixed = [shortDay(group.when), ...parts, suffix].filter((part) => part !== "").join("_").length;
    const venue = group.venue.slice(0, Math.max(4, NAME_LIMIT - 1 - fixed));
    return sheetNameOf(
      [shortDay(group.when), venue, ...parts, suffix].filter((part) => part !== "").join("_"),
    );
  };
  const forms = [
    (group: ListGroup) => build(group, [half(group.when)]),
    (group: ListGroup) => build(group, [clock(group.when)]),
    (group: ListGroup) => build(group, [clock(group.when), group.course.slice(0, 8)]),
  ];
  const used = new Set([...taken].map(foldText));
  const drafts = forms.map((form) => groups.map(form));
  const counts = drafts.map((names) => Map.groupBy(names, foldText));
  return groups.map((_, at) => {
    const level = drafts.findIndex(
      (names, form) => counts[form]?.get(foldText(names[at] ?? ""))?.length === 1,
    );
    return freeName(drafts.at(level)?.[at] || "名簿", used);
  });
}

/** ほかと重ならない名にする。 */
export function freeName(name: string, used: Set<string>): string {
  let free = name;
  for (let number = 2; used.has(foldText(free)); number++) {
    const tail = `(${number})`;
    free = `${sheetNameOf(name, NAME_LIMIT - tail.length)}${tail}`;
  }
  used.add(foldText(free));
  return free;
}
