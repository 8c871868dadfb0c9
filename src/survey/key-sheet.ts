import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import type { Codebook } from "../tabulation/codebook.ts";
import { splitList } from "../tabulation/describe-columns.ts";
import { surveyDataOf } from "../tabulation/survey-data.ts";
import { respondentIds } from "./answer-fix.ts";
import { columnsOf } from "./check-answers.ts";
import {
  compareSheets,
  rowOf,
  type SheetAnswers,
  type SheetDifference,
  sheetFields,
} from "./compare-sheets.ts";
import { adoptImport, keepAnswers } from "./import-answers.ts";
import { openSurvey } from "./open-survey.ts";
import { openAnswers } from "./open-survey-data.ts";
import { listSheetRows, markSheetsTaken, type OpenSheetRow, putSheet } from "./sheet-store.ts";

/** 打ち込みの書ける調査。コードブックがなければ REFUSED。 */
export async function openEntry(
  office: Office,
  actor: Actor,
  surveyId: string,
): Promise<{ codebook: Codebook; people: SubjectKey; title: string; head: { id: string; title: string } }> {
  const { codebook, row, head } = await openSurvey(office, actor, surveyId, "key");
  if (!codebook)
    throw new AppError(
      "REFUSED",
      "コードブックを定めてから、打ち込んでください。調査票のとおりの設問と選択肢が要ります。",
    );
  const people = (await office.keys.get(actor.contract, [row.people_key])).get(row.people_key);
  if (!people) throw new AppError("NOT_FOUND", "この調査の回答は消去されています。");
  return { codebook, people, title: head.title, head };
}

export type SheetState = "first" | "same" | "differs" | "settled" | "taken";

export interface SheetStanding {
  sheet: string;
  state: SheetState;
  differences: SheetDifference[];
  /** 一人目・二人目（従業者の仮名）。 */
  by: (string | undefined)[];
  answers: (SheetAnswers | undefined)[];
}

/** 調査票ごとの、打ち込みの進み。 */
export async function listSheets(office: Office, actor: Actor, surveyId: string): Promise<SheetStanding[]> {
  const { codebook, people } = await openEntry(office, actor, surveyId);
  const rows = await listSheetRows(office.read, people, actor.contract, surveyId);
  return [...Map.groupBy(rows, ({ sheet }) => sheet)].map(([sheet, own]) => standingOf(codebook, sheet, own));
}

function standingOf(codebook: Codebook, sheet: string, rows: readonly OpenSheetRow[]): SheetStanding {
  const of = (pass: number) => rows.find((row) => row.pass === pass);
  const answersOf = (row: OpenSheetRow | undefined) => row && (JSON.parse(row.body) as SheetAnswers);
  const [first, second, third] = [of(1), of(2), of(3)];
  const answers = [answersOf(first), answersOf(second), answersOf(third)];
  const differences = answers[0] && answers[1] ? compareSheets(codebook, answers[0], answers[1]) : [];
  const state: SheetState =
    third?.taken === 1
      ? "taken"
      : third
        ? "settled"
        : !first || !second
          ? "first"
          : differences.length > 0
            ? "differs"
            : "same";
  return { sheet, state, differences, by: [first?.made_by, second?.made_by], answers };
}

/**
 * 調査票を一枚打ち込む。二度目は、別の人が、一度目を見ずに打つ。二つが同じなら、そのまま決まる。
 * @throws AppError BAD_INPUT（番号、選択肢にないコード。欄の名つき）、REFUSED（同じ人の二度目、もう決まった調査票）
 */
export async function keySheet(
  office: Office,
  actor: Actor,
  surveyId: string,
  given: { sheet: string; pass: 1 | 2; answers: SheetAnswers },
): Promise<{ state: SheetState; differences: number }> {
  const { codebook, people } = await openEntry(office, actor, surveyId);
  const sheet = sheetNumber(given.sheet);
  const answers = readSheet(codebook, given.answers);
  const now = (await listSheets(office, actor, surveyId)).find((one) => one.sheet === sheet);
  if (now?.state === "settled" || now?.state === "taken")
    throw new AppError(
      "REFUSED",
      `調査票 ${sheet} は、もう決まっています。直すときは「確かめ」の画面で直してください。`,
    );
  if (given.pass === 2 && !now?.answers[0])
    throw new AppError("REFUSED", `調査票 ${sheet} は、一度目の打ち込みがまだです。`);
  if (now?.by[given.pass === 1 ? 1 : 0] === actor.id)
    throw new AppError("REFUSED", "二度目の打ち込みは、一度目と別の人が行ってください。");
  const other = now?.answers[given.pass === 1 ? 1 : 0];
  const differences = other ? compareSheets(codebook, other, answers) : [];
  const same = other !== undefined && differences.length === 0;
  const passes = same ? [given.pass, 3] : [given.pass];
  await office.act(actor, async (tx) => {
    for (const pass of passes)
      await putSheet(tx, people, {
        ...{ id: newId(), contract_id: tx.contract, survey_id: surveyId, key_id: people.id, sheet, pass },
        ...{ body: JSON.stringify(answers), taken: 0, made_by: tx.actor.id, made_at: tx.now, edition: 1 },
      });
    await tx.record({
      kind: "survey.keyed",
      about: surveyId,
      payload: { sheet, pass: given.pass, differences: differences.length },
    });
  });
  return { state: same ? "settled" : other ? "differs" : "first", differences: differences.length };
}

