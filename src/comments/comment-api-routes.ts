import type { z } from "zod";
import { AppError } from "../base/error.ts";
import { getApi, postApi } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { answerGroup, answerGroups, answerOpinion } from "./answer-group.ts";
import {
  answerAsk,
  answersAsk,
  codeAsk,
  frameAsk,
  LETTER_BYTES,
  letterAsk,
  MAIL_BYTES,
  maskAsk,
  periodBodyAsk,
  roundAsk,
  sortedAsk,
  splitAsk,
  splitOf,
  standAsk,
  withAsk,
} from "./comment-ask.ts";
import { draftAnswer } from "./draft-answer.ts";
import { codeOpinion, joinOpinions, partOpinions } from "./join-opinions.ts";
import { codeChange } from "./letter-routes.tsx";
import { listBlocks } from "./link-plan.ts";
import { readResult } from "./make-result.ts";
import { chapterCounts } from "./map-page.tsx";
import { changeFrame, closePeriod, openPeriod, savePeriod } from "./open-period.ts";
import { prepareAnswers } from "./prepare-answers.ts";
import { type Letter, readBook } from "./read-book.ts";
import { readDesk } from "./read-desk.ts";
import { readMailFile, readTableFile, typedLetter } from "./read-letter-file.ts";
import { receiveLetters } from "./receive-letters.ts";
import { sendRound, settleRound } from "./send-round.ts";
import { maskLetter, reopenLetter, sortLetter, standLetter } from "./sort-letter.ts";
import { splitLetter, undoSplit } from "./split-opinions.ts";
import { takeSorted } from "./take-sorted.ts";

const id = (ask: Ask) => ask.param("id");
const done = (ask: Ask) => ask.reply({ ok: true });

/** 数と、その内訳。 */
async function counts(ask: Ask): Promise<Response> {
  const book = await readBook(ask.office, ask.actor.contract);
  const { total, byChannel, byAge, bySection, byStatus, kids, strings, faults } = book.counts;
  return ask.reply({
    period: {
      title: book.period.title,
      state: book.period.state,
      from: book.period.from,
      to: book.period.to,
    },
    ...{
      ...total,
      strings,
      kids,
      faults,
      byChannel,
      byAge,
      bySection,
      byStatus,
      chapters: chapterCounts(book),
    },
  });
}

/** 通の JSON の形（原本・差出人は入らない）。 */
export function letterJson({
  id: own,
  number,
  channel,
  day,
  age,
  ward,
  kids,
  signers,
  standing,
  sorted,
  masked,
  text,
}: Letter) {
  return { id: own, number, channel, day, age, ward, kids, signers, standing, sorted, masked, text };
}

async function letters(ask: Ask): Promise<Response> {
  const book = await readBook(ask.office, ask.actor.contract);
  const own = Map.groupBy(book.opinions, ({ letter }) => letter);
  return ask.reply({
    letters: book.letters.map((one) => ({
      ...letterJson(one),
      opinions: (own.get(one.id) ?? []).map(({ id: opinion, name, ranges, code, also, block, group }) => ({
        ...{ id: opinion, name, ranges, code, also, block, group },
      })),
    })),
  });
}

async function receiveFile(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  if (!file) throw new AppError("BAD_INPUT", "file にファイルを付けてください。");
  const form = Object.fromEntries(await ask.form());
  const isMail = /\.(?:eml|zip)$/i.test(file.fileName);
  const given = isMail ? await readMailFile(file, ask.today) : readTableFile(file, form, ask.today);
  return ask.reply(await receiveLetters(ask.office, ask.actor, given), 201);
}

async function receiveOne(ask: Ask): Promise<Response> {
  const letter = typedLetter(await ask.json(letterInput), undefined);
  return ask.reply(await receiveLetters(ask.office, ask.actor, [letter]), 201);
}

