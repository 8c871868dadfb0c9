import { checkAnswers, stopsResult } from "../opinions/answer-check.ts";
import type { Office } from "../platform/office.ts";
import { lacksChange } from "./answer-group.ts";
import { bundlesOf, findLikeness } from "./find-likeness.ts";
import { type CommentBook, readBookOf } from "./read-book.ts";
import type { Period } from "./read-period.ts";
import { standingLabels } from "./sort-letter.ts";

export interface OverviewStep {
  name: string;
  href: string;
  look: "done" | "wait" | "none" | "due";
  state: string;
  rest: string;
}

export interface Overview {
  period: Period;
  book: CommentBook;
  sentence: string;
  steps: OverviewStep[];
  /** まだ整理していない、はじめの通。 */
  firstOpen: string | undefined;
  aside: { id: string; name: string; why: string }[];
  /** 人が決めていない、似た意見の組。 */
  unsure: number;
}

/** 意見公募の今を読む。 */
export async function readOverview(office: Office, contract: string, period: Period): Promise<Overview> {
  const book = await readBookOf(office, contract, period);
  const likeness = await findLikeness(office, book, false);
  const unsure = bundlesOf(book, likeness).filter(({ level, open }) => open && level !== "template").length;
  const counted = book.letters.filter(({ standing }) => standing === "counted");
  const open = counted.filter(({ sorted }) => !sorted);
  const steps = stepsOf(book, open.length, unsure);
  return {
    ...{ period, book, steps, unsure, firstOpen: open[0]?.id },
    sentence: sentenceOf(period, counted.length, open.length, unansweredOf(book)),
    aside: book.letters
      .filter(({ standing }) => standing !== "counted")
      .map(({ id, name, standing, note }) => ({ id, name, why: note || standingLabels[standing] })),
  };
}

/** 答えの決まっていない意見。 */
export function unansweredOf({ opinions, letterOf, groupOf }: CommentBook): number {
  return opinions.filter(({ letter, group }) => {
    if (letterOf.get(letter)?.standing !== "counted") return false;
    const own = group === null ? undefined : groupOf.get(group);
    return own === undefined || own.answer === "" || own.status === "";
  }).length;
}

function sentenceOf(period: Period, letters: number, open: number, unanswered: number): string {
  if (period.state === "draft") return "意見公募を準備しています。";
  if (letters === 0) return "意見はまだ届いていません。";
  if (open > 0) return `${letters}通のうち${letters - open}通を整理しました。あと${open}通です。`;
  if (unanswered > 0) return `${letters}通すべてを整理しました。答えのない意見が${unanswered}件あります。`;
  return `${letters}通すべてを整理し、すべての意見に答えました。`;
}

/** 答えの確かめ。計画の変更のない「修正する」も見る。 */
export function answerFaults(book: CommentBook) {
  return checkAnswers(
    book.groups.map((one) => ({
      ...{ id: one.id, number: one.number, code: one.code, summary: one.summary, answer: one.answer },
      ...{ status: one.status, lacksChange: lacksChange(book.period, one) },
    })),
  );
}

function stepsOf(book: CommentBook, open: number, unsure: number): OverviewStep[] {
  const { period, letters, groups } = book;
  const counted = letters.filter(({ standing }) => standing === "counted").length;
  const unanswered = unansweredOf(book);
  const asked = groups.filter(({ state }) => state === "asked").length;
  const agreed = groups.filter(({ state }) => state === "agreed").length;
  const stops = answerFaults(book).filter(stopsResult).length;
  const received = letters.length > 0;
  return [
    {
      ...{ name: "受け取り", href: "/comments/letters" },
      ...(period.state === "draft"
        ? { look: "none" as const, state: "準備中", rest: "公表するものをそろえて、始めます" }
        : period.state === "open"
          ? { look: "wait" as const, state: "受付中", rest: `${letters.length}通を受け取りました` }
          : {
              look: "done" as const,
              state: "締切済み",
              rest: `${letters.length}通（うち数えるもの${counted}通）`,
            }),
    },
    step("意見の整理", "/comments/letters?state=new", received, open, `整理していない通 ${open}`),
    step("似た意見", "/comments/alike", received, unsure, `人が決めていない組 ${unsure}`),
    step("市の考え方", "/comments/answers", received, unanswered, `答えのない意見 ${unanswered}件`),
    {
      ...{ name: "部局の確認", href: "/comments/rounds" },
      look: groups.length > 0 && agreed === groups.length ? "done" : asked + agreed > 0 ? "wait" : "none",
      state: groups.length > 0 && agreed === groups.length ? "確認済み" : asked > 0 ? "確認中" : "これから",
      rest: `確認済み ${agreed}／${groups.length}、確認中 ${asked}`,
    },
    {
      ...{ name: "結果の公表", href: "/comments/result" },
      look: period.state === "published" ? "done" : "none",
      state: period.state === "published" ? "公表済み" : "これから",
      rest:
        stops > 0 || unanswered > 0 ? `止めているもの ${stops + (unanswered > 0 ? 1 : 0)}` : "書き出せます",
    },
  ];
}

function step(name: string, href: string, started: boolean, rest: number, words: string): OverviewStep {
  if (!started) return { name, href, look: "none", state: "これから", rest: "意見が届いてから" };
  return rest === 0
    ? { name, href, look: "done", state: "済み", rest: "残りはありません" }
    : { name, href, look: "wait", state: "途中", rest: words };
}
