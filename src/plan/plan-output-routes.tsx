import { z } from "zod";
import { AppError } from "../base/error.ts";
import { planFormats } from "../manuscript/build-plan-file.ts";
import { getApi, getFile, getPage, postApi, postPage } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import {
  askPlanOutput,
  awaitPlanOutput,
  type PlanOutput,
  readPlanOutput,
  stopPlanOutput,
  takePlanOutput,
} from "./plan-output-job.ts";
import { PlanOutputPage } from "./plan-output-page.tsx";
import { listPlanVersions } from "./read-version.ts";

/** 作っている間、進み具合を見直す間（秒）。 */
const LOOK_AGAIN = 2;

const askBody = z.object({
  format: z.enum(planFormats),
  version: z.string().max(64).optional(),
  again: z.boolean().optional(),
});

/** できていればそのファイル、まだなら頼んで、進み具合の画面へ（できしだい、そこで渡される）。 */
export async function outputFile(ask: Ask, given: string, version: string | undefined): Promise<Response> {
  const format = planFormats.find((one) => one === given);
  if (!format) throw new AppError("NOT_FOUND", "その形では書き出せません。");
  const id = ask.param("id");
  const output = await awaitPlanOutput(ask.office, ask.actor, id, { format, version });
  if (output.state !== "done") return ask.go(`/plans/${id}/outputs/${output.job}?go=1`);
  return ask.download(await takePlanOutput(ask.office, ask.actor, id, output.job));
}

const ownOf = (ask: Ask) => `/plans/${ask.param("id")}/outputs/${ask.param("job")}`;
const whereOf = (ask: Ask) => [ask.office, ask.actor, ask.param("id"), ask.param("job")] as const;

async function outputPage(ask: Ask): Promise<Response> {
  const output = await readPlanOutput(...whereOf(ask));
  const response = await ask.page({
    title: "計画の書き出し",
    current: "plan.list",
    body: (
      <PlanOutputPage
        csrf={ask.seated.csrf}
        plan={ask.param("id")}
        name={await nameOf(ask, output)}
        output={output}
      />
    ),
  });
  const going = ask.query("go") === "1";
  const busy = output.state === "waiting" || output.state === "running";
  if (busy) response.headers.set("Refresh", String(LOOK_AGAIN));
  // 書き出しを押して来た人には、できしだい渡す（見直しただけの人には渡さない）。
  else if (going && output.made) response.headers.set("Refresh", `0; url=${ownOf(ask)}/file`);
  return response;
}

async function nameOf(ask: Ask, { version }: PlanOutput): Promise<string> {
  if (version === null) return "いまの原稿";
  const found = (await listPlanVersions(ask.office, ask.actor, ask.param("id"))).find(
    ({ id }) => id === version,
  );
  return found ? `第${found.number}稿 ${found.name}` : "版";
}

async function act(ask: Ask): Promise<Response> {
  const form = await ask.form();
  if (form.get("act") === "stop") {
    await stopPlanOutput(...whereOf(ask));
    return ask.go(ownOf(ask));
  }
  const { format, version } = await readPlanOutput(...whereOf(ask));
  const { job } = await askPlanOutput(ask.office, ask.actor, ask.param("id"), {
    ...{ format, version: version ?? undefined, again: true },
  });
  return ask.go(`/plans/${ask.param("id")}/outputs/${job}?go=1`);
}

/** 書き出しの進み具合・止める・受け取るの道。 */
export const planOutputRoutes: Route[] = [
  getPage("plan.output", "/plans/:id/outputs/:job", "書き出しの進み具合", outputPage),
  postPage("plan.output.act", "/plans/:id/outputs/:job", "書き出しを止める・作り直す（act）", act),
  getFile("plan.output.file", "/plans/:id/outputs/:job/file", "できた書き出しを受け取る", async (ask) =>
    ask.download(await takePlanOutput(...whereOf(ask))),
  ),
  postApi(
    ...(["plan.output.ask.api", "/api/plans/:id/outputs", "書き出しを頼む（長い仕事）", askBody] as const),
    async (ask) => {
      const asked = await ask.json(askBody);
      return ask.reply(await askPlanOutput(ask.office, ask.actor, ask.param("id"), asked), 202);
    },
  ),
  getApi("plan.output.api", "/api/plans/:id/outputs/:job", "書き出しの進み具合", async (ask) =>
    ask.reply(await readPlanOutput(...whereOf(ask))),
  ),
  postApi(
    "plan.output.stop.api",
    "/api/plans/:id/outputs/:job/stop",
    "書き出しを止める",
    z.object({}),
    async (ask) => {
      await stopPlanOutput(...whereOf(ask));
      return ask.reply(await readPlanOutput(...whereOf(ask)));
    },
  ),
];
