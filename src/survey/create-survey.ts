import type { z } from "zod";
import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import type { Codebook } from "../tabulation/codebook.ts";
import { openSurvey, staleSurvey } from "./open-survey.ts";
import { type SurveyAbout, surveyAbout } from "./survey-about.ts";
import { refuseSurveyRole } from "./survey-right.ts";
import { insertSurvey, updateSurvey } from "./survey-store.ts";

export interface SurveyInput {
  title: string;
  /** 書いた欄だけが変わる。 */
  about?: z.input<typeof surveyAbout> | undefined;
  /** 比べる前回の調査の id。 */
  previous?: string | null;
}

/**
 * 調査を作る。
 * @throws AppError BAD_INPUT（件名がない、期間が逆）、FORBIDDEN
 */
export async function createSurvey(
  office: Office,
  actor: Actor,
  input: SurveyInput,
): Promise<{ id: string; number: number }> {
  refuseSurveyRole("work", actor);
  const about = surveyAbout.parse(input.about ?? {});
  refuseFaults(input.title, about);
  if (input.previous) await openSurvey(office, actor, input.previous);
  const key = await office.keys.fresh(actor.contract);
  const people = await office.keys.fresh(actor.contract);
  return office.act(actor, async (tx) => {
    const number = await takeNumber(tx, tx.contract, "survey");
    await insertSurvey(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, number, people_key: people.id },
      ...{ title: input.title.trim(), about: JSON.stringify(about), codebook: "", questionnaire: "" },
      ...{ answers: null, previous: input.previous ?? null, version: 1 },
      ...{ made_by: tx.actor.id, made_at: tx.now, changed_at: tx.now },
    });
    await tx.record({ kind: "survey.created", about: key.id, payload: { number } });
    return { id: key.id, number };
  });
}

/** 件名と概要を直す。 */
export async function changeSurvey(
  office: Office,
  actor: Actor,
  id: string,
  input: SurveyInput & { version: number },
): Promise<void> {
  const { row, key, head } = await openSurvey(office, actor, id, "work");
  const about = surveyAbout.parse({ ...head.about, ...input.about });
  refuseFaults(input.title, about);
  if (input.previous === id)
    throw new AppError("BAD_INPUT", "前回の調査に、この調査そのものは選べません。", {
      faults: [{ field: "previous", message: "ほかの調査を選んでください。" }],
    });
  if (input.previous) await openSurvey(office, actor, input.previous);
  if (row.version !== input.version) throw staleSurvey();
  await office.act(actor, async (tx) => {
    const change = {
      ...{ title: input.title.trim(), about: JSON.stringify(about), changed_at: tx.now },
      previous: input.previous === undefined ? row.previous : input.previous,
    };
    if (!(await updateSurvey(tx, key, row, change))) throw staleSurvey();
    await tx.record({ kind: "survey.changed", about: id, payload: { number: row.number } });
  });
}

/** コードブックを定める。形は readCodebook で確かめたもの。 */
export async function saveCodebook(
  office: Office,
  actor: Actor,
  id: string,
  given: { codebook: Codebook; version?: number; kind?: "survey.codebook" | "survey.weighted" },
): Promise<{ version: number }> {
  const { row, key } = await openSurvey(office, actor, id, "work");
  if (given.version !== undefined && row.version !== given.version) throw staleSurvey();
  return office.act(actor, async (tx) => {
    const change = { codebook: JSON.stringify(given.codebook), changed_at: tx.now };
    if (!(await updateSurvey(tx, key, row, change))) throw staleSurvey();
    const payload = { number: row.number, questions: given.codebook.questions.length };
    await tx.record({ kind: given.kind ?? "survey.codebook", about: id, payload });
    return { version: row.version + 1 };
  });
}

/** 調査票の文を置く（空なら外す）。コードブックの名と突き合わせるのに使う。 */
export async function saveQuestionnaire(
  office: Office,
  actor: Actor,
  id: string,
  text: string,
): Promise<void> {
  const { row, key } = await openSurvey(office, actor, id, "work");
  if (text.length > 500_000)
    throw new AppError("TOO_LARGE", "調査票の文は 50 万字までにしてください。表紙や説明を除いてください。");
  await office.act(actor, async (tx) => {
    const change = { questionnaire: text.trim(), changed_at: tx.now };
    if (!(await updateSurvey(tx, key, row, change))) throw staleSurvey();
    await tx.record({ kind: "survey.questionnaire", about: id, payload: { number: row.number } });
  });
}

function refuseFaults(title: string, { from, to }: SurveyAbout): void {
  const faults: Fault[] = [];
  if (title.trim() === "" || title.length > 120)
    faults.push({ field: "title", message: "調査の名を 1 字から 120 字で書いてください。" });
  if (from !== "" && to !== "" && to < from)
    faults.push({ field: "to", message: "終わりの日を、始まりの日より後にしてください。" });
  const [first] = faults;
  if (first) throw new AppError("BAD_INPUT", first.message, { faults });
}
