import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { personalFault } from "../japan/personal-flag.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office, Tx } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { refuseRight } from "./answer-right.ts";
import { type FaqContent, type FaqState, faqFaults, refuseFaqAct } from "./faq.ts";
import { factsOf, resolveFacts } from "./faq-fact.ts";
import {
  type FaqVersionRow,
  findFaq,
  insertFaq,
  insertFaqVersion,
  listFaqVersions,
  updateFaqVersion,
} from "./faq-store.ts";

/** 列の形に。 */
export function faqColumns(
  given: FaqContent,
): Pick<
  FaqVersionRow,
  "category" | "question" | "answer" | "reading" | "synonyms" | "valid_from" | "valid_until"
> {
  return {
    ...{ category: given.category.trim(), question: given.question.trim(), answer: given.answer.trim() },
    ...{ reading: given.reading.trim(), synonyms: given.synonyms.trim() },
    ...{ valid_from: given.validFrom, valid_until: given.validUntil },
  };
}

export function contentOf(row: FaqVersionRow): FaqContent {
  const { category, question, answer, reading, synonyms } = row;
  return {
    category,
    question,
    answer,
    reading,
    synonyms,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
  };
}

/** 中身の直すところ（長さ、読み、知らない印、個人情報らしいもの）を断る。 */
export async function refuseContent(office: Office, contract: string, given: FaqContent): Promise<void> {
  const { blueprint } = await openContract(office, contract);
  const facts = factsOf(blueprint);
  const { unknown } = resolveFacts(facts, given.answer);
  const resolved = resolveFacts(facts, given.answer).text;
  const faults = faqFaults(given);
  if (unknown.length > 0)
    faults.push({
      field: "answer",
      message: `契約にない印 ${unknown.map((name) => `{{${name}}}`).join("、")} があります。使える印は画面の下にあります。`,
    });
  // 窓口の番号は契約に書いてあるものなので、個人情報と数えない。
  const phone = blueprint.desk.enquiryPhone;
  const personal = personalFault("answer", phone === "" ? resolved : resolved.replaceAll(phone, ""));
  if (personal) faults.push(personal);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "ＦＡＱに直すところがあります。", { faults });
}

export function noFaq(): AppError {
  return new AppError("NOT_FOUND", "そのＦＡＱはありません。一覧から選び直してください。");
}

/** 新しい問いの案を作る。 */
export async function draftFaq(
  office: Office,
  actor: Actor,
  given: FaqContent & { reason: string },
): Promise<{ id: string; number: number }> {
  refuseRight("draft", actor);
  await refuseContent(office, actor.contract, given);
  return office.act(actor, (tx) => putFaq(tx, given, "draft"));
}

/** 上の行為の中で、新しい問いと第１版を置く。 */
export async function putFaq(
  tx: Tx,
  given: FaqContent & { reason: string },
  state: Extract<FaqState, "draft" | "submitted">,
): Promise<{ id: string; number: number }> {
  const id = newId();
  const number = await takeNumber(tx, tx.contract, "faq");
  await insertFaq(tx, {
    ...{ id, contract_id: tx.contract, number, live: null, made_at: tx.now },
    ...{ retired_at: null, retired_why: "" },
  });
  await putVersion(tx, id, 1, given, state);
  await tx.record({
    kind: "faq.drafted",
    about: `answers/faq/${id}`,
    payload: { number, version: 1, category: given.category.trim() },
  });
  return { id, number };
}

/** 版を一つ置く。 */
export async function putVersion(
  tx: Tx,
  faq: string,
  version: number,
  given: FaqContent & { reason: string },
  state: FaqState,
): Promise<void> {
  await insertFaqVersion(tx, {
    ...{ id: `${faq}.${version}`, contract_id: tx.contract, faq_id: faq, version, state },
    ...faqColumns(given),
    ...{ facts: "{}", reason: given.reason.trim(), made_by: tx.actor.id, made_at: tx.now },
    ...{ decided_by: null, decided_at: null, decided_why: "", edition: 1 },
  });
}

/**
 * 案を直す。承認済みの問いなら、次の版の案を作る（前の版は、次が承認されるまで使われ続ける）。
 * @throws AppError BAD_INPUT、REFUSED（承認待ちは直せない）、NOT_FOUND
 */
export async function editFaq(
  office: Office,
  actor: Actor,
  id: string,
  given: FaqContent & { reason: string },
): Promise<{ version: number }> {
  refuseRight("draft", actor);
  await refuseContent(office, actor.contract, given);
  return office.act(actor, async (tx) => {
    const faq = await findFaq(tx, tx.contract, id);
    if (!faq) throw noFaq();
    if (faq.retired_at !== null)
      throw new AppError("REFUSED", "このＦＡＱは外されています。新しく作ってください。");
    const [last] = await listFaqVersions(tx, tx.contract, id);
    let version = 1;
    if (last && (last.state === "draft" || last.state === "returned")) {
      version = last.version;
      const change = { ...faqColumns(given), reason: given.reason.trim(), state: "draft" as const };
      if (!(await updateFaqVersion(tx, last, { ...change, made_by: actor.id, made_at: tx.now })))
        throw new AppError("CONFLICT", "ほかの人が先に直しました。画面を開き直してください。");
    } else {
      if (last) refuseSubmitted(last.state);
      version = (last?.version ?? 0) + 1;
      await putVersion(tx, id, version, given, "draft");
    }
    await tx.record({
      kind: "faq.drafted",
      about: `answers/faq/${id}`,
      payload: { number: faq.number, version, category: given.category.trim() },
    });
    return { version };
  });
}

function refuseSubmitted(state: FaqState): void {
  if (state === "submitted") refuseFaqAct("edit", state);
}

/** 案を承認に回す。 */
export async function submitFaq(office: Office, actor: Actor, id: string): Promise<void> {
  refuseRight("draft", actor);
  await office.act(actor, async (tx) => {
    const faq = await findFaq(tx, tx.contract, id);
    const [last] = await listFaqVersions(tx, tx.contract, id);
    if (!faq || !last) throw noFaq();
    refuseFaqAct("submit", last.state);
    if (!(await updateFaqVersion(tx, last, { state: "submitted" })))
      throw new AppError("CONFLICT", "ほかの人が先に進めました。画面を開き直してください。");
    await tx.record({
      kind: "faq.submitted",
      about: `answers/faq/${id}`,
      payload: { number: faq.number, version: last.version },
    });
  });
}
