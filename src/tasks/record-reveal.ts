import type { Actor } from "../base/actor.ts";
import { instantFromMs } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office, Tx } from "../platform/office.ts";
import { putTask } from "./open-task.ts";
import type { TaskTerms } from "./task.ts";
import { personOf, VIEW_LIMIT, VIEW_MINUTES } from "./view.ts";

const WINDOW_MS = VIEW_MINUTES * 60_000;
const ENOUGH = 2_000;

/** 見せるもの一つ。 */
export interface Reveal {
  /** 方の仮名（本人の鍵の番号）。 */
  subject?: string;
  /** 仮名のない方（意見書の差出人、回答の一件、委員）は、この印で一人と数える。個人情報を書かない。 */
  about: string;
  /** 何を見せたか（「phone」など）。 */
  field: string;
  /** なぜ（符号。「call」など）。 */
  reason: string;
}

/**
 * 個人情報を見せる前に、見せたことを残す。残せなければ、見せてはならない（特記 第10条(2)、基準5(4)）。
 * どの室の表示も、ここを通して同じ種類（person.revealed）に残し、見張り・様式１・事故の件数が一つの数え方で数える。
 */
export async function recordReveals(
  office: Office,
  actor: Actor,
  terms: TaskTerms,
  reveals: readonly Reveal[],
): Promise<void> {
  await office.act(actor, (tx) => putReveals(tx, terms, reveals));
}

/**
 * 取引の中で、見せる一人ずつを残す（リストのように、一度に何人も見せるとき）。
 * 目安（10分に30人）を超えたら、保護管理者の仕事を一つ立てる。通話も整理も止めない。
 */
export async function putReveals(tx: Tx, terms: TaskTerms, reveals: readonly Reveal[]): Promise<void> {
  const seen = await peopleSeen(tx);
  const before = seen.size;
  for (const { subject, about, field, reason } of reveals) {
    await tx.record({
      ...{ kind: "person.revealed", about, payload: { field, reason } },
      ...(subject ? { subject } : {}),
    });
    seen.add(subject ?? about);
  }
  if (before <= VIEW_LIMIT && seen.size > VIEW_LIMIT) await tellPrivacy(tx, terms);
}

async function peopleSeen(tx: Tx): Promise<Set<string>> {
  const views = await listEvents(tx, {
    ...{ contract: tx.contract, kinds: ["person.revealed"], actor: tx.actor.id, limit: ENOUGH },
    from: instantFromMs(Date.parse(tx.now) - WINDOW_MS),
  });
  return new Set(views.map(personOf));
}

/** 目安を超えた時に一つだけ（同じ10分の中では増やさない）。だれの閲覧かは、見張りの画面で見る。 */
async function tellPrivacy(tx: Tx, terms: TaskTerms): Promise<void> {
  const span = Math.floor(Date.parse(tx.now) / WINDOW_MS);
  await putTask(tx, terms, {
    kind: "other",
    title: `大量の閲覧の知らせに答える（${VIEW_MINUTES}分に${VIEW_LIMIT}人を超える表示）`,
    clause: "基準5(4)",
    role: "privacy",
    due: { kind: "business-days", days: 0 },
    about: { room: "watch", kind: "alert", id: tx.actor.id },
    cause: `watch/${tx.actor.id}/${span}`,
  });
}
