import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type Instant, instantFromMs } from "../base/time.ts";
import { applyAnswer } from "../filings/apply-answer.ts";
import type { Outcome } from "../filings/filing.ts";
import { type FilingNow, readFilingNow } from "../filings/read-filing-now.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { type FormAnswer, readFormAnswer } from "./answer-form-reader.ts";
import { plainCode, sameCode } from "./check-code.ts";
import { refusePackage } from "./package-right.ts";
import {
  type AnswerSource,
  findOfficerKey,
  findPackageByHash,
  hasAnswer,
  insertAnswer,
  insertOfficerKey,
  listPackages,
  type PackageRow,
  type StoredAnswer,
} from "./package-store.ts";
import {
  answerFileLimit,
  readSignedAnswer,
  type SignedAnswer,
  type Standing,
  standingOf,
} from "./review-answer.ts";
import { offeredOutcomes, sha256, wordsLimit } from "./review-package.ts";

/** 読み込んだ結果。 */
export interface ReadAnswer {
  id: string;
  standing: Standing;
  filing: string | null;
}

/** 届いた回答を、署名の有無によらず同じ形にしたもの。 */
interface Incoming {
  source: AnswerSource;
  row: PackageRow | undefined;
  signed: SignedAnswer | undefined;
  outcome: Outcome | undefined;
  words: string;
  officer: string;
  at: Instant | undefined;
  digest: string;
  file: { fileName: string; media: string; bytes: Uint8Array };
}

/**
 * 届いた回答ファイル（署名つきの JSON、または回答様式の .xlsx・.docx）を読み込む。
 * 反映できないもの（知らない鍵、別の一式、前の版、書き換え、二度目）も残り、その扱いが返る。
 * @throws AppError BAD_INPUT（回答ではない）、TOO_LARGE、FORBIDDEN
 */
export async function readAnswer(
  office: Office,
  actor: Actor,
  file: { fileName: string; bytes: Uint8Array },
): Promise<ReadAnswer> {
  refusePackage("read", actor);
  const { bytes } = file;
  if (bytes.length > answerFileLimit)
    throw new AppError(
      "TOO_LARGE",
      "回答ファイルが大きすぎます（上限 5 MB）。別のファイルではありませんか。",
    );
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const form = readFormAnswer(bytes);
    return receive(office, actor, await formIncoming(office, actor, form, form.source, file));
  }
  const signed = readSignedAnswer(bytes);
  const { statement } = signed;
  return receive(office, actor, {
    ...{ source: "signed", signed, outcome: statement.outcome, words: statement.words.trim() },
    ...{ officer: statement.officer.trim(), at: instantFromMs(Date.parse(statement.at)) },
    row: await findPackageByHash(office.read, actor.contract, statement.package),
    digest: sha256(`${signed.publicKey}|${JSON.stringify(statement)}|${signed.sound}`),
    file: { ...file, fileName: "answer.json", media: "application/json" },
  });
}

