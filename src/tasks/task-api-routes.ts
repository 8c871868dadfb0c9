import type { Route } from "../platform/route.ts";
import { listTasks, openTaskDetail } from "./list-tasks.ts";
import { takeTask } from "./take-task.ts";
import {
  act,
  filterOf,
  openGiven,
  takeBody,
  taskBody,
  tryBody,
  tryGiven,
  verbLabels,
  verbs,
} from "./task-ask.ts";
import type { TaskHand } from "./task-hand.ts";

/** 仕事の JSON の道。 */
export const taskApiRoutes = (hand: TaskHand): Route[] => [
  {
    id: "tasks.api",
    method: "GET",
    path: "/api/tasks",
    kind: "api",
    summary: "仕事の一覧（state、kind、when、holder で絞る）",
    handle: async (ask) => {
      const terms = await hand.terms(ask.office, ask.actor.contract);
      return ask.reply({ tasks: await listTasks(ask.office, ask.actor, terms, filterOf(ask)) });
    },
  },
  {
    id: "task.open.api",
    method: "POST",
    path: "/api/tasks",
    kind: "api",
    summary: "仕事を加える（cause が同じなら一つだけ）",
    input: taskBody,
    handle: async (ask) => {
      const opened = await openGiven(ask, hand, await ask.json(taskBody));
      return ask.reply(opened, opened.opened ? 201 : 200);
    },
  },
  {
    id: "task.api",
    method: "GET",
    path: "/api/tasks/:id",
    kind: "api",
    summary: "仕事と、これまで",
    handle: async (ask) => {
      const terms = await hand.terms(ask.office, ask.actor.contract);
      const { task, history } = await openTaskDetail(ask.office, ask.actor, terms, ask.param("id"));
      return ask.reply({ task, history });
    },
  },
  {
    id: "task.take.api",
    method: "POST",
    path: "/api/tasks/:id/take",
    kind: "api",
    summary: "仕事を引き受ける・渡す",
    input: takeBody,
    handle: async (ask) => {
      const { to } = await ask.json(takeBody);
      await takeTask(ask.office, ask.actor, ask.param("id"), to);
      return ask.reply({ holder: to ?? ask.actor.id });
    },
  },
  {
    id: "task.try.api",
    method: "POST",
    path: "/api/tasks/:id/tries",
    kind: "api",
    summary: "仕事の試みを記録する",
    input: tryBody,
    handle: async (ask) => {
      await tryGiven(ask, hand, await ask.json(tryBody));
      return ask.reply({ recorded: true }, 201);
    },
  },
  ...verbs.map(
    (verb): Route => ({
      id: `task.${verb}.api`,
      method: "POST",
      path: `/api/tasks/:id/${verb}`,
      kind: "api",
      summary: `仕事を${verbLabels[verb]}`,
      handle: async (ask) => {
        await act(ask, verb);
        return ask.reply({ state: verb === "reopen" ? "open" : verb === "done" ? "done" : "dropped" });
      },
    }),
  ),
];
