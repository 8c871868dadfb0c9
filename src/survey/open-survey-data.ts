import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { onErased } from "../platform/forget-erased.ts";
import { openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import type { Codebook } from "../tabulation/codebook.ts";
import { type CodedSurvey, codeAnswers } from "../tabulation/coded-answer.ts";
import { readDesign, type SampleDesign } from "../tabulation/sample-design.ts";
import type { SurveyData } from "../tabulation/survey-data.ts";
import { makeWeights, type Weighting } from "../tabulation/weighting.ts";
import { type AnswerFix, answerFix, applyFixes, respondentIds } from "./answer-fix.ts";
import { unpackAnswers } from "./answer-pack.ts";
import { type CheckedAnswers, checkAnswers } from "./check-answers.ts";
import { type CodedTextColumn, codedTexts, withCodedTexts } from "./coded-text.ts";
import { listCodingRows, listFrameRows } from "./coding-store.ts";
import { listFixRows, openFixRow } from "./fix-store.ts";
import { type OpenedSurvey, openSurvey, type SurveyHead } from "./open-survey.ts";

/** 集計のための調査一つ。同じ版のあいだは同じものを返すので、書き換えてはならない。 */
export interface SurveyDataSet {
  readonly survey: SurveyHead;
  /** 符号を付けた自由記述を、足した設問として含む。 */
  readonly codebook: Codebook;
  /** 直した後の回答。 */
  readonly data: SurveyData;
  /** 行ごとの、回答の番号（外した回答は、data にも ids にもない）。 */
  readonly ids: readonly string[];
  /** コードにした回答（範囲・枝分かれを当てたもの）。 */
  readonly coded: CodedSurvey;
  /** コードブックの weighting から作ったウエイト。書かれていなければ undefined。 */
  readonly weighting: Weighting | undefined;
  /** ウエイト・層・集落・母集団修正。 */
  readonly design: SampleDesign;
  /** 効いている直しの数。 */
  readonly corrections: number;
  /** 回答、直したこと、コードブックの指紋（SHA-256、16進）。同じなら同じ集計になる。 */
  readonly dataHash: string;
}

/** 直す前と後の回答。コードブックに合うかは問わない（確かめる画面が使う）。 */
export interface SurveyAnswers {
  readonly head: SurveyHead;
  readonly codebook: Codebook | undefined;
  readonly before: SurveyData;
  readonly beforeIds: readonly string[];
  readonly data: SurveyData;
  readonly ids: readonly string[];
  readonly fixes: readonly AnswerFix[];
  /** 指す回答がなくなった直し（取り込み直したとき）。 */
  readonly missed: readonly AnswerFix[];
  readonly dataHash: string;
  /** 回答のファイルの指紋。 */
  readonly sha256: string;
  /** 符号を付けた自由記述（集計では、いくつでも選ぶ設問になる）。 */
  readonly free: readonly CodedTextColumn[];
}

interface Kept {
  /** 回答者の照合の鍵。壊されたら忘れる。 */
  peopleKey: string;
  version: number;
  /** いまの回答のファイルと、その中身（直す前）。ファイルが同じなら読み直さない。 */
  fileId: string;
  answers: SurveyAnswers;
  set?: SurveyDataSet;
  checked?: CheckedAnswers;
}

/** 事務所ごとに、開いた回答を少しだけ覚える。事務所が閉じれば（封印すれば）一緒に消える。 */
const opened = new WeakMap<Office, Map<string, Kept>>();
const KEEP = 4;

/**
 * 集計のために調査を開く。同じ版なら二度目からは覚えたものを返す。
 * @throws AppError NOT_FOUND（調査がない・消去された）、REFUSED（回答かコードブックがまだ）、
 *   BAD_INPUT（コードブックと合わない、ウエイトが作れない。どこかと直し方を言う）、FORBIDDEN
 */
export async function openSurveyData(office: Office, actor: Actor, surveyId: string): Promise<SurveyDataSet> {
  const kept = await openKept(office, actor, surveyId);
  kept.set ??= makeSet(kept.answers);
  return kept.set;
}

/** 回答を開く。コードブックはまだなくてもよい。REFUSED（回答がまだ）。 */
export async function openAnswers(office: Office, actor: Actor, surveyId: string): Promise<SurveyAnswers> {
  return (await openKept(office, actor, surveyId)).answers;
}

/** 回答と、確かめた結果（コードブックがあるとき）。 */
export async function openChecked(
  office: Office,
  actor: Actor,
  surveyId: string,
): Promise<{ answers: SurveyAnswers; checked: CheckedAnswers | undefined }> {
  const kept = await openKept(office, actor, surveyId);
  const { codebook, data, ids } = kept.answers;
  if (codebook) kept.checked ??= checkAnswers(data, ids, codebook);
  return { answers: kept.answers, checked: kept.checked };
}

/** 覚えている回答の数（この事務所の、このプロセスで）。 */
export function keptAnswers(office: Office): number {
  return opened.get(office)?.size ?? 0;
}

/** 覚える所。回答か回答者の鍵が（どのプロセスで）壊されても、だれも開かないうちに忘れる（特記 第13条）。 */
function memoryOf(office: Office): Map<string, Kept> {
  const known = opened.get(office);
  if (known) return known;
  const memory = new Map<string, Kept>();
  opened.set(office, memory);
  onErased(office, (keys) => {
    for (const [place, { fileId, peopleKey }] of memory)
      if (keys.has(fileId) || keys.has(peopleKey)) memory.delete(place);
  });
  return memory;
}

async function openKept(office: Office, actor: Actor, surveyId: string): Promise<Kept> {
  const survey = await openSurvey(office, actor, surveyId, "look");
  const memory = memoryOf(office);
  const place = `${actor.contract}/${surveyId}`;
  const known = memory.get(place);
  memory.delete(place);
  const fileId = survey.row.answers;
  if (fileId === null)
    throw new AppError("REFUSED", "この調査には、まだ回答がありません。回答のファイルを取り込んでください。");
  const keys = await office.keys.get(actor.contract, [fileId, survey.row.people_key]);
  // 鍵が壊された（消去された）ら、覚えていた回答も使わない。
  if (!keys.has(fileId) || !keys.has(survey.row.people_key))
    throw new AppError("NOT_FOUND", "この調査の回答は消去されています。集計の結果だけが残っています。");
  const kept =
    known?.version === survey.head.version
      ? known
      : {
          ...{ version: survey.head.version, fileId, peopleKey: survey.row.people_key },
          answers: await readAnswers(office, survey, fileId, known?.fileId === fileId ? known : undefined),
        };
  memory.set(place, kept);
  for (const old of [...memory.keys()].slice(0, -KEEP)) memory.delete(old);
  return kept;
}

async function readAnswers(
  office: Office,
  survey: OpenedSurvey,
  fileId: string,
  known: Kept | undefined,
): Promise<SurveyAnswers> {
  const { row, head, codebook } = survey;
  const [file, fixRows, keys, frames, codings] = await Promise.all([
    known ? undefined : openFile(office, row.contract_id, fileId),
    listFixRows(office.read, row.contract_id, row.id),
    office.keys.get(row.contract_id, [row.people_key]),
    listFrameRows(office.read, survey.key, row.contract_id, row.id),
    listCodingRows(office.read, row.contract_id, row.id),
  ]);
  const key = keys.get(row.people_key);
  const before = known?.answers.before ?? unpackAnswers(file?.bytes ?? new Uint8Array());
  const sha256 = known?.answers.sha256 ?? file?.sha256 ?? "";
  const beforeIds = respondentIds(before, codebook?.id);
  const fixes = fixRows
    .filter(({ undone_at }) => undone_at === null)
    .map((one) => answerFix.parse(JSON.parse(openFixRow(key, one).body)));
  const { data, ids, missed } = applyFixes(before, beforeIds, fixes);
  const dataHash = createHash("sha256")
    .update(`${sha256}\n${JSON.stringify(fixes)}\n${row.codebook}`)
    .update(JSON.stringify(codings.map((one) => [one.question, one.pass, one.respondent_hmac, one.codes])))
    .digest("hex");
  const free = key && codebook ? codedTexts({ codebook, data, ids, people: key, frames, codings }) : [];
  return { head, codebook, before, beforeIds, data, ids, fixes, missed, dataHash, sha256, free };
}

function makeSet(answers: SurveyAnswers): SurveyDataSet {
  const { head, ids, fixes, missed, dataHash, free } = answers;
  if (!answers.codebook)
    throw new AppError(
      "REFUSED",
      "この調査には、まだコードブックがありません。設問と選択肢を確かめて、コードブックを定めてください。",
    );
  const { codebook, data } = withCodedTexts(answers.codebook, answers.data, free);
  const coded = codeAnswers(data, codebook);
  const weighting = codebook.weighting ? makeWeights(coded, codebook.weighting) : undefined;
  const design = readDesign(data, codebook.design, weighting?.weight);
  const corrections = fixes.length - missed.length;
  return { survey: head, codebook, data, ids, coded, weighting, design, corrections, dataHash };
}
