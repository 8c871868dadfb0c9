import { AppError } from "../base/error.ts";
import { minuteOf } from "../base/time.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import type { Ask } from "../platform/route.ts";
import { bookingNumber } from "../reception/booking.ts";
import { listBookings } from "../reception/list-bookings.ts";
import { batchStateLabels } from "./batch.ts";
import { batchName } from "./batch-view.ts";
import { inLedgerRows, isLedgerRows, type LedgerCounts, type LedgerRows, ledgerRows } from "./ledger.ts";
import type { LedgerLine, LedgerPageProps, LedgerRowsPageProps, LedgerTerm } from "./ledger-page.tsx";
import { type LedgerBatch, listLedger } from "./list-ledger.ts";
import { payers, postageKinds, yenText } from "./postage.ts";

/** 発送簿の画面に出すもの。期ごとにまとめる。 */
export async function showLedger(ask: Ask): Promise<LedgerPageProps> {
  const batches = await listLedger(ask.office, ask.actor.contract);
  const terms = [...Map.groupBy(batches, (one) => one.term?.id ?? "").entries()].map(([id, group]) =>
    termOf(id, group),
  );
  return {
    date: formatWareki(ask.today, { weekday: true }),
    now: `${minuteOf(ask.now)}現在`,
    terms,
    balanced: terms.every((term) => term.balanced),
  };
}

function termOf(id: string, group: LedgerBatch[]): LedgerTerm {
  const lines = group.map(lineOf);
  return {
    id: id === "" ? "none" : id,
    label: group[0]?.term?.label ?? "期の外",
    lines,
    counts: sumCounts(group.map((one) => one.counts)),
    yen: yenText(group.reduce((sum, one) => sum + one.yen, 0)),
    balanced: lines.every((line) => line.equations.every((one) => one.balanced)),
  };
}

function sumCounts(all: readonly LedgerCounts[]): LedgerCounts {
  const keys = Object.keys(ledgerRows) as LedgerRows[];
  return Object.fromEntries(
    keys.map((key) => [key, all.reduce((sum, one) => sum + one[key], 0)]),
  ) as LedgerCounts;
}

function aboutOf({ batch, days }: LedgerBatch): string {
  return batchName(batch.number, days);
}

function lineOf(one: LedgerBatch): LedgerLine {
  const { batch } = one;
  const { serial_from: from, serial_to: to, postage, unit_yen: unit, payer } = batch;
  return {
    id: batch.id,
    about: aboutOf(one),
    sentOn: batch.sent_on
      ? `${formatMonthDay(batch.sent_on, { weekday: true })}に発送`
      : batchStateLabels[batch.state],
    counts: one.counts,
    equations: one.equations,
    postage: postage ? `${postageKinds[postage].label} ${unit ?? 0}円×${batch.sent_count ?? 0}通` : "",
    payer: payer ? payers[payer] : "",
    yen: batch.sent_on ? yenText(one.yen) : "",
    serials: from === null || to === null ? "" : `${from}–${to}`,
    receipt: batch.receipt ?? "",
  };
}

/** 発送簿の一つの数の行。 */
export async function showLedgerRows(ask: Ask): Promise<LedgerRowsPageProps> {
  const what = ask.param("rows");
  const found = (await listLedger(ask.office, ask.actor.contract)).find(
    (one) => one.batch.id === ask.param("id"),
  );
  if (!found || !isLedgerRows(what))
    throw new AppError("NOT_FOUND", "その数の一覧はありません。発送簿を開き直してください。");
  const rows = found.notices.filter(({ ledger }) => inLedgerRows(ledger, what, found.batch.state === "sent"));
  const details = await listBookings(ask.office, ask.actor, {
    persons: [...new Set(rows.map(({ row }) => row.person_id))],
  });
  const detailOf = new Map(details.map((one) => [one.booking.id, one]));
  return {
    about: aboutOf(found),
    what: ledgerRows[what],
    batchId: found.batch.id,
    rows: rows.map(({ row, ledger }) => {
      const detail = detailOf.get(row.booking_id);
      return {
        id: row.id,
        bookingId: row.booking_id,
        number: detail ? bookingNumber(detail.booking.number) : "----",
        serial: row.serial === null ? "" : String(row.serial),
        day: detail ? formatMonthDay(detail.cls.day, { weekday: true }) : "",
        venue: detail?.venue.name ?? "",
        words: [
          stateWords[row.state],
          ledger.reprint ? "作り直し" : "",
          ledger.returned ? `返戻（${returnWords[ledger.returned]}）` : "",
        ]
          .filter((word) => word !== "")
          .join("・"),
      };
    }),
  };
}

const stateWords = {
  waiting: "確かめる前",
  approved: "承認",
  excluded: "外した",
  withdrawn: "抜いた",
} as const;
const returnWords = {
  open: "後始末が残る",
  phone: "電話で案内した",
  reprinted: "作り直した",
  closed: "受講日が過ぎたか取り消された",
} as const;
