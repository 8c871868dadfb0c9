import type { Day } from "../base/time.ts";
import { dayParts } from "../japan/day.ts";
import { formatPostalCode } from "../japan/postal-code.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { bookingNumber } from "../reception/booking.ts";
import { maskName } from "./notice-card.ts";
import type { CardException } from "./notice-check.ts";
import type { BatchCard, OpenBatch } from "./open-batch.ts";

/** 「10月1日・2日」。月が替わったところだけ月を言う。 */
export function daysText(days: readonly Day[]): string {
  const shown = days.slice(0, 4).map((day, at) => {
    const before = days[at - 1];
    return before && dayParts(before).month === dayParts(day).month
      ? `${dayParts(day).date}日`
      : formatMonthDay(day);
  });
  return `${shown.join("・")}${days.length > 4 ? `ほか${days.length - 4}日` : ""}`;
}

/** 束の名。どの画面でも同じに呼ぶ。「第4号　10月1日・2日実施分」。 */
export function batchName(number: number, days: readonly Day[]): string {
  return `第${number}号${days.length > 0 ? `　${daysText(days)}実施分` : ""}`;
}

/** 画面の一文。確かめるものを先に言う。 */
export function batchSentence(open: OpenBatch): string {
  const { batch, tally } = open;
  const live = tally.waiting + tally.approved;
  const left = exceptionCards(open).length;
  switch (batch.state) {
    case "draft":
      return left > 0
        ? `${live}通のうち、確かめるものが${left}通あります`
        : `${live}通を作りました。承認に回せます`;
    case "returned":
      return "差し戻されました。直して、もう一度承認に回してください";
    case "submitted":
    case "approved":
      if (left > 0) return `${live}通のうち、${left}通を先に確かめてください`;
      return tally.waiting > 0
        ? `${tally.waiting}通を承認できます`
        : `${tally.approved}通を承認しました。印刷できます`;
    case "printing":
      return `${tally.printed}通を印刷用のファイルにしています`;
    case "printed":
      return `${tally.printed}通を印刷しました。投函したら記録してください`;
    case "sent":
      return `${formatMonthDay(batch.sent_on ?? "2000-01-01")}に${batch.sent_count ?? 0}通を発送しました`;
  }
}

/** まだ承認していない、確かめるもののある通。悪いものから。 */
export function exceptionCards(open: OpenBatch): BatchCard[] {
  return open.cards.filter(
    (card) => card.now.state === "waiting" && (card.exceptions.length > 0 || !card.now.booked),
  );
}

/** 一覧の一行。氏名も番地も含まない。 */
export interface ExceptionRow {
  noticeId: string;
  number: string;
  tone: CardException["tone"];
  title: string;
  detail: string;
  /** ほかにも確かめるものがあれば、その数。 */
  more: number;
}

export function exceptionRows(open: OpenBatch): ExceptionRow[] {
  return exceptionCards(open).map((card) => {
    const [first] = card.exceptions;
    return {
      noticeId: card.notice.id,
      number: numberOf(card),
      tone: card.now.booked ? (first?.tone ?? "wait") : "wait",
      title: card.now.booked ? (first?.title ?? "") : "予約が取り消されました",
      detail: card.now.booked ? (first?.detail ?? "") : "承認すると、この束から外れます",
      more: card.now.booked ? Math.max(0, card.exceptions.length - 1) : 0,
    };
  });
}

export function numberOf(card: BatchCard): string {
  return card.detail ? bookingNumber(card.detail.booking.number) : "----";
}

export function maskedNameOf(card: BatchCard): string {
  return card.detail ? maskName(card.detail.person.name) : "（消去済み）";
}

/** その場で直せる欄。 */
export interface FixField {
  name: "house" | "postal" | "address" | "building" | "name";
  label: string;
  value: string;
  placeholder?: string;
}

/** 確かめるものごとの、直す欄。選んだ通だけに出す（氏名・住所を含む）。 */
export function fixFields(card: BatchCard): FixField[] {
  const person = card.detail?.person;
  if (!person) return [];
  const codes = new Set(card.exceptions.map((one) => one.code));
  const suggested = card.exceptions.find((one) => one.suggested)?.suggested?.[0];
  const postal: FixField = {
    name: "postal",
    label: suggested ? `郵便番号（候補。いまは ${formatPostalCode(person.postal)}）` : "郵便番号を直す",
    value: suggested ? formatPostalCode(suggested) : person.postal,
  };
  const address: FixField = { name: "address", label: "住所を直す", value: person.address };
  if (codes.has("no-house-number"))
    return [{ name: "house", label: "番地を補う", value: "", placeholder: "例　2-10" }];
  if (codes.has("postal-differs") || codes.has("postal-unknown")) return [postal, address];
  if (codes.has("returned"))
    return [address, { name: "building", label: "建物名を直す", value: person.building }];
  if (codes.has("overflow"))
    return [address, { name: "building", label: "建物名を直す", value: person.building }];
  if (codes.has("font")) return [{ name: "name", label: "氏名を直す", value: person.name }];
  return [];
}
