import { type Day, dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { tallyBookings } from "../reception/tally-bookings.ts";
import type { Blueprint, Term } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { termOfClass, termOn } from "../terms/term.ts";
import type { BatchFile } from "./batch-file.ts";
import { type BatchRow, listBatchRows } from "./batch-store.ts";
import {
  countLedger,
  type LedgerCounts,
  type LedgerEquation,
  type LedgerNotice,
  reconcile,
} from "./ledger.ts";
import { listAllNotices, type NoticeRow } from "./notice-store.ts";
import { postageTotal } from "./postage.ts";
import { listReturned, type ReturnedCase } from "./show-returned.ts";

/** 発送簿の一行: 一つの束の数と等式と費用。 */
export interface LedgerBatch {
  batch: BatchRow;
  /** 束の最初の受講日の期。どの期の受講日でもなければ、束を作った日に受け付けていた期。 */
  term: Term | undefined;
  days: Day[];
  counts: LedgerCounts;
  equations: LedgerEquation[];
  /** 費用（円）。 */
  yen: number;
  notices: { row: NoticeRow; ledger: LedgerNotice }[];
}

/** 発送簿。個人情報は開かない（返戻の後始末のために予約の状態だけを見る）。束の新しい順。 */
export async function listLedger(office: Office, contract: string): Promise<LedgerBatch[]> {
  const [{ blueprint }, batches, notices, cases, { classes }] = await Promise.all([
    openContract(office, contract),
    listBatchRows(office.read, contract),
    listAllNotices(office.read, contract),
    listReturned(office, contract),
    tallyBookings(office, contract),
  ]);
  const dayOfClass = new Map(classes.map((cls) => [cls.id, cls.day]));
  const caseOf = new Map(cases.map((one) => [one.card.notice_id, one]));
  const byBatch = Map.groupBy(notices, (one) => one.batch_id);
  return batches.map((batch) => {
    const classIds = JSON.parse(batch.class_ids) as string[];
    const days = [...new Set(classIds.flatMap((id) => dayOfClass.get(id) ?? []))].sort();
    const [first] = days;
    const rows = (byBatch.get(batch.id) ?? []).map((row) => ({
      row,
      ledger: ledgerOf(row, caseOf.get(row.id)),
    }));
    const counts = countLedger(
      rows.map((one) => one.ledger),
      batch.state === "sent",
    );
    return {
      batch,
      term: (first && termOfClass(blueprint, first)) || madeTerm(blueprint, batch.made_at),
      days,
      counts,
      equations: reconcile(counts, factsOf(batch)),
      yen: postageTotal(batch.unit_yen, batch.sent_count),
      notices: rows,
    };
  });
}

function madeTerm(blueprint: Blueprint, madeAt: string): Term | undefined {
  return blueprint.terms.length === 0 ? undefined : termOn(blueprint, dayOf(madeAt));
}

function ledgerOf(row: NoticeRow, found: ReturnedCase | undefined): LedgerNotice {
  const { id, state, printed, replaces } = row;
  return {
    id,
    state,
    printed: printed === 1,
    reprint: replaces !== null,
    returned: found && returnedState(found),
  };
}

function returnedState(one: ReturnedCase): NonNullable<LedgerNotice["returned"]> {
  if (one.reprintedIn !== undefined) return "reprinted";
  if (one.card.outcome === "phone" || one.task?.state === "done") return "phone";
  return one.settled ? "closed" : "open";
}

function factsOf(batch: BatchRow) {
  const files = JSON.parse(batch.files) as BatchFile[];
  // 同じ通を Word と PDF の両方にするので、版ごとに一度だけ数える。
  const byEdition = new Map(files.map((file) => [file.edition, file.people]));
  const { serial_from: from, serial_to: to } = batch;
  return {
    sent: batch.state === "sent",
    printed: files.length > 0,
    filePeople: [...byEdition.values()].reduce((sum, people) => sum + people, 0),
    counted: batch.sent_count,
    serials: from === null || to === null ? null : to - from + 1,
  };
}
