import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { finishTask } from "../tasks/close-task.ts";
import { insertPlanBlock } from "./arrange-block.ts";
import { changePlanBlock } from "./change-block.ts";
import { type Inquiry, inquiryCode, isToDecide } from "./inquiry.ts";
import { type InquiryReading, readInquiry } from "./inquiry-reader.ts";
import {
  type InquiryLineRow,
  listInquiryLineRows,
  listInquiryRows,
  updateInquiry,
  updateInquiryLine,
} from "./inquiry-store.ts";
import { type CameAnswer, type CameReturn, matchCame, plainText, settleLine } from "./match-came.ts";
import { isWhole, type PlainPiece, rawText, shownText } from "./plain-piece.ts";
import { listDecisionRows } from "./plan-decision-store.ts";
import { refusePlanRole } from "./plan-right.ts";
import { readContent } from "./plan-text.ts";
import { listedBlocks, openPlan } from "./read-plan.ts";
import { inquiryPlaces, listInquiries, readInquiryPieces, readPlanInquiry } from "./send-inquiry.ts";
import { writeDecision } from "./write-decision.ts";

type Reader = Pick<Actor, "contract" | "roles">;

/** 読んだ紙（読んだ順）。 */
export async function listInquiryReturns(
  office: Office,
  actor: Reader,
  planId: string,
  inquiry: Pick<Inquiry, "id">,
): Promise<(CameReturn & { at: string })[]> {
  const { key } = await openPlan(office, actor, planId);
  const rows = await listDecisionRows(office.read, key, planId, ["inquiry-returned"]);
  return rows
    .filter(({ subject }) => subject === inquiry.id)
    .map(({ body, made_at }) => ({ ...(JSON.parse(body) as CameReturn), at: made_at }));
}

export interface TakenInquiry {
  changed: number;
  opinions: number;
  missing: number;
  /** 原稿に結べなかった行（照会の画面にも残る）。 */
  unknown: CameReturn["extra"];
  outside: string[];
  told: string[];
}

/**
 * 返ってきた紙を読み、行ごとに結ぶ。直しはまだ原稿に入れない。読んだものは紙ごとに残り、同じ部署の二枚目は前の紙と合わせる。
 * 結べない行、表の外の文、コメントも残す。決めた行に、違う文があとから来たら、決め直す行に戻す。
 * @throws AppError BAD_INPUT（よその文書、ほかの号・計画の照会、開けない）、FORBIDDEN、NOT_FOUND
 */
export async function takeInquiry(
  office: Office,
  actor: Actor,
  planId: string,
  number: number,
  file: { bytes: Uint8Array; fileName: string },
): Promise<TakenInquiry> {
  refusePlanRole("write", actor);
  const inquiry = await readPlanInquiry(office, actor, planId, number);
  const plan = await openPlan(office, actor, planId);
  const reading = readInquiry(file.bytes, file.fileName, new Set(inquiry.lines.map(({ block }) => block)));
  refuseOther(reading, inquiry, await listInquiries(office, actor, planId));
  const pieces = await readInquiryPieces(office, actor, planId, inquiry);
  const shown = inquiry.lines.map(({ block, sent }) => {
    const own = pieces.get(block);
    return { block, sent: own ? shownText(own) : sent };
  });
  const { answers: read, extra } = matchCame(shown, reading.lines, inquiryPlaces(listedBlocks(plan)));
  const answers = read.map((answer) => withMarks(answer, pieces.get(answer.block)));
  if (answers.length === 0)
    throw new AppError(
      "BAD_INPUT",
      "この照会の部分の印が、一つもありません。別の照会の紙ではないか、ご確認ください。届いたファイルは変えていません。",
    );
  const came: CameReturn = {
    ...{
      fileName: file.fileName.replace(/^.*[\\/]/, "").slice(0, 200),
      answers,
      extra,
      outside: reading.outside,
    },
    told: reading.code === undefined ? ["照会の印がない紙です。この照会への回答として読みました。"] : [],
  };
  const before = await listInquiryReturns(office, actor, planId, inquiry);
  const rows = (await listInquiryLineRows(office.read, plan.key, planId)).filter(
    ({ inquiry_id }) => inquiry_id === inquiry.id,
  );
  const told = [...came.told];
  await office.act(actor, async (tx) => {
    await writeDecision(
      tx,
      { plan: planId, key: plan.key },
      { kind: "inquiry-returned", subject: inquiry.id, body: JSON.parse(JSON.stringify(came)) },
    );
    const next = rows.map((row) => nextLine(row, before, came));
    for (const row of next) await updateInquiryLine(tx, plan.key, row);
    const again = next.filter((row, at) => isDecided(rows[at]) && !isDecided(row)).length;
    if (again > 0) told.push(`決めた${again}つの部分に、違う文が来たので、決めるところに戻しました。`);
    const open = next.some((row) => isToDecide(row));
    await updateInquiry(tx, inquiry.id, { state: open ? "returned" : "closed", returned_at: tx.now });
    if (!open) await finishReminder(tx, planId, inquiry);
  });
  const of = (state: string) => came.answers.filter((one) => one.state === state).length;
  return {
    ...{ changed: of("changed"), opinions: of("opinion"), unknown: extra, outside: came.outside, told },
    missing: rows.filter(({ block }) => !came.answers.some((one) => one.block === block)).length,
  };
}

