import { approveFaq } from "../src/answers/approve-faq.ts";
import { changeContacts } from "../src/answers/change-contacts.ts";
import { recordInquiry, tallyInquiry } from "../src/answers/count-inquiry.ts";
import { draftFaq, editFaq, submitFaq } from "../src/answers/draft-faq.ts";
import { escalateQuestion } from "../src/answers/escalate-question.ts";
import { openComplaint } from "../src/answers/list-complaints.ts";
import { handRecords } from "../src/answers/list-inquiries.ts";
import { recordComplaint } from "../src/answers/record-complaint.ts";
import { fileComplaintReport, prepareComplaintReport } from "../src/answers/report-complaint.ts";
import {
  callClient,
  closeComplaint,
  confirmComplaint,
  handleComplaint,
} from "../src/answers/step-complaint.ts";
import {
  instructQuestion,
  sendQuestion,
  takeQuestion,
  tellCaller,
  tryCallback,
} from "../src/answers/step-question.ts";
import { countFaqUse, missFaq } from "../src/answers/use-faq.ts";
import type { Actor } from "../src/base/actor.ts";
import { instantOf } from "../src/base/time.ts";
import { answerFiling } from "../src/filings/answer-filing.ts";
import type { Office } from "../src/platform/office.ts";
import { complaints, questions, records } from "./answer-texts.ts";
import type { DemoClock } from "./demo-clock.ts";
import { faqs, nextVersion } from "./faq-texts.ts";
import { Random } from "./random.ts";

interface Staff {
  operators: readonly Actor[];
  supervisor: Actor;
  manager: Actor;
  client: Actor;
}

/** 応対: ＦＡＱ、件数（表２の割合）、クレーム、委託者への確認、応対記録。 */
export async function fillAnswers(office: Office, clock: DemoClock, staff: Staff): Promise<void> {
  const { manager } = staff;
  clock.set("2025-07-04T15:00:00");
  const unit = "デジタル企画課";
  await changeContacts(office, manager, [
    { unit, post: "係長", phone: "011-000-2136", hours: "平日 8:45〜17:15" },
    { unit, post: "課長", phone: "011-000-2137", hours: "平日 8:45〜17:15" },
    { unit: "市役所 代表（時間外）", post: "宿直", phone: "011-000-2111", hours: "夜間・休日" },
  ]);
  const ids = await writeFaqs(office, clock, staff);
  await countAll(office, clock, staff, ids);
  for (const one of complaints) await tellComplaint(office, clock, staff, one);
  for (const one of questions) await tellQuestion(office, clock, staff, one);
  await writeRecords(office, clock, staff);
}

async function writeFaqs(office: Office, clock: DemoClock, staff: Staff): Promise<string[]> {
  const { supervisor, manager, client } = staff;
  const ids: string[] = [];
  for (const [at, one] of faqs.entries()) {
    const { waits = false, ...content } = one;
    clock.set(waits ? "2025-09-17T10:40:00" : "2025-07-07T10:00:00");
    const given = { ...content, validFrom: null, validUntil: one.validUntil ?? null };
    const { id } = await draftFaq(office, supervisor, { ...given, reason: waits ? "問い合わせが多い" : "" });
    await submitFaq(office, supervisor, id);
    ids.push(id);
    if (waits) continue;
    clock.set("2025-07-08T14:00:00");
    await approveFaq(office, at % 5 === 0 ? client : manager, id);
  }
  clock.set("2025-09-17T11:10:00");
  const id = ids[nextVersion.at] ?? "";
  const first = faqs[nextVersion.at];
  if (!first) return ids;
  const { waits: _, ...content } = first;
  const next = { ...content, ...nextVersion.change, validFrom: null, validUntil: null };
  await editFaq(office, supervisor, id, next);
  await submitFaq(office, supervisor, id);
  return ids;
}

/** 日ごとの件数。初日と午前に多い（表２）。 */
const days: readonly [string, number, string?][] = [
  ["2025-07-11", 62],
  ["2025-07-14", 24],
  ["2025-07-15", 14],
  ["2025-07-16", 11],
  ["2025-07-17", 9],
  ["2025-07-18", 8],
  ["2025-07-22", 7],
  ["2025-07-23", 6],
  ["2025-07-24", 5],
  ["2025-07-25", 4],
  ["2025-09-11", 168],
  ["2025-09-12", 71],
  ["2025-09-16", 59],
  ["2025-09-17", 37, "13:35"],
];
const hourly = [30, 26, 16, 7, 9, 7, 5];
const itemShares: readonly [string, number][] = [
  ["seats", 24],
  ["lesson", 18],
  ["place", 16],
  ["bring", 14],
  ["card", 9],
  ["change", 7],
  ["hours", 5],
  ["fee", 4],
  ["other", 3],
];

