import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { openSurveyData } from "../survey/open-survey-data.ts";
import { refuseSurveyRole } from "../survey/survey-right.ts";
import { compareWaves, type WaveComparison } from "../waves/compare-waves.ts";
import { readWaveFile } from "../waves/read-wave-file.ts";
import { type WaveTables, waveOf } from "../waves/wave.ts";
import { type KeptWave, openReportBody, saveReportBody } from "./report-body.ts";

/** 一つの報告書で比べる前の回の上限（表と図に収まる数）。 */
const MOST = 4;

export interface WaveBoard {
  /** いまの調査の名。 */
  title: string;
  waves: KeptWave[];
  now: WaveTables;
  comparisons: WaveComparison[];
}

/** 前の回との比べ。回答とコードブックが要る（REFUSED）。 */
export async function openWaves(office: Office, actor: Actor, survey: string): Promise<WaveBoard> {
  const { tables: now, title } = await tablesOf(office, actor, survey, "今回");
  const waves = (await openReportBody(office, actor, survey))?.body.waves ?? [];
  return { title, waves, now, comparisons: compareWaves(now, waves) };
}

async function tablesOf(
  office: Office,
  actor: Actor,
  survey: string,
  label: string,
): Promise<{ tables: WaveTables; title: string }> {
  const { coded, codebook, design, survey: head } = await openSurveyData(office, actor, survey);
  return { tables: waveOf(label, coded, codebook, design), title: head.title };
}

/**
 * 前の回を足す。集計表のファイルか、この事務所の別の調査。いちばん新しい前の回が、差を比べる相手になる。
 * @throws AppError BAD_INPUT（読めない、名がない、多すぎる）、REFUSED（その調査に回答がない）、FORBIDDEN
 */
export async function addWave(
  office: Office,
  actor: Actor,
  survey: string,
  given: { label: string; file?: { bytes: Uint8Array; name: string }; survey?: string },
): Promise<KeptWave> {
  refuseSurveyRole("work", actor);
  const label = given.label.trim();
  if (label === "" || label.length > 40)
    throw fault("label", "前の回の名を、40字までで入れてください（例: 令和元年度）。");
  const kept = await openReportBody(office, actor, survey);
  const waves = kept?.body.waves ?? [];
  if (waves.length >= MOST)
    throw fault("label", `比べる前の回は、${MOST}回までです。要らないものを外してください。`);
  if (waves.some((one) => one.label === label)) throw fault("label", `「${label}」は、もう入っています。`);
  const tables = await readTables(office, actor, survey, { ...given, label });
  const id = (await office.keys.fresh(actor.contract)).id;
  const wave: KeptWave = { ...tables.tables, id, source: tables.source, map: {} };
  await saveReportBody(office, actor, survey, {
    kept,
    change: { waves: [...waves, wave] },
    event: { kind: "analysis.wave", payload: { act: "add", wave: id, questions: wave.questions.length } },
  });
  return wave;
}

async function readTables(
  office: Office,
  actor: Actor,
  survey: string,
  given: { label: string; file?: { bytes: Uint8Array; name: string }; survey?: string },
): Promise<{ tables: WaveTables; source: string }> {
  if (given.file)
    return {
      tables: readWaveFile(given.file.bytes, given.file.name, given.label),
      source: "集計表のファイル",
    };
  if (given.survey === undefined || given.survey === "")
    throw fault("file", "前回の集計表のファイルか、事務所の中の前の調査を選んでください。");
  if (given.survey === survey)
    throw fault("survey", "この調査そのものとは比べられません。前の調査を選んでください。");
  const { tables, title } = await tablesOf(office, actor, given.survey, given.label);
  return { tables, source: title };
}

/** 前の回の対応を決める、または外す。NOT_FOUND（その回がない）、BAD_INPUT（ない設問）。 */
export async function changeWave(
  office: Office,
  actor: Actor,
  survey: string,
  id: string,
  given: { drop: true } | { map: Readonly<Record<string, string>> },
): Promise<void> {
  refuseSurveyRole("work", actor);
  const kept = await openReportBody(office, actor, survey);
  const wave = kept?.body.waves.find((one) => one.id === id);
  if (!kept || !wave)
    throw new AppError("NOT_FOUND", "その前の回は、もう外されています。画面を開き直してください。");
  if ("map" in given) {
    const known = new Set(wave.questions.map((one) => one.id));
    const unknown = Object.values(given.map).find((one) => one !== "" && !known.has(one));
    if (unknown !== undefined) throw fault("map", `前の回に、設問 ${unknown} はありません。`);
    const used = Object.values(given.map).filter((one) => one !== "");
    const twice = used.find((one, at) => used.indexOf(one) < at);
    if (twice !== undefined) throw fault("map", `前の回の設問 ${twice} が、二つの設問に対応しています。`);
  }
  const waves = kept.body.waves.flatMap((one) =>
    one.id !== id ? [one] : "drop" in given ? [] : [{ ...one, map: { ...given.map } }],
  );
  await saveReportBody(office, actor, survey, {
    kept,
    change: { waves },
    event: { kind: "analysis.wave", payload: { act: "drop" in given ? "drop" : "map", wave: id } },
  });
}

function fault(field: string, message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
}
