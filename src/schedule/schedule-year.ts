import type { Day } from "../base/time.ts";
import { addDays } from "../japan/day.ts";
import { fiscalYearRange } from "../japan/wareki.ts";
import { type DateDefaults, parseFiscalYear, readDate } from "../japan/written-date.ts";

/** 年のない日付をどう補うか。why は使った人に見せる理由。 */
export interface YearHint {
  defaults: DateDefaults;
  why: string;
  /** 確かさ。年度 3、年と月 2、そのほか 1。 */
  rank: number;
  /** 表題の「令和7年8月分」など、月まで分かるとき（日だけの欄に使う）。 */
  month?: number;
  /** 表題に年度があるとき。年の書かれた日付も、この外なら誤り。 */
  bound?: { from: Day; to: Day };
}

const ERA_YEAR = String.raw`(?:(?:明治|大正|昭和|平成|令和|(?<![A-Z])[MTSHR]\.?)(?:元|\d{1,2})|(?<!\d)(?:19|20)\d{2})`;
const fiscalPattern = new RegExp(`${ERA_YEAR}年度`, "i");
const yearMonthPattern = new RegExp(
  String.raw`(${ERA_YEAR})(?:年(\d{1,2})月(?!\d{1,2}日(?:現在|時点|更新|作成|版|付))|[./](\d{1,2})(?![\d./]))`,
  "i",
);
const fullDatePattern = new RegExp(String.raw`${ERA_YEAR}[年./-]\d{1,2}[月./-]\d{1,2}日?`, "i");
const yearPattern = new RegExp(`${ERA_YEAR}年(?!度)`, "i");
const sincePattern = /(?<!\d)(\d{1,2})月(?:\d{1,2}日)?(?:以降|から|~)/;
const monthPattern = /(?<!\d)(\d{1,2})月(?!\d{1,2}日)/;

/** 表題・シート名・見出しの文字から、年の手がかりを探す。なければ undefined。 */
export function yearHintOf(text: string): YearHint | undefined {
  const folded = text
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/[〜～]/g, "~")
    .slice(0, 500);
  const month = Number(monthPattern.exec(folded)?.[1]) || undefined;
  const with_ = (defaults: DateDefaults, word: string): YearHint => ({
    defaults,
    why: `「${word}」`,
    rank: 1,
    ...(month !== undefined && month <= 12 ? { month } : {}),
  });
  const fiscal = fiscalPattern.exec(folded)?.[0];
  const fiscalYear = fiscal === undefined ? undefined : parseFiscalYear(fiscal);
  if (fiscal !== undefined && fiscalYear !== undefined) {
    const within = fiscalSpan(fiscalYear, folded);
    return { ...with_({ within }, fiscal), bound: within, rank: 3 };
  }
  const yearMonth = yearMonthPattern.exec(folded);
  const start = dayOfText(`${yearMonth?.[1]}年${yearMonth?.[2] ?? yearMonth?.[3]}月1日`);
  if (yearMonth && start) return { ...with_({ within: yearFrom(start) }, yearMonth[0]), rank: 2 };
  const dated = fullDatePattern.exec(folded)?.[0];
  const asOf = dated === undefined ? undefined : dayOfText(dated);
  if (dated !== undefined && asOf) return with_({ within: yearFrom(`${asOf.slice(0, 7)}-01`) }, dated);
  const year = yearPattern.exec(folded)?.[0];
  const first = year === undefined ? undefined : dayOfText(`${year}12月31日`);
  return year !== undefined && first ? with_({ year: Number(first.slice(0, 4)) }, year) : undefined;
}

/** 「令和7年度 10月以降実施分」なら 10月から年度の末まで。 */
function fiscalSpan(fiscalYear: number, text: string): { from: Day; to: Day } {
  const whole = fiscalYearRange(fiscalYear);
  const month = Number(sincePattern.exec(text)?.[1]);
  if (!(month >= 1 && month <= 12)) return whole;
  return {
    from: `${month >= 4 ? fiscalYear : fiscalYear + 1}-${String(month).padStart(2, "0")}-01`,
    to: whole.to,
  };
}

/** 始まりの月から1年。2月29日の翌年をまたがないよう月初から数える。 */
function yearFrom(first: Day): { from: Day; to: Day } {
  const next = `${String(Number(first.slice(0, 4)) + 1).padStart(4, "0")}${first.slice(4, 7)}-01`;
  return { from: first, to: addDays(next, -1) };
}

function dayOfText(text: string): Day | undefined {
  const read = readDate(text);
  return "day" in read ? read.day : undefined;
}

/** 表のどこにも年がないときの補い方: 今日に最も近い年。 */
export function hintFromToday(today: Day): YearHint {
  return {
    rank: 0,
    defaults: { near: today },
    why: `どこにも書かれていないので今日（${today}）に最も近い年`,
  };
}

/** 表の中の、年まで書かれた日付から。 */
export function hintFromDay(day: Day): YearHint {
  return { rank: 0, defaults: { near: day }, why: `表の中のほかの日付（${day}）` };
}