/** 紙の文字で書かれた答えを、原稿の書き方に戻す。図・写真への書き込みは、意見とする。 */
function withMarks(answer: CameAnswer, pieces: readonly PlainPiece[] | undefined): CameAnswer {
  if (answer.text === null || pieces === undefined) return answer;
  if (isWhole(pieces))
    return {
      ...{ ...answer, state: "opinion" as const, text: null },
      remark: [answer.text, answer.remark].filter(Boolean).join("\n"),
    };
  const { text, lost } = rawText(pieces, answer.text);
  const told = lost.map((words) => `「${words}」が書き換えられたので、書かれた字のままにしました。`);
  return { ...answer, text, told: [...answer.told, ...told] };
}

/** 一つの部分の、紙を読んだあとの姿。決めた行は、違う文が来たときだけ、決めるところに戻る。 */
function nextLine(row: InquiryLineRow, before: readonly CameReturn[], came: CameReturn): InquiryLineRow {
  const settled = settleLine(row.block, [...before, came]);
  const old = settleLine(row.block, before).candidates;
  const fresh = settled.candidates.filter(
    ({ text }) =>
      !old.some((one) => plainText(one.text) === plainText(text)) &&
      plainText(text) !== plainText(row.came ?? ""),
  );
  if (isDecided(row) && fresh.length === 0) return row;
  const [first] = isDecided(row) ? fresh : settled.candidates;
  return {
    ...{ ...row, came: first?.text ?? row.came, remark: settled.remark || row.remark, state: settled.state },
    ...{ decided_by: null, decided_at: null },
  };
}

function isDecided(row: Pick<InquiryLineRow, "state"> | undefined): boolean {
  return row?.state === "accepted" || row?.state === "rejected";
}

/** ほかの号、ほかの計画の照会の紙を断る。 */
function refuseOther(reading: InquiryReading, inquiry: Inquiry, all: readonly Inquiry[]): void {
  const { code, number } = reading;
  if (code === inquiryCode(inquiry)) return;
  const other =
    code === undefined
      ? number === inquiry.number
        ? undefined
        : all.find((one) => one.number === number)
      : all.find((one) => inquiryCode(one) === code);
  if (other)
    throw new AppError(
      "BAD_INPUT",
      `第${other.number}号（${other.department}）の紙です。第${other.number}号の画面で読んでください。届いたファイルは変えていません。`,
    );
  if (code !== undefined)
    throw new AppError(
      "BAD_INPUT",
      "ほかの計画か、ほかの契約の照会の紙です。どの照会の紙か、ご確認ください。届いたファイルは変えていません。",
    );
}

