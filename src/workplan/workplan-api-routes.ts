import type { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import { addTask } from "./add-task.ts";
import { adoptWorkplan, previewMove, rebaseWorkplan } from "./adopt-workplan.ts";
import { changeTask } from "./change-task.ts";
import type { Plan } from "./compute-plan.ts";
import { proposeWorkplan } from "./propose-workplan.ts";
import { readCockpit } from "./read-cockpit.ts";
import { PLAN_FILE_BYTES, readPlanFile } from "./read-plan-file.ts";
import { type Baseline, readWorkplan } from "./read-workplan.ts";
import { removeTask } from "./remove-task.ts";
import {
  adoptBody,
  editionBody,
  givenChange,
  moveBody,
  newTaskBody,
  rebaseBody,
  TASKS_BYTES,
  taskChangeBody,
} from "./workplan-ask.ts";

/** 計算した作業の JSON の形。 */
export function planJson(plan: Plan | undefined, baseline: Baseline) {
  return (plan?.tasks ?? []).map(({ task, ...days }) => ({
    ...{ ...task, ...days },
    baseline: baseline[task.code] ?? null,
  }));
}

async function read(ask: Ask): Promise<Response> {
  const { version, plan, baseline, versions } = await readWorkplan(ask.office, ask.actor.contract);
  return ask.reply({
    version: version && { id: version.id, number: version.number, edition: version.edition },
    ...{ from: plan?.from ?? null, to: plan?.to ?? null, misses: plan?.misses ?? [] },
    ...{ tasks: planJson(plan, baseline), versions },
  });
}

async function readFile(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  if (file === undefined) throw new AppError("BAD_INPUT", "file にファイルを付けてください。");
  const { frame, blueprint } = await readWorkplan(ask.office, ask.actor.contract);
  const world = { calendar: frame.calendar, within: blueprint.performance };
  return ask.reply(readPlanFile(file.bytes, file.fileName, world));
}

const adoptInput: z.ZodType<z.infer<typeof adoptBody>> = adoptBody;
const newTaskInput: z.ZodType<z.infer<typeof newTaskBody>> = newTaskBody;

type Handle = Route["handle"];
const api = (
  id: string,
  method: Route["method"],
  path: string,
  summary: string,
  handle: Handle,
  more: Partial<Route> = {},
): Route => ({ ...{ id, method, path: `/api${path}`, kind: "api", summary, handle }, ...more });

/** 工程表の JSON の道。 */
export const workplanApiRoutes: Route[] = [
  api("workplan.api", "GET", "/workplan", "工程表、これから、余裕、期限に間に合わない作業", read),
  api(
    "workplan.read.api",
    "POST",
    "/workplan/read",
    "工程表のファイルを読む（multipart の file）",
    readFile,
    {
      bodyLimit: PLAN_FILE_BYTES,
    },
  ),
  api("workplan.propose.api", "GET", "/workplan/propose", "義務の期限から逆に引いた案", async (ask) => {
    const { tasks, plan } = await proposeWorkplan(ask.office, ask.actor.contract);
    return ask.reply({ tasks, misses: plan?.misses ?? [] });
  }),
  api(
    "workplan.adopt.api",
    "POST",
    "/workplan",
    "工程表を定める",
    async (ask) => ask.reply(await adoptWorkplan(ask.office, ask.actor, await ask.json(adoptInput)), 201),
    { input: adoptInput, bodyLimit: TASKS_BYTES },
  ),
  api(
    "workplan.preview.api",
    "POST",
    "/workplan/preview",
    "日を動かしたときの新旧（何も変えない）",
    async (ask) => {
      const moved = await previewMove(ask.office, ask.actor.contract, await ask.json(moveBody));
      const { lines, after, workplan } = moved;
      return ask.reply({ edition: workplan.version?.edition, lines, misses: after.misses, to: after.to });
    },
    { input: moveBody },
  ),
  api(
    "workplan.rebase.api",
    "POST",
    "/workplan/rebase",
    "日を動かして定め直し、協議書の下書きを作る",
    async (ask) => {
      const { reason, edition, ...move } = await ask.json(rebaseBody);
      return ask.reply(await rebaseWorkplan(ask.office, ask.actor, { move, reason, edition }), 201);
    },
    { input: rebaseBody },
  ),
  api(
    "workplan.change.api",
    "POST",
    "/workplan/tasks/:code",
    "作業の実績と形を直す",
    async (ask) => {
      const { edition, ...body } = await ask.json(taskChangeBody);
      return ask.reply(
        await changeTask(ask.office, ask.actor, ask.param("code"), givenChange(body), edition),
      );
    },
    { input: taskChangeBody },
  ),
  api(
    "workplan.add.api",
    "POST",
    "/workplan/tasks",
    "作業を一つ足す（before の前に。省けば終わりに）",
    async (ask) => {
      const { edition, ...given } = await ask.json(newTaskInput);
      return ask.reply(await addTask(ask.office, ask.actor, given, edition), 201);
    },
    { input: newTaskInput },
  ),
  api(
    "workplan.remove.api",
    "POST",
    "/workplan/tasks/:code/remove",
    "作業を一つ除く（待っていた作業は、その先行を待つ）",
    async (ask) => {
      const { edition } = await ask.json(editionBody);
      return ask.reply(await removeTask(ask.office, ask.actor, ask.param("code"), edition));
    },
    { input: editionBody },
  ),
  api("workplan.cockpit.api", "GET", "/workplan/cockpit", "締切から納品まで", async (ask) => {
    const { open, ...cockpit } = await readCockpit(ask.office, ask.actor.contract);
    const tasks = open.map(({ task, start, end, float, room, critical }) => ({
      ...{ code: task.code, name: task.name, start, end, float, room, critical },
    }));
    return ask.reply({ ...cockpit, open: tasks });
  }),
];
