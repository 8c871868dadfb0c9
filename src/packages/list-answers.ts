import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import type { Instant } from "../base/time.ts";
import { stateText } from "../filings/filing.ts";
import { type ListedFiling, listFilings } from "../filings/list-filings.ts";
import type { Office } from "../platform/office.ts";
import {
  type AnswerSource,
  type KeyState,
  listAnswers,
  listOfficerKeys,
  listPackages,
  openAnswerRow,
  openKeyRow,
} from "./package-store.ts";
import { type Standing, standings } from "./review-answer.ts";
import { spokenHash } from "./review-package.ts";

export const sourceLabels: Record<AnswerSource, string> = {
  signed: "署名つきファイル",
  xlsx: "Excel の様式",
  docx: "Word の様式",
  paper: "紙の様式",
};
export const keyStateLabels: Record<KeyState, string> = {
  waiting: "電話の確認待ち",
  confirmed: "確認済み",
  revoked: "使わない",
};

/** 届いた回答の一行。 */
export interface ListedAnswer {
  id: string;
  source: AnswerSource;
  standing: Standing;
  standingText: string;
  filing: { id: string; number: number; title: string } | null;
  version: number | null;
  /** 「承認」。その文書にない答えは空。 */
  outcomeText: string;
  words: string;
  officer: string;
  fingerprint: string | null;
  answeredAt: Instant | null;
  receivedAt: Instant;
  receivedBy: string;
  heard: string | null;
}

export interface ListedKey {
  id: string;
  /** 読み合わせる形の指紋。 */
  fingerprint: string;
  officer: string;
  state: KeyState;
  seenAt: Instant;
  decidedAt: Instant | null;
  heard: string | null;
}

/** 届いた回答（効かなかったものも）、新しい順に。filing を言えば、その文書のものだけ。 */
export async function listReadAnswers(
  office: Office,
  actor: Actor,
  filing?: string,
  limit = 200,
): Promise<ListedAnswer[]> {
  const rows = await listAnswers(office.read, actor.contract, filing, limit);
  const [keys, filings, made, names] = await Promise.all([
    office.keys.get(
      actor.contract,
      rows.map((row) => row.id),
    ),
    listFilings(office, actor),
    listPackages(office.read, actor.contract),
    nameHandlers(office, actor.contract),
  ]);
  const byFiling = new Map(filings.map((one) => [one.id, one]));
  const versions = new Map(made.map((one) => [one.id, one.version]));
  return rows.map((row) => {
    const answer = openAnswerRow(keys.get(row.id), row);
    const known = row.filing_id === null ? undefined : byFiling.get(row.filing_id);
    return {
      ...{ id: row.id, source: row.source, standing: row.standing, standingText: standings[row.standing] },
      filing: known ? { id: known.id, number: known.number, title: known.title } : null,
      version: row.package_id === null ? null : (versions.get(row.package_id) ?? null),
      outcomeText: outcomeText(known, row.outcome),
      ...{ words: answer.words ?? "", officer: answer.officer ?? "", heard: answer.heard },
      fingerprint: row.fingerprint === null ? null : spokenHash(row.fingerprint),
      ...{ answeredAt: row.answered_at, receivedAt: row.received_at },
      receivedBy: names.get(row.received_by)?.short ?? "",
    };
  });
}

function outcomeText(filing: ListedFiling | undefined, outcome: ListedFiling["state"] | null): string {
  return filing && outcome !== null ? stateText(filing.kind, outcome) : "";
}

/** 委託者の鍵。確認待ちのもの、新しいものの順。 */
export async function listKeys(office: Office, actor: Actor): Promise<ListedKey[]> {
  const rows = await listOfficerKeys(office.read, actor.contract);
  const keys = await office.keys.get(
    actor.contract,
    rows.map((row) => row.id),
  );
  return rows
    .map((row): ListedKey => {
      const { officer, heard } = openKeyRow(keys.get(row.id), row);
      return {
        ...{ id: row.id, fingerprint: spokenHash(row.fingerprint), officer, state: row.state, heard },
        ...{ seenAt: row.seen_at, decidedAt: row.decided_at },
      };
    })
    .sort((a, b) => Number(b.state === "waiting") - Number(a.state === "waiting"));
}

/** 人の手を待つものの数（電話の確認待ちの鍵と回答）。 */
export async function countToConfirm(office: Office, contract: string): Promise<number> {
  const [keys, answers] = await Promise.all([
    listOfficerKeys(office.read, contract),
    listAnswers(office.read, contract, undefined, 200),
  ]);
  return (
    keys.filter((one) => one.state === "waiting").length +
    answers.filter((one) => one.standing === "unsigned").length
  );
}