/**
 * 返った直しを、入れるか入れないか決める。入れるときは、送ったときの版からの直しとして合わせる（その後の直しも残る）。
 * text を言えば、その文を入れる（候補の一つ、または候補を直したもの）。意見だけの行は、文を変えずに決める。
 * @throws AppError CONFLICT（同じ文がその後に直された: 文は脇に残る）、NOT_FOUND、FORBIDDEN、BAD_INPUT（書き方が崩れる）
 */
export async function decideInquiryLine(
  office: Office,
  actor: Actor,
  planId: string,
  number: number,
  lineId: string,
  decision: "accepted" | "rejected",
  text?: string,
): Promise<void> {
  refusePlanRole("write", actor);
  const inquiry = await readPlanInquiry(office, actor, planId, number);
  const line = inquiry.lines.find(({ id }) => id === lineId);
  if (!line || !isToDecide(line))
    throw new AppError("NOT_FOUND", "その行は、もう決まっているか、ありません。");
  const { key } = await openPlan(office, actor, planId);
  const wanted = text ?? (line.state === "changed" ? line.came : null);
  if (decision === "accepted") {
    if (wanted === null && line.state !== "opinion")
      throw new AppError("REFUSED", "返った紙に、この部分の文がありません。");
    if (wanted !== null && wanted.trim() === "")
      throw new AppError("BAD_INPUT", "入れる文が空です。部分を削るときは、原稿の画面で消してください。");
    if (wanted !== null)
      await putText(office, actor, planId, line, wanted, {
        reason:
          `庁内照会 第${number}号（${inquiry.department}）${line.remark === "" ? "" : `: ${line.remark}`}`.slice(
            0,
            500,
          ),
      });
  }
  await closeLine(office, actor, planId, key, inquiry, line.id, decision);
}

/** 文を原稿に入れる。段落に、いくつかの段落が貼られていれば、二つ目からは新しい段落として後に続ける。 */
async function putText(
  office: Office,
  actor: Actor,
  planId: string,
  line: Inquiry["lines"][number],
  wanted: string,
  { reason }: { reason: string },
): Promise<void> {
  const kind = (await openPlan(office, actor, planId)).blocks.find(({ id }) => id === line.block)?.content
    .kind;
  const [first = "", ...more] =
    kind === "paragraph"
      ? wanted
          .split(/\n+/)
          .map((text) => text.trim())
          .filter(Boolean)
      : [wanted];
  await changePlanBlock(office, actor, planId, line.block, {
    ...{ text: first, expectedVersion: line.version, tracked: true, reason },
  });
  let after = line.block;
  for (const text of more) {
    const content = readContent({ kind: "paragraph", text: "" }, text);
    after = (await insertPlanBlock(office, actor, planId, { after, content, reason, tracked: true })).block;
  }
}

async function closeLine(
  office: Office,
  actor: Actor,
  planId: string,
  key: SubjectKey,
  inquiry: Inquiry,
  lineId: string,
  decision: "accepted" | "rejected",
): Promise<void> {
  const row = (await listInquiryLineRows(office.read, key, planId)).find(({ id }) => id === lineId);
  if (!row) throw new AppError("NOT_FOUND", "その行はありません。");
  const rest = inquiry.lines.filter(
    (one) => one.id !== lineId && (isToDecide(one) || one.state === "waiting"),
  );
  await office.act(actor, async (tx) => {
    await updateInquiryLine(tx, key, {
      ...row,
      ...{ state: decision, decided_by: tx.actor.id, decided_at: tx.now },
    });
    if (rest.length === 0) {
      await updateInquiry(tx, inquiry.id, { state: "closed" });
      await finishReminder(tx, planId, inquiry);
    }
    await tx.record({
      kind: "plan.inquiry-decided",
      about: planId,
      payload: { inquiry: inquiry.id, number: inquiry.number, block: row.block, decision },
    });
  });
}

/** 催促の仕事を、あれば終える。 */
async function finishReminder(tx: Tx, planId: string, inquiry: Pick<Inquiry, "id">): Promise<void> {
  const { task_id } = (await listInquiryRows(tx, planId)).find(({ id }) => id === inquiry.id) ?? {};
  if (task_id) await finishTask(tx, task_id, "done");
}
