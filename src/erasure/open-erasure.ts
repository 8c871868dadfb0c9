import { AppError } from "../base/error.ts";
import { dayOf, type Instant } from "../base/time.ts";
import { type ListedFiling, listFilings } from "../filings/list-filings.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { type Consent, type CopyHow, type ErasureFacts, type PlaceCount, stateText } from "./erasure.ts";
import {
  type CertificateRow,
  type ErasureRow,
  findErasure,
  listCertificates,
  listCopies,
  listErasureRows,
  listPicks,
} from "./erasure-store.ts";
import { countFrozen } from "./incident-store.ts";
import { listRecordings, type Recording } from "./list-recordings.ts";

/** 控えの一組と、その始末。 */
export interface BackupCopy {
  set: string;
  madeAt: Instant;
  /** 始末。まだなら undefined。 */
  done: { how: CopyHow; day: string; place: string } | undefined;
}

export interface OpenErasure {
  erasure: ErasureRow;
  facts: ErasureFacts;
  stateText: string;
  counts: PlaceCount[];
  filing: ListedFiling | undefined;
  report: ListedFiling | undefined;
  copies: BackupCopy[];
  /** 一人の方の申出で、文書ごとに決めたこと。 */
  parts: { label: string; how: string }[];
  /** 範囲に入る会議の録音（事務所の外の媒体）。 */
  recordings: Recording[];
  certificates: CertificateRow[];
}

/** 消去の一件。なければ NOT_FOUND。 */
export async function openErasure(office: Office, contract: string, id: string): Promise<OpenErasure> {
  const erasure = await findErasure(office.read, contract, id);
  if (!erasure) throw new AppError("NOT_FOUND", "その消去はありません。一覧から選び直してください。");
  const filings = await filingsOf(office, contract);
  const frozen = (await countFrozen(office.read, contract)) > 0;
  return joinErasure(office, erasure, { filings, frozen, known: await listRecordings(office, contract) });
}

/** 一覧。新しい番号から。 */
export async function listErasures(office: Office, contract: string): Promise<OpenErasure[]> {
  const rows = await listErasureRows(office.read, contract);
  const filings = await filingsOf(office, contract);
  const frozen = (await countFrozen(office.read, contract)) > 0;
  const known = await listRecordings(office, contract);
  return Promise.all(rows.map((row) => joinErasure(office, row, { filings, frozen, known })));
}

async function filingsOf(office: Office, contract: string): Promise<Map<string, ListedFiling>> {
  const all = await listFilings(office, { contract, roles: ["system"] });
  return new Map(all.map((one) => [one.id, one]));
}

async function joinErasure(
  office: Office,
  erasure: ErasureRow,
  {
    filings,
    frozen,
    known,
  }: {
    filings: ReadonlyMap<string, ListedFiling>;
    frozen: boolean;
    known: Awaited<ReturnType<typeof listRecordings>>;
  },
): Promise<OpenErasure> {
  const filing = erasure.filing_id === null ? undefined : filings.get(erasure.filing_id);
  const [copies, certificates, picks] = await Promise.all([
    copiesOf(office, erasure),
    listCertificates(office.read, erasure.id),
    listPicks(office.read, erasure.id),
  ]);
  const recordings = picks
    .filter(({ holder }) => holder === "recording")
    .flatMap(({ ref }) => known.find(({ meeting }) => meeting === ref) ?? []);
  const facts: ErasureFacts = {
    state: erasure.state,
    consent: consentOf(filing),
    frozen,
    plannedDay: erasure.planned_day,
    today: dayOf(office.clock.officeNow(erasure.contract_id)),
    openCopies: copies.filter((one) => one.done === undefined).length,
    openRecordings: recordings.filter((one) => one.erasedOn === undefined).length,
    witnessMissing: erasure.witness === "asked",
  };
  return {
    ...{ erasure, facts, stateText: stateText(facts), filing, copies, recordings, certificates },
    parts: picks.filter(({ holder }) => holder !== "recording").map(({ label, how }) => ({ label, how })),
    report: erasure.report_id === null ? undefined : filings.get(erasure.report_id),
    counts: JSON.parse(erasure.counts) as PlaceCount[],
  };
}

function consentOf(filing: ListedFiling | undefined): Consent {
  if (filing === undefined || filing.state === "withdrawn") return "none";
  if (filing.form !== "erasure-request") return "none";
  if (filing.state === "approved") return "given";
  if (filing.state === "refused") return "refused";
  return filing.state === "submitted" ? "waiting" : "draft";
}

/**
 * 消した鍵が入っている控え: 鍵を壊す前に取ったもの（始める前は、いまあるもの）の全部。
 * 消去より後に取った控えに、消した鍵はない。
 */
async function copiesOf(office: Office, erasure: ErasureRow): Promise<BackupCopy[]> {
  const [events, done] = await Promise.all([
    listEvents(office.read, { contract: erasure.contract_id, kinds: ["backup.made"], limit: 100_000 }),
    listCopies(office.read, erasure.id),
  ]);
  const settled = new Map(done.map((one) => [one.backup_set, one]));
  const before = erasure.destroyed_at;
  const sets = new Map<string, Instant>();
  for (const event of events)
    if (before === null || event.recordedAt <= before) sets.set(String(event.payload.set), event.at);
  return [...sets]
    .map(([set, madeAt]): BackupCopy => {
      const one = settled.get(set);
      return {
        ...{ set, madeAt },
        done: one && { how: one.how as CopyHow, day: one.on_day, place: one.place },
      };
    })
    .sort((a, b) => (a.set < b.set ? -1 : 1));
}
