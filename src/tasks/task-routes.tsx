import { parseInput } from "../access/zod-message.ts";
import { type About, type AboutPlace, readAbout } from "../base/about.ts";
import { AppError, type Fault } from "../base/error.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { countTasks, type ListedTask, listTasks, openTaskDetail } from "./list-tasks.ts";
import { takeTask } from "./take-task.ts";
import { taskApiRoutes } from "./task-api-routes.ts";
import { act, filterOf, openGiven, taskBody, tryBody, tryGiven, verbLabels, verbs } from "./task-ask.ts";
import { TaskPage } from "./task-detail-page.tsx";
import { TaskFormPage, type TaskFormPageProps } from "./task-form-page.tsx";
import type { TaskHand } from "./task-hand.ts";
import { TaskListPage } from "./task-page.tsx";

/** 仕事の道。暦と、何についてかの名と場所は、上の階が渡す。 */
export function taskRoutes(hand: TaskHand): Route[] {
  return [...pageRoutes(hand), ...actRoutes(hand), ...taskApiRoutes(hand)];
}

/** 左のメニュー。 */
export const taskMenu: MenuEntry[] = [
  {
    routeId: "tasks.page",
    label: "仕事",
    icon: "check",
    href: "/tasks",
    count: (office, actor) => countTasks(office, actor.contract),
  },
];

const mayChange = (ask: Ask) => ask.actor.roles.some((role) => role !== "auditor" && role !== "client");

async function listPage(ask: Ask, hand: TaskHand): Promise<Response> {
  const filter = filterOf(ask);
  const terms = await hand.terms(ask.office, ask.actor.contract);
  const open = await listTasks(ask.office, ask.actor, terms);
  const tasks = await listTasks(ask.office, ask.actor, terms, filter);
  const told = open.flatMap(({ about, state }) =>
    about?.room === "contract" && state === "open" ? [about.id] : [],
  );
  const duties = await hand.lateDuties(ask.office, ask.actor.contract, told);
  const closedId = ask.query("closed");
  const closed =
    closedId === undefined
      ? undefined
      : await openTaskDetail(ask.office, ask.actor, terms, closedId).catch(() => undefined);
  return ask.page({
    title: "仕事",
    current: "tasks.page",
    body: (
      <TaskListPage
        csrf={ask.seated.csrf}
        tasks={tasks}
        filter={filter}
        tally={tallyOf(open)}
        duties={duties}
        closed={closed?.task}
        mayChange={mayChange(ask)}
      />
    ),
  });
}

function tallyOf(open: readonly ListedTask[]): { late: number; today: number; open: number } {
  const count = (urgency: string) => open.filter((task) => task.urgency === urgency).length;
  return { late: count("late"), today: count("due"), open: open.length };
}

function formPage(
  ask: Ask,
  hand: TaskHand,
  values: Partial<TaskFormPageProps["values"]> & { about?: string | undefined },
  faults: readonly Fault[] = [],
): Promise<Response> {
  const about = readAbout(values.about);
  const found = about && hand.resolve(about);
  const blank = { kind: "confirm", title: "", clause: "", role: "manager", due: "next", day: "", time: "" };
  return ask.page({
    title: "仕事を加える",
    current: "tasks.page",
    status: faults.length > 0 ? 422 : 200,
    body: (
      <TaskFormPage
        csrf={ask.seated.csrf}
        values={{ ...blank, ...values }}
        about={found && values.about !== undefined ? { ...found, text: values.about } : undefined}
        faults={faults}
      />
    ),
  });
}

async function openByForm(ask: Ask, hand: TaskHand): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  try {
    await openGiven(ask, hand, parseInput(taskBody, form));
    return ask.go("/tasks", "仕事を加えました。");
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    return formPage(ask, hand, form, cause.faults);
  }
}

async function detailPage(ask: Ask, hand: TaskHand): Promise<Response> {
  const terms = await hand.terms(ask.office, ask.actor.contract);
  const detail = await openTaskDetail(ask.office, ask.actor, terms, ask.param("id"));
  const { about } = detail.task;
  return ask.page({
    title: "仕事",
    current: "tasks.page",
    body: (
      <TaskPage
        {...detail}
        csrf={ask.seated.csrf}
        me={ask.actor.id}
        about={about && placeOf(ask, hand, about)}
        mayChange={mayChange(ask)}
      />
    ),
  });
}

/** 名と場所。その役割のできない行いは、見せない。 */
function placeOf({ actor }: Ask, hand: TaskHand, about: About): AboutPlace | undefined {
  const place = hand.resolve(about);
  if (place?.act === undefined || actor.roles.some((role) => place.act?.roles.includes(role))) return place;
  return { label: place.label, href: place.href };
}

function pageRoutes(hand: TaskHand): Route[] {
  return [
    {
      id: "tasks.page",
      method: "GET",
      path: "/tasks",
      kind: "page",
      summary: "仕事の一覧",
      handle: (ask) => listPage(ask, hand),
    },
    {
      id: "task.new",
      method: "GET",
      path: "/tasks/new",
      kind: "page",
      summary: "仕事を加える画面",
      handle: (ask) => formPage(ask, hand, { about: ask.query("about") }),
    },
    {
      id: "task.open",
      method: "POST",
      path: "/tasks",
      kind: "page",
      summary: "仕事を加える",
      handle: (ask) => openByForm(ask, hand),
    },
    {
      id: "task.page",
      method: "GET",
      path: "/tasks/:id",
      kind: "page",
      summary: "仕事",
      handle: (ask) => detailPage(ask, hand),
    },
  ];
}

const actRoutes = (hand: TaskHand): Route[] => [
  ...verbs.map(
    (verb): Route => ({
      id: `task.${verb}`,
      method: "POST",
      path: `/tasks/:id/${verb}`,
      kind: "page",
      summary: `仕事を${verbLabels[verb]}`,
      handle: async (ask) => {
        await act(ask, verb);
        const id = ask.param("id");
        return verb === "reopen" ? ask.go(`/tasks/${id}`, "元に戻しました。") : ask.go(`/tasks?closed=${id}`);
      },
    }),
  ),
  {
    id: "task.take",
    method: "POST",
    path: "/tasks/:id/take",
    kind: "page",
    summary: "仕事を引き受ける・渡す",
    handle: async (ask) => {
      const to = (await ask.form()).get("to");
      await takeTask(ask.office, ask.actor, ask.param("id"), to || ask.actor.id);
      return ask.go(`/tasks/${ask.param("id")}`, to ? "担当を渡しました。" : "引き受けました。");
    },
  },
  {
    id: "task.try",
    method: "POST",
    path: "/tasks/:id/tries",
    kind: "page",
    summary: "仕事の試みを記録する",
    handle: async (ask) => {
      const form = await ask.form();
      await tryGiven(
        ask,
        hand,
        parseInput(tryBody, { result: form.get("result"), next: form.get("next") || undefined }),
      );
      return ask.go(`/tasks/${ask.param("id")}`, "試みを記録しました。");
    },
  },
];
