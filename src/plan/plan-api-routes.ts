import { z } from "zod";
import { AppError } from "../base/error.ts";
import { getApi, postApi } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import {
  insertPlanBlock,
  movePlanBlock,
  removePlanBlock,
  restorePlanBlock,
  revertPlanBlock,
  reviewPlanBlock,
  settlePlanBlock,
  unrecordPlanBlock,
} from "./arrange-block.ts";
import { changePlanBlock } from "./change-block.ts";
import { checkPlan } from "./check-plan.ts";
import { commentPlanBlock, listPlanComments } from "./comment-block.ts";
import { comparePlanVersions, defaultSides, NOW } from "./compare-versions.ts";
import { explainPlanChanges, listUnexplained } from "./explain-change.ts";
import { insertSurveyFigure } from "./insert-survey-figure.ts";
import { listPlanChanges } from "./list-plan-changes.ts";
import { matchUpper } from "./list-uppers.ts";
import {
  arrangeBody,
  asideBody,
  BLOCK_BYTES,
  changeBody,
  commentBody,
  FOLDER_BYTES,
  figureBody,
  insertBody,
  matchBody,
  reasonsBody,
  startBody,
  versionBody,
} from "./plan-ask.ts";
import type { PlanHand } from "./plan-hand.ts";
import { contentText } from "./plan-text.ts";
import { readEditor, readEditorNews } from "./read-editor.ts";
import { listPlanBlocks, listPlans } from "./read-plan.ts";
import { readPlanFile } from "./read-plan-file.ts";
import { listPlanVersions } from "./read-version.ts";
import { settleAside } from "./settle-aside.ts";
import { startPlan } from "./start-plan.ts";
import { takeGivenPlan } from "./take-given-plan.ts";
import { takePlanVersion } from "./take-version.ts";

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined || text === "" ? undefined : z.coerce.number().int().min(0).parse(text);

async function importFolder(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  if (!file)
    throw new AppError(
      "BAD_INPUT",
      "file に、原稿の一式（zip）か Word（.docx。.doc、.rtf、.odt も）を付けてください。",
    );
  const read = await readPlanFile(file.bytes, file.fileName.replace(/\.[^.]*$/, ""));
  const { losses, ...done } = await takeGivenPlan(ask.office, ask.actor, read);
  return ask.reply({ ...done, warnings: [...losses, ...done.warnings] }, 201);
}

async function change(ask: Ask): Promise<Response> {
  const { text, content, ...edit } = await ask.json(changeBody);
  const block = ask.param("block");
  const words = content ? contentText(block, content) : text;
  if (words === undefined) throw new AppError("BAD_INPUT", "text か content のどちらかを入れてください。");
  return ask.reply(
    await changePlanBlock(ask.office, ask.actor, ask.param("id"), block, { ...edit, text: words }),
  );
}

async function arrange(ask: Ask): Promise<Response> {
  const body = await ask.json(arrangeBody);
  const at = [ask.office, ask.actor, ask.param("id"), ask.param("block")] as const;
  switch (body.act) {
    case "move":
      return ask.reply(await movePlanBlock(...at, body));
    case "remove":
      return ask.reply(await removePlanBlock(...at, body.reason));
    case "restore":
      return ask.reply(await restorePlanBlock(...at));
    case "revert":
      return ask.reply(await revertPlanBlock(...at, body.version));
    case "unrecord":
      return ask.reply(await unrecordPlanBlock(...at));
    case "settle":
      await settlePlanBlock(...at);
      return ask.reply({ settled: true });
    case "review":
      await reviewPlanBlock(...at, body.review);
      return ask.reply({ review: body.review });
  }
}

async function compare(ask: Ask): Promise<Response> {
  const sides = await defaultSides(ask.office, ask.actor, ask.param("id"));
  const from = ask.query("from") ?? sides?.from;
  if (from === undefined) throw new AppError("NOT_FOUND", "比べる版がまだありません。");
  const to = ask.query("to") ?? NOW;
  return ask.reply(await comparePlanVersions(ask.office, ask.actor, ask.param("id"), from, to));
}

/** 計画そのものを並べる・取り込む・始める。 */
const wholeRoutes: Route[] = [
  getApi("plan.list.api", "/api/plans", "計画の一覧", async (ask) =>
    ask.reply(await listPlans(ask.office, ask.actor)),
  ),
  postApi(
    "plan.import.api",
    "/api/plans",
    "原稿の一式（zip）か Word の計画書を取り込む（multipart の file）",
    undefined,
    importFolder,
    {
      bodyLimit: FOLDER_BYTES,
    },
  ),
  postApi("plan.start.api", "/api/plans/start", "章立てから計画を始める", startBody, async (ask) =>
    ask.reply(await startPlan(ask.office, ask.actor, await ask.json(startBody)), 201),
  ),
];

