import { listKeptFigures } from "../analysis/list-survey-figures.ts";
import { systemActor } from "../base/actor.ts";
import type { Figure, FigureGroup } from "../base/figure.ts";
import { readBookOf } from "../comments/read-book.ts";
import { readPeriod } from "../comments/read-period.ts";
import { readCouncil } from "../council/read-council.ts";
import { listPlans } from "../plan/read-plan.ts";
import { listPlanVersions } from "../plan/read-version.ts";
import type { Office } from "../platform/office.ts";
import { listSources } from "../research/list-sources.ts";
import { sourceKinds } from "../research/source.ts";
import { listImports } from "../survey/import-answers.ts";
import { listSurveys } from "../survey/open-survey.ts";
import { openContract } from "../terms/open-contract.ts";

type Draft = Omit<Figure, "basis">;
type ClauseOf = (word: RegExp) => string;

/**
 * 業務完了報告書に刷る、調査・動向調査・計画・意見公募・有識者会議の数（期によらない）。
 * 契約で使う室だけ。個人情報は含まない。
 */
export async function listStrategyFigures(office: Office, contract: string): Promise<FigureGroup[]> {
  const { blueprint } = await openContract(office, contract);
  const { services } = blueprint;
  const clauseOf: ClauseOf = (word) =>
    blueprint.clauses.find(({ title }) => word.test(title))?.number ?? "－";
  const uses = (name: (typeof services)[number]) => services.includes(name);
  const groups = await Promise.all([
    uses("survey") ? surveyFigures(office, contract, clauseOf) : undefined,
    uses("survey") ? researchFigures(office, contract, clauseOf) : undefined,
    uses("plan") ? planFigures(office, contract, clauseOf) : undefined,
    uses("comments") ? commentFigures(office, contract, clauseOf) : undefined,
    uses("council") ? councilFigures(office, contract, clauseOf) : undefined,
  ]);
  return groups.filter((group) => group !== undefined);
}

function groupOf(title: string, clause: string, basis: string, drafts: readonly Draft[]): FigureGroup {
  return { title, clause, figures: drafts.map((one) => ({ ...one, basis })) };
}

async function surveyFigures(office: Office, contract: string, clauseOf: ClauseOf) {
  const actor = systemActor(contract);
  const surveys = await listSurveys(office, actor);
  if (surveys.length === 0) return undefined;
  const imports = await Promise.all(surveys.map(({ id }) => listImports(office, actor, id)));
  const answers = imports.reduce((sum, own) => sum + (own[0]?.answer_rows ?? 0), 0);
  const kept = await listKeptFigures(office, actor);
  return groupOf("アンケートの集計・分析", clauseOf(/アンケート|集計/), "調査の記録", [
    { label: "調査", value: surveys.length, unit: "件" },
    { label: "集計した回答（最後の取り込み）", value: answers, unit: "件" },
    { label: "報告書に入れた図表", value: kept.length, unit: "点" },
  ]);
}

async function researchFigures(office: Office, contract: string, clauseOf: ClauseOf) {
  const sources = await listSources(office, { contract });
  if (sources.length === 0) return undefined;
  const drafts = sourceKinds.map(
    ({ kind, label }): Draft => ({
      label: `調べた資料（${label}）`,
      value: sources.filter((one) => one.kind === kind).length,
      unit: "件",
    }),
  );
  return groupOf(
    "動向などの調査",
    clauseOf(/動向調査/),
    "資料の登録簿",
    drafts.filter(({ value }) => value > 0),
  );
}

async function planFigures(office: Office, contract: string, clauseOf: ClauseOf) {
  const actor = systemActor(contract);
  const plans = await listPlans(office, actor);
  if (plans.length === 0) return undefined;
  const versions = await Promise.all(plans.map(({ id }) => listPlanVersions(office, actor, id)));
  return groupOf("計画の原稿", clauseOf(/骨子|素案/), "計画の記録", [
    { label: "名のある版（骨子、素案など）", value: versions.flat().length, unit: "版" },
    { label: "原稿の変更", value: plans.reduce((sum, one) => sum + one.sequence, 0), unit: "回" },
  ]);
}

async function commentFigures(office: Office, contract: string, clauseOf: ClauseOf) {
  const period = await readPeriod(office, contract);
  if (period === undefined || period.state === "draft") return undefined;
  const { counts, letters, groups } = await readBookOf(office, contract, period);
  const { people, letters: counted, opinions, distinct } = counts.total;
  return groupOf("意見公募", clauseOf(/パブリックコメントに係る|意見/), "意見公募の記録", [
    { label: "届いた意見書", value: letters.length, unit: "通" },
    { label: "数える意見書", value: counted, unit: "通" },
    { label: "提出者", value: people, unit: "人" },
    { label: "意見", value: opinions, unit: "件" },
    { label: "異なる意見", value: distinct, unit: "件" },
    {
      label: "市の考え方の案を書いた意見",
      value: groups.filter(({ answer }) => answer !== "").length,
      unit: "件",
    },
  ]);
}

async function councilFigures(office: Office, contract: string, clauseOf: ClauseOf) {
  const { meetings, members, minutes, actions } = await readCouncil(office, contract);
  if (meetings.length === 0) return undefined;
  const held = meetings.filter(({ state }) => state === "held");
  return groupOf("有識者会議", clauseOf(/会議/), "有識者会議の記録", [
    { label: "委員", value: members.filter(({ active }) => active).length, unit: "人" },
    { label: "開いた会議", value: held.length, unit: "回" },
    {
      label: "出席した委員（延べ）",
      value: held.flatMap(({ attendance }) => attendance).filter(({ how }) => how !== "absent").length,
      unit: "人",
    },
    {
      label: "確定した会議録",
      value: [...minutes.values()].filter((state) => state === "final").length,
      unit: "回",
    },
    { label: "委員の指摘", value: actions.length, unit: "件" },
    { label: "答えた指摘", value: actions.filter(({ state }) => state === "answered").length, unit: "件" },
  ]);
}
