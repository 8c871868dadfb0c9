import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type Day, dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { postingClock } from "../japan/posting-clock.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { takeNumbers } from "../platform/counter-store.ts";
import type { Office, Tx } from "../platform/office.ts";
import { applyChanges, dispatchChanges, refuseCount, tallyNotices } from "./batch.ts";
import { setSerials } from "./batch-store.ts";
import { changeBatch, countChanges } from "./change-batch.ts";
import { postalOrder } from "./notice-card.ts";
import { updateNotice } from "./notice-store.ts";
import type { BatchCard, OpenBatch } from "./open-batch.ts";
import { isPostageKind } from "./postage.ts";

export interface Dispatch {
  /** 投函（差出）した日。 */
  sentOn: Day;
  /** 数えた通数。 */
  count: number;
  /** 郵便局の引受の控えの番号。なければ空。 */
  receipt: string;
  /** 郵便の種別。省けば契約のもの。 */
  postage?: string;
  /** 一通の料金（円）。省けば契約のもの。 */
  unitYen?: number;
}

/**
 * 発送を記録する（仕様書６(2)オ、表１ OP）。いつ、何通、だれが。
 * 数が「印刷した数 − 抜いた数」と違えば、差を言って断る。同じ内容で二度押しても一度だけ。
 */
export async function dispatchBatch(
  office: Office,
  actor: Actor,
  id: string,
  given: Dispatch,
): Promise<void> {
  const receipt = given.receipt.normalize("NFKC").trim();
  await changeBatch(office, actor, id, "dispatch", (open, now) => {
    const { batch } = open;
    if (batch.state === "sent" && batch.sent_on === given.sentOn && batch.sent_count === given.count)
      return undefined;
    const { postage: usual } = open.blueprint;
    const postage = given.postage ?? usual.kind;
    const unitYen = given.unitYen ?? usual.unitYen;
    if (!isPostageKind(postage)) throw bad("postage", "郵便の種別を選んでください。");
    if (!Number.isInteger(unitYen) || unitYen < 0 || unitYen > 10_000)
      throw bad("unitYen", "一通の料金を、円の数字で入力してください。");
    refuseInput({ ...given, receipt }, dayOf(now), batch.printed_at && dayOf(batch.printed_at));
    const cards = open.cards.map((card) => card.now);
    const changes = dispatchChanges(cards);
    const { toSend, printed } = tallyNotices(applyChanges(cards, changes));
    if (batch.state === "printed") refuseCount(given.count, toSend);
    return {
      change: {
        state: "sent",
        sent_on: given.sentOn,
        sent_count: given.count,
        sent_by: actor.id,
        sent_at: now,
        receipt: receipt === "" ? null : receipt,
        postage,
        unit_yen: unitYen,
        payer: usual.payer,
      },
      notices: changes,
      event: {
        kind: "batch.dispatched",
        payload: {
          sent_on: given.sentOn,
          count: given.count,
          printed,
          pulled: countChanges(changes),
          receipt,
          late: lateDays(open, given.sentOn),
          postage,
          unit_yen: unitYen,
          payer: usual.payer,
        },
      },
      also: (tx) => numberCards(tx, open, new Set(changes.map((one) => one.id))),
    };
  });
}

/** 投函する通に、契約の中の発送番号を付ける（郵便番号の順＝刷った順）。 */
async function numberCards(tx: Tx, open: OpenBatch, pulled: ReadonlySet<string>): Promise<void> {
  const sending = open.cards
    .filter(({ now }) => now.printed && now.state === "approved" && !pulled.has(now.id))
    .sort((a, b) => postalOrder(a.detail) - postalOrder(b.detail) || numberIn(a) - numberIn(b));
  if (sending.length === 0) return;
  const first = await takeNumbers(tx, tx.contract, "posted-card", sending.length);
  for (const [at, card] of sending.entries())
    await updateNotice(tx, tx.contract, card.notice.id, { serial: first + at });
  await setSerials(tx, tx.contract, open.batch.id, first, first + sending.length - 1);
}

function numberIn(card: BatchCard): number {
  return card.detail?.booking.number ?? 0;
}

/** 期限より後に投函した受講日。 */
function lateDays(open: OpenBatch, sentOn: Day): Day[] {
  const { calendar, posting } = open.blueprint;
  return open.days.filter((day) => sentOn > postingClock(day, calendar, posting).postBy.day);
}

function refuseInput(given: Dispatch, today: Day, printedOn: Day | null): void {
  if (!isDay(given.sentOn)) throw bad("sentOn", "投函した日を選んでください。");
  if (given.sentOn > today)
    throw bad("sentOn", "投函した日がまだ来ていません。投函してから記録してください。");
  if (printedOn && given.sentOn < printedOn)
    throw bad(
      "sentOn",
      `印刷した日（${formatMonthDay(printedOn)}）より前の日です。投函した日をご確認ください。`,
    );
  if (!Number.isInteger(given.count) || given.count < 0)
    throw bad("count", "投函した通数を数字で入力してください。");
  if (given.receipt.length > 40) throw bad("receipt", "控えの番号は40字までで入力してください。");
}

function bad(field: string, message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
}
