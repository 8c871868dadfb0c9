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
import { type PlainPiece, plainPieces, shownText } from "./plain-piece.ts";
import { listDecisionRows } from "./plan-decision-store.ts";
import { refusePlanRole } from "./plan-right.ts";
import { readInlineBook } from "./read-inline-book.ts";
import { type ListedBlock, listedBlocks, type OpenPlan, openPlan } from "./read-plan.ts";
import { writeDecision } from "./write-decision.ts";

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
  const pieces = await piecesOf(office, actor, plan, listed);
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
    await writeDecision(
      tx,
      { plan: planId, key: plan.key },
      {
        ...{ kind: "inquiry-sent", subject: id },
        body: { pieces: Object.fromEntries(pieces) },
      },
    );
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

/** 部分 → 紙に出す文字と、その元の書き方。送ったときのものを残す（番号やデータは、あとから変わる）。 */
async function piecesOf(
  office: Office,
  actor: Actor,
  plan: OpenPlan,
  listed: readonly ListedBlock[],
): Promise<Map<string, [string, string][]>> {
  const book = await readInlineBook(office, actor.contract, plan);
  const contents = new Map(plan.blocks.map(({ id, content }) => [id, content]));
  return new Map(
    listed.map(({ id, kind, text, number }) => {
      const content = contents.get(id);
      const title = content && "title" in content ? (content.title ?? "") : "";
      const pieces = plainPieces({ kind, text, number, title }, book);
      return [id, pieces.map(([raw, shown]): [string, string] => [raw, shown])];
    }),
  );
}

/** 送った紙の文字（部分 → 並び）。前に送った照会には、ない（元の書き方のまま出した）。 */
export async function readInquiryPieces(
  office: Office,
  actor: Reader,
  planId: string,
  inquiry: Pick<Inquiry, "id">,
): Promise<Map<string, PlainPiece[]>> {
  const { key } = await openPlan(office, actor, planId);
  const row = (await listDecisionRows(office.read, key, planId, ["inquiry-sent"])).find(
    ({ subject }) => subject === inquiry.id,
  );
  const { pieces = {} } = row ? (JSON.parse(row.body) as { pieces?: Record<string, PlainPiece[]> }) : {};
  return new Map(Object.entries(pieces));
}

/** 部分 → 紙での場所（見出しと番号）。 */
export function inquiryPlaces(listed: readonly ListedBlock[]): Map<string, string> {
  return new Map(
    listed.map(({ id, heading, number }) => [
      id,
      heading.startsWith(number) ? heading : `${heading} ${number}`.trim(),
    ]),
  );
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
  const pieces = await readInquiryPieces(office, actor, planId, inquiry);
  const lines = inquiry.lines.map((line) => {
    const own = pieces.get(line.block);
    return own ? { ...line, sent: shownText(own) } : line;
  });
  const paper = {
    ...{ inquiry: { ...inquiry, lines }, title: plan.row.title, author: plan.meta.author },
    created: office.clock.officeNow(actor.contract),
    due: formatWareki(inquiry.due, { weekday: true }),
    places: inquiryPlaces(listedBlocks(plan)),
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
