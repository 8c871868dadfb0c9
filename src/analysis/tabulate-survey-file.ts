import { createHash } from "node:crypto";
import { AppError } from "../base/error.ts";
import { readTables } from "../office/table-reader.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { Codebook } from "../tabulation/codebook.ts";
import { type CodedSurvey, codeAnswers } from "../tabulation/coded-answer.ts";
import type { Correction } from "../tabulation/coded-question.ts";
import type { SurveyBase } from "../tabulation/cross-view.ts";
import { readCodebookFile } from "../tabulation/read-codebook-file.ts";
import { readMargins } from "../tabulation/read-margins-file.ts";
import { readDesign } from "../tabulation/sample-design.ts";
import { readSurveyData, type SurveyData } from "../tabulation/survey-data.ts";
import { type Tabulation, tabulate } from "../tabulation/tabulate.ts";
import { describeWeights, makeWeights, type Weighting } from "../tabulation/weighting.ts";
import { readingNotes } from "./reading-notes.ts";
import { surveyReport } from "./survey-report.ts";
import { tableBook } from "./table-book.ts";

export interface SurveyFile {
  bytes: Uint8Array;
  name: string;
}

export interface TabulatedFile extends Tabulation {
  title: string;
  /** 直したこと。種類ごとの数と、はじめの千件ずつ。 */
  corrections: { counts: Record<string, number>; list: Correction[] };
  weighting?: Omit<Weighting, "weight">;
  /** 報告書の見方。使った設定から作る。 */
  notes: string[];
  /** 回答の表の読み方で、人に確かめてほしいこと（見出し、合計の行、シート）。 */
  readings: string[];
  /** 同じ結果をもう一度作るための、元のファイルの指紋。 */
  sources: { data: string; codebook: string; weights?: string };
}

/** 回答の表とコードブックから、集計、表の一冊（.xlsx）、報告書の案（.docx）を作る。事務所を開かない。 */
export function tabulateSurveyFile(
  given: { data: SurveyFile; codebook: SurveyFile; weights?: SurveyFile; created: string; author: string },
  progress: (done: number, total: number) => void = () => {},
): { found: TabulatedFile; book: Uint8Array; report: Uint8Array } {
  const codebook = readCodebookFile(given.codebook.bytes, given.codebook.name, "調査");
  const data = readSurveyData(given.data.bytes, given.data.name);
  const survey = codeAnswers(data, codebook);
  const weighting = weightsOf(survey, data, codebook, given.weights);
  const design = readDesign(data, codebook.design, weighting?.weight);
  const result = tabulate(survey, codebook, design, progress);
  const notes = readingNotes(codebook, { ...result, lonely: design.lonely }, weighting);
  const { weight: _weight, ...described } = weighting ?? { weight: undefined };
  const found: TabulatedFile = {
    ...{ title: codebook.title, ...result, notes, readings: [...data.notes] },
    corrections: { counts: survey.counts, list: survey.corrections },
    ...(weighting ? { weighting: described as Omit<Weighting, "weight"> } : {}),
    sources: {
      data: hash(given.data),
      codebook: hash(given.codebook),
      ...(given.weights ? { weights: hash(given.weights) } : {}),
    },
  };
  return {
    found,
    book: writeTableWorkbook(tableBook(codebook.title, result, notes)),
    report: writeWordDocument(surveyReport(codebook.title, result, notes, given)),
  };
}

/** 集計のために開いたファイル。 */
export interface OpenedFile {
  codebook: Codebook;
  data: SurveyData;
  base: SurveyBase;
  hasWeight: boolean;
  weighting: Weighting | undefined;
  dataHash: string;
}

/** 回答の表とコードブックを、クロス集計と報告書のために開く。 */
export function openSurveyFile(given: {
  data: SurveyFile;
  codebook: SurveyFile;
  weights?: SurveyFile | undefined;
}): OpenedFile {
  const codebook = readCodebookFile(given.codebook.bytes, given.codebook.name, "調査");
  const data = readSurveyData(given.data.bytes, given.data.name);
  const survey = codeAnswers(data, codebook);
  const weighting = weightsOf(survey, data, codebook, given.weights);
  const design = readDesign(data, codebook.design, weighting?.weight);
  const plain = design.weighted ? readDesign(data, { random: codebook.design.random }) : design;
  const base = { codebook, survey, plain, ...(design.weighted ? { weighted: design } : {}) };
  const parts = [given.data, given.codebook, ...(given.weights ? [given.weights] : [])].map(hash);
  const dataHash = createHash("sha256").update(parts.join("\n")).digest("hex");
  return { codebook, data, base, hasWeight: design.weighted, weighting, dataHash };
}

function hash({ bytes }: SurveyFile): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** ウエイト: ファイル（番号と値、または周辺の表）、コードブックの weighting、design.weight の順に探す。 */
function weightsOf(
  survey: CodedSurvey,
  data: SurveyData,
  codebook: Codebook,
  file: SurveyFile | undefined,
): Weighting | undefined {
  if (file) {
    const own = ownWeights(file, data, codebook);
    return own
      ? describeWeights(own)
      : makeWeights(survey, {
          ...readMargins(file.bytes, file.name, codebook),
          ...(codebook.weighting?.trim ? { trim: codebook.weighting.trim } : {}),
        });
  }
  return codebook.weighting ? makeWeights(survey, codebook.weighting) : undefined;
}

/**
 * 回答ごとのウエイトのファイル（見出しに weight か ウエイト）。番号の列があれば番号で、なければ行の順に合わせる。
 * 周辺の表なら undefined。
 */
function ownWeights(file: SurveyFile, data: SurveyData, codebook: Codebook): Float64Array | undefined {
  const rows =
    readTables(file.bytes, file.name, { cells: 4_000_000, rows: 1_048_576, tables: 50 })[0]?.rows ?? [];
  const head = (rows[0] ?? []).map((cell) => cell.text.normalize("NFKC").trim().toLowerCase());
  const place = head.findIndex((name) => ["weight", "weights", "w", "ウエイト", "ウェイト"].includes(name));
  if (place < 0) return undefined;
  const key = codebook.id === undefined ? -1 : head.indexOf(codebook.id.normalize("NFKC").toLowerCase());
  const values = rows.slice(1).map((row, at) => {
    const weight = Number((row[place]?.text ?? "").replace(/,/g, ""));
    if (!Number.isFinite(weight) || weight < 0 || row[place]?.text.trim() === "")
      throw new AppError("BAD_INPUT", `ウエイトのファイルの${at + 2}行目が、0 以上の数ではありません。`);
    return { id: (row[key]?.text ?? "").normalize("NFKC").trim(), weight };
  });
  const ids = key < 0 || codebook.id === undefined ? undefined : data.column(codebook.id);
  if (!ids && values.length !== data.rows)
    throw new AppError(
      "BAD_INPUT",
      `ウエイトのファイルは${values.length}行、回答は${data.rows}行です。同じ並びの同じ数にするか、番号の列（コードブックの id）を入れてください。`,
    );
  if (!ids) return Float64Array.from(values, ({ weight }) => weight);
  const byId = new Map(values.map(({ id, weight }) => [id, weight]));
  return Float64Array.from(ids, (id, row) => {
    const weight = byId.get(id);
    if (weight === undefined)
      throw new AppError("BAD_INPUT", `回答の${row + 1}行目の番号が、ウエイトのファイルにありません。`);
    return weight;
  });
}
