import type { Done, DueRule, Nature, Span, TimeWord, When } from "../terms/obligation.ts";

/** 確かめる前の一つの義務。決めていないものは undefined のまま残し、当てずっぽうで埋めない。 */
export interface DraftDuty {
  id: string;
  /** 条項の番号（「6(9)」）。 */
  clause: string;
  actor: string;
  to: string;
  verb: string;
  object: string;
  format: string;
  quote: string;
  nature: Nature;
  /** いつ生じるか。undefined は「決めていない」。 */
  when: When[] | undefined;
  /** date は、言葉から読んだ日（引き継いだ決まりに代わっても残る）。 */
  due: { text: string; date?: string; rule: DueRule | undefined; closedDay: "before" | "next" | "none" };
  done: Done[];
  reviewMonths: number | undefined;
  /** 引き継いだ、画面で直さないもの（blocks、outlives、form など）。 */
  rest: CarriedRest;
  state: DraftState;
  origin: DraftOrigin;
  /** 引き継いだ元の文。いまの文と同じなら、ない。 */
  before?: string;
  /** 提案したモデルの名（origin が proposed のとき）、引き継いだ元の設計図の名。 */
  source: string;
}

export interface CarriedRest {
  blocks?: string[];
  outlives?: boolean;
  onEnd?: boolean;
  form?: string;
  note?: string;
}

/** open=まだ確かめていない、kept=設計図に入れる、dropped=入れない。 */
export type DraftState = "open" | "kept" | "dropped";
/** read=読み取り、carried=前の設計図から引き継ぎ、proposed=手元のモデルの提案、added=人が足した。 */
export type DraftOrigin = "read" | "carried" | "proposed" | "added";

export const originLabels: Readonly<Record<DraftOrigin, string>> = {
  read: "読み取り",
  carried: "引き継ぎ",
  proposed: "提案",
  added: "手で追加",
};

export const natureLabels: Readonly<Record<Nature, string>> = {
  act: "行う",
  standing: "守り続ける",
  prohibition: "してはならない",
  client: "委託者が行う",
};

export const closedDayLabels = {
  before: "前の開庁日",
  next: "翌開庁日",
  none: "動かさない",
} as const;

/** まだ決めていないことの名。続く義務と委託者の義務に、生じる時と期限は要らない。 */
export function undecidedOf(duty: DraftDuty): string[] {
  if (duty.nature !== "act") return [];
  const out: string[] = [];
  if (duty.when === undefined) out.push("いつ生じるか");
  if (duty.due.rule === undefined) out.push("期限");
  if (duty.done.length === 0) out.push("果たした記録");
  return out;
}

/** 前の設計図と文が同じで、決めていないことのない、まだ確かめていない義務。まとめて入れられる。 */
export function isSettled(duty: DraftDuty): boolean {
  return (
    duty.state === "open" &&
    duty.origin === "carried" &&
    duty.before === undefined &&
    undecidedOf(duty).length === 0
  );
}

export interface DraftTally {
  all: number;
  open: number;
  kept: number;
  dropped: number;
  /** 入れる（まだ確かめていないものを含む）義務のうち、決めていないことが残るもの。 */
  undecided: number;
}

export function tallyDuties(duties: readonly DraftDuty[]): DraftTally {
  const count = (state: DraftState) => duties.filter((one) => one.state === state).length;
  return {
    all: duties.length,
    open: count("open"),
    kept: count("kept"),
    dropped: count("dropped"),
    undecided: duties.filter((one) => one.state !== "dropped" && undecidedOf(one).length > 0).length,
  };
}

/** 期限の決め方の言葉。値は画面の選択肢と同じ。 */
export const ruleLabels: Readonly<Record<string, string>> = {
  "": "決めていない",
  none: "期限はない",
  date: "期日",
  businessDays: "営業日以内",
  days: "日以内",
  weeks: "週間以内",
  months: "か月以内",
  businessHours: "営業時間以内",
  "endOf.day": "その日のうち",
  "endOf.month": "月末",
  "endOf.next-month": "翌月末",
  "endOf.quarter": "四半期の終わり",
  "endOf.term": "期の終わり",
  "endOf.fiscal-year": "年度の終わり",
  "endOf.contract": "契約の終わり",
  dayOfMonth: "日（翌月の）",
  "word.immediately": "直ちに",
  "word.promptly": "速やかに",
  "word.withoutDelay": "遅滞なく",
  "word.beforehand": "あらかじめ",
  "after.contract-start": "日以内（契約締結から）",
  keepYears: "年間 保管",
  keepMonths: "か月 保管",
};

