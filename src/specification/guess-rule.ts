import type { Due } from "../reading/due.ts";
import type { Obligation as ReadDuty } from "../reading/obligation.ts";
import type { DueRule, Nature, When } from "../terms/obligation.ts";

/** 読み取った言葉から、はっきり言えるときだけ、設計図の決まりにする。言えなければ undefined（決めていない）。 */
export function ruleOf(due: Due): DueRule | undefined {
  const text = due.text.normalize("NFKC").replace(/\s/g, "");
  if (text === "") return undefined;
  if (due.kind === "retain") return keepOf(text);
  if (due.date !== undefined) return { date: due.date };
  if (/直ちに|即時/.test(text)) return { word: "immediately" };
  if (/遅滞なく/.test(text)) return { word: "withoutDelay" };
  if (/速やかに|すみやかに/.test(text)) return { word: "promptly" };
  if (/翌営業日|翌開庁日/.test(text)) return { businessDays: 1 };
  const inMonth = /翌月(?:の)?(\d{1,2})日/.exec(text);
  if (inMonth) return { dayOfMonth: Number(inMonth[1]), next: 1 };
  if (/翌月末/.test(text)) return { endOf: "next-month" };
  const span = spanOf(text);
  if (span !== undefined && /契約(?:締結)?(?:の)?(?:日|後)/.test(text) && "days" in span)
    return { after: span, of: "contract-start" };
  // 「受講日の一週間前」のように、前へ数えるものは、起点を人が決める。
  if (span !== undefined && /前/.test(text)) return undefined;
  if (span !== undefined) return span;
  if (/毎月末|月末/.test(text)) return { endOf: "month" };
  if (/四半期/.test(text)) return { endOf: "quarter" };
  if (/年度末|年度の終わり/.test(text)) return { endOf: "fiscal-year" };
  if (/(?:当日|その日)(?:中|のうち)/.test(text)) return { endOf: "day" };
  if (/事前に|あらかじめ|予め/.test(text)) return { word: "beforehand" };
  return undefined;
}

function spanOf(
  text: string,
): { businessDays: number } | { days: number } | { weeks: number } | { months: number } | undefined {
  const found = /(\d{1,4})(営業日|開庁日|日間?|週間|か月|ヶ月|カ月|箇月)(?:以内|前|後|まで)/.exec(text);
  if (!found) return undefined;
  const count = Number(found[1]);
  const unit = found[2] ?? "";
  if (/営業日|開庁日/.test(unit)) return { businessDays: count };
  if (unit.startsWith("日")) return { days: count };
  return unit === "週間" ? { weeks: count } : { months: count };
}

function keepOf(text: string): DueRule | undefined {
  const found = /(\d{1,3})(年|か月|ヶ月|カ月|箇月)/.exec(text);
  if (!found) return undefined;
  const count = Number(found[1]);
  return { keep: found[2] === "年" ? { years: count } : { months: count } };
}

/** 生じる時。言葉にあるときだけ。 */
export function whenOf(due: Due, quote: string): When[] | undefined {
  const text = due.text.normalize("NFKC");
  if (due.kind === "recurring") {
    if (/毎月|各月|月ごと|月毎/.test(text)) return [{ each: "month" }];
    if (/四半期/.test(text)) return [{ each: "quarter" }];
    if (/毎年|年度|年[１1一]回/.test(text)) return [{ each: "year" }];
    if (/毎日|営業日ごと|日ごと|日々/.test(text)) return [{ each: "business-day" }];
    if (/各期|期ごと/.test(text)) return [{ each: "term" }];
    return undefined;
  }
  if (due.date !== undefined) return [{ date: due.date }];
  if (/契約(?:締結)?(?:の)?(?:日|後)/.test(text)) return [{ at: "contract-start" }];
  if (/(?:業務|契約|委託)(?:の|期間)?(?:終了|完了|満了)後/.test(text)) return [{ at: "contract-end" }];
  // 「…場合は」「…ときは」は、起きたときだけ。何が起こすかは、人が決める。
  if (/(?:場合|とき|際)(?:に)?(?:は|、)/.test(quote)) return [{ asked: true }];
  return undefined;
}

const STANDING =
  /遵守|順守|厳守|留意|努める|負担|配慮|尊重|体制|維持|保管|管理|監督|従う|負う|保証|整備|限定|適合|協力|秘匿|認証|識別|雇用|従事|心がける|注意|防止|備える|明記/;

/** 義務の性質。委託者のものは client、禁止は prohibition、続けるものは standing。 */
export function natureOf(one: Pick<ReadDuty, "actor" | "verb" | "prohibited" | "due" | "quote">): Nature {
  if (one.actor === "委託者") return "client";
  if (one.prohibited) return "prohibition";
  if (one.due.kind !== "none" || one.due.text !== "") return "act";
  if (/していること|ていること/.test(one.quote)) return "standing";
  return STANDING.test(one.verb) ? "standing" : "act";
}
