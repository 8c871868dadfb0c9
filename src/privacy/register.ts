import type { Role } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { isDay } from "../japan/day.ts";
import { checkRegisters, ruleParts } from "./check-register.ts";
import { materialRegisters } from "./material-register.ts";
import { peopleRegisters } from "./people-register.ts";
import { placeRegisters } from "./place-register.ts";
import type { Register, RegisterField } from "./register-field.ts";

/** 個人情報の帳簿の全部。画面の並び。 */
export const registers: readonly Register[] = [
  ...peopleRegisters,
  ...placeRegisters,
  ...materialRegisters,
  ...checkRegisters,
];
const byCode = new Map(registers.map((one) => [one.code, one]));

/** 帳簿を名から。なければ NOT_FOUND。 */
export function registerOf(code: string): Register {
  const found = byCode.get(code);
  if (!found)
    throw new AppError("NOT_FOUND", "その帳簿はありません。個人情報の帳簿の一覧から選び直してください。");
  return found;
}

export function mayWrite(register: Register, roles: readonly Role[]): boolean {
  return roles.some((role) => role === "system" || register.writers.includes(role));
}

/** 読んでよい役割か。OP と企画は、自分が書く帳簿と、規程・研修だけ。 */
export function mayRead(register: Register, roles: readonly Role[]): boolean {
  const wide = roles.some((role) => role !== "operator" && role !== "planner");
  return wide || mayWrite(register, roles) || register.read === true || register.code === "course";
}

export type LineFields = Readonly<Record<string, string>>;
export const lineLimits = { line: 200, text: 4_000, note: 2_000, day: 10, time: 5, number: 9 } as const;

/** 宣言にある欄だけを、前後の空白を除いて残す。 */
export function keepLineFields(fields: readonly RegisterField[], given: LineFields): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const { name } of fields) {
    const value = (Object.hasOwn(given, name) ? (given[name] ?? "") : "").trim();
    if (value !== "") kept[name] = value;
  }
  return kept;
}

/** 欄の直すところ。field は「f.名」。従業者とほかの帳簿の一件がいるかは、書く動詞が確かめる。 */
export function lineFaults(fields: readonly RegisterField[], given: LineFields): Fault[] {
  return fields.flatMap((field) => {
    const value = (Object.hasOwn(given, field.name) ? (given[field.name] ?? "") : "").trim();
    const message = valueFault(field, value);
    return message === undefined ? [] : [{ field: `f.${field.name}`, message }];
  });
}

function valueFault({ label, type, required, choices }: RegisterField, value: string): string | undefined {
  const picks = type === "choice" || type === "handler" || type === "line-of";
  if (value === "" && type === "check")
    return required ? `「${label}」を確かめて、印を付けてください。` : undefined;
  if (value === "") return required ? `「${label}」を${picks ? "選んで" : "書いて"}ください。` : undefined;
  switch (type) {
    case "day":
      return isDay(value) ? undefined : "日を「2025-09-17」の形で入れてください。";
    case "time":
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? undefined : "時刻を「15:00」の形で入れてください。";
    case "number":
      return /^\d{1,9}$/.test(value) ? undefined : "0 からの数を、数字だけで入れてください。";
    case "check":
      return value === "yes" ? undefined : "印は「yes」だけです。";
    case "choice":
      return choices && Object.hasOwn(choices, value) ? undefined : "一覧にある値を選んでください。";
    case "handler":
    case "line-of":
      return /^[\w-]{1,64}$/.test(value) ? undefined : "一覧から選び直してください。";
    default:
      return [...value].length > lineLimits[type] ? `${lineLimits[type]}字までで書いてください。` : undefined;
  }
}

/** 帳簿ごとの、欄をまたぐ決まり。 */
export function ruleFaults(register: Register, fields: LineFields, today: string): Fault[] {
  const fault = (field: string, message: string): Fault => ({ field: `f.${field}`, message });
  const get = (name: string) => fields[name] ?? "";
  switch (register.code) {
    case "handler":
      return get("employment") !== "" && get("employment") !== "regular" && get("flowdown") === ""
        ? [fault("flowdown", "正社員のほかは、契約の義務を守らせる措置を書いてください（特記 第9条）。")]
        : [];
    case "document":
      return get("kind") !== "rule"
        ? []
        : ruleParts
            .filter(({ name }) => get(name) === "")
            .map(({ name, label }) =>
              fault(name, `規程に${label.replace(/（.*$/, "")}を書き、印を付けてください（基準1）。`),
            );
    case "entry":
      return get("kind") !== "visitor"
        ? []
        : (["badge", "attendant"] as const)
            .filter((name) => get(name) === "")
            .map((name) => fault(name, "部外者には、札の番号と立会者が要ります（基準4(2)）。"));
    case "attendance":
      return [
        ...(Number(get("score")) > 100 ? [fault("score", "100点までで入れてください。")] : []),
        ...(get("day") > today ? [fault("day", "まだ来ていない日です。受講した日を入れてください。")] : []),
      ];
    case "pledge":
      return get("signed") > today
        ? [fault("signed", "まだ来ていない日です。署名の日を入れてください。")]
        : [];
    case "supervision":
      return /^\d{4}-(0[1-9]|1[0-2])$/.test(get("month")) || get("month") === ""
        ? []
        : [fault("month", "月を「2025-08」の形で入れてください。")];
    case "access-review":
      return get("asOf") > today ? [fault("asOf", "まだ来ていない日です。")] : [];
    case "export-permit":
    case "certificate":
      return get("until") !== "" && get("until") < get("from")
        ? [fault("until", "終わりの日は、始まりの日より後にしてください。")]
        : [];
    default:
      return [];
  }
}

/** 合格の点（百点満点）と、合格が効く日数。 */
export const PASS_SCORE = 80;
export const TRAINED_DAYS = 365;
