import { describeColumns } from "../tabulation/describe-columns.ts";
import type { SurveyData } from "../tabulation/survey-data.ts";
import { respondentIds } from "./answer-fix.ts";

/** 取り込み直しで、列ごとに変わったこと。 */
export interface ColumnChange {
  name: string;
  kind: "added" | "removed" | "meaning" | "values";
  message: string;
}

export interface AnswerDifference {
  /** 番号で突き合わせた回答の数。 */
  added: number;
  removed: number;
  kept: number;
  /** 値の変わったます目の数（残る回答だけ）。 */
  changed: number;
  columns: ColumnChange[];
}

/**
 * いまの回答と、取り込もうとする回答の違い。意味の変わったらしい列（値の種類が違う、残る回答の三割を超えて違う）を言う。
 * idColumn がなければ、行の順で突き合わせる。
 */
export function compareAnswers(
  before: SurveyData,
  after: SurveyData,
  idColumn: string | undefined,
): AnswerDifference {
  const rowOf = new Map(respondentIds(before, idColumn).map((id, row) => [id, row]));
  const pairs: [before: number, after: number][] = [];
  let added = 0;
  for (const [row, id] of respondentIds(after, idColumn).entries()) {
    const old = rowOf.get(id);
    if (old === undefined) added += 1;
    else pairs.push([old, row]);
  }
  const columns: ColumnChange[] = [];
  let changed = 0;
  const looks = (data: SurveyData) => new Map(describeColumns(data).map((look) => [look.name, look]));
  const [oldLooks, newLooks] = [looks(before), looks(after)];
  for (const name of after.names) {
    const [old, now] = [before.column(name), after.column(name) ?? []];
    if (!before.names.includes(name) || !old) {
      columns.push({ name, kind: "added", message: "新しい列です。" });
      continue;
    }
    const different = pairs.reduce((sum, [a, b]) => sum + (old[a] === now[b] ? 0 : 1), 0);
    changed += different;
    const known = new Set(old);
    const fresh = [...new Set(now)].filter((value) => value !== "" && !known.has(value));
    const [was, is] = [oldLooks.get(name), newLooks.get(name)];
    const text = was?.kind === "text" || was?.kind === "id" || was?.kind === "number";
    if (was && is && was.kind !== is.kind && was.kind !== "empty" && is.kind !== "empty") {
      const message = `値の種類が変わりました。別の設問の列になっていないか、調査票とご確認ください。`;
      columns.push({ name, kind: "meaning", message });
    } else if (pairs.length >= 10 && different * 10 > pairs.length * 3)
      columns.push({
        ...{ name, kind: "meaning" },
        message: `残る回答 ${pairs.length.toLocaleString("ja-JP")} 件のうち ${different.toLocaleString("ja-JP")} 件で値が違います。列の取り違えか、コードの振り直しをご確認ください。`,
      });
    else if (!text && fresh.length > 0)
      columns.push({
        ...{ name, kind: "values" },
        message: `これまでになかった値が ${fresh.length} 種類あります（${fresh.slice(0, 5).join("、")}${fresh.length > 5 ? " など" : ""}）。`,
      });
  }
  for (const name of before.names)
    if (!after.names.includes(name))
      columns.push({
        name,
        kind: "removed",
        message: "この列がなくなります。使う設問があれば、集計できなくなります。",
      });
  return { added, removed: before.rows - pairs.length, kept: pairs.length, changed, columns };
}
