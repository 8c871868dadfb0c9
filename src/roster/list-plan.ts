import { dayParts } from "../japan/day.ts";
import { foldText } from "../schedule/class.ts";
import { fillText, placeholdersOf } from "../sheet/xlsx-placeholder.ts";
import { scopeOf } from "./list-field.ts";
import { freeName, type ListGroup, nameGroups, sheetNameOf, titleOf } from "./list-group.ts";
import { type ListIndex, type ListRow, whenOf } from "./list-row.ts";
import type { ListForm, ListTemplate } from "./list-template.ts";

/** 一枚の名簿を作る仕事。first なら様式のシートそのものに書き、そうでなければ写しに書く。 */
export interface SheetJob {
  form: ListForm;
  group: ListGroup;
  name: string;
  first: boolean;
}

/** どの様式のシートに、どの組を、何という名で書くかを決める。split は、講習会ごとに分けたか。 */
export function planSheets(
  template: ListTemplate,
  index: ListIndex,
  groups: readonly ListGroup[],
  split: boolean,
): SheetJob[] {
  const numbered = groups.map((group, id) => ({ ...group, id }));
  const families = [...Map.groupBy(template.forms, signatureOf).values()];
  const kept = new Set(template.forms.map((form) => form.layout.sheet));
  const used = new Set(
    template.tools.book.sheets.filter((sheet) => !kept.has(sheet)).map((sheet) => foldText(sheet.name)),
  );
  const jobs: SheetJob[] = [];
  for (const [at, family] of families.entries()) {
    const shares = shareOut(family, index, numbered);
    for (const [member, share] of shares.groups) {
      const keep = !split || (share.length === 1 && (shares.kept || template.tools.book.macros));
      const suffix = at > 0 || family.length > 1 ? member.layout.sheet.name : "";
      const names = nameShare(member, index, share, { keep, suffix: suffix.slice(0, 12), used });
      for (const [order, group] of share.entries())
        jobs.push({
          form: member,
          group,
          name: names[order] ?? member.layout.sheet.name,
          first: order === 0,
        });
    }
  }
  return jobs;
}

/** 同じ列を持つシートは、同じ名簿の分かれ（午前と午後、予約とキャンセル待ち）。違う列なら別の名簿。 */
function signatureOf(form: ListForm): string {
  return [
    form.derived,
    form.layout.height,
    ...form.layout.columns.map(({ field, header }) => field ?? foldText(header)),
    ...form.marks,
  ].join("\u0000");
}

function nameShare(
  form: ListForm,
  index: ListIndex,
  share: readonly ListGroup[],
  how: { keep: boolean; suffix: string; used: Set<string> },
): string[] {
  const { name } = form.layout.sheet;
  if (placeholdersOf(name).length > 0) {
    return share.map((group) =>
      freeName(sheetNameOf(fillText(name, (mark) => titleOf(index, group, mark)?.text ?? "")), how.used),
    );
  }
  if (how.keep) return share.map(() => freeName(name, how.used));
  const names = nameGroups(share, how.used, how.suffix);
  for (const fresh of names) how.used.add(foldText(fresh));
  return names;
}

interface Shares {
  groups: Map<ListForm, ListGroup[]>;
  /** シートの名がそのまま中身を表すので、名を変えない。 */
  kept: boolean;
}

function shareOut(family: readonly ListForm[], index: ListIndex, groups: readonly ListGroup[]): Shares {
  const [only] = family;
  if (only && family.length === 1) return { groups: new Map([[only, [...groups]]]), kept: false };
  return routeRows(family, index, groups) ?? inOrder(family, groups);
}

/** シートの名に手がかりがなければ、並びの順に一枚ずつ使い、足りなければ最初の様式を写す。 */
function inOrder(family: readonly ListForm[], groups: readonly ListGroup[]): Shares {
  const shares = new Map<ListForm, ListGroup[]>();
  const enough = groups.length <= family.length;
  for (const [at, group] of groups.entries()) {
    const form = family[at < family.length ? at : 0];
    if (form) shares.set(form, [...(shares.get(form) ?? []), group]);
  }
  return { groups: shares, kept: enough };
}

/** シートの名が、行の値（会場、午前・午後、状態 …）を表していれば、それに合う行を書く。 */
function routeRows(
  family: readonly ListForm[],
  index: ListIndex,
  groups: readonly ListGroup[],
): Shares | undefined {
  const words = family.map((form) => wordsOf([form.layout.sheet.name, ...form.said].join(" ")));
  // どのシートの名にもある語（予約者、名簿）は、見分ける手がかりにならない。
  const common = new Set((words[0] ?? []).filter((word) => words.every((list) => list.includes(word))));
  const keys = words.map((list) => list.filter((word) => !common.has(word)));
  const scores = new Map<string, number[]>();
  const choose = (row: ListRow, group: ListGroup) => {
    const tokens = tokensOf(index, row, group);
    const key = tokens.join("\u0000");
    const known = scores.get(key) ?? keys.map((list) => scoreOf(list, tokens));
    scores.set(key, known);
    const best = Math.max(...known);
    return best === 0 ? -1 : known.indexOf(best);
  };
  const routed = groups.map((group) => Map.groupBy(group.rows, (row) => choose(row, group)));
  const hit = new Set(routed.flatMap((map) => [...map.keys()]).filter((at) => at >= 0));
  if (hit.size === 0) return undefined;
  const rest = Math.max(
    0,
    family.findIndex((_, at) => !hit.has(at)),
  );
  const shares = new Map<ListForm, ListGroup[]>();
  for (const [at, form] of family.entries()) {
    const share = groups.flatMap((group, order) => {
      const rows = [
        ...(routed[order]?.get(at) ?? []),
        ...(at === rest ? (routed[order]?.get(-1) ?? []) : []),
      ];
      return rows.length > 0 || (at === rest && group.rows.length === 0) ? [{ ...group, rows }] : [];
    });
    if (share.length > 0) shares.set(form, share);
  }
  return { groups: shares, kept: true };
}

function wordsOf(name: string): string[] {
  return name
    .split(/[\s　_・\-－―（）()【】［］[\]]+/)
    .map(foldText)
    .filter((word) => word.length >= 2);
}

function scoreOf(words: readonly string[], tokens: readonly string[]): number {
  let score = 0;
  for (const word of words) {
    for (const token of tokens) {
      if (token.length >= 2 && word.includes(token)) score = Math.max(score, token.length);
      else if (token.includes(word)) score = Math.max(score, word.length);
    }
  }
  return score;
}

/** 行が何の行かを表す語。人の値は使わない。 */
function tokensOf(index: ListIndex, row: ListRow, group: ListGroup): string[] {
  const when =
    group.when.day === undefined && group.when.start === undefined ? whenOf(index, row) : group.when;
  const tokens = index.headers.flatMap(({ key, folded }) =>
    key === undefined || scopeOf(key) === "class" || key === "状態" ? [row.get(folded)?.text ?? ""] : [],
  );
  tokens.push(group.venue, group.course);
  if (when.start !== undefined) tokens.push(when.start < "12:00" ? "午前" : "午後");
  if (when.day !== undefined) {
    const { month, date } = dayParts(when.day);
    tokens.push(
      `${month}月${date}日`,
      `${month}/${date}`,
      `${String(month).padStart(2, "0")}${String(date).padStart(2, "0")}`,
    );
  }
  return [...new Set(tokens.map(foldText).filter((token) => token.length >= 2 && token.length <= 40))];
}
