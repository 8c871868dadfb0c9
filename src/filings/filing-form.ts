import type { Fault } from "../base/error.ts";
import { isDay } from "../japan/day.ts";
import { formatFiscalYear, formatWareki } from "../japan/wareki.ts";
import type { FilingKind } from "./filing.ts";
import { privacyForms } from "./privacy-form.ts";
import { workForms } from "./work-form.ts";

/** 様式の欄。名は保存と JSON での名、label は画面と紙面での見出し。 */
export interface FormField {
  name: string;
  label: string;
  /** line=一行、text=何行も、day=日、number=数。 */
  type: "line" | "text" | "day" | "number";
  required?: boolean;
  help?: string;
}

/** 条項が求める様式。 */
export interface FilingForm {
  code: string;
  kind: FilingKind;
  /** 紙面の表題。 */
  title: string;
  /** もとになる条項（書き直せる）。 */
  clause: string;
  /** 文書番号の系列（「日報」）。系列ごとに、年度の初めから欠番なく数える。 */
  series: string;
  fields: readonly FormField[];
  /** 答えを待つ営業日の数。期限を書かずに出したとき、回答を望む期限になる。 */
  answerDays?: number;
}

/** 様式の全部。 */
export const filingForms: readonly FilingForm[] = [...workForms, ...privacyForms];
const byCode = new Map(filingForms.map((form) => [form.code, form]));

export function findForm(code: string | null | undefined): FilingForm | undefined {
  return code ? byCode.get(code) : undefined;
}

export type FormFields = Readonly<Record<string, string>>;
export const fieldLimits = { line: 200, text: 4_000, day: 10, number: 12 } as const;

/** 欄のほかに書き添えること。欄の並びの最後に、どの様式にもある。 */
export const noteField: FormField = { name: "note", label: "備考", type: "text" };

export function fieldsOf(form: FilingForm): readonly FormField[] {
  return form.fields.length === 0 ? [] : [...form.fields, noteField];
}

/** 様式の欄だけを、前後の空白を除いて残す。知らない名は捨てる。 */
export function keepFields(form: FilingForm, given: FormFields): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const field of fieldsOf(form)) {
    const value = (Object.hasOwn(given, field.name) ? (given[field.name] ?? "") : "").trim();
    if (value !== "") kept[field.name] = value;
  }
  return kept;
}

/** 欄の形の直すところ。whole が真なら、空の必須の欄も（提出のとき）。 */
export function formFaults(form: FilingForm, given: FormFields, whole: boolean): Fault[] {
  const faults: Fault[] = [];
  for (const { name, label, type, required } of fieldsOf(form)) {
    const value = (Object.hasOwn(given, name) ? (given[name] ?? "") : "").trim();
    const field = `f.${name}`;
    if (value === "") {
      if (whole && required) faults.push({ field, message: `「${label}」を書いてください。` });
      continue;
    }
    if ([...value].length > fieldLimits[type])
      faults.push({ field, message: `${fieldLimits[type]}字までで書いてください。` });
    else if (type === "day" && !isDay(value))
      faults.push({ field, message: "日を「2025-09-17」の形で入れてください。" });
    else if (type === "number" && !/^\d{1,12}$/.test(value))
      faults.push({ field, message: "0 からの数を、数字だけで入れてください。" });
  }
  return faults;
}

/** 紙面の「記」に並べる、見出しと値。空の欄は除く。 */
export function showFields(form: FilingForm, fields: FormFields): { label: string; value: string }[] {
  return fieldsOf(form).flatMap(({ name, label, type }) => {
    const value = Object.hasOwn(fields, name) ? (fields[name] ?? "") : "";
    if (value === "") return [];
    return [
      { label, value: type === "day" && isDay(value) ? formatWareki(value, { weekday: true }) : value },
    ];
  });
}

/** 欄から作る本文（一覧のない画面と紙面の写しに使う）。 */
export function bodyOfFields(form: FilingForm, fields: FormFields): string {
  return showFields(form, fields)
    .map(({ label, value }, index) => `${index + 1}　${label}\n${value}`)
    .join("\n\n");
}

/** 「令和7年度 日報 第3号」。 */
export function documentNumber(series: string, fiscalYear: number, number: number): string {
  return `${formatFiscalYear(fiscalYear)} ${series} 第${number}号`;
}

const plainSeries: Record<FilingKind, string> = {
  application: "申請",
  consent: "承諾願",
  report: "報告",
  notification: "届出",
  consultation: "協議",
  instruction: "指示",
};
const plainAnswerDays: Partial<Record<FilingKind, number>> = { application: 5, consent: 5, consultation: 3 };

/** 文書番号の系列。様式がなければ種類ごと。 */
export function seriesOf(kind: FilingKind, form: FilingForm | undefined): string {
  return form?.series ?? plainSeries[kind];
}

/** 答えを待つ営業日の数。待たないもの（報告・届出・指示）は undefined。 */
export function answerDaysOf(kind: FilingKind, form: FilingForm | undefined): number | undefined {
  return form?.answerDays ?? plainAnswerDays[kind];
}
