import type { Day } from "../base/time.ts";
import { daysInMonth, isCalendarDate, toDay } from "../japan/day.ts";
import { eras } from "../japan/wareki.ts";
import type { Due, DueContext } from "./due.ts";
import { N, S } from "./due-pattern.ts";
import { halfWidth, numberOf } from "./mark.ts";

const ERA = "(?:令和|平成|昭和|[RＲHＨ][.．]?)";
const YEAR = `(?:(${ERA})${S}(元|${N})|([0-9０-９]{4}))${S}(?:[（(][^）)]{1,10}[）)])?${S}(年度?|[./／．-])(?:${S}[（(][^）)]{1,12}[）)])?`;
const DAY = `(?:(${N})${S}日?|(上旬|中旬|下旬|末日?|中))`;
const DATE = new RegExp(`${YEAR}${S}(?:(${N})${S}(?:月|[./／．-])${S}${DAY}?|(末日?))`, "g");
const MONTH_DAY = new RegExp(
  `(?<![0-9０-９]|(?<![同翌本当])年)(${N})${S}月${S}(?:(${N})${S}日|(上旬|中旬|下旬|末日?))`,
  "g",
);
const CLOCK = `(?:の?${S}(?:午前|午後)?${S}(?:正午|${N}${S}(?:時${S}(?:${N}${S}分|半)?|[:：]${N}))|の?(?:開庁時間内|業務時間内|終業時))`;
const DUE_AFTER = `(?:${S}[（(][^）)]{1,6}[）)])?${S}${CLOCK}?${S}(?:まで|迄|を期限|を提出期限|を納期|必着|締切|〆切|とする|以内|限り|締め|(?=[（(]必着)|[（(]予定|に?$|。|に(?!は|お|係|関|限|当|対|あ|基|よ|施行|公布|制定|策定した|決定した)[^、。]{0,20}[^いえけげせてねべめれ、。た]$|に(?:(?!は|お|係|関|限|当|対|あ|基|よ)[^、。]{0,12}(?:提出|納品|納入|報告|実施|開催|開始|完了|行[いうわ]|発送|送付|納め|届け|差し出|引き渡|交付|公表|公開|設置|開設))|から[^、。]{0,12}(?:開始|始め|受け付け|受付|開設|実施|稼働|運用))`;

/** 書かれた期日（和暦、西暦、旬、末日）。期限として書かれたものだけ。 */
export function absolute(text: string, context: DueContext): Due | undefined {
  let last: Due | undefined;
  for (const found of text.matchAll(DATE)) {
    const end = found.index + found[0].length;
    if (!new RegExp(`^${DUE_AFTER}`).test(text.slice(end))) continue;
    const date = dateOf(found);
    if (date) last = dated(text, found.index, end, date);
  }
  if (last) return last;
  for (const found of text.matchAll(MONTH_DAY)) {
    const end = found.index + found[0].length;
    if (!new RegExp(`^${DUE_AFTER}`).test(text.slice(end))) continue;
    const date = yearlessDate(found, context);
    last = dated(text, found.index, end, date);
  }
  return last;
}

/** 起点（契約締結日から）と「（予定）」「まで」を含めた元の言葉。 */
function dated(text: string, from: number, to: number, date: Day | undefined): Due {
  const lead = text.slice(0, from);
  // 「令和７年10月１日から…まで」は、始まりの日から。
  const before =
    new RegExp(
      `(?:${ERA})?${S}(?:元|${N})${S}年${S}${N}${S}月${S}${N}${S}日(?:[（(][^）)]{1,4}[）)])?から${S}$`,
    ).exec(lead) ??
    new RegExp(`(?:契約|委託|協定)?(?:締結|開始)?(?:の)?(?:翌)?(?<![0-9０-９])日(?:の翌日)?から${S}$`).exec(
      lead,
    );
  const after =
    new RegExp(`^${S}(?:[（(][^）)]{1,6}[）)])?${S}${CLOCK}?${S}(?:まで(?:に)?|迄(?:に)?|頃)?`).exec(
      text.slice(to),
    )?.[0] ?? "";
  const words = `${before?.[0] ?? ""}${text.slice(from, to)}${after}`.trim();
  const tentative = /予定|頃|目途|目処/.test(text.slice(to, to + 8));
  return {
    kind: "absolute",
    ...(date ? { date } : {}),
    text: words,
    ...(tentative ? { tentative } : {}),
  };
}

function dateOf(found: RegExpExecArray | RegExpMatchArray): Day | undefined {
  const [, era, eraYear, western, yearWord, month, date, part, yearEnd] = found;
  const year = western
    ? Number(halfWidth(western))
    : eraStart(era ?? "") + (eraYear === "元" ? 1 : (numberOf(eraYear ?? "") ?? 0)) - 1;
  if (!(year > 1867 && year < 2200)) return undefined;
  const fiscal = yearWord === "年度";
  if (month === undefined) return yearEnd ? toDay(fiscal ? year + 1 : year, fiscal ? 3 : 12, 31) : undefined;
  const m = numberOf(month) ?? 0;
  return monthDate(fiscal && m <= 3 ? year + 1 : year, m, date, part);
}

function eraStart(name: string): number {
  const key = halfWidth(name).replace(".", "");
  const era = eras.find((one) => one.name === key || one.letter === key);
  return era ? Number(era.from.slice(0, 4)) : Number.NaN;
}

/** 上旬 10 日、中旬 20 日、下旬・末・日のない月は末日。 */
function monthDate(year: number, month: number, date?: string, part?: string): Day | undefined {
  if (!(month >= 1 && month <= 12)) return undefined;
  const last = daysInMonth(year, month);
  const day = date ? numberOf(date) : part === "上旬" ? 10 : part === "中旬" ? 20 : last;
  return day !== undefined && isCalendarDate(year, month, day) ? toDay(year, month, day) : undefined;
}

function yearlessDate(found: RegExpMatchArray, { within }: DueContext): Day | undefined {
  if (!within) return undefined;
  const [, month, date, part] = found;
  const year = Number(within.to.slice(0, 4));
  const candidates = [year, year - 1]
    .map((one) => monthDate(one, numberOf(month ?? "") ?? 0, date, part))
    .filter((one) => one !== undefined && one <= within.to && (!within.from || one >= within.from));
  return candidates[0];
}