async function countAll(
  office: Office,
  clock: DemoClock,
  staff: Staff,
  ids: readonly string[],
): Promise<void> {
  const random = new Random(90317);
  const live = ids.slice(0, faqs.filter((one) => !one.waits).length);
  for (const [day, count, until] of days) {
    const times = Array.from({ length: count }, () => timeOf(random, until)).sort();
    for (const group of Map.groupBy(times, (time) => time.slice(0, 4)).values()) {
      clock.set(`${day}T${group[0]}:00`);
      await Promise.all(
        group.map((_, at) => {
          const actor = staff.operators[at % staff.operators.length] ?? staff.supervisor;
          const byFaq = random.chance(0.35);
          return byFaq
            ? countFaqUse(
                office,
                actor,
                live[Math.min(random.int(0, live.length - 1), random.int(0, live.length - 1))] ?? "",
              )
            : tallyInquiry(office, actor, { item: pick(random, itemShares) });
        }),
      );
    }
  }
  clock.set("2025-09-17T11:30:00");
  for (const words of [
    "オンライン 受講",
    "オンライン 受講",
    "録画",
    "ＬＩＮＥ 乗っ取り",
    "ＬＩＮＥ 乗っ取り",
    "マイナンバーカード",
  ])
    await missFaq(office, staff.operators[0] ?? staff.supervisor, words);
}

function timeOf(random: Random, until = "15:59"): string {
  for (;;) {
    const hour =
      9 +
      Number(
        pick(
          random,
          hourly.map((share, at) => [String(at), share] as const),
        ),
      );
    const time = `${String(hour).padStart(2, "0")}:${String(random.int(0, 59)).padStart(2, "0")}`;
    if (time <= until) return time;
  }
}

function pick(random: Random, shares: readonly (readonly [string, number])[]): string {
  let left = random.int(0, shares.reduce((sum, [, share]) => sum + share, 0) - 1);
  for (const [value, share] of shares) {
    left -= share;
    if (left < 0) return value;
  }
  return shares[0]?.[0] ?? "";
}

async function tellComplaint(
  office: Office,
  clock: DemoClock,
  staff: Staff,
  one: (typeof complaints)[number],
): Promise<void> {
  const { supervisor, manager, client } = staff;
  const op = staff.operators[0] ?? supervisor;
  const receivedAt = instantOf(one.day, one.time);
  clock.set(`${one.day}T${one.time}:00`);
  const { id } = await recordComplaint(office, op, { ...one.given, receivedAt });
  if (one.call) {
    clock.set(`${one.call.day}T${one.call.time}:00`);
    await callClient(office, manager, id, {
      at: instantOf(one.call.day, one.call.time),
      to: "デジタル企画課 係長",
      note: one.call.note,
    });
  }
  if (one.response === undefined) return;
  clock.set(`${one.day}T${one.handled}:00`);
  await handleComplaint(office, supervisor, id, { response: one.response });
  if (one.prevention === undefined) return;
  clock.set(one.confirmed ?? `${one.day}T15:50:00`);
  await confirmComplaint(office, manager, id, { prevention: one.prevention });
  if (one.reported === undefined) return;
  clock.set(one.reported);
  const { body } = await prepareComplaintReport(office, manager, await openComplaint(office, manager, id));
  const { filing } = await fileComplaintReport(office, manager, id, { body });
  if (one.accepted === undefined) return;
  clock.set(one.accepted);
  await answerFiling(office, client, filing, { outcome: "received", text: "" });
  await closeComplaint(office, supervisor, id);
}

async function tellQuestion(
  office: Office,
  clock: DemoClock,
  staff: Staff,
  one: (typeof questions)[number],
): Promise<void> {
  const { supervisor, manager, client } = staff;
  const op = staff.operators[1] ?? supervisor;
  clock.set(`${one.day}T${one.times[0]}:00`);
  const { id } = await escalateQuestion(office, op, one.given);
  clock.set(`${one.day}T${one.times[1]}:00`);
  if (one.until === "asked") return;
  await takeQuestion(office, manager, id);
  if (one.until === "taken") return;
  clock.set(`${one.day}T${one.times[2]}:00`);
  const { filing } = await sendQuestion(office, manager, id, { body: one.given.ask });
  if (one.answer === undefined) return;
  clock.set(`${one.day}T${one.times[3]}:00`);
  await answerFiling(office, client, filing, { outcome: "answered", text: one.answer });
  await instructQuestion(office, supervisor, id, { answer: one.answer, from: "デジタル企画課 担当" });
  if (one.until === "instructed") {
    await tryCallback(office, op, id, "absent");
    return;
  }
  clock.set(`${one.day}T${one.times[4]}:00`);
  await tellCaller(office, op, id, { note: "お伝えし、ご納得いただいた。" });
}

async function writeRecords(office: Office, clock: DemoClock, staff: Staff): Promise<void> {
  const op = staff.operators[0] ?? staff.supervisor;
  for (const { at, ...given } of records) {
    clock.set(at);
    if (at > "2025-08-01" && at < "2025-09-11T10:00:00") {
      clock.set("2025-08-01T10:00:00");
      await handRecords(office, staff.supervisor, { receiver: "デジタル企画課 係長" });
      clock.set(at);
    }
    await recordInquiry(office, op, { ...given, needsPersonal: false });
  }
}
