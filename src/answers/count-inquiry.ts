import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { type Day, dayOf, type Instant } from "../base/time.ts";
import { describePersonal, findPersonal } from "../japan/personal-flag.ts";
import { answerOnce } from "../platform/answer-once.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office, Tx } from "../platform/office.ts";
import { refuseRight } from "./answer-right.ts";
import { textFaults } from "./complaint.ts";
import { inquiryLimits, type PendingReason } from "./inquiry.ts";
import { insertInquiry, type StoredInquiry, undoInquiry } from "./inquiry-store.ts";
import { itemLabel, listItems } from "./list-items.ts";

type Blank = Pick<
  StoredInquiry,
  "number" | "state" | "faq_id" | "first_contact" | "reason" | "important" | "content" | "slip"
>;
const plain: Blank = {
  ...{ number: null, state: "counted", faq_id: null, first_contact: 1, reason: "", important: 0 },
  ...{ content: null, slip: null },
};

async function refuseItem(office: Office, contract: string, item: string): Promise<void> {
  const items = await listItems(office, contract);
  if (items.some((one) => one.code === item)) return;
  throw new AppError("BAD_INPUT", "その項目はありません。画面を開き直して選んでください。", {
    faults: [{ field: "item", message: "項目を選んでください。" }],
  });
}

/** 単純な問い合わせを、一押しで一件数える（６(9)「項目ごとに件数のみの記録」）。 */
export async function tallyInquiry(
  office: Office,
  actor: Actor,
  given: { item: string; onceKey?: string | undefined },
): Promise<{ id: string; item: string }> {
  refuseRight("record", actor);
  await refuseItem(office, actor.contract, given.item);
  const lookupKey = await office.keys.lookupKey(actor.contract);
  const { item, onceKey } = given;
  const once =
    onceKey === undefined ? undefined : { key: onceKey, verb: "inquiry.tally", input: { item }, lookupKey };
  return office.act(actor, (tx) =>
    answerOnce(tx, once, async () => ({ id: await putInquiry(tx, { item, how: "tally" }), item })),
  );
}

/** 上の行為の中で、一件数える。 */
export async function putInquiry(
  tx: Tx,
  given: { item: string; how: "tally" | "faq"; faq?: string | undefined; at?: Instant | undefined },
): Promise<string> {
  const id = newId();
  const at = given.at ?? tx.now;
  await insertInquiry(tx, undefined, {
    ...plain,
    ...{ id, contract_id: tx.contract, day: dayOf(at), at, item: given.item, how: given.how },
    ...{ faq_id: given.faq ?? null, desk: tx.actor.desk ?? "", made_by: tx.actor.id },
  });
  await tx.record({
    kind: "inquiry.tallied",
    about: `answers/inquiry/${id}`,
    payload: { item: given.item, how: given.how, faq: given.faq ?? null, day: dayOf(at) },
  });
  return id;
}

/** 数え間違いを取り消す。 */
export async function untallyInquiry(office: Office, actor: Actor, id: string): Promise<void> {
  refuseRight("record", actor);
  await office.act(actor, async (tx) => {
    if (!(await undoInquiry(tx, tx.contract, id)))
      throw new AppError("REFUSED", "その一件はもう取り消されています。画面を開き直してください。");
    await tx.record({ kind: "inquiry.untallied", about: `answers/inquiry/${id}`, payload: {} });
  });
}

export interface NewRecord {
  item: string;
  content: string;
  /** その電話で終わらなかった理由。終わったなら空。 */
  reason: PendingReason | "";
  important: boolean;
  /** 個人情報らしいものが要ると、書いた人が確かめた。 */
  needsPersonal: boolean;
  onceKey?: string | undefined;
}

/**
 * 応対記録を残す（６(9)）。個人情報らしいものは、要ると確かめなければ残さない。
 * @throws AppError BAD_INPUT（欄の名つき。見つけた場所を字数で言う）
 */
