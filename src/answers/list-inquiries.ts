import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Day, Instant } from "../base/time.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { refuseRight } from "./answer-right.ts";
import { type InquiryTotals, totalsOf } from "./count-inquiry.ts";
import type { PendingReason } from "./inquiry.ts";
import {
  countInquiries,
  type HandSlip,
  insertSlip,
  listRecords,
  listSlips,
  openInquiryRow,
  putSlip,
} from "./inquiry-store.ts";
import { itemLabel, listItems } from "./list-items.ts";

const MOST = 300;

/** 期間の件数。 */
export async function totalInquiries(
  office: Pick<Office, "read">,
  contract: string,
  from: Day,
  to: Day,
): Promise<InquiryTotals> {
  const [counts, items] = await Promise.all([
    countInquiries(office.read, contract, from, to),
    listItems(office, contract),
  ]);
  return totalsOf(counts, items, from, to);
}

/** 応対記録の一行。 */
export interface ListedRecord {
  id: string;
  number: number | null;
  at: Instant;
  item: string;
  content: string;
  reason: PendingReason | "";
  important: boolean;
  by: string;
  slip: number | null;
}

/** 応対記録を、新しい順に 300 件まで。 */
export async function listInquiryRecords(
  office: Office,
  actor: Pick<Actor, "contract">,
  filter: { important?: boolean; unhanded?: boolean; slip?: number } = {},
): Promise<ListedRecord[]> {
  const { contract } = actor;
  const rows = await listRecords(office.read, contract, filter, MOST);
  const [keys, items, names] = await Promise.all([
    office.keys.get(
      contract,
      rows.map((row) => row.id),
    ),
    listItems(office, contract),
    nameHandlers(office, contract),
  ]);
  return rows.map((row) => ({
    ...{ id: row.id, number: row.number, at: row.at, item: itemLabel(items, row.item) },
    ...{ content: openInquiryRow(keys.get(row.id), row).content ?? "", reason: row.reason },
    ...{ important: row.important === 1, by: names.get(row.made_by)?.short ?? "異動した人", slip: row.slip },
  }));
}

/** 受渡し票の一覧。 */
export function listHandSlips(office: Pick<Office, "read">, contract: string): Promise<HandSlip[]> {
  return listSlips(office.read, contract);
}

/**
 * まだ引き渡していない重要な記録を、一枚の受渡し票にして委託者に引き渡す（６(9)）。
 * @throws AppError REFUSED（引き渡すものがない）、BAD_INPUT（受け取る人がない）
 */
export async function handRecords(
  office: Office,
  actor: Actor,
  { receiver }: { receiver: string },
): Promise<{ slip: number; count: number }> {
  refuseRight("handle", actor);
  if (receiver.trim() === "" || [...receiver].length > 80)
    throw new AppError("BAD_INPUT", "受け取る委託者の部署と職名を書いてください。", {
      faults: [{ field: "receiver", message: "委託者の部署と職名を、80字までで書いてください。" }],
    });
  const waiting = await listRecords(office.read, actor.contract, { important: true, unhanded: true }, MOST);
  if (waiting.length === 0) throw new AppError("REFUSED", "引き渡していない重要な記録はありません。");
  return office.act(actor, async (tx) => {
    const slip = await takeNumber(tx, tx.contract, "hand-slip");
    const count = await putSlip(
      tx,
      tx.contract,
      waiting.map((row) => row.id),
      slip,
    );
    if (count === 0)
      throw new AppError("CONFLICT", "ほかの人が先に引き渡しました。画面を開き直してください。");
    await insertSlip(tx, {
      ...{ contract_id: tx.contract, number: slip, count, receiver: receiver.trim() },
      ...{ made_by: actor.id, made_at: tx.now },
    });
    await tx.record({ kind: "inquiry.handed", about: `answers/slip/${slip}`, payload: { slip, count } });
    return { slip, count };
  });
}

/** 画面が読む、受渡し票の一行。 */
export type ShownSlip = HandSlip;
