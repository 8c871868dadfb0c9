import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { listImports } from "./import-answers.ts";
import { openSurvey, type SurveyHead } from "./open-survey.ts";
import { openChecked, openSurveyData } from "./open-survey-data.ts";
import { maySurvey } from "./survey-right.ts";

/** 調査の段取りの一つ。 */
export interface SurveyStep {
  key: "import" | "codebook" | "check" | "weight" | "explore";
  label: string;
  state: "done" | "next" | "later" | "look";
  text: string;
  href: string;
}

export interface SurveyOverview {
  head: SurveyHead;
  /** いま言えることの一文。 */
  sentence: string;
  steps: SurveyStep[];
  /** 回答の数（外したものを除く）、設問の数、直した数、確かめるものの数。開ける人だけ。 */
  figures: { answers: number; questions: number; fixes: number; findings: number } | undefined;
  /** 集計できるか。できないときは、わけ。 */
  ready: boolean;
  fault: string | undefined;
  previous: { id: string; title: string } | undefined;
}

/** 調査一つの、いまとこれから。 */
export async function readOverview(office: Office, actor: Actor, id: string): Promise<SurveyOverview> {
  const { head, codebook } = await openSurvey(office, actor, id);
  const previous = head.previous === null ? undefined : await previousOf(office, actor, head.previous);
  const imports = await listImports(office, actor, id);
  const looks = maySurvey("look", actor.roles) && head.has.answers;
  const checked = looks ? await openChecked(office, actor, id) : undefined;
  const findings = Object.values(checked?.checked?.counts ?? {}).reduce((sum, one) => sum + one, 0);
  const misfit = checked?.checked?.counts.misfit ?? 0;
  let fault: string | undefined;
  if (looks && codebook)
    try {
      await openSurveyData(office, actor, id);
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      fault = cause.message;
    }
  const ready = looks && codebook !== undefined && fault === undefined;
  const questions = codebook?.questions.filter(({ matrix }) => matrix === undefined).length ?? 0;
  const figures = checked && {
    ...{ answers: checked.answers.data.rows, questions, findings },
    fixes: checked.answers.fixes.length - checked.answers.missed.length,
  };
  const steps = stepsOf({
    head,
    id,
    imports: imports.length,
    questions,
    findings,
    misfit,
    ready,
    fault,
    codebook,
  });
  return { head, sentence: sentenceOf(steps, figures), steps, figures, ready, fault, previous };
}

async function previousOf(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ id: string; title: string } | undefined> {
  try {
    const { head } = await openSurvey(office, actor, id);
    return { id, title: head.title };
  } catch {
    return undefined;
  }
}

interface Standing {
  head: SurveyHead;
  id: string;
  imports: number;
  questions: number;
  findings: number;
  misfit: number;
  ready: boolean;
  fault: string | undefined;
  codebook: { weighting?: unknown; design: { weight?: string | undefined } } | undefined;
}

function stepsOf(now: Standing): SurveyStep[] {
  const { head, id, imports, questions, findings, misfit, ready, fault, codebook } = now;
  const at = `/surveys/${id}`;
  const { answers, codebook: coded } = head.has;
  const weighted = codebook?.weighting !== undefined || codebook?.design.weight !== undefined;
  const later = (done: boolean, before: boolean) => (done ? "done" : before ? "next" : "later");
  return [
    {
      ...{ key: "import", label: "回答を取り込む", href: `${at}/imports` },
      state: later(answers, true),
      text: answers ? `${imports}回 取り込みました` : "Excel か CSV の回答を読みます",
    },
    {
      ...{ key: "codebook", label: "コードブック", href: `${at}/codebook` },
      state: misfit > 0 ? "look" : later(coded, answers),
      text: coded
        ? misfit > 0
          ? `回答と合わないところが${misfit}つあります`
          : `${questions}問`
        : "設問と選択肢を、列から作ります",
    },
    {
      ...{ key: "check", label: "確かめて直す", href: `${at}/check` },
      state: findings > 0 ? "look" : later(answers && coded, coded),
      text: !coded
        ? "範囲・枝分かれ・重なりを調べます"
        : findings > 0
          ? `確かめるものが${findings}件`
          : "見つかったものはありません",
    },
    {
      ...{ key: "weight", label: "ウエイトと標本設計", href: `${at}/weights` },
      state: fault !== undefined && misfit === 0 ? "look" : later(weighted, coded && answers),
      text: weighted ? "母集団に合わせました" : "母集団に合わせるときに",
    },
    {
      ...{ key: "explore", label: "集計する", href: `${at}/explore` },
      state: ready ? "next" : "later",
      text: ready ? "集計できます" : "上が済むと、集計できます",
    },
  ];
}

function sentenceOf(steps: readonly SurveyStep[], figures: SurveyOverview["figures"]): string {
  const [first, second] = steps;
  if (first?.state === "next") return "回答のファイルを取り込んでください。";
  if (second?.state === "next") return "回答を読みました。コードブックを定めてください。";
  if (!figures) return "回答を取り込んで、集計の支度をしています。";
  const rows = `${figures.answers.toLocaleString("ja-JP")}件の回答、${figures.questions}問。`;
  const ready = steps.some(({ key, state }) => key === "explore" && state === "next");
  if (!ready) return `${rows}集計の前に、直すところがあります。`;
  return figures.findings > 0
    ? `${rows}集計できます。確かめるものが${figures.findings}件残っています。`
    : `${rows}集計できます。`;
}
