import type { Role } from "../base/actor.ts";
import type { FilingState } from "../filings/filing.ts";

/** 帳簿の欄。名は保存と JSON での名、label は画面での見出し。 */
export interface RegisterField {
  readonly name: string;
  readonly label: string;
  /** line=一行、text=何行も、day=日、time=時刻、number=数、choice=選択、handler=従業者、line-of=ほかの帳簿の一件、check=確かめた印（"yes"）。 */
  readonly type: "line" | "text" | "day" | "time" | "number" | "choice" | "handler" | "line-of" | "check";
  readonly choices?: Readonly<Record<string, string>>;
  /** line-of のとき、その帳簿。 */
  readonly of?: string;
  /** check のとき、続く同じ見出しの印を一組に並べる。 */
  readonly legend?: string;
  readonly required?: boolean;
  /** 書いたあとで付けられ、直せる（契約を結ぶのは、承諾のあとになる）。required なら、そろうまで一件は効かない。 */
  readonly later?: boolean;
  readonly help?: string;
}

/** 書く前に委託者へ出しておく様式。need=submitted は報告、approved は承認・承諾まで。 */
export interface PriorFiling {
  readonly form: string;
  readonly need: "submitted" | "approved";
  readonly why: string;
}

/** 一件を結ぶ行い（返却、退出、廃棄、是正の確かめなど）。 */
export interface RegisterClosing {
  readonly label: string;
  readonly done: string;
  readonly fields: readonly RegisterField[];
  /** 書いた人とは別の人が結ぶ。 */
  readonly byOther?: boolean;
}

/** 途中で何度でも書き足す記録（監督の報告、点検など）。 */
export interface RegisterNote {
  readonly label: string;
  readonly help: string;
}

export type RegisterGroup = "people" | "place" | "material" | "check";

export const groupLabels: Record<RegisterGroup, string> = {
  people: "人",
  place: "場所と機器",
  material: "預かりものと受渡し",
  check: "規程・点検・監査",
};

/** 個人情報の帳簿の一つ。道・画面・JSON・コマンドは、どれもこの宣言だけを読む。 */
export interface Register {
  readonly code: string;
  readonly title: string;
  readonly group: RegisterGroup;
  /** もとになる条項。 */
  readonly clause: string;
  /** 何のための帳簿か、一文。 */
  readonly purpose: string;
  readonly writers: readonly Role[];
  readonly fields: readonly RegisterField[];
  /** 一覧に出す欄（三つまで）。 */
  readonly shown: readonly string[];
  readonly file?: { readonly label: string; readonly required?: boolean; readonly help: string };
  /** 初めの一件と、変更（二件目から）の前に要る様式。 */
  readonly first?: PriorFiling;
  readonly later?: PriorFiling;
  /** この欄の日を過ぎても開いていれば、遅れ。 */
  readonly due?: string;
  readonly close?: RegisterClosing;
  readonly note?: RegisterNote;
  /** 開いている間の言い方。省けば「有効」。 */
  readonly open?: string;
  /** 従業者が自分で読んだと残せる（読了）。 */
  readonly read?: boolean;
  /** 開いている間は契約を閉じられない。 */
  readonly holdsContract?: boolean;
}

/** いま効いているか。waiting は委託者の承認を待つもの、unmet はあとから付けるもの（契約の定め）を待つもの、refused は認められなかったもの。 */
export type Standing = "waiting" | "unmet" | "active" | "refused" | "closed";

export const standingLabels: Record<Standing, string> = {
  waiting: "承認待ち",
  unmet: "契約の定め待ち",
  active: "有効",
  refused: "認められず",
  closed: "済み",
};

/** あとから付けるもののうち、まだないもの。 */
export function unmetFields(
  { fields }: Pick<Register, "fields">,
  values: Readonly<Record<string, string>>,
): RegisterField[] {
  return fields.filter(({ later, required, name }) => later && required && (values[name] ?? "") === "");
}

/** 帳簿の一件のいま。委託者の答えは協議・届出が持つので、そのつど引いて決める。 */
export function standingOf(
  closed: boolean,
  need: PriorFiling["need"] | null,
  filing: FilingState | undefined,
): Standing {
  if (closed) return "closed";
  if (need === null || filing === undefined) return "active";
  if (filing === "refused" || filing === "returned" || filing === "withdrawn") return "refused";
  if (need === "submitted") return filing === "draft" ? "waiting" : "active";
  return filing === "approved" ? "active" : "waiting";
}

/** 様式の状態が、書くための条件に足りるか（承認の要るものも、申請していれば承認待ちとして書ける）。 */
export function isFiled(state: FilingState): boolean {
  return state === "submitted" || state === "approved" || state === "received" || state === "answered";
}