async function answers(ask: Ask): Promise<Response> {
  const { book, stops, advice, comments } = await readResult(ask.office, ask.actor);
  return ask.reply({
    stops,
    advice,
    answers: comments.groups.map(
      ({ id: own, number, code, summary, answer, status, state, members, changeRef, change }) => ({
        ...{ id: own, number, code, summary, answer, status, state, changeRef, change: change ?? null },
        opinions: members.map(({ id: opinion }) => opinion),
      }),
    ),
    changes: book.changes,
  });
}

const letterInput: z.ZodType<z.infer<typeof letterAsk>> = letterAsk;

/** 意見公募の JSON の道。 */
export const commentApiRoutes: Route[] = [
  getApi("comments.counts.api", "/api/comments", "四つの数と内訳（合わない所は faults）", counts),
  postApi(
    "comments.period.api",
    "/api/comments/period",
    "公表するものを書き残す",
    periodBodyAsk,
    async (ask) => {
      const { edition, ...given } = await ask.json(periodBodyAsk);
      return ask.reply(await savePeriod(ask.office, ask.actor, given, edition));
    },
  ),
  postApi("comments.open.api", "/api/comments/period/open", "意見公募を始める", undefined, async (ask) => {
    await openPeriod(ask.office, ask.actor);
    return done(ask);
  }),
  postApi("comments.close.api", "/api/comments/period/close", "受付を締め切る", undefined, async (ask) => {
    await closePeriod(ask.office, ask.actor);
    return done(ask);
  }),
  postApi("comments.frame.api", "/api/comments/frame", "分類と区分を改める", frameAsk, async (ask) => {
    const { frame, statuses } = await ask.json(frameAsk);
    await changeFrame(ask.office, ask.actor, {
      ...(frame ? { frame } : {}),
      ...(statuses ? { statuses } : {}),
    });
    return done(ask);
  }),
  getApi(
    "comments.letters.api",
    "/api/comments/letters",
    "通と、分けた意見（個人情報を伏せたもの）",
    letters,
  ),
  postApi("comments.receive.api", "/api/comments/letters", "一通を受け取る", letterInput, receiveOne, {
    bodyLimit: LETTER_BYTES,
  }),
  postApi(
    "comments.receive.file.api",
    "/api/comments/letters/file",
    "メールか表から受け取る（multipart の file）",
    undefined,
    receiveFile,
    {
      bodyLimit: MAIL_BYTES,
    },
  ),
  postApi(
    "comments.sorted.api",
    "/api/comments/sorted",
    "分けて分類したものを、まとめて入れる",
    sortedAsk,
    async (ask) =>
      ask.reply(await takeSorted(ask.office, ask.actor, (await ask.json(sortedAsk)).letters), 201),
    { bodyLimit: LETTER_BYTES },
  ),
  getApi(
    "comments.desk.api",
    "/api/comments/letters/:id/desk",
    "机の全部（候補、似た意見、違い）",
    async (ask) => {
      const blocks = await listBlocks(ask.office, ask.actor);
      return ask.reply(await readDesk(ask.office, ask.actor, id(ask), blocks));
    },
  ),
  postApi("comments.split.api", "/api/comments/letters/:id/split", "一手、分ける", splitAsk, async (ask) => {
    const body = await ask.json(splitAsk);
    return ask.reply(await splitLetter(ask.office, ask.actor, id(ask), splitOf(body), body.edition));
  }),
  postApi("comments.undo.api", "/api/comments/letters/:id/undo", "分け方を一手戻す", undefined, async (ask) =>
    ask.reply(await undoSplit(ask.office, ask.actor, id(ask))),
  ),
  postApi("comments.sort.api", "/api/comments/letters/:id/sort", "整理済みにする", undefined, async (ask) => {
    await sortLetter(ask.office, ask.actor, id(ask));
    return done(ask);
  }),
  postApi(
    "comments.reopen.api",
    "/api/comments/letters/:id/reopen",
    "整理をやり直す",
    undefined,
    async (ask) => {
      await reopenLetter(ask.office, ask.actor, id(ask));
      return done(ask);
    },
  ),
  postApi("comments.mask.api", "/api/comments/letters/:id/mask", "伏せる所を決める", maskAsk, async (ask) => {
    const { masks } = await ask.json(maskAsk);
    await maskLetter(
      ask.office,
      ask.actor,
      id(ask),
      masks.map(({ byHand, ...mask }) => (byHand === undefined ? mask : { ...mask, byHand })),
    );
    return done(ask);
  }),
  postApi(
    "comments.stand.api",
    "/api/comments/letters/:id/stand",
    "数え方を決める",
    standAsk,
    async (ask) => {
      const { standing, reason } = await ask.json(standAsk);
      await standLetter(ask.office, ask.actor, id(ask), standing, reason);
      return done(ask);
    },
  ),
  postApi("comments.code.api", "/api/comments/opinions/:id/code", "意見を分類する", codeAsk, async (ask) => {
    await codeOpinion(ask.office, ask.actor, id(ask), codeChange(await ask.json(codeAsk)));
    return done(ask);
  }),
  postApi(
    "comments.opinion-answer.api",
    "/api/comments/opinions/:id/answer",
    "意見の答えを書く",
    answerAsk,
    async (ask) => ask.reply(await answerOpinion(ask.office, ask.actor, id(ask), await ask.json(answerAsk))),
  ),
  postApi(
    "comments.join.api",
    "/api/comments/opinions/:id/join",
    "一つにまとめる（with は空白で区切る）",
    withAsk,
    async (ask) => {
      const { with: others } = await ask.json(withAsk);
      return ask.reply(await joinOpinions(ask.office, ask.actor, [id(ask), ...others.split(/\s+/)]));
    },
  ),
  postApi(
    "comments.part.api",
    "/api/comments/opinions/:id/part",
    "別の意見と決める",
    withAsk,
    async (ask) => {
      await partOpinions(ask.office, ask.actor, id(ask), (await ask.json(withAsk)).with);
      return done(ask);
    },
  ),
  getApi(
    "comments.answers.api",
    "/api/comments/answers",
    "答え、止めているもの、気になる点、修正箇所",
    answers,
  ),
  postApi(
    "comments.answers.save.api",
    "/api/comments/answers",
    "いくつかの答えを、一度に書く",
    answersAsk,
    async (ask) => {
      const { answers: given } = await ask.json(answersAsk);
      await answerGroups(
        ask.office,
        ask.actor,
        given.map(({ id: own, edition, ...change }) => ({ id: own, change, edition })),
      );
      return done(ask);
    },
    { bodyLimit: LETTER_BYTES },
  ),
  postApi(
    "comments.prepare.api",
    "/api/comments/answers/prepare",
    "残りの意見に答えの欄を作る",
    undefined,
    async (ask) => ask.reply(await prepareAnswers(ask.office, ask.actor)),
  ),
  postApi(
    "comments.draft.api",
    "/api/comments/answers/:id/draft",
    "手元のモデルに下書きさせる",
    undefined,
    async (ask) => {
      await draftAnswer(ask.office, ask.actor, id(ask));
      return done(ask);
    },
  ),
  postApi("comments.answer.api", "/api/comments/answers/:id", "市の考え方を書く", answerAsk, async (ask) => {
    const { edition, ...change } = await ask.json(answerAsk);
    await answerGroup(ask.office, ask.actor, id(ask), change, edition);
    return done(ask);
  }),
  postApi("comments.round.api", "/api/comments/rounds", "部局に確認を求める", roundAsk, async (ask) =>
    ask.reply(await sendRound(ask.office, ask.actor, await ask.json(roundAsk)), 201),
  ),
  postApi(
    "comments.settle.api",
    "/api/comments/rounds/:id/settle",
    "届いた回答を反映する",
    undefined,
    async (ask) => ask.reply(await settleRound(ask.office, ask.actor, id(ask))),
  ),
];
