import { z } from "zod";
import { AppError } from "../base/error.ts";
import { minuteOf } from "../base/time.ts";
import { formatTimeRange } from "../japan/clock-time.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import type { Ask, Route } from "../platform/route.ts";
import { bookingNumber } from "../reception/booking.ts";
import { openContract } from "../terms/open-contract.ts";
import { roleMay } from "./batch.ts";
import { LedgerPage, LedgerRowsPage } from "./ledger-page.tsx";
import { listPhone, type PhoneEntry } from "./list-phone.ts";
import { notePhone, openPhoneTasks, type PhoneResult, phoneResults } from "./note-phone.ts";
import { maskName } from "./notice-card.ts";
import { PhonePage, PhonePaper, type PhoneRow } from "./phone-page.tsx";
import { recordReturn, resendReturned } from "./record-return.ts";
import { isReturnReason, returnReasons } from "./returned-card.ts";
import { ReturnedPage } from "./returned-page.tsx";
import { showLedger, showLedgerRows } from "./show-ledger.ts";
import { listReturned, showReturned } from "./show-returned.ts";

const current = "notice.list";

async function returnedPage(ask: Ask): Promise<Response> {
  const reason = ask.query("reason") ?? "";
  const given = {
    number: "",
    reason: isReturnReason(reason) ? reason : "unknown",
    returnedOn: ask.query("on") ?? ask.today,
  };
  return ask.page({ title: "返戻", current, body: <ReturnedPage {...(await showReturned(ask, given))} /> });
}

async function recordOne(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const given = {
    number: form.get("number") ?? "",
    reason: form.get("reason") ?? "",
    returnedOn: form.get("returnedOn") ?? "",
  };
  try {
    const done = await recordReturn(ask.office, ask.actor, given);
    const next = new URLSearchParams({ reason: given.reason, on: given.returnedOn });
    const number = `受付番号${bookingNumber(done.number)}`;
    const words = done.again
      ? `${number}の返戻は、もう記録されています。`
      : `${number}の返戻を記録しました。${done.phone ? "電話で案内する仕事に入れました。" : "受講日が過ぎたか取り消されているので、電話は要りません。"}`;
    return ask.go(`/notices/returned?${next}`, words);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    const errors = Object.fromEntries(cause.faults.map((fault) => [fault.field ?? "", fault.message]));
    const body = <ReturnedPage {...(await showReturned(ask, given, errors))} />;
    return ask.page({ title: "返戻", current, status: 422, body });
  }
}

function phoneRow(one: PhoneEntry): PhoneRow {
  const { booking, person, cls, venue } = one.detail;
  return {
    bookingId: booking.id,
    number: bookingNumber(booking.number),
    maskedName: maskName(person.name),
    day: formatMonthDay(cls.day, { weekday: true }),
    venue: venue.name,
    words: one.words,
    attempts: one.task?.attempts ?? 0,
    done: one.done,
    taskHref: one.task && `/tasks/${one.task.id}`,
  };
}

async function phonePage(ask: Ask): Promise<Response> {
  const [{ blueprint }, entries] = await Promise.all([
    openContract(ask.office, ask.actor.contract),
    listPhone(ask.office, ask.actor),
  ]);
  const left = entries.filter((one) => !one.done);
  const body = (
    <PhonePage
      csrf={ask.seated.csrf}
      date={formatWareki(ask.today, { weekday: true })}
      now={`${minuteOf(ask.now)}現在`}
      may={roleMay("receive", ask.actor.roles, blueprint.roles.supervisorMayOperate)}
      rows={entries.map(phoneRow)}
      left={left.length}
      untasked={left.filter((one) => !one.task).length}
    />
  );
  return ask.page({ title: "電話案内", current, body });
}

function resultIn(text: string | undefined): PhoneResult {
  if (text !== undefined && Object.hasOwn(phoneResults, text)) return text as PhoneResult;
  const message = "電話の結果を選んでください。";
  throw new AppError("BAD_INPUT", message, { faults: [{ field: "result", message }] });
}

