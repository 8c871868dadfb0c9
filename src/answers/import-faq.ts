import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office, Tx } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { mayAnswer, refuseRight } from "./answer-right.ts";
import { goLive } from "./approve-faq.ts";
import { putFaq, putVersion } from "./draft-faq.ts";
import type { FaqContent } from "./faq.ts";
import { factsOf } from "./faq-fact.ts";
import { type FaqReading, readFaqFile } from "./faq-reader.ts";
import { foldText } from "./faq-search.ts";
import {
  type FaqRow,
  type FaqVersionRow,
  findFaq,
  listFaqs,
  listFaqVersions,
  updateFaqVersion,
} from "./faq-store.ts";

export interface FaqImport {
  added: number;
  changed: number;
  unchanged: number;
  /** 承認待ちがあるなどで、触れなかった問い。 */
  skipped: number;
  errors: { cell: string; message: string }[];
}

/**
 * ＦＡＱの表を取り込む。問いの文が同じもの（書き方の違いは問わない）は新しい版、ほかは新しい問いになる。
 * asClient なら、委託者から受け取った最新版として、承認済みで入る（責任者だけ）。そうでなければ承認待ちで入る。
 * @throws AppError BAD_INPUT（読めない）、FORBIDDEN
 */
export async function importFaq(
  office: Office,
  actor: Actor,
  file: { bytes: Uint8Array; fileName: string },
  { asClient }: { asClient: boolean },
): Promise<FaqImport> {
  refuseRight("draft", actor);
  if (asClient && !mayAnswer("confirm", actor.roles))
    throw new AppError("FORBIDDEN", "委託者から受け取った最新版として取り込むのは、責任者の役割です。");
  const reading: FaqReading = readFaqFile(file.bytes, file.fileName);
  const { blueprint } = await openContract(office, actor.contract);
  const facts = factsOf(blueprint);
  return office.act(actor, async (tx) => {
    const known = await knownQuestions(tx);
    const result: FaqImport = { added: 0, changed: 0, unchanged: 0, skipped: 0, errors: reading.errors };
    for (const { content } of reading.lines)
      result[await putLine(tx, known, content, asClient ? facts : undefined)] += 1;
    const { added, changed, unchanged, skipped, errors } = result;
    await tx.record({
      kind: "faq.imported",
      about: "answers/faq/all",
      payload: { added, changed, unchanged, skipped, errors: errors.length, asClient },
    });
    return result;
  });
}

interface Known {
  faq: FaqRow;
  versions: FaqVersionRow[];
}

async function knownQuestions(tx: Tx): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  for (const faq of await listFaqs(tx, tx.contract)) {
    if (faq.retired_at !== null) continue;
    const versions = await listFaqVersions(tx, tx.contract, faq.id);
    const [last] = versions;
    if (last) known.set(foldText(last.question), { faq, versions });
  }
  return known;
}

/** 一行を入れる。facts があれば承認済みにする。 */
async function putLine(
  tx: Tx,
  known: Map<string, Known>,
  content: FaqContent,
  facts: ReadonlyMap<string, string> | undefined,
): Promise<Exclude<keyof FaqImport, "errors">> {
  const reason = facts ? "委託者から受け取った最新版" : "ファイルから取り込んだ案";
  const place = foldText(content.question);
  const before = known.get(place);
  const last = before?.versions[0];
  if (before && last) {
    if (sameContent(last, content)) return "unchanged";
    if (last.state !== "approved") return "skipped";
    const version = last.version + 1;
    await putVersion(tx, before.faq.id, version, { ...content, reason }, "submitted");
    if (facts) await updateFaqVersion(tx, last, { state: "old" });
    await finish(tx, before.faq.id, facts);
    known.set(place, { faq: before.faq, versions: await listFaqVersions(tx, tx.contract, before.faq.id) });
    return "changed";
  }
  const { id } = await putFaq(tx, { ...content, reason }, "submitted");
  await finish(tx, id, facts);
  const faq = await findFaq(tx, tx.contract, id);
  if (faq) known.set(place, { faq, versions: await listFaqVersions(tx, tx.contract, id) });
  return "added";
}

async function finish(tx: Tx, id: string, facts: ReadonlyMap<string, string> | undefined): Promise<void> {
  if (!facts) return;
  const faq = await findFaq(tx, tx.contract, id);
  const [last] = await listFaqVersions(tx, tx.contract, id);
  if (faq && last) await goLive(tx, faq, last, facts);
}

function sameContent(row: FaqVersionRow, given: FaqContent): boolean {
  return (
    row.category === given.category.trim() &&
    row.question === given.question.trim() &&
    row.answer === given.answer.trim() &&
    row.reading === given.reading.trim() &&
    row.synonyms === given.synonyms.trim() &&
    row.valid_from === given.validFrom &&
    row.valid_until === given.validUntil
  );
}
