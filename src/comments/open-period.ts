import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { type Day, dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { type AnswerStatus, checklist, isLate, MIN_DAYS, periodDays } from "../opinions/period-rule.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office, Tx } from "../platform/office.ts";
import { refuseComment } from "./comment-right.ts";
import { listGroupRows } from "./group-store.ts";
import { noteSorted } from "./note-sorted.ts";
import { alsoCodes, listOpinionRows } from "./opinion-store.ts";
import { insertPeriod, updatePeriod } from "./period-store.ts";
import {
  type FrameEntry,
  type Period,
  type PeriodBody,
  readPeriod,
  refusePublished,
  requirePeriod,
} from "./read-period.ts";

export interface PeriodInput {
  title: string;
  from: string;
  to: string;
  checklist: PeriodBody["checklist"];
  shortReason?: string | undefined;
}

/** 始める前に足りないもの。なければ空。期間は両端を数えて30日以上（短くするなら理由）。 */
export function periodFaults(given: PeriodInput): Fault[] {
  const faults: Fault[] = [];
  if (given.title.trim() === "") faults.push({ field: "title", message: "案件の名を書いてください。" });
  for (const { name, label } of checklist)
    if (given.checklist[name].trim() === "")
      faults.push({ field: name, message: `「${label}」がまだです。` });
  if (!isDay(given.from)) faults.push({ field: "from", message: "始まりの日を書いてください。" });
  if (!isDay(given.to)) faults.push({ field: "to", message: "終わりの日を書いてください。" });
  if (isDay(given.from) && isDay(given.to)) {
    const days = periodDays(given.from, given.to);
    if (days < 1) faults.push({ field: "to", message: "終わりの日は、始まりの日よりあとにしてください。" });
    else if (days < MIN_DAYS && !given.shortReason?.trim())
      faults.push({
        field: "to",
        message: `期間は${days}日間です。原則${MIN_DAYS}日以上です。短くするなら、理由を書いてください。`,
      });
  }
  return faults;
}

/** 準備を書き残す（足りなくても残せる）。始まったあとは、公表したものを変えない。 */
export async function savePeriod(
  office: Office,
  actor: Actor,
  given: PeriodInput,
  edition?: number,
): Promise<{ id: string; edition: number }> {
  refuseComment("decide", actor);
  const before = await readPeriod(office, actor.contract);
  if (before && before.state !== "draft")
    throw new AppError("REFUSED", "意見公募は始まっています。公表したものは変えられません。");
  if (given.title.length > 120)
    throw new AppError("BAD_INPUT", "案件の名は120字までにしてください。", {
      faults: [{ field: "title", message: "120字までにしてください。" }],
    });
  for (const field of ["from", "to"] as const)
    if (given[field] !== "" && !isDay(given[field])) {
      const message = "暦にある日を書いてください。";
      throw new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
    }
  if (before && edition !== undefined && edition !== before.edition) throw stale();
  const key = before
    ? (await office.keys.get(actor.contract, [before.id])).get(before.id)
    : await office.keys.fresh(actor.contract);
  if (!key) throw stale();
  const change = {
    ...{ title: given.title.trim(), from_day: given.from || null, to_day: given.to || null },
    body: writeBody(before, { checklist: given.checklist, shortReason: given.shortReason ?? "" }),
  };
  return office.act(actor, async (tx) => {
    if (before) {
      if (!(await updatePeriod(tx, key, before.row, change))) throw stale();
    } else {
      const number = await takeNumber(tx, tx.contract, "comment-period");
      await insertPeriod(tx, key, {
        ...{ id: key.id, contract_id: tx.contract, number, state: "draft", ...change },
        ...{ made_by: tx.actor.id, made_at: tx.now, edition: 1 },
      });
    }
    await tx.record({
      kind: "comment.period-saved",
      about: key.id,
      payload: { from: change.from_day, to: change.to_day },
    });
    return { id: key.id, edition: (before?.edition ?? 0) + 1 };
  });
}

/** 期間の中身を書く。change に挙げたもののほかは、前のまま。 */
export function writeBody(before: Period | undefined, change: Partial<PeriodBody>): string {
  const empty = { draft: "", purpose: "", summary: "", issues: "", places: "", form: "" };
  return JSON.stringify({
    checklist: before?.checklist ?? empty,
    ...{
      frame: before?.frame ?? [],
      statuses: before?.statuses ?? [],
      permission: before?.permission ?? null,
    },
    ...{ shortReason: before?.shortReason ?? "", publications: before?.publications ?? [] },
    ...{ model: before?.model ?? null, ...change },
  });
}

/**
 * 意見公募を始める。公表するものが一つでも欠けていれば、始まらない。
 * @throws AppError BAD_INPUT（欠けているもの）、REFUSED（もう始まっている）、FORBIDDEN
 */
export async function openPeriod(office: Office, actor: Actor): Promise<void> {
  const period = await changing(office, actor);
  if (period.state !== "draft") throw new AppError("REFUSED", "意見公募はもう始まっています。");
  const { title, from, to, checklist: list, shortReason } = period;
  const faults = periodFaults({ title, from: from ?? "", to: to ?? "", checklist: list, shortReason });
  if (period.frame.length === 0)
    faults.push({ field: "frame", message: "分類（計画の章と施策の一覧）がまだです。" });
  if (faults.length > 0)
    throw new AppError("BAD_INPUT", `始める前に、${faults.length}件をそろえてください。`, { faults });
  await putPeriod(office, actor, period, { state: "open" }, "comment.period-opened", { from, to });
}

/** 締め切る。終わりの日を過ぎていなければ断る。 */
export async function closePeriod(office: Office, actor: Actor): Promise<void> {
  const period = await changing(office, actor);
  if (period.state !== "open") throw new AppError("REFUSED", "受付中の意見公募がありません。");
  const today = dayOf(office.clock.officeNow(actor.contract));
  if (period.to === null || !isLate(today, period.to))
    throw new AppError("REFUSED", "終わりの日までは締め切れません。期間内に届く意見を受け取ってください。");
  const { id, to } = period;
  await putPeriod(office, actor, period, { state: "closed" }, "comment.period-closed", { to }, (tx) =>
    noteSorted(tx, id),
  );
}

/** 分類と区分を改める（公表するまで、いつでも）。使われている分類・区分をなくすことは断る。 */
export async function changeFrame(
  office: Office,
  actor: Actor,
  change: { frame?: readonly FrameEntry[]; statuses?: readonly AnswerStatus[] },
): Promise<void> {
  const period = await changing(office, actor);
  refusePublished(period);
  const frame = change.frame ?? period.frame;
  const seen = new Set<string>();
  for (const { code } of frame) {
    if (seen.has(code)) throw new AppError("BAD_INPUT", `分類「${code}」が二度書かれています。`);
    seen.add(code);
  }
  const statuses = change.statuses ?? period.statuses;
  const codes = statuses.map(({ code }) => code);
  if (new Set(codes).size < codes.length)
    throw new AppError("BAD_INPUT", "区分の記号が重なっています。", {
      faults: [{ field: "statuses", message: "区分の記号が重なっています。" }],
    });
  await refuseUsed(office, actor, period.id, new Set(codes), new Set(frame.map(({ code }) => code)));
  const body = writeBody(period, { frame: [...frame], statuses: [...statuses] });
  await putPeriod(office, actor, period, { body }, "comment.frame-changed", {
    codes: frame.length,
    statuses: codes.length,
  });
}

/** 使われている分類と区分は、なくせない（数が合わなくなる）。 */
async function refuseUsed(
  office: Office,
  actor: Actor,
  period: string,
  statuses: ReadonlySet<string>,
  frame: ReadonlySet<string>,
): Promise<void> {
  const [groups, opinions] = await Promise.all([
    listGroupRows(office.read, actor.contract, period),
    listOpinionRows(office.read, actor.contract, period),
  ]);
  const lost = groups.find(({ status }) => status !== null && !statuses.has(status))?.status;
  if (lost)
    throw new AppError("BAD_INPUT", `区分「${lost}」は、答えに使われています。なくせません。`, {
      faults: [{ field: "statuses", message: `区分「${lost}」は、答えに使われています。` }],
    });
  const used = opinions.flatMap((one) => [one.code ?? "", ...alsoCodes(one)]);
  const code = used.find((one) => one !== "" && !frame.has(one));
  if (code)
    throw new AppError("BAD_INPUT", `分類「${code}」は、意見に付いています。一覧からなくせません。`, {
      faults: [{ field: "frame", message: `分類「${code}」は、意見に付いています。` }],
    });
}

/** フォームを公開する（市の許しの言葉を残す）、やめる（null）。 */
export async function permitForm(office: Office, actor: Actor, given: string | null): Promise<void> {
  const period = await changing(office, actor);
  if (given !== null && given.trim() === "") {
    const message = "市の許しを、いつ・だれから受けたか書いてください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "permission", message }] });
  }
  const at = office.clock.officeNow(actor.contract);
  const permission = given === null ? null : { words: given.trim(), at, by: actor.id };
  const body = writeBody(period, { permission });
  await putPeriod(office, actor, period, { body }, "comment.form-permitted", { open: permission !== null });
}

async function changing(office: Office, actor: Actor): Promise<Period> {
  refuseComment("decide", actor);
  return requirePeriod(office, actor.contract);
}

/** 期間を変えて、記録する。more は、同じ一手の中で、そのあとにすること。 */
export async function putPeriod(
  office: Office,
  actor: Actor,
  period: Period,
  change: Parameters<typeof updatePeriod>[3],
  kind: string,
  payload: NonNullable<Parameters<Tx["record"]>[0]["payload"]>,
  more: (tx: Tx) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const key = (await office.keys.get(actor.contract, [period.id])).get(period.id);
  if (!key) throw stale();
  await office.act(actor, async (tx) => {
    if (!(await updatePeriod(tx, key, period.row, change))) throw stale();
    await tx.record({ kind, about: period.id, payload });
    await more(tx);
  });
}

function stale(): AppError {
  return new AppError("CONFLICT", "ほかの人が先に変えました。画面を開き直してください。");
}

/** その日が期間のあとか。 */
export function lateIn(period: Pick<Period, "to">, day: Day): boolean {
  return period.to !== null && isLate(day, period.to);
}
