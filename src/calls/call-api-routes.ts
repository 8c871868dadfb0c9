import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Route } from "../platform/route.ts";
import { showFigures } from "./call-figures.ts";
import { refuseCall } from "./call-right.ts";
import { dialCall } from "./dial-call.ts";
import { listCalls, rangeOf } from "./list-calls.ts";
import { noteBusy } from "./note-busy.ts";
import { popCalls } from "./pop-call.ts";
import { readWall } from "./read-wall.ts";
import { recordSignal } from "./record-signal.ts";

const deskBody = z.object({
  /** 受付（下書き）の印。 */
  draftId: z.string().min(1).max(64),
  event: z.enum(["start", "end"]),
  /** かけてきた番号（分かれば）。 */
  caller: z.string().max(40).optional(),
});
const busyBody = z.object({ day: z.string().max(10), count: z.number() });

/** 電話の JSON の道。 */
export const callApiRoutes: Route[] = [
  {
    id: "calls.api",
    method: "GET",
    path: "/api/calls",
    kind: "api",
    summary: "電話の記録（from、to、what、hour、desk、page。番号は伏せる）",
    handle: async (ask) => {
      const page = Number(ask.query("page") ?? "1");
      const query = {
        from: ask.query("from"),
        to: ask.query("to"),
        what: ask.query("what"),
        hour: ask.query("hour"),
        desk: ask.query("desk"),
      };
      return ask.reply(
        await listCalls(ask.office, ask.actor, { ...query, page: Number.isInteger(page) ? page : 1 }),
      );
    },
  },
  {
    id: "calls.figures.api",
    method: "GET",
    path: "/api/calls/figures",
    kind: "api",
    summary: "入電・応答・放棄・時間外・話中の数（from、to）",
    handle: async (ask) => {
      const range = await rangeOf(ask.office, ask.actor.contract, {
        from: ask.query("from"),
        to: ask.query("to"),
      });
      return ask.reply(await showFigures(ask.office, ask.actor, range));
    },
  },
  {
    id: "calls.pop.api",
    method: "GET",
    path: "/api/calls/pop",
    kind: "api",
    summary: "鳴っている電話と、かけてきた方の前の予約",
    handle: async (ask) => ask.reply({ calls: await popCalls(ask.office, ask.actor) }),
  },
  {
    id: "calls.wall.api",
    method: "GET",
    path: "/api/calls/wall",
    kind: "api",
    summary: "待っている電話、いちばん長い待ち、席",
    handle: async (ask) => ask.reply(await readWall(ask.office, ask.actor)),
  },
  {
    id: "calls.desk.api",
    method: "POST",
    path: "/api/calls/desk",
    kind: "api",
    summary: "受付デスクの通話のキー（始まり・終わり）を電話として数える",
    input: deskBody,
    handle: async (ask) => {
      refuseCall("take", ask.actor);
      const { draftId, event, caller } = await ask.json(deskBody);
      if (ask.actor.desk === undefined)
        throw new AppError("REFUSED", "席が決まっていません。席を選んで着席し直してください。");
      const recorded = await recordSignal(ask.office, ask.actor, {
        source: "desk",
        outerId: `${ask.actor.id}/${draftId}`,
        kind: event === "start" ? "answer" : "end",
        at: ask.now,
        direction: "in",
        caller,
        desk: ask.actor.desk,
      });
      return ask.reply({ id: recorded.id, state: recorded.state });
    },
  },
  {
    id: "calls.dial.api",
    method: "POST",
    path: "/api/calls/:id/dial",
    kind: "api",
    summary: "かけてきた方にかけ直す（rang が偽なら、人がかける番号と、その訳）",
    handle: async (ask) => ask.reply(await dialCall(ask.office, ask.actor, ask.param("id"))),
  },
  {
    id: "calls.busy.api",
    method: "POST",
    path: "/api/calls/busy",
    kind: "api",
    summary: "話中の数を入れる",
    input: busyBody,
    handle: async (ask) => {
      await noteBusy(ask.office, ask.actor, await ask.json(busyBody));
      return ask.reply({ noted: true });
    },
  },
];
