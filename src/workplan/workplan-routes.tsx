import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { formatWareki } from "../japan/wareki.ts";
import { withFaults } from "../platform/make-route.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { addTask } from "./add-task.ts";
import { adoptWorkplan, previewMove, rebaseWorkplan } from "./adopt-workplan.ts";
import { changeTask } from "./change-task.ts";
import { CockpitPage } from "./cockpit-page.tsx";
import { exportWorkplan, isPlanFormat } from "./export-workplan.ts";
import { MovePage } from "./move-page.tsx";
import { NewTaskPage } from "./new-task-page.tsx";
import { proposeWorkplan } from "./propose-workplan.ts";
import { readCockpit } from "./read-cockpit.ts";
import { PLAN_FILE_BYTES, readPlanFile } from "./read-plan-file.ts";
import { noWorkplan, readWorkplan } from "./read-workplan.ts";
import { removeTask, whyKept } from "./remove-task.ts";
import { TaskPage } from "./task-page.tsx";
import { workplanApiRoutes } from "./workplan-api-routes.ts";
import {
  adoptForm,
  changeOf,
  editionForm,
  moveBody,
  moveQuery,
  newTaskForm,
  newTaskOf,
  rebaseForm,
  TASKS_BYTES,
  taskForm,
} from "./workplan-ask.ts";
import { ImportPage, type ImportPageProps } from "./workplan-import-page.tsx";
import { WorkplanPage } from "./workplan-page.tsx";
import { mayPlan } from "./workplan-right.ts";

const CURRENT = "workplan.page";

/** 左のメニュー。 */
export const workplanMenu: MenuEntry = {
  routeId: CURRENT,
  label: "工程表",
  icon: "chart",
  href: "/workplan",
};

async function planPage(ask: Ask): Promise<Response> {
  const against = Number(ask.query("against"));
  const workplan = await readWorkplan(ask.office, ask.actor.contract, against || undefined);
  const may = { adopt: mayPlan("adopt", ask.actor.roles), write: mayPlan("write", ask.actor.roles) };
  const zoom = ask.query("zoom") === "week" ? "week" : "month";
  const body = <WorkplanPage workplan={workplan} may={may} zoom={zoom} />;
  return ask.page({ title: "工程表", current: CURRENT, body });
}

async function importPage(ask: Ask, props: Partial<ImportPageProps> = {}): Promise<Response> {
  const { version } = await readWorkplan(ask.office, ask.actor.contract);
  return ask.page({
    title: "工程表を取り込む",
    current: CURRENT,
    status: (props.faults ?? []).length > 0 ? 422 : 200,
    body: <ImportPage csrf={ask.seated.csrf} known={version !== undefined} {...props} />,
  });
}

async function readUpload(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  if (file === undefined)
    return importPage(ask, { faults: [{ field: "file", message: "ファイルを選んでください。" }] });
  const { frame, blueprint } = await readWorkplan(ask.office, ask.actor.contract);
  const world = { calendar: frame.calendar, within: blueprint.performance };
  try {
    return importPage(ask, { sheet: readPlanFile(file.bytes, file.fileName, world) });
  } catch (cause) {
    if (cause instanceof AppError && (cause.code === "BAD_INPUT" || cause.code === "TOO_LARGE"))
      return importPage(ask, { faults: [{ field: "file", message: cause.message }] });
    throw cause;
  }
}

async function proposalPage(ask: Ask): Promise<Response> {
  const { tasks, plan } = await proposeWorkplan(ask.office, ask.actor.contract);
  return importPage(ask, { proposal: { tasks, misses: plan?.misses ?? [] } });
}

async function adopt(ask: Ask): Promise<Response> {
  const { tasks, reason } = parseInput(adoptForm, Object.fromEntries(await ask.form()));
  try {
    const { number } = await adoptWorkplan(ask.office, ask.actor, { tasks, reason });
    return ask.go("/workplan", `工程表の第${number}版を定めました。`);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.faults.length === 0) throw cause;
    return importPage(ask, { proposal: { tasks, misses: [] }, faults: cause.faults, reason });
  }
}

async function movePage(ask: Ask, faults: readonly Fault[] = [], reason = ""): Promise<Response> {
  const { contract } = ask.actor;
  const workplan = await readWorkplan(ask.office, contract);
  if (workplan.version === undefined) throw noWorkplan();
  const move = moveQuery(ask);
  let preview: Awaited<ReturnType<typeof previewMove>> | undefined;
  const found = [...faults];
  if (move.day !== "") {
    try {
      preview = await previewMove(ask.office, contract, move);
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      found.push(...(cause.faults.length > 0 ? cause.faults : [{ field: "code", message: cause.message }]));
    }
  }
  return ask.page({
    title: "日を動かす",
    current: CURRENT,
    status: found.length > 0 ? 422 : 200,
    body: (
      <MovePage
        csrf={ask.seated.csrf}
        {...{ workplan, move, preview, reason, faults: found }}
        may={mayPlan("adopt", ask.actor.roles)}
      />
    ),
  });
}

async function rebase(ask: Ask): Promise<Response> {
  const form = parseInput(rebaseForm, Object.fromEntries(await ask.form()));
  const move = parseInput(moveBody, form);
  const made = await rebaseWorkplan(ask.office, ask.actor, {
    ...{ move, reason: form.reason, edition: form.edition },
  });
  return ask.go(
    "/workplan",
    `第${made.number}版を定めました。協議書（下書き ${made.filingNumber}号）を作りました。`,
  );
}

