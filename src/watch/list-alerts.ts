import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { type Instant, instantOf } from "../base/time.ts";
import { addDays } from "../japan/day.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { personOf } from "../tasks/view.ts";
import { type AlertAnswer, answerLabels } from "./alert-answer.ts";
import { type DayViews, type MassView, massViews, type View, viewsPerDay } from "./mass-view.ts";
import { refuseAudit } from "./watch-right.ts";

export interface Alert extends MassView {
  /** 従業者番号。 */
  who: string;
  answer: { text: string; at: Instant; by: string } | undefined;
}

export interface Watch {
  days: number;
  alerts: Alert[];
  /** 日ごと・従業者ごとの数。 */
  perDay: (DayViews & { who: string })[];
}

/** 一度に見る日数。 */
const DAYS = 31;
const LIMIT = 200_000;

/** この31日の、大量の閲覧の知らせと、日ごとの数。氏名は開かない。 @throws AppError FORBIDDEN */
export async function listAlerts(office: Office, actor: Actor): Promise<Watch> {
  refuseAudit(actor);
  const [views, answers, names] = await Promise.all([
    readViews(office, actor.contract),
    listEvents(office.read, { contract: actor.contract, kinds: ["watch.answered"], limit: LIMIT }),
    nameHandlers(office, actor.contract),
  ]);
  const who = (id: string) => names.get(id)?.number ?? "－";
  // 新しい順に並ぶので、逆に積めば、はじめの答えが残らず最後の答えが残る。
  const byAlert = new Map(answers.toReversed().map((one) => [one.about, one]));
  return {
    days: DAYS,
    alerts: massViews(views).map((alert) => {
      const found = byAlert.get(alert.id);
      const text = found && answerLabels[found.payload.answer as AlertAnswer];
      return {
        ...{ ...alert, who: who(alert.actor) },
        answer: found && text ? { text, at: found.at, by: who(found.actor) } : undefined,
      };
    }),
    perDay: viewsPerDay(views).map((one) => ({ ...one, who: who(one.actor) })),
  };
}

async function readViews(office: Office, contract: string): Promise<View[]> {
  const today = office.clock.officeNow(contract).slice(0, 10);
  const from = instantOf(addDays(today, -DAYS), "00:00");
  const events = await listEvents(office.read, {
    ...{ contract, kinds: ["person.revealed"], from, limit: LIMIT },
  });
  return events.map((event) => ({
    ...{ id: event.id, at: event.at, actor: event.actor },
    person: personOf(event),
  }));
}
