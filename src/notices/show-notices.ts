import { dayOf, minuteOf } from "../base/time.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { latestTemplate } from "../platform/client-template-store.ts";
import type { Ask } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { roleMay } from "./batch.ts";
import { batchName } from "./batch-view.ts";
import { type BatchSummary, listBatches } from "./list-batches.ts";
import { listPoolDays, type PoolDay } from "./list-pool.ts";
import type { BatchLine, NoticesPageProps, PoolRow } from "./notices-page.tsx";
import { postingStrip } from "./posting-strip.ts";

/** 受講通知書の入り口に出すもの。 */
export async function showNotices(ask: Ask, onceKey: string): Promise<NoticesPageProps> {
  const { office, actor } = ask;
  const [{ blueprint }, days, batches, template] = await Promise.all([
    openContract(office, actor.contract),
    listPoolDays(office, actor),
    listBatches(office, actor),
    latestTemplate(office.read, actor.contract, "notice"),
  ]);
  const open = batches.filter((one) => one.state !== "sent").flatMap((one) => one.days);
  const [first] = [...days.map((one) => one.day), ...open].filter((day) => day >= ask.today).sort();
  return {
    sentence: sentence(days, batches),
    date: formatWareki(ask.today, { weekday: true }),
    now: `${minuteOf(ask.now)}現在`,
    strip: first ? postingStrip(blueprint, first, ask.now) : undefined,
    pool: days.map(poolRow),
    batches: batches.map(batchLine),
    mayPrepare: roleMay("prepare", actor.roles, blueprint.roles.supervisorMayOperate),
    csrf: ask.seated.csrf,
    onceKey,
    template: template && { name: template.file_name, at: formatWareki(dayOf(template.created_at)) },
  };
}

function sentence(days: readonly PoolDay[], batches: readonly BatchSummary[]): string {
  const due = sum(
    days.filter((one) => one.outlook.inTime && one.outlook.daysLeft === 0).map((one) => one.count),
  );
  const waiting = sum(
    batches
      .filter((one) => one.state === "submitted" || one.state === "approved")
      .map((one) => one.tally.waiting),
  );
  const toSend = sum(batches.filter((one) => one.state === "printed").map((one) => one.tally.toSend));
  const parts = [
    due > 0 ? `本日の集荷までに作るものが${due}通` : "",
    waiting > 0 ? `承認を待つものが${waiting}通` : "",
    toSend > 0 ? `投函するものが${toSend}通` : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? `${parts.join("、")}あります` : "いま急ぐ受講通知書はありません";
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function poolRow({ day, outlook, count, reissue, classes }: PoolDay): PoolRow {
  const [first] = classes;
  const rest = classes.length > 1 ? ` ほか${classes.length - 1}` : "";
  const { inTime, daysLeft } = outlook;
  return {
    day,
    label: formatMonthDay(day, { weekday: true }),
    count,
    reissue,
    deadline: `${formatMonthDay(dayOf(outlook.deadline), { weekday: true })}${minuteOf(outlook.deadline)}`,
    tone: inTime ? (daysLeft === 0 ? "due" : "soon") : outlook.arrives ? "warn" : "late",
    left: inTime
      ? daysLeft === 0
        ? "本日"
        : `あと${daysLeft}営業日`
      : outlook.arrives
        ? "期限を過ぎました"
        : "電話で連絡",
    classes: first ? `${first.venue} ${first.start} ${first.course}${rest}` : "",
    checked: daysLeft <= 1,
  };
}

function batchLine(one: BatchSummary): BatchLine {
  return {
    id: one.id,
    number: one.number,
    state: one.state,
    about: batchName(one.number, one.days),
    made: one.tally.made,
    words: wordsOf(one),
    madeAt: `${formatMonthDay(dayOf(one.madeAt))} ${minuteOf(one.madeAt)}`,
    samePerson: one.samePerson,
  };
}

function wordsOf({ state, tally, sentOn, sentCount }: BatchSummary): string {
  switch (state) {
    case "draft":
    case "returned":
      return `${tally.waiting}通を確かめて、承認に回してください（OP）`;
    case "submitted":
      return `${tally.waiting}通の承認を待っています（SV）`;
    case "approved":
      return `${tally.approved}通を承認${tally.waiting > 0 ? `、${tally.waiting}通は確かめる前` : ""}`;
    case "printing":
      return `${tally.printed}通を印刷用のファイルにしています`;
    case "printed":
      return `${tally.toSend}通を投函して、記録してください（OP）`;
    case "sent":
      return `${sentOn ? formatMonthDay(sentOn, { weekday: true }) : ""}に${sentCount ?? 0}通を発送`;
  }
}
