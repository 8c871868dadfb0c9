import type { Day, Instant, Minute } from "../base/time.ts";
import { dayOf, minuteOf } from "../base/time.ts";
import { formatSpokenTime } from "../japan/clock-time.ts";
import { dayParts, daysBetween, weekdayName } from "../japan/day.ts";
import { phoneDigits, spokenPhoneTail } from "../japan/phone-digits.ts";
import { spokenStart } from "../japan/read-back.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { CardPosting, DeskFields, SeatCell, SeatVenue } from "./desk-api.ts";
import { type Alternative, seatsForMe } from "./seat-guide.ts";

/** 話す文の一部。strong は数や日など、聞き違えてはならない所。 */
export interface Said {
  text: string;
  strong?: boolean;
  /** 小さく添える（読みがな）。 */
  small?: boolean;
}

/** 文だけを取り出す（記録、読み上げ、照合）。 */
export function plainText(said: readonly Said[]): string {
  return said.map((part) => part.text).join("");
}

/** 「10月1日（水）」。 */
export function writeDay(date: Day): string {
  return formatMonthDay(date, { weekday: true });
}

/** 「10月1日（水）10:00」。 */
export function writeStart(date: Day, start: Minute): string {
  return `${writeDay(date)}${start.replace(/^0/, "")}`;
}

/** 「9月22日（月）15:00」（日本時間）。 */
export function writeMoment(instant: Instant): string {
  return writeStart(dayOf(instant), minuteOf(instant));
}

/** 希望の日から見た言い方。「翌2日（木）」「3日（金）」「11月4日（火）」「前日の9月30日（火）」。 */
export function sayDayFrom(asked: Day, date: Day): string {
  const sameMonth = asked.slice(0, 7) === date.slice(0, 7);
  const day = sameMonth ? `${dayParts(date).date}日（${weekdayName(date)}）` : writeDay(date);
  const near = daysBetween(asked, date);
  if (near === 1) return `翌${day}`;
  return near === -1 ? `前日の${day}` : day;
}

/** 「およそ800メートル」「およそ1.4キロ」。 */
export function sayMetres(metres: number): string {
  if (metres < 950) return `およそ${Math.max(1, Math.round(metres / 100)) * 100}メートル`;
  return `およそ${metres < 9_950 ? Math.round(metres / 100) / 10 : Math.round(metres / 1000)}キロ`;
}

/** 満席のときに話す文（仕様書６(2)ア）。案内先が一つもなければ、事実だけを言う。 */
export function guideSpeech(asked: SeatCell, venue: SeatVenue, ranked: readonly Alternative[]): Said[] {
  const opening = `「あいにく${venue.name}の${formatMonthDay(asked.date)}は満席でございます。`;
  const offers = picks(ranked);
  if (offers.length === 0) {
    return [{ text: `${opening}${asked.course}は、ほかの会場も日も、いまのところ空きがございません。」` }];
  }
  const said: Said[] = [{ text: opening }];
  for (const [at, one] of offers.entries()) {
    if (at > 0) said.push({ text: "、" });
    said.push(...offer(asked, venue, one));
  }
  said.push({ text: "ございます。" });
  if (offers.some((one) => !one.cardInTime)) {
    said.push({ text: "受講通知書は間に合いませんので、お電話でご案内いたします。" });
  }
  return [...said, { text: "」" }];
}

/** 話すのは二つまで。同じ日の近い会場と、同じ会場の近い日。なければ、並びの先頭。 */
function picks(ranked: readonly Alternative[]): Alternative[] {
  const inTime = ranked.filter((one) => one.cardInTime);
  const usable = inTime.length > 0 ? inTime : ranked;
  const two = [
    usable.find((one) => one.reason === "same-class-day" || one.reason === "same-day"),
    usable.find((one) => one.reason === "same-venue"),
  ];
  const chosen = two.filter((one) => one !== undefined);
  return chosen.length > 0 ? chosen : usable.slice(0, 1);
}

function offer(asked: SeatCell, venue: SeatVenue, one: Alternative): Said[] {
  const { cell } = one;
  const seats = `${seatsForMe(cell)}席`;
  if (one.reason === "same-class-day") {
    const from = `${formatSpokenTime(cell.start)}からの回に${seats}`;
    return [{ text: "同じ日、同じ会場の" }, { text: from, strong: true }];
  }
  if (one.reason === "same-day") {
    const far = one.metres === null || one.metres < 50 ? "" : `、${sayMetres(one.metres)}先の`;
    const time = cell.start === asked.start ? "" : `、${formatSpokenTime(cell.start)}からの回`;
    return [{ text: `同じ日でしたら${far}` }, { text: `${one.venue.name}${time}に${seats}`, strong: true }];
  }
  const day = sayDayFrom(asked.date, cell.date);
  if (one.reason === "same-venue") {
    return [{ text: `${venue.name}でしたら` }, { text: `${day}に${seats}`, strong: true }];
  }
  return [{ text: "いちばん近い日ですと" }, { text: `${day}、${one.venue.name}に${seats}`, strong: true }];
}

