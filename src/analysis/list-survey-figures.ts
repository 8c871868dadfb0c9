import { type Actor, systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { listSurveys, type SurveyHead } from "../survey/open-survey.ts";
import { openSurveyData } from "../survey/open-survey-data.ts";
import {
  type FigureRow,
  findFigureRow,
  listFigureRows,
  type OpenFigureRow,
  openFigureRow,
} from "./figure-store.ts";
import {
  type FigureBody,
  figureNote,
  figureShape,
  readFigureBody,
  type SurveyFigure,
} from "./survey-figure.ts";

/** 図一枚と、室の中で使うもの。 */
export interface KeptFigure {
  figure: SurveyFigure;
  body: FigureBody;
  number: number;
  surveyId: string;
  madeAt: Instant;
  row: OpenFigureRow;
  key: SubjectKey;
}

/**
 * 契約の、調査の図の全部（入れた順）。stale は、集計した後に回答かコードブックが変わったこと。
 * @throws AppError FORBIDDEN（調査を見る役割がない）
 */
export async function listSurveyFigures(office: Office, actor: Actor): Promise<SurveyFigure[]> {
  return (await listKeptFigures(office, actor)).map(({ figure }) => figure);
}

/**
 * 図一枚。
 * @throws AppError NOT_FOUND（ない、消去された）、FORBIDDEN
 */
export async function readSurveyFigure(office: Office, actor: Actor, id: string): Promise<SurveyFigure> {
  return (await openFigure(office, actor, id)).figure;
}

export async function listKeptFigures(office: Office, actor: Actor, survey?: string): Promise<KeptFigure[]> {
  const heads = await listSurveys(office, actor);
  const rows = (await listFigureRows(office.read, actor.contract)).filter(
    ({ survey_id }) => survey === undefined || survey_id === survey,
  );
  return openAll(office, actor, heads, rows);
}

export async function openFigure(office: Office, actor: Actor, id: string): Promise<KeptFigure> {
  const heads = await listSurveys(office, actor);
  const row = await findFigureRow(office.read, actor.contract, id);
  const [found] = row ? await openAll(office, actor, heads, [row]) : [];
  if (!found)
    throw new AppError(
      "NOT_FOUND",
      "その図はありません。外されたか、番号が違います。一覧から選び直してください。",
    );
  return found;
}

async function openAll(
  office: Office,
  actor: Actor,
  heads: readonly SurveyHead[],
  rows: readonly FigureRow[],
): Promise<KeptFigure[]> {
  const keys = await office.keys.get(
    actor.contract,
    rows.map(({ id }) => id),
  );
  const hashes = new Map<string, Promise<string | undefined>>();
  const figures = rows.map(async (sealed): Promise<KeptFigure[]> => {
    const key = keys.get(sealed.id);
    if (!key) return [];
    const row = openFigureRow(key, sealed);
    const body = readFigureBody(row.body);
    const head = heads.find(({ id }) => id === row.survey_id);
    const stale = await isStale(office, actor, row, head, hashes);
    return [
      {
        figure: {
          ...{ id: row.id, title: body.title, ...figureShape(body.view), note: figureNote(body.view) },
          ...{ lineage: body.lineage, stale },
        },
        ...{ body, number: row.number, surveyId: row.survey_id, madeAt: row.made_at, row, key },
      },
    ];
  });
  return (await Promise.all(figures)).flat();
}

/** 版が進んでいれば、指紋を比べる（符号だけが変わったなら、図は古くない）。 */
async function isStale(
  office: Office,
  actor: Actor,
  row: OpenFigureRow,
  head: SurveyHead | undefined,
  hashes: Map<string, Promise<string | undefined>>,
): Promise<boolean> {
  if (!head || head.version === row.version) return false;
  const now = hashes.get(head.id) ?? hashNow(office, actor, head.id);
  hashes.set(head.id, now);
  const hash = await now;
  return hash !== undefined && hash !== row.data_hash;
}

/** いまの回答の指紋。回答が消去されていれば undefined（図だけが残る）。開けないほど変わったなら空。 */
async function hashNow(office: Office, actor: Actor, survey: string): Promise<string | undefined> {
  try {
    return (await openSurveyData(office, systemActor(actor.contract), survey)).dataHash;
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return cause.code === "NOT_FOUND" ? undefined : "";
  }
}