/** 二人の違いを、調査票を見て決める。choices は、違う列ごとの値。 */
export async function settleSheet(
  office: Office,
  actor: Actor,
  surveyId: string,
  given: { sheet: string; choices: SheetAnswers },
): Promise<void> {
  const { codebook, people } = await openEntry(office, actor, surveyId);
  const now = (await listSheets(office, actor, surveyId)).find((one) => one.sheet === given.sheet);
  if (now?.state !== "differs" || !now.answers[0])
    throw new AppError("CONFLICT", "この調査票に、決める違いはありません。一覧から選び直してください。");
  const faults = now.differences
    .filter(({ column }) => given.choices[column] === undefined)
    .map(({ column }): Fault => ({ field: column, message: "どちらかを選ぶか、正しい値を書いてください。" }));
  if (faults.length > 0)
    throw new AppError("BAD_INPUT", `${faults.length}つの違いが、まだ決まっていません。`, { faults });
  const chosen = Object.fromEntries(
    now.differences.map(({ column }) => [column, given.choices[column] ?? ""]),
  );
  const answers = readSheet(codebook, { ...now.answers[0], ...chosen });
  await office.act(actor, async (tx) => {
    await putSheet(tx, people, {
      ...{
        id: newId(),
        contract_id: tx.contract,
        survey_id: surveyId,
        key_id: people.id,
        sheet: given.sheet,
      },
      ...{
        pass: 3,
        body: JSON.stringify(answers),
        taken: 0,
        made_by: tx.actor.id,
        made_at: tx.now,
        edition: 1,
      },
    });
    const payload = { sheet: given.sheet, differences: now.differences.length };
    await tx.record({ kind: "survey.settled", about: surveyId, payload });
  });
}

/** 決まった調査票を、回答に加える（いまの回答の後ろに。番号が重なるものは断る）。 */
export async function takeSheets(
  office: Office,
  actor: Actor,
  surveyId: string,
): Promise<{ added: number; rows: number }> {
  const { head } = await openSurvey(office, actor, surveyId, "work");
  const { codebook, people } = await openEntry(office, actor, surveyId);
  const settled = (await listSheets(office, actor, surveyId)).filter(({ state }) => state === "settled");
  if (settled.length === 0)
    throw new AppError(
      "REFUSED",
      "回答に加える調査票がありません。二人の打ち込みが同じになったものを加えます。",
    );
  const old = head.has.answers ? (await openAnswers(office, actor, surveyId)).before : undefined;
  const names = old ? [...old.names] : columnNames(codebook);
  const known = new Set(old ? respondentIds(old, codebook.id) : []);
  const twice = settled.find(({ sheet }) => known.has(sheet));
  if (twice)
    throw new AppError(
      "REFUSED",
      `調査票 ${twice.sheet} と同じ番号の回答が、もうあります。番号をご確認ください。`,
    );
  const added = settled.map(({ sheet, answers }) => rowOf(codebook, names, sheet, answers[2] ?? {}));
  const raws = names.map((name, at) => [...(old?.raw(name) ?? []), ...added.map((row) => row[at] ?? "")]);
  const data = surveyDataOf(names, raws, (old?.rows ?? 0) + added.length);
  const sha256 = createHash("sha256").update(JSON.stringify(raws)).digest("hex");
  const kept = await keepAnswers(office, actor, surveyId, {
    data,
    encoding: "entry",
    sha256,
    source: "entry",
  });
  await adoptImport(office, actor, surveyId, { id: kept.id });
  await office.act(actor, async (tx) => {
    await markSheetsTaken(tx, tx.contract, surveyId);
    await tx.record({
      kind: "survey.settled",
      about: surveyId,
      payload: { taken: added.length, key: people.id },
    });
  });
  return { added: added.length, rows: data.rows };
}

function columnNames(codebook: Codebook): string[] {
  const own = codebook.questions.flatMap((question) => [
    ...columnsOf(question),
    ...question.options.flatMap(({ write }) => write ?? []),
  ]);
  return [...new Set([codebook.id ?? "番号", ...own])];
}

function sheetNumber(text: string): string {
  const sheet = text.normalize("NFKC").trim();
  const message = "調査票の番号を、英数字と - で 20 字までに書いてください。";
  if (!/^[A-Za-z0-9-]{1,20}$/.test(sheet))
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "sheet", message }] });
  return sheet;
}

/** 打たれた値を読む。選ぶ設問では、選択肢か、答えのない印だけを受ける。 */
function readSheet(codebook: Codebook, given: SheetAnswers): Record<string, string> {
  const faults: Fault[] = [];
  const answers: Record<string, string> = {};
  for (const { column, question, write } of sheetFields(codebook)) {
    const raw = given[column] ?? "";
    const free = write || question.type === "text";
    const value = free ? raw.trim() : raw.normalize("NFKC").trim();
    const fault = free ? undefined : faultOf(question, value);
    if (value.length > 10_000) faults.push({ field: column, message: "10,000 字までにしてください。" });
    else if (fault !== undefined) faults.push({ field: column, message: fault });
    else answers[column] = value;
  }
  const [first] = faults;
  if (first) throw new AppError("BAD_INPUT", `${faults.length}つの欄に、直すところがあります。`, { faults });
  return answers;
}

function faultOf(question: Codebook["questions"][number], value: string): string | undefined {
  if (value === "") return undefined;
  const missing = Object.values(question.missing as Record<string, string[] | undefined>).flatMap(
    (one) => one ?? [],
  );
  if (missing.includes(value)) return undefined;
  if (question.type === "number")
    return Number.isFinite(Number(value.replaceAll(",", ""))) ? undefined : "数を書いてください。";
  const known = new Set(question.options.map(({ code }) => code));
  const parts = question.type === "sa" ? [value] : splitList(value.replace(/\s+/g, ","));
  const stray = parts.find((part) => !known.has(part));
  return stray === undefined ? undefined : `「${stray}」は選択肢にありません。`;
}