export interface ReadBackScript {
  said: Said[];
  /** まだ聞いていないもの。 */
  missing: string[];
}

/** 復唱の文。番号は末尾4けただけを言うので、伏せたままで足りる。 */
export function readBackSpeech(
  cell: SeatCell | null,
  venue: SeatVenue | null,
  fields: DeskFields,
): ReadBackScript {
  const said: Said[] = [{ text: "「" }];
  if (cell !== null && venue !== null) {
    said.push({ text: spokenStart(cell.date, cell.start), strong: true });
    said.push({ text: `、${venue.name}、${cell.course}。` });
  }
  if (fields.name.trim() !== "" || fields.kana.trim() !== "") said.push(...sayName(fields));
  if (cell !== null && !cell.posting.inTime) {
    said.push({ text: "受講通知書は間に合いませんので、お電話でご案内いたします。" });
    if (fields.address.trim() !== "") said.push({ text: `ご住所は${fields.address.trim()}。` });
  } else if (fields.address.trim() !== "") said.push({ text: `通知書は${fields.address.trim()}へ。` });
  const tail = spokenPhoneTail(fields.phone);
  if (tail === "") said.push({ text: "ここまで" });
  else {
    said.push({ text: `お電話は${isCaller(fields) ? "今おかけの、" : ""}末尾 ` });
    said.push({ text: tail, strong: true }, { text: " " });
  }
  said.push({ text: "でお間違いないでしょうか。」" });
  return { said, missing: missingFor(cell, fields) };
}

function sayName(fields: DeskFields): Said[] {
  const name = fields.name.replace(/\s+/gu, "");
  const kana = fields.kana.replace(/\s+/gu, "");
  if (name === "" || kana === "") return [{ text: `お名前は${name}${kana}様。` }];
  return [{ text: `お名前は${name}` }, { text: `（${kana}）`, small: true }, { text: "様。" }];
}

/** 連絡先が、いま掛けてきた番号か。 */
function isCaller(fields: DeskFields): boolean {
  return !fields.callerWithheld && phoneDigits(fields.callerNumber) === phoneDigits(fields.phone);
}

function missingFor(cell: SeatCell | null, fields: DeskFields): string[] {
  const asks: [boolean, string][] = [
    [cell === null, "席"],
    [fields.name.trim() === "", "氏名"],
    [fields.kana.trim() === "", "カナ"],
    [fields.address.trim() === "", "住所"],
    [phoneDigits(fields.phone) === "", "電話"],
  ];
  return asks.flatMap(([lacking, word]) => (lacking ? [word] : []));
}

/** 次にお聞きすること。受付の順で、まだの最初のもの。 */
export function nextQuestion(held: boolean, fields: DeskFields): { about: string; say: string } {
  if (!held) return { about: "希望の会場と日", say: "「ご希望の会場と、日にちをお聞かせください。」" };
  if (fields.name.trim() === "") {
    return { about: "氏名", say: "「お名前を、どのような漢字かも合わせてお願いいたします。」" };
  }
  if (fields.kana.trim() === "") return { about: "カナ", say: "「お名前の読みがなをお願いいたします。」" };
  if (fields.address.trim() === "") {
    return { about: "郵便番号と住所", say: "「郵便番号を、ゆっくりお願いいたします。」" };
  }
  if (phoneDigits(fields.phone) === "") {
    return { about: "電話", say: "「日中につながるお電話番号を、市外局番からお願いいたします。」" };
  }
  if (fields.care.trim() === "") {
    return { about: "配慮事項", say: "「当日、お手伝いが要ることはございますか。」" };
  }
  return { about: "復唱", say: "日にちと曜日を分けて、ゆっくり復唱します。" };
}

/** 投函期限の言い方。予約する前に、間に合うかどうかを言い切る。 */
export function postingSpeech(posting: CardPosting): {
  tone: "done" | "due";
  title: string;
  more: string;
} {
  const until = `投函期限 ${writeMoment(posting.deadline)}`;
  if (!posting.inTime) {
    return {
      tone: "due",
      title: "通知書は間に合いません。",
      more: `${until}を過ぎました　お電話でご案内します`,
    };
  }
  if (posting.daysLeft === 0) {
    return { tone: "due", title: "通知書は本日の投函が最後です。", more: until };
  }
  return { tone: "done", title: "通知書は間に合います。", more: `${until}　あと${posting.daysLeft}営業日` };
}