export async function recordInquiry(
  office: Office,
  actor: Actor,
  given: NewRecord,
): Promise<{ id: string; number: number }> {
  refuseRight("record", actor);
  await refuseItem(office, actor.contract, given.item);
  const faults: Fault[] = textFaults(
    { content: given.content },
    {
      content: { limit: inquiryLimits.content, must: "問い合わせの内容と、お答えしたことを書いてください。" },
    },
  );
  const found = findPersonal(given.content);
  if (found.length > 0 && !given.needsPersonal)
    faults.push({
      field: "content",
      message: `${describePersonal(given.content, found)}らしいものがあります。要らなければ消し、要るなら「個人情報が要る」に印をつけてください。`,
    });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "記録に直すところがあります。", { faults });
  const key = await office.keys.fresh(actor.contract);
  const lookupKey = await office.keys.lookupKey(actor.contract);
  const { item, content, reason, important, needsPersonal, onceKey } = given;
  const input = { item, content, reason, important, needsPersonal };
  const once = onceKey === undefined ? undefined : { key: onceKey, verb: "inquiry.record", input, lookupKey };
  return office.act(actor, (tx) =>
    answerOnce(tx, once, async () => {
      const number = await takeNumber(tx, tx.contract, "inquiry");
      await insertInquiry(tx, key, {
        ...plain,
        ...{ id: key.id, contract_id: tx.contract, number, day: dayOf(tx.now), at: tx.now, item },
        ...{ how: "record", desk: actor.desk ?? "", first_contact: reason === "" ? 1 : 0, reason },
        ...{ important: important ? 1 : 0, content: content.trim(), made_by: actor.id },
      });
      await tx.record({
        kind: "inquiry.recorded",
        about: `answers/inquiry/${key.id}`,
        payload: { number, item, reason, important, personal: found.length > 0, day: dayOf(tx.now) },
      });
      return { id: key.id, number };
    }),
  );
}

/** 期間の項目ごとの件数。 */
export interface InquiryTotals {
  from: Day;
  to: Day;
  total: number;
  /** first はその電話で終わった件数。 */
  byItem: { code: string; label: string; n: number; faq: number; first: number }[];
  byDay: { day: Day; n: number; first: number }[];
  /** その電話で終わった割合（百分率の小数一桁）。一件もなければ null。 */
  firstContact: number | null;
  reasons: { reason: PendingReason; n: number }[];
}

export function totalsOf(
  counts: readonly {
    day: Day;
    item: string;
    how: string;
    first_contact: number;
    reason: PendingReason | "";
    n: number;
  }[],
  items: Awaited<ReturnType<typeof listItems>>,
  from: Day,
  to: Day,
): InquiryTotals {
  const sum = (rows: typeof counts) => rows.reduce((n, row) => n + row.n, 0);
  const total = sum(counts);
  const first = sum(counts.filter((row) => row.first_contact === 1));
  const codes = [...new Set([...items.map((one) => one.code), ...counts.map((row) => row.item)])];
  const days = [...new Set(counts.map((row) => row.day))].sort();
  const reasons = [...new Set(counts.map((row) => row.reason))].filter((one) => one !== "");
  return {
    ...{ from, to, total },
    byItem: codes.map((code) => {
      const own = counts.filter((row) => row.item === code);
      return {
        code,
        label: itemLabel(items, code),
        n: sum(own),
        faq: sum(own.filter((row) => row.how === "faq")),
        first: sum(own.filter((row) => row.first_contact === 1)),
      };
    }),
    byDay: days.map((day) => {
      const own = counts.filter((row) => row.day === day);
      return { day, n: sum(own), first: sum(own.filter((row) => row.first_contact === 1)) };
    }),
    firstContact: total === 0 ? null : Math.round((first / total) * 1000) / 10,
    reasons: reasons.map((reason) => ({ reason, n: sum(counts.filter((row) => row.reason === reason)) })),
  };
}
