import { z } from "zod";
import { complaintTopics, severities } from "../answers/complaint.ts";
import { escalateQuestion } from "../answers/escalate-question.ts";
import { callbackPromises } from "../answers/question.ts";
import { recordComplaint } from "../answers/record-complaint.ts";
import { todayTally } from "../answers/today-tally.ts";
import { linkCall } from "../calls/link-call.ts";
import type { Route } from "../platform/route.ts";
import { deskPaths } from "./desk-api.ts";

const keysOf = <T extends string>(record: Readonly<Record<T, unknown>>) => Object.keys(record) as [T, ...T[]];
const draftId = z.string().min(1).max(64);
const complaintBody = z.object({
  draftId,
  severity: z.enum(keysOf(severities)),
  topic: z.enum(keysOf(complaintTopics)),
  content: z.string().max(20_000),
});
const questionBody = z.object({
  draftId,
  item: z.string().max(40),
  ask: z.string().max(20_000),
  /** 折り返す相手。折り返しが要らなければ空。 */
  caller: z.string().max(1_000),
  promise: z.enum(keysOf(callbackPromises)),
});

/** 受付デスクから、画面を替えずに残す応対の道。 */
export const deskAnswerRoutes: Route[] = [
  {
    id: "desk.answers",
    method: "GET",
    path: deskPaths.answers,
    kind: "api",
    summary: "件数の鍵と、本日の件数",
    handle: async (ask) => ask.reply({ tally: await todayTally(ask.office, ask.actor.contract, ask.today) }),
  },
  {
    id: "desk.complaint",
    method: "POST",
    path: deskPaths.complaints,
    kind: "api",
    summary: "いまの電話を苦情として残す（電話の記録とつなぐ）",
    input: complaintBody,
    handle: async (ask) => {
      const { draftId: draft, ...given } = await ask.json(complaintBody);
      const { id, number } = await recordComplaint(ask.office, ask.actor, {
        ...given,
        channel: "phone",
        receivedAt: ask.now,
        onceKey: ask.header("Idempotency-Key"),
      });
      const call = await linkCall(ask.office, ask.actor, draft, {
        ...{ to: `answers/complaint/${id}`, label: `クレーム第${number}号` },
      });
      return ask.reply({ id, number, call }, 201);
    },
  },
  {
    id: "desk.question",
    method: "POST",
    path: deskPaths.questions,
    kind: "api",
    summary: "いまの電話を委託者への確認に上げる（電話の記録とつなぐ）",
    input: questionBody,
    handle: async (ask) => {
      const { draftId: draft, ...given } = await ask.json(questionBody);
      const onceKey = ask.header("Idempotency-Key");
      const { id, number } = await escalateQuestion(ask.office, ask.actor, { ...given, onceKey });
      const call = await linkCall(ask.office, ask.actor, draft, {
        ...{ to: `answers/question/${id}`, label: `確認第${number}号` },
      });
      return ask.reply({ id, number, call }, 201);
    },
  },
];