/** 氏名と電話番号の名簿。紙にしたことを記録してから見せる。 */
async function phonePaper(ask: Ask): Promise<Response> {
  const { blueprint } = await openContract(ask.office, ask.actor.contract);
  const left = (await listPhone(ask.office, ask.actor)).filter((one) => !one.done);
  await ask.office.act(ask.actor, (tx) =>
    tx.record({ kind: "notice.phone-list", payload: { form: "print", rows: left.length } }),
  );
  const rows = left.map(({ detail: { booking, person, cls, venue }, words }) => ({
    number: bookingNumber(booking.number),
    name: person.name,
    kana: person.kana,
    phone: person.phone,
    day: formatMonthDay(cls.day, { weekday: true }),
    time: formatTimeRange(cls.start, cls.end),
    venue: venue.name,
    course: cls.course,
    words,
  }));
  const paper = (
    <PhonePaper
      client={[blueprint.client, blueprint.clientUnit]}
      from={[blueprint.sender.name]}
      date={formatWareki(ask.today)}
      demo={ask.office.mode === "demo"}
      rows={rows}
    />
  );
  return ask.page({ title: "電話案内の名簿", bare: true, body: paper });
}

const returnBody = z.object({
  number: z.string().min(1).max(40),
  reason: z.enum(Object.keys(returnReasons) as [string, ...string[]]),
  returnedOn: z.iso.date(),
});

const page = (
  id: string,
  method: "GET" | "POST",
  path: string,
  summary: string,
  handle: Route["handle"],
): Route => ({ id: `notice.${id}`, method, path: `/notices${path}`, kind: "page", summary, handle });

/** 返戻、電話案内、発送簿。束の道（/notices/:id）より先に置く。 */
export const returnRoutes: Route[] = [
  page("returned", "GET", "/returned", "返戻の一覧と記録", returnedPage),
  page("returned.record", "POST", "/returned", "返戻を記録する", recordOne),
  page("returned.resend", "POST", "/returned/:id/resend", "返戻を作り直して送る", async (ask) => {
    await resendReturned(ask.office, ask.actor, ask.param("id"));
    return ask.go("/notices/returned", "次の束で作り直します。先に宛先を確かめてください。");
  }),
  page("phone", "GET", "/phone", "電話案内の一覧", phonePage),
  page("phone.tasks", "POST", "/phone/tasks", "電話案内を仕事にする", async (ask) => {
    const count = await openPhoneTasks(ask.office, ask.actor);
    return ask.go("/notices/phone", `${count}人への電話を仕事に入れました。`);
  }),
  page("phone.paper", "POST", "/phone/paper", "電話案内の名簿を紙にする（記録される）", phonePaper),
  page("phone.note", "POST", "/phone/:id", "電話の結果を記録する", async (ask) => {
    const result = resultIn((await ask.form()).get("result"));
    await notePhone(ask.office, ask.actor, ask.param("id"), result);
    return ask.go("/notices/phone", `「${phoneResults[result]}」と記録しました。`);
  }),
  page("ledger", "GET", "/ledger", "発送簿", async (ask) =>
    ask.page({ title: "発送簿", current, body: <LedgerPage {...(await showLedger(ask))} /> }),
  ),
  page("ledger.rows", "GET", "/ledger/:id/:rows", "発送簿の数の中身", async (ask) =>
    ask.page({ title: "発送簿", current, body: <LedgerRowsPage {...(await showLedgerRows(ask))} /> }),
  ),
  {
    id: "notice.api.returned",
    method: "GET",
    path: "/api/notices/returned",
    kind: "api",
    summary: "返戻の一覧（氏名を含まない）",
    handle: async (ask) => {
      const cases = await listReturned(ask.office, ask.actor.contract);
      return ask.reply({
        returned: cases.map(({ card, detail, settled, reprintedIn }) => ({
          id: card.id,
          number: detail?.booking.number ?? null,
          reason: card.reason,
          returnedOn: card.returned_on,
          outcome: card.outcome,
          reprintedIn: reprintedIn ?? null,
          settled,
        })),
      });
    },
  },
  {
    id: "notice.api.returned.record",
    method: "POST",
    path: "/api/notices/returned",
    kind: "api",
    summary: "返戻を受付番号で記録する",
    input: returnBody,
    handle: async (ask) =>
      ask.reply(await recordReturn(ask.office, ask.actor, await ask.json(returnBody)), 201),
  },
  {
    id: "notice.api.phone",
    method: "GET",
    path: "/api/notices/phone",
    kind: "api",
    summary: "電話で案内する方の一覧（氏名を含まない）",
    handle: async (ask) => {
      const entries = await listPhone(ask.office, ask.actor);
      return ask.reply({
        people: entries.map((one) => ({
          booking: one.detail.booking.id,
          number: one.detail.booking.number,
          why: one.why,
          words: one.words,
          attempts: one.task?.attempts ?? 0,
          done: one.done,
        })),
      });
    },
  },
];