/** 期限の決め方を、選択肢の値と数に。選択肢にないもの（引き継いだ細かい決め方）は kept。 */
export function ruleChoice(rule: DueRule | undefined): { choice: string; amount: string } {
  if (rule === undefined) return { choice: "", amount: "" };
  if (rule === "none") return { choice: "none", amount: "" };
  if ("date" in rule) return { choice: "date", amount: rule.date };
  if ("endOf" in rule) return { choice: `endOf.${rule.endOf}`, amount: "" };
  if ("dayOfMonth" in rule && rule.next === 1)
    return { choice: "dayOfMonth", amount: String(rule.dayOfMonth) };
  if ("word" in rule && rule.of === undefined) return { choice: `word.${rule.word}`, amount: "" };
  if ("keep" in rule) {
    if (rule.after !== undefined) return { choice: "kept", amount: "" };
    if ("years" in rule.keep) return { choice: "keepYears", amount: String(rule.keep.years) };
    if ("months" in rule.keep) return { choice: "keepMonths", amount: String(rule.keep.months) };
    return { choice: "kept", amount: "" };
  }
  if ("after" in rule && rule.of === "contract-start" && "days" in rule.after)
    return { choice: "after.contract-start", amount: String(rule.after.days) };
  const unit = (["businessDays", "businessHours", "days", "weeks", "months"] as const).find(
    (one) => one in rule,
  );
  if (unit) return { choice: unit, amount: String((rule as Record<string, number>)[unit]) };
  return { choice: "kept", amount: "" };
}

/** 選択肢の値と数から、期限の決め方。kept はいまのまま。読めなければ undefined（決めていない）。 */
export function chooseRule(choice: string, amount: string, now: DueRule | undefined): DueRule | undefined {
  const plain = amount.normalize("NFKC").trim();
  const count = /^\d{1,4}$/.test(plain) ? Number(plain) : undefined;
  if (choice === "kept") return now;
  if (choice === "none") return "none";
  if (choice === "date") return /^\d{4}-\d{2}-\d{2}$/.test(plain) ? { date: plain } : undefined;
  const [head, tail] = choice.split(".");
  if (head === "endOf" && tail !== undefined && choice in ruleLabels) return { endOf: tail } as DueRule;
  if (head === "word" && tail !== undefined && choice in ruleLabels) return { word: tail as TimeWord };
  if (count === undefined) return undefined;
  if (choice === "after.contract-start") return { after: { days: count }, of: "contract-start" };
  if (choice === "dayOfMonth") return count >= 1 && count <= 31 ? { dayOfMonth: count, next: 1 } : undefined;
  if (choice === "keepYears") return { keep: { years: count } };
  if (choice === "keepMonths") return { keep: { months: count } };
  const units = ["businessDays", "businessHours", "days", "weeks", "months"];
  return units.includes(choice) ? ({ [choice]: count } as Span) : undefined;
}

export const whenLabels: Readonly<Record<string, string>> = {
  "": "決めていない",
  "at.contract-start": "契約の始まりに",
  "at.contract-end": "契約の終わりに",
  "each.month": "毎月",
  "each.quarter": "四半期ごと",
  "each.term": "期ごと",
  "each.year": "年度ごと",
  "each.business-day": "開庁日ごと",
  "each.meeting": "会議ごと",
  date: "期日に（期限の日）",
  asked: "起きたとき（人が言う）",
};

/** 生じる時を、選択肢の値に。記録から生じるものは「event.種類」、細かいものは kept。 */
export function whenChoice(when: readonly When[] | undefined): string {
  if (when === undefined) return "";
  const [only] = when;
  if (only === undefined || when.length > 1) return "kept";
  if ("asked" in only) return "asked";
  if ("date" in only) return "date";
  if ("at" in only) return `at.${only.at}` in whenLabels ? `at.${only.at}` : "kept";
  if ("event" in only) return only.with === undefined ? `event.${only.event}` : "kept";
  const plain = only.from === undefined && only.only === undefined && only.during === undefined;
  return plain ? `each.${only.each}` : "kept";
}

export function chooseWhen(
  choice: string,
  now: When[] | undefined,
  rule: DueRule | undefined,
): When[] | undefined {
  if (choice === "kept") return now;
  if (choice === "asked") return [{ asked: true }];
  if (choice === "date")
    return typeof rule === "object" && "date" in rule ? [{ date: rule.date }] : undefined;
  if (choice.startsWith("event.")) return [{ event: choice.slice("event.".length) }];
  if (!(choice in whenLabels) || choice === "") return undefined;
  const [head, tail] = choice.split(".");
  return head === "at" ? [{ at: tail } as When] : [{ each: tail } as When];
}
