import { z } from "zod";
import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { canConvertToPdf } from "../office/pdf-converter.ts";
import { mayPlan } from "../plan/plan-right.ts";
import { getFile, getPage, postApi, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { mayComment } from "./comment-right.ts";
import { isResultFormat, makeResult, readResult } from "./make-result.ts";
import { openPublished, publishResult, withdrawResult } from "./publish-result.ts";
import { ResultPage } from "./result-page.tsx";

const CURRENT = "comments.page";
const publishAsk = z.object({
  day: z.string().max(10).default(""),
  places: z.string().max(4_000).default(""),
});
const withdrawAsk = z.object({ reason: z.string().max(2_000).default("") });

async function resultPage(
  ask: Ask,
  input: { values?: Readonly<Record<string, string>>; faults?: readonly Fault[] } = {},
): Promise<Response> {
  const result = await readResult(ask.office, ask.actor);
  const may = mayComment("work", ask.actor.roles);
  const publish = {
    ...{ csrf: ask.seated.csrf, period: result.comments.period, ready: result.stops.length === 0 },
    ...{ may: mayComment("decide", ask.actor.roles), today: ask.today, ...input },
  };
  const body = (
    <ResultPage
      {...{ result, may, canPdf: canConvertToPdf(), publish }}
      canPlan={mayPlan("read", ask.actor.roles)}
    />
  );
  return ask.page({
    title: "結果の資料",
    current: CURRENT,
    status: input.faults === undefined ? 200 : 422,
    body,
  });
}

async function resultFile(ask: Ask): Promise<Response> {
  const [edition, format] = [ask.param("edition"), ask.param("format")];
  if ((edition !== "public" && edition !== "internal") || !isResultFormat(format))
    throw new AppError("NOT_FOUND", "その形では書き出せません。");
  return ask.download(await makeResult(ask.office, ask.actor, { format, edition }));
}

async function publish(ask: Ask): Promise<Response> {
  const values = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      await publishResult(ask.office, ask.actor, parseInput(publishAsk, values));
      return ask.go("/comments/result", "公表済みにしました。公表したファイルを残しました。");
    },
    (faults) => resultPage(ask, { values, faults }),
  );
}

async function withdraw(ask: Ask): Promise<Response> {
  const values = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      await withdrawResult(ask.office, ask.actor, parseInput(withdrawAsk, values).reason);
      return ask.go("/comments/result", "取り下げました。直してから、もう一度公表してください。");
    },
    (faults) => resultPage(ask, { values, faults }),
  );
}

/** 結果の資料と公表の道。 */
export const resultRoutes: Route[] = [
  getPage("comments.result", "/comments/result", "結果の資料: 止めているもの、数、修正箇所", (ask) =>
    resultPage(ask),
  ),
  getFile(
    "comments.result.file",
    "/comments/result/:edition/:format",
    "結果の資料（public・internal、docx・html・pdf・xlsx）",
    resultFile,
  ),
  postPage("comments.publish", "/comments/result/publish", "結果を公表したと記録する", publish),
  postPage(
    "comments.withdraw",
    "/comments/result/withdraw",
    "公表した結果を訂正のために取り下げる",
    withdraw,
  ),
  getFile(
    "comments.published.file",
    "/comments/published/:at/:file",
    "公表したファイル（公表したときのまま）",
    async (ask) =>
      ask.download(
        await openPublished(ask.office, ask.actor, Number(ask.param("at")), Number(ask.param("file"))),
      ),
  ),
  postApi(
    "comments.publish.api",
    "/api/comments/publish",
    "結果を公表したと記録する",
    publishAsk,
    async (ask) => ask.reply(await publishResult(ask.office, ask.actor, await ask.json(publishAsk)), 201),
  ),
  postApi(
    "comments.withdraw.api",
    "/api/comments/withdraw",
    "公表した結果を訂正のために取り下げる",
    withdrawAsk,
    async (ask) => {
      await withdrawResult(ask.office, ask.actor, (await ask.json(withdrawAsk)).reason);
      return ask.reply({ done: true });
    },
  ),
];