/** 計画の JSON の道。 */
export function planApiRoutes(hand: Pick<PlanHand, "resolve">): Route[] {
  const own = "/api/plans/:id";
  return [
    ...wholeRoutes,
    getApi("plan.blocks.api", `${own}/blocks`, "計画の部分（at で、その変更までの姿）", async (ask) =>
      ask.reply(await listPlanBlocks(ask.office, ask.actor, ask.param("id"), numberOf(ask.query("at")))),
    ),
    postApi(
      ...(["plan.insert.api", `${own}/blocks`, "部分を足す", insertBody] as const),
      async (ask) =>
        ask.reply(
          await insertPlanBlock(ask.office, ask.actor, ask.param("id"), given(await ask.json(insertBody))),
          201,
        ),
      { bodyLimit: BLOCK_BYTES },
    ),
    postApi(
      "plan.change.api",
      `${own}/blocks/:block`,
      "部分の文を直す（重なれば合わせる）",
      changeBody,
      change,
      {
        bodyLimit: BLOCK_BYTES,
      },
    ),
    postApi(
      "plan.arrange.api",
      `${own}/blocks/:block/arrange`,
      "部分を動かす・消す・戻す・反映する",
      arrangeBody,
      arrange,
    ),
    postApi(
      ...(["plan.comment.api", `${own}/blocks/:block/comments`, "部分に書き込む", commentBody] as const),
      async (ask) => {
        const { text } = await ask.json(commentBody);
        const at = [ask.office, ask.actor, ask.param("id"), ask.param("block")] as const;
        return ask.reply(await commentPlanBlock(...at, text), 201);
      },
    ),
    getApi("plan.comments.api", `${own}/comments`, "計画への書き込み", async (ask) =>
      ask.reply(await listPlanComments(ask.office, ask.actor, ask.param("id"))),
    ),
    postApi(
      ...(["plan.aside.api", `${own}/asides/:aside`, "脇に残した文を使う・捨てる", asideBody] as const),
      async (ask) => {
        const { act } = await ask.json(asideBody);
        await settleAside(ask.office, ask.actor, ask.param("id"), ask.param("aside"), act);
        return ask.reply({ act });
      },
    ),
    postApi(
      ...(["plan.figure.insert.api", `${own}/figures`, "調査の図を入れる", figureBody] as const),
      async (ask) =>
        ask.reply(
          await insertSurveyFigure(ask.office, ask.actor, ask.param("id"), await ask.json(figureBody)),
          201,
        ),
    ),
    getApi(
      "plan.changes.api",
      `${own}/changes`,
      "変更の経過（since で、その番号より後。block で絞る）",
      async (ask) => {
        const since = numberOf(ask.query("since"));
        const block = ask.query("block");
        return ask.reply(
          await listPlanChanges(ask.office, ask.actor, ask.param("id"), {
            ...(since === undefined ? {} : { sinceVersion: since }),
            ...(block === undefined ? {} : { block }),
          }),
        );
      },
    ),
    ...editorRoutes(own, hand),
  ];
}

function given({ id, ...rest }: z.infer<typeof insertBody>) {
  return { ...rest, ...(id === undefined ? {} : { id }) };
}

function editorRoutes(own: string, { resolve }: Pick<PlanHand, "resolve">): Route[] {
  return [
    getApi("plan.editor.api", `${own}/editor`, "編集の画面が持つもの", async (ask) =>
      ask.reply(await readEditor(ask.office, ask.actor, ask.param("id"), resolve)),
    ),
    getApi("plan.news.api", `${own}/news`, "ほかの人の変更（since のあと）", async (ask) =>
      ask.reply(
        await readEditorNews(
          ask.office,
          ask.actor,
          ask.param("id"),
          numberOf(ask.query("since")) ?? 0,
          resolve,
        ),
      ),
    ),
    getApi("plan.check.api", `${own}/check`, "施策と上位計画・法律の整合、点検", async (ask) =>
      ask.reply(await checkPlan(ask.office, ask.actor, ask.param("id"))),
    ),
    postApi(
      ...(["plan.match.api", `${own}/matches`, "施策と上位計画の対応を書く", matchBody] as const),
      async (ask) => {
        await matchUpper(ask.office, ask.actor, ask.param("id"), await ask.json(matchBody));
        return ask.reply({ matched: true });
      },
    ),
    getApi("plan.versions.api", `${own}/versions`, "名のある版", async (ask) =>
      ask.reply(await listPlanVersions(ask.office, ask.actor, ask.param("id"))),
    ),
    postApi(
      ...(["plan.version.take.api", `${own}/versions`, "いまの原稿を版として残す", versionBody] as const),
      async (ask) => {
        const named = await ask.json(versionBody);
        return ask.reply(await takePlanVersion(ask.office, ask.actor, ask.param("id"), named), 201);
      },
    ),
    getApi(
      "plan.reasons.api",
      `${own}/reasons`,
      "パブリックコメント用の版のあとの、理由のない変更",
      async (ask) => {
        const found = await listUnexplained(ask.office, ask.actor, ask.param("id"));
        return ask.reply({ from: found?.from ?? null, lines: found?.lines ?? [] });
      },
    ),
    postApi(
      ...(["plan.reasons.write.api", `${own}/reasons`, "変更の理由を書き足す", reasonsBody] as const),
      async (ask) => {
        const { reasons } = await ask.json(reasonsBody);
        return ask.reply(await explainPlanChanges(ask.office, ask.actor, ask.param("id"), reasons), 201);
      },
      { bodyLimit: BLOCK_BYTES },
    ),
    getApi("plan.compare.api", `${own}/compare`, "二つの版の違い（from、to。省けば最新の版といま）", compare),
  ];
}
