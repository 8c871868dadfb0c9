import { z } from "zod";
import type { Ask, Route } from "../platform/route.ts";
import { approveBatch, undoApproval } from "./approve-batch.ts";
import { dispatchBatch } from "./dispatch-batch.ts";
import { listBatches } from "./list-batches.ts";
import { listPoolDays } from "./list-pool.ts";
import { openBatch } from "./open-batch.ts";
import { prepareBatch } from "./prepare-batch.ts";
import { startPrint } from "./print-batch.ts";
import { returnBatch } from "./return-batch.ts";
import { stopPrint } from "./stop-print.ts";
import { submitBatch } from "./submit-batch.ts";

const idText = z.string().min(1).max(64);
const count = z.int().min(0);
const tally = z.object({
  made: count,
  waiting: count,
  approved: count,
  excluded: count,
  withdrawn: count,
  printed: count,
  toSend: count,
});
const batch = z.object({
  id: idText,
  number: count,
  state: z.enum(["draft", "submitted", "returned", "approved", "printing", "printed", "sent"]),
  madeAt: z.iso.datetime(),
  days: z.array(z.iso.date()),
  tally,
  sentOn: z.iso.date().nullable(),
  sentCount: count.nullable(),
  samePerson: z.boolean(),
});
const prepareBody = z.object({
  classIds: z.array(idText).max(2000).optional(),
  withinDays: z.int().min(0).max(400).optional(),
});
const approveBody = z.object({ notices: z.array(idText).min(1).max(2000).optional() });
const returnBody = z.object({ reason: z.string().max(1000) });
const dispatchBody = z.object({ sentOn: z.iso.date(), count, receipt: z.string().max(100).default("") });

/** 束の今の数（氏名を含まない）。 */
async function summary(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const open = await openBatch(ask.office, ask.actor, id);
  const exceptions = open.cards.flatMap((card) =>
    card.exceptions.map(({ code, tone, title, detail }) => ({
      notice: card.notice.id,
      number: card.detail?.booking.number ?? 0,
      code,
      tone,
      title,
      detail,
    })),
  );
  return ask.reply({
    id,
    number: open.batch.number,
    state: open.batch.state,
    tally: open.tally,
    days: open.days,
    exceptions,
  });
}

async function prepare(ask: Ask): Promise<Response> {
  const { classIds, withinDays } = await ask.json(prepareBody);
  const onceKey = ask.header("idempotency-key");
  const made = await prepareBatch(ask.office, ask.actor, {
    ...(classIds ? { classIds } : {}),
    ...(withinDays === undefined ? {} : { withinDays }),
    ...(onceKey ? { onceKey } : {}),
  });
  return ask.reply(made, 201);
}

async function approve(ask: Ask): Promise<Response> {
  const { notices } = await ask.json(approveBody);
  return ask.reply(await approveBatch(ask.office, ask.actor, ask.param("id"), notices));
}

type Api = Omit<Route, "kind" | "id"> & { id: string };
const api = (route: Api): Route => ({ ...route, id: `notice.api.${route.id}`, kind: "api" });
const base = "/api/notices/batches";

/** 束の JSON の道。画面と同じ動詞を呼ぶ。 */
export const batchApiRoutes: Route[] = [
  api({
    id: "list",
    method: "GET",
    path: base,
    summary: "束の一覧",
    output: z.object({ batches: z.array(batch) }),
    handle: async (ask) => ask.reply({ batches: await listBatches(ask.office, ask.actor) }),
  }),
  api({
    id: "pool",
    method: "GET",
    path: "/api/notices/pool",
    summary: "これから作る受講通知書（受講日ごと）",
    handle: async (ask) => ask.reply({ days: await listPoolDays(ask.office, ask.actor) }),
  }),
  api({ id: "batch", method: "GET", path: `${base}/:id`, summary: "束の数と確かめるもの", handle: summary }),
  api({
    id: "prepare",
    method: "POST",
    path: base,
    summary: "束を作る",
    input: prepareBody,
    output: z.object({ id: idText, number: count, count }),
    handle: prepare,
  }),
  api({
    id: "submit",
    method: "POST",
    path: `${base}/:id/submit`,
    summary: "承認に回す",
    handle: async (ask) => {
      await submitBatch(ask.office, ask.actor, ask.param("id"));
      return summary(ask);
    },
  }),
  api({
    id: "approve",
    method: "POST",
    path: `${base}/:id/approve`,
    summary: "発送を承認する（notices を省けば、確かめるもののない全部）",
    input: approveBody,
    output: z.object({ approved: count, withdrawn: count, waiting: count, samePerson: z.boolean() }),
    handle: approve,
  }),
  api({
    id: "undo",
    method: "POST",
    path: `${base}/:id/undo`,
    summary: "承認を取り消す",
    handle: async (ask) => {
      await undoApproval(ask.office, ask.actor, ask.param("id"));
      return summary(ask);
    },
  }),
  api({
    id: "return",
    method: "POST",
    path: `${base}/:id/return`,
    summary: "理由をつけて差し戻す",
    input: returnBody,
    handle: async (ask) => {
      await returnBatch(ask.office, ask.actor, ask.param("id"), (await ask.json(returnBody)).reason);
      return summary(ask);
    },
  }),
  api({
    id: "print",
    method: "POST",
    path: `${base}/:id/print`,
    summary: "印刷を始める（仕事の id を返す）",
    output: z.object({ job: idText, count }),
    handle: async (ask) => ask.reply(await startPrint(ask.office, ask.actor, ask.param("id")), 202),
  }),
  api({
    id: "print.stop",
    method: "POST",
    path: `${base}/:id/print/stop`,
    summary: "印刷を止める",
    handle: async (ask) => {
      await stopPrint(ask.office, ask.actor, ask.param("id"));
      return summary(ask);
    },
  }),
  api({
    id: "dispatch",
    method: "POST",
    path: `${base}/:id/dispatch`,
    summary: "発送を記録する（通数が合わなければ断る）",
    input: dispatchBody,
    handle: async (ask) => {
      await dispatchBatch(ask.office, ask.actor, ask.param("id"), await ask.json(dispatchBody));
      return summary(ask);
    },
  }),
];