async function taskPage(
  ask: Ask,
  values: Readonly<Record<string, string>> = {},
  faults: readonly Fault[] = [],
): Promise<Response> {
  const workplan = await readWorkplan(ask.office, ask.actor.contract);
  const planned = workplan.plan?.tasks.find(({ task }) => task.code === ask.param("code"));
  if (planned === undefined || workplan.version === undefined)
    throw new AppError("NOT_FOUND", "その作業は、工程表にありません。工程表から選び直してください。");
  return ask.page({
    title: "作業",
    current: CURRENT,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <TaskPage
        csrf={ask.seated.csrf}
        {...{ planned, values, faults, today: ask.today }}
        edition={workplan.version.edition}
        baseline={workplan.baseline[planned.task.code]}
        may={mayPlan("write", ask.actor.roles)}
        kept={whyKept(planned.task, workplan.tasks)}
      />
    ),
  });
}

async function saveTask(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const code = ask.param("code");
  try {
    const { edition, ...given } = parseInput(taskForm, form);
    await changeTask(ask.office, ask.actor, code, changeOf(given), edition);
    return ask.go("/workplan", `${code} を直しました。`);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.faults.length === 0) throw cause;
    return taskPage(ask, form, cause.faults);
  }
}

async function newTaskPage(
  ask: Ask,
  values: Readonly<Record<string, string>> = {},
  faults: readonly Fault[] = [],
): Promise<Response> {
  const { version, tasks } = await readWorkplan(ask.office, ask.actor.contract);
  if (version === undefined) throw noWorkplan();
  const props = { csrf: ask.seated.csrf, edition: version.edition, tasks, values, faults };
  return ask.page({
    title: "作業を足す",
    current: CURRENT,
    status: faults.length > 0 ? 422 : 200,
    body: <NewTaskPage {...props} />,
  });
}

async function addByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const { edition, ...given } = parseInput(newTaskForm, form);
      const { code } = await addTask(ask.office, ask.actor, newTaskOf(given), edition);
      return ask.go("/workplan", `${code} を足しました。`);
    },
    (faults) => newTaskPage(ask, form, faults),
  );
}

async function removeByForm(ask: Ask): Promise<Response> {
  const { edition } = parseInput(editionForm, Object.fromEntries(await ask.form()));
  const { code } = await removeTask(ask.office, ask.actor, ask.param("code"), edition);
  return ask.go("/workplan", `${code} を除きました。待っていた作業は、その前の作業を待ちます。`);
}

async function cockpitPage(ask: Ask): Promise<Response> {
  const cockpit = await readCockpit(ask.office, ask.actor.contract);
  const body = <CockpitPage cockpit={cockpit} today={formatWareki(ask.today)} />;
  return ask.page({ title: "締切から納品まで", current: CURRENT, body });
}

type Handle = Route["handle"];
const page = (
  method: "GET" | "POST",
  id: string,
  path: string,
  summary: string,
  handle: Handle,
  more: Partial<Route> = {},
): Route => ({ ...{ id, method, path, kind: "page", summary, handle }, ...more });

/** 工程表の道。 */
export const workplanRoutes: Route[] = [
  page("GET", CURRENT, "/workplan", "工程表（against で比べる版、zoom=week）", planPage),
  page("GET", "workplan.import", "/workplan/import", "工程表を取り込む画面", (ask) => importPage(ask)),
  page("POST", "workplan.read", "/workplan/import", "工程表のファイルを読む（まだ定めない）", readUpload, {
    bodyLimit: PLAN_FILE_BYTES,
  }),
  page("GET", "workplan.propose", "/workplan/propose", "義務の期限から逆に引いた案", proposalPage),
  page("POST", "workplan.adopt", "/workplan", "工程表を定める", adopt, { bodyLimit: TASKS_BYTES }),
  page("GET", "workplan.move", "/workplan/move", "日を動かしたときの新旧（code、day、behind）", (ask) =>
    movePage(ask),
  ),
  page("POST", "workplan.rebase", "/workplan/move", "日を動かして定め直す", rebase),
  page("GET", "workplan.cockpit", "/workplan/cockpit", "締切から納品まで", cockpitPage),
  page("GET", "workplan.new", "/workplan/tasks/new", "作業を足す画面", (ask) => newTaskPage(ask)),
  page("POST", "workplan.add", "/workplan/tasks", "作業を一つ足す", addByForm),
  page("POST", "workplan.remove", "/workplan/tasks/:code/remove", "作業を一つ除く", removeByForm),
  page("GET", "workplan.task", "/workplan/tasks/:code", "作業", (ask) => taskPage(ask)),
  page("POST", "workplan.change", "/workplan/tasks/:code", "作業の実績と形を直す", saveTask),
  page(
    "GET",
    "workplan.file",
    "/workplan/file/:format",
    "工程表を書き出す（xlsx、pptx、docx）",
    async (ask) => {
      const format = ask.param("format");
      if (!isPlanFormat(format)) throw new AppError("NOT_FOUND", "その形では書き出せません。");
      return ask.download(await exportWorkplan(ask.office, ask.actor, format));
    },
    { kind: "file" },
  ),
  ...workplanApiRoutes,
];