/** 紙の回答書の中身を、確認番号といっしょに打ち込む。 */
export async function typeAnswer(office: Office, actor: Actor, given: FormAnswer): Promise<ReadAnswer> {
  refusePackage("read", actor);
  const file = { fileName: "paper.json", bytes: Buffer.from(JSON.stringify(given)) };
  const incoming = await formIncoming(office, actor, given, "paper", file);
  const faults = [];
  if (!incoming.row)
    faults.push({
      field: "code",
      message: "その確認番号の一式はありません。回答書の番号を見直してください。",
    });
  if (incoming.outcome === undefined)
    faults.push({ field: "outcome", message: "回答書で印のついた答えを選んでください。" });
  if (incoming.officer === "")
    faults.push({ field: "officer", message: "回答した方の部署と職名を書いてください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "回答書の内容に直すところがあります。", { faults });
  return receive(office, actor, incoming);
}

async function formIncoming(
  office: Office,
  actor: Actor,
  given: FormAnswer,
  source: AnswerSource,
  file: { fileName: string; bytes: Uint8Array },
): Promise<Incoming> {
  const rows = await listPackages(office.read, actor.contract);
  const row = rows.find((one) => sameCode(given.code, one.code));
  const now = row && (await readFilingNow(office.read, actor.contract, row.filing_id));
  const outcome = now && offeredOutcomes(now.kind).find((one) => one.label === given.outcome)?.value;
  const { words, officer } = given;
  return {
    ...{
      source,
      row,
      outcome,
      words: words.trim(),
      officer: officer.trim(),
      signed: undefined,
      at: undefined,
    },
    digest: sha256(JSON.stringify([plainCode(given.code), given.outcome, words.trim(), officer.trim()])),
    file: {
      fileName: `answer.${source === "paper" ? "json" : source}`,
      media: "application/octet-stream",
      bytes: file.bytes,
    },
  };
}

/** 扱いを決めて残し、確かめた鍵の回答なら、同じ取引で反映する。 */
async function receive(office: Office, actor: Actor, given: Incoming): Promise<ReadAnswer> {
  const { row, signed } = given;
  const contract = actor.contract;
  const [answerKey, officerKey, filingKeys] = await Promise.all([
    office.keys.fresh(contract),
    office.keys.fresh(contract),
    office.keys.get(contract, row ? [row.filing_id] : []),
  ]);
  const filingKey = row && filingKeys.get(row.filing_id);
  return office.act(actor, async (tx) => {
    const facts = await factsOf(tx, given);
    const standing = standingOf(facts);
    if (signed?.sound && facts.key === "waiting") await meetKey(tx, officerKey, signed);
    const answer = answerRow(tx, answerKey.id, given, standing);
    await keepFile(tx, answerKey, { kind: "review-answer", ...given.file });
    await insertAnswer(tx, answerKey, answer);
    await tx.record({
      kind: "package.answer-read",
      about: row?.filing_id ?? answerKey.id,
      payload: { source: given.source, standing, version: row?.version ?? null },
    });
    if (standing === "applied" && filingKey) await applyStored(tx, filingKey, answer, row);
    return { id: answerKey.id, standing, filing: row?.filing_id ?? null };
  });
}

async function factsOf(tx: Tx, given: Incoming) {
  const { row, signed } = given;
  const filing = row && (await readFilingNow(tx, tx.contract, row.filing_id));
  const known = signed && (await findOfficerKey(tx, tx.contract, { fingerprint: signed.fingerprint }));
  return {
    ...{ sound: signed?.sound, packageVersion: row?.version, filing, phoned: false },
    seen: await hasAnswer(tx, tx.contract, given.digest),
    fit: isFit(filing, given.outcome, given.words),
    key: signed ? (known?.state ?? "waiting") : undefined,
  };
}

/** この文書にできる答えで、要る言葉がある。 */
export function isFit(
  filing: FilingNow | undefined,
  outcome: Outcome | null | undefined,
  words: string,
): boolean {
  if (!filing || !outcome || [...words].length > wordsLimit) return false;
  const offered = offeredOutcomes(filing.kind).find((one) => one.value === outcome);
  return offered !== undefined && (!offered.words || words !== "");
}

/** 初めて見る鍵を、確認待ちとして残す。 */
async function meetKey(tx: Tx, key: SubjectKey, signed: SignedAnswer): Promise<void> {
  await insertOfficerKey(tx, key, {
    ...{ id: key.id, contract_id: tx.contract, fingerprint: signed.fingerprint, state: "waiting" },
    ...{ public_key: signed.publicKey, officer: signed.statement.officer.trim(), seen_at: tx.now },
    ...{ decided_by: null, decided_at: null, heard: null },
  });
}

function answerRow(tx: Tx, id: string, given: Incoming, standing: Standing): StoredAnswer {
  const { row, signed } = given;
  return {
    ...{ id, contract_id: tx.contract, source: given.source, standing, digest: given.digest },
    ...{ package_id: row?.id ?? null, filing_id: row?.filing_id ?? null },
    ...{ fingerprint: signed?.fingerprint ?? null, outcome: given.outcome ?? null },
    ...{ words: given.words, officer: given.officer, answered_at: given.at ?? null },
    ...{ received_by: tx.actor.id, received_at: tx.now, heard: null },
    settled_by: standing === "applied" ? tx.actor.id : null,
    settled_at: standing === "applied" ? tx.now : null,
  };
}

/** 残した回答を、協議・届出に反映する。 */
export async function applyStored(
  tx: Tx,
  filingKey: SubjectKey,
  answer: StoredAnswer,
  row: Pick<PackageRow, "filing_id" | "version">,
): Promise<void> {
  if (answer.outcome === null) return;
  await applyAnswer(tx, filingKey, row.filing_id, {
    ...{ version: row.version, outcome: answer.outcome, text: answer.words ?? "" },
    ...{ from: answer.officer ?? "", at: answer.answered_at ?? tx.now, signed: answer.source === "signed" },
  });
}
