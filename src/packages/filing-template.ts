import { findForm } from "../filings/filing-form.ts";

/** 差込みの印に使える、どの様式にもある名。 */
const fixedNames = [
  "文書番号",
  "日付",
  "業務名",
  "委託者",
  "担当部署",
  "受託者",
  "表題",
  "件名",
  "条項",
  "内容",
];

/** ひな形に差し込める項目: 決まった項目と、様式の欄の見出し。 */
export function mergeFieldNames(form: string | null): string[] {
  const own = findForm(form)?.fields.map(({ label }) => label) ?? [];
  return [...fixedNames, ...own, "備考"];
}

/** 登録の種類の名（client_template の kind）。draft は、読み込んだだけでまだ使わないもの。 */
export function templateKind(form: string, state: "used" | "draft" = "used"): string {
  return `${state === "used" ? "filing" : "filing-draft"}:${form}`;
}

/** 読み込んだ様式で分かったこと。 */
export interface TemplateReading {
  used: string[];
  unknown: string[];
}

/** 保管した JSON を読む。前の形（名の並びだけ）も読む。 */
export function readTemplateFields(json: string): TemplateReading {
  const value = JSON.parse(json) as string[] | TemplateReading;
  return Array.isArray(value) ? { used: value, unknown: [] } : value;
}
