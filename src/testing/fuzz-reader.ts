import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFaqFile } from "../answers/faq-reader.ts";
import { readSealedHead, readSealedLines } from "../backup/sealed-file.ts";
import { AppError } from "../base/error.ts";
import { verifyCertificate } from "../erasure/certificate.ts";
import { markMonthFile } from "../erasure/mark-month-file.ts";
import { readManuscript } from "../manuscript/manuscript-reader.ts";
import { refigurePlanFile } from "../manuscript/refigure-plan-file.ts";
import { readSlidePlan } from "../manuscript/slide-plan-reader.ts";
import { readWordPlan } from "../manuscript/word-plan-reader.ts";
import { readTranscript } from "../minutes/transcript-reader.ts";
import { svgPng } from "../office/svg-picture.ts";
import { SvgFault } from "../office/svg-shape.ts";
import { readTables } from "../office/table-reader.ts";
import { openZip } from "../office/zip.ts";
import { readLetters } from "../opinions/letter-reader.ts";
import { readMail } from "../opinions/mail-reader.ts";
import { readOpinions } from "../opinions/opinion-reader.ts";
import { readFormAnswer } from "../packages/answer-form-reader.ts";
import { readSignedAnswer } from "../packages/review-answer.ts";
import { readInquiry } from "../plan/inquiry-reader.ts";
import { readUpperItems } from "../plan/upper-reader.ts";
import { readSpecFile } from "../reading/read-spec-file.ts";
import { readStatistics } from "../research/statistics-reader.ts";
import { readClassFile } from "../schedule/read-class-file.ts";
import { verifyLogFile } from "../sealing/verify-log-file.ts";
import { readProfile } from "../staffing/profile-reader.ts";
import { readAnswerFile } from "../survey/import-answers.ts";
import { readCodebook } from "../tabulation/codebook.ts";
import { readCti } from "../telephony/cti-signal.ts";
import { readCallFiles } from "../telephony/read-calls-file.ts";
import { compileTemplate } from "../word/docx-template.ts";
import { readCellMarks } from "../workplan/cell-mark-reader.ts";
import type { FuzzFile } from "./fuzz-file.ts";

export type FuzzReader = () => unknown;

const PLAN: [string, Uint8Array] = ["plan.yaml", Buffer.from("title: 計画\n", "utf8")];
/** 図が一つの原稿（デザインされた Word の図の入れ替え）と、照会した部分の id。 */
const PLAN_FOLDER = new Map([
  PLAN,
  ["a.md", Buffer.from(':::figure {#f title="図" data="data/x.csv" alt="棒"}\n:::\n', "utf8")] as const,
  ["data/x.csv", Buffer.from("項目,値\nA,1\n", "utf8")] as const,
]);
const KNOWN = new Set(["p1", "p2"]);
const KEY = new Uint8Array(32).fill(7);
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8");

/** その名の壊れたファイルを読ませる口の全部。利用者が渡しうるところを残さない。 */
export function fuzzReaders({ name, bytes }: FuzzFile): FuzzReader[] {
  const table = [
    () => readTables(bytes, name),
    () => readClassFile(bytes, name, { today: "2025-09-17" }),
    () => readOpinions(bytes, name),
    () => readAnswerFile(bytes, name),
    () => readFaqFile(bytes, name),
    () => readProfile(bytes, name),
    () => readLetters(bytes, name, { channel: "mail", day: "2025-01-14" }),
    () => readStatistics(bytes, name),
    () => readUpperItems(bytes, name, "A"),
    () => readInquiry(bytes, name, KNOWN),
  ];
  switch (name.slice(name.lastIndexOf("."))) {
    case ".xlsx":
      return [...table, () => readFormAnswer(bytes), () => readCellMarks(bytes), () => markMonthFile(bytes)];
    case ".csv":
      return [...table, () => readCallFiles({ queueLogs: [], cdrs: [], pbx: [{ name, bytes }] })];
    case ".docx":
      return [
        () => openZip(bytes),
        () => compileTemplate(bytes),
        () => readTranscript(bytes),
        () => readFormAnswer(bytes),
        () => readSpecFile(bytes),
        () => readWordPlan(bytes),
        () => markMonthFile(bytes),
        () => readInquiry(bytes, name, KNOWN),
        () => readUpperItems(bytes, name, "A"),
        () => refigurePlanFile(bytes, PLAN_FOLDER),
      ];
    case ".odt":
      return [() => readInquiry(bytes, name, KNOWN), () => readUpperItems(bytes, name, "A")];
    case ".pptx":
      return [() => readSlidePlan(openZip(bytes))];
    case ".svg":
      return [() => drawn(bytes)];
    case ".pdf":
      return [() => readSpecFile(bytes)];
    case ".vtt":
    case ".srt":
      return [() => readTranscript(bytes)];
    case ".txt":
      return [() => readTranscript(bytes), () => readSpecFile(bytes)];
    case ".log":
      return [() => readCallFiles({ queueLogs: [{ name, bytes }], cdrs: [] })];
    case ".cdr":
      return [() => readCallFiles({ queueLogs: [], cdrs: [{ name, bytes }] })];
    case ".eml":
      return [() => readMail(bytes)];
    case ".cti":
      return [() => readCti(textOf(bytes), "application/json"), () => readCti(textOf(bytes), "text/plain")];
    case ".json":
      return [() => readSignedAnswer(bytes), () => verifyCertificate(textOf(bytes))];
    case ".jsonl":
      return [() => verifyLogFile(once(bytes))];
    case ".yaml":
      return [() => readCodebook(textOf(bytes))];
    case ".md":
      return [() => readManuscript(new Map([PLAN, [name, bytes]]))];
    case ".backup":
      return [() => readBackup(bytes)];
    default:
      throw new Error(`no reader is named for ${name}`);
  }
}

/** 描けない絵の断りも、一文である。 */
function drawn(bytes: Uint8Array): unknown {
  try {
    return svgPng(bytes, "17508C");
  } catch (cause) {
    if (!(cause instanceof SvgFault)) throw cause;
    throw new AppError("BAD_INPUT", cause.message);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** 控えはファイルからだけ読めるので、書いてから読む。 */
async function readBackup(bytes: Uint8Array): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-fuzz-"));
  try {
    const path = join(folder, "x.backup");
    writeFileSync(path, bytes);
    await readSealedHead(path);
    for await (const line of readSealedLines(path, KEY)) if (line === undefined) break;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
