import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { type Day, dayOf, instantOf } from "../base/time.ts";
import { addBusinessDays } from "../japan/business-day.ts";
import { isDay } from "../japan/day.ts";
import { formatWareki } from "../japan/wareki.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { putTask } from "../tasks/open-task.ts";
import { openContract } from "../terms/open-contract.ts";
import type { Inquiry, InquiryLine } from "./inquiry.ts";
import { inquiryWord, inquiryWorkbook } from "./inquiry-document.ts";
import {
  type InquiryLineRow,
  type InquiryRow,
  insertInquiry,
  insertInquiryLine,
  listInquiryLineRows,
  listInquiryRows,
} from "./inquiry-store.ts";
import { refusePlanRole } from "./plan-right.ts";
import { listedBlocks, openPlan } from "./read-plan.ts";

type Reader = Pick<Actor, "contract" | "roles">;

/** 照会の一覧（新しい順）。 */
export async function listInquiries(office: Office, actor: Reader, planId: string): Promise<Inquiry[]> {
  const { key } = await openPlan(office, actor, planId);
  const [rows, lines] = await Promise.all([
    listInquiryRows(office.read, planId),
    listInquiryLineRows(office.read, key, planId),
  ]);
  const own = Map.groupBy(lines, ({ inquiry_id }) => inquiry_id);
  return rows.toReversed().map((row) => inquiryOf(row, own.get(row.id) ?? []));
}

/** 一件。なければ NOT_FOUND。 */
export async function readPlanInquiry(
  office: Office,
  actor: Reader,
  planId: string,
  number: number,
): Promise<Inquiry> {
  const found = (await listInquiries(office, actor, planId)).find((one) => one.number === number);
  if (found) return found;
  throw new AppError("NOT_FOUND", "その照会はありません。照会の一覧から選び直してください。");
}

function inquiryOf(row: InquiryRow, lines: readonly InquiryLineRow[]): Inquiry {
  return {
    ...{ id: row.id, number: row.number, department: row.department, subject: row.subject, due: row.due },
    ...{ state: row.state, at: row.made_at, returnedAt: row.returned_at },
    lines: lines.map(lineOf),
  };
}

function lineOf({ id, block, position, version, sent, came, remark, state }: InquiryLineRow): InquiryLine {
  return { id, block, position, version, sent, came, remark: remark ?? "", state };
}

/**
 * 庁内照会を送る（紙を作り、期限の前の営業日に催促の仕事を置く）。送った文は、あとから変わらない。
 * @throws AppError BAD_INPUT（部署・期限・部分の誤り）、FORBIDDEN、NOT_FOUND
 */
export async function sendInquiry(
  office: Office,
  actor: Actor,
  planId: string,
  given: { department: string; subject: string; due: Day; blocks: readonly string[] },
): Promise<{ id: string; number: number }> {
  refusePlanRole("write", actor);
  const plan = await openPlan(office, actor, planId);
  const { blueprint } = await openContract(office, actor.contract);
  const today = dayOf(office.clock.officeNow(actor.contract));
  const listed = listedBlocks(plan).filter(({ id }) => given.blocks.includes(id));
  refuseFaults(given, listed.length, today);
  const id = newId();
  return office.act(actor, async (tx) => {
    const number = await takeNumber(tx, tx.contract, `plan-inquiry-${planId}`);
    const remind = addBusinessDays(blueprint.calendar, given.due, -1);
    const task = await putTask(tx, blueprint, {
      ...{
        kind: "confirm",
        title: `庁内照会 第${number}号（${given.department}）の回答を確かめる`,
        clause: "3(1)(ｱ)",
      },
      ...{
        role: "planner",
        due: { kind: "at", at: instantOf([remind, today].toSorted().at(-1) ?? today, "17:00") },
      },
      ...{ about: { room: "plan", kind: "inquiry", id: `${planId}.${number}` }, cause: `plan/inquiry/${id}` },
    });
    await insertInquiry(tx, {
      ...{ id, contract_id: tx.contract, plan_id: planId, number, department: given.department.trim() },
      ...{ subject: given.subject.trim(), due: given.due, state: "open", task_id: task.id },
      ...{ made_by: tx.actor.id, made_at: tx.now, returned_at: null },
    });
    for (const [at, block] of listed.entries())
      await insertInquiryLine(tx, plan.key, {
        ...{ id: newId(), contract_id: tx.contract, plan_id: planId, inquiry_id: id, block: block.id },
        ...{ position: at + 1, version: block.version, sent: block.text, came: null, remark: null },
        ...{ state: "waiting", decided_by: null, decided_at: null },
      });
    await tx.record({
      kind: "plan.inquiry-sent",
      about: planId,
      payload: { inquiry: id, number, lines: listed.length, due: given.due },
    });
    return { id, number };
  });
}

function refuseFaults(
  given: { department: string; subject: string; due: Day },
  blocks: number,
  today: Day,
): void {
  const faults: Fault[] = [];
  if (given.department.trim() === "" || given.department.length > 60)
    faults.push({ field: "department", message: "部署の名を 60 字までで書いてください。" });
  if (!isDay(given.due) || given.due < today)
    faults.push({ field: "due", message: "回答の期限を、今日からあとの日で書いてください。" });
  if (blocks === 0) faults.push({ field: "blocks", message: "照会する章を選んでください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "照会に直すところがあります。", { faults });
}

/** 照会の紙（Word か Excel）。部分の印が入る。 */
export async function writeInquiry(
  office: Office,
  actor: Actor,
  planId: string,
  number: number,
  format: "docx" | "xlsx",
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  const inquiry = await readPlanInquiry(office, actor, planId, number);
  const plan = await openPlan(office, actor, planId);
  const paper = {
    ...{ inquiry, title: plan.row.title, author: plan.meta.author },
    created: office.clock.officeNow(actor.contract),
    due: formatWareki(inquiry.due, { weekday: true }),
    places: new Map(listedBlocks(plan).map((one) => [one.id, `${one.heading} ${one.number}`.trim()])),
  };
  return {
    fileName: `庁内照会_第${number}号.${format}`,
    media:
      format === "docx"
        ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    bytes: format === "docx" ? inquiryWord(paper) : inquiryWorkbook(paper),
  };
}
