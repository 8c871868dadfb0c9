import { randomUUID } from "node:crypto";
import { parseInput } from "../access/zod-message.ts";
import type { Fault } from "../base/error.ts";
import { isDay } from "../japan/day.ts";
import { getApi, getPage, postApi, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { termOn } from "../terms/term.ts";
import { handBody, recordBody, tallyBody } from "./answer-ask.ts";
import { mayAnswer } from "./answer-right.ts";
import { recordInquiry, tallyInquiry, untallyInquiry } from "./count-inquiry.ts";
import { InquiryPage, ItemPage, RecordFormPage, SlipPage } from "./inquiry-page.tsx";
import { handRecords, listHandSlips, listInquiryRecords, totalInquiries } from "./list-inquiries.ts";
import { changeItems, listItems } from "./list-items.ts";
import { maskRecords } from "./mask-words.ts";
import { recordWords } from "./reveal-words.ts";
import { todayTally } from "./today-tally.ts";

const current = "inquiries.page";
const title = "問い合わせの記録";

/** いまの期の開設期間。期のない契約では年度の初めから。 */
async function spanOf(ask: Ask): Promise<{ label: string; from: string; to: string }> {
  const { blueprint } = await openContract(ask.office, ask.actor.contract);
  if (blueprint.terms.length === 0)
    return {
      label: "今年度",
      from: `${blueprint.fiscalYear}-04-01`,
      to: `${blueprint.fiscalYear + 1}-03-31`,
    };
  const term = termOn(blueprint, ask.today);
  return { label: term.label, from: term.deskFrom, to: term.deskTo };
}

async function inquiryPage(ask: Ask, shown?: string): Promise<Response> {
  const { contract, roles } = ask.actor;
  const span = await spanOf(ask);
  const [tally, totals, records, waiting] = await Promise.all([
    todayTally(ask.office, contract, ask.today),
    totalInquiries(ask.office, contract, span.from, span.to),
    listInquiryRecords(ask.office, ask.actor),
    listInquiryRecords(ask.office, ask.actor, { important: true, unhanded: true }),
  ]);
  return ask.page({
    title,
    current,
    islands: ["faq"],
    body: (
      <InquiryPage
        csrf={ask.seated.csrf}
        tally={tally}
        totals={totals}
        label={span.label}
        today={ask.today}
        records={maskRecords(records, shown)}
        waiting={waiting.length}
        mayCount={mayAnswer("record", roles)}
        mayHand={mayAnswer("handle", roles)}
      />
    ),
  });
}

async function formPage(
  ask: Ask,
  values: Readonly<Record<string, string>> = {},
  faults: readonly Fault[] = [],
): Promise<Response> {
  return ask.page({
    title: "応対記録",
    current,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <RecordFormPage
        csrf={ask.seated.csrf}
        once={values.once ?? randomUUID()}
        items={await listItems(ask.office, ask.actor.contract)}
        values={values}
        faults={faults}
      />
    ),
  });
}

async function slipPage(
  ask: Ask,
  values: Readonly<Record<string, string>> = {},
  faults: readonly Fault[] = [],
): Promise<Response> {
  return ask.page({
    title: "受渡し票",
    current,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <SlipPage
        csrf={ask.seated.csrf}
        waiting={maskRecords(
          await listInquiryRecords(ask.office, ask.actor, { important: true, unhanded: true }),
        )}
        slips={await listHandSlips(ask.office, ask.actor.contract)}
        mayHand={mayAnswer("handle", ask.actor.roles)}
        values={values}
        faults={faults}
      />
    ),
  });
}

async function itemPage(ask: Ask, faults: readonly Fault[] = []): Promise<Response> {
  return ask.page({
    title: "問い合わせの項目",
    current,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <ItemPage
        csrf={ask.seated.csrf}
        items={await listItems(ask.office, ask.actor.contract)}
        faults={faults}
      />
    ),
  });
}

async function changeItemsByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const given = Array.from({ length: 20 }, (_, at) => ({
    code: form[`code-${at}`] || `item-${at + 1}-${Date.parse(ask.now).toString(36)}`.slice(0, 20),
    label: (form[`label-${at}`] ?? "").trim(),
    shown: true,
  })).filter((one) => one.label !== "");
  return withFaults(
    async () => {
      await changeItems(ask.office, ask.actor, given);
      return ask.go("/inquiries", "項目を改めました。");
    },
    (faults) => itemPage(ask, faults),
  );
}

/** from・to の日（省けばいまの期）。 */
async function countsOf(ask: Ask) {
  const span = await spanOf(ask);
  const day = (name: string, other: string) => {
    const text = ask.query(name) ?? "";
    return isDay(text) ? text : other;
  };
  return totalInquiries(ask.office, ask.actor.contract, day("from", span.from), day("to", span.to));
}

/** 問い合わせの記録の道。 */
export const inquiryRoutes: Route[] = [
  getPage("inquiries.page", "/inquiries", "問い合わせの件数と応対記録", inquiryPage),
  getPage("inquiry.new", "/inquiries/new", "応対記録を書く画面", (ask) => formPage(ask)),
  postPage("inquiry.record", "/inquiries", "応対記録を残す", async (ask) => {
    const form = Object.fromEntries(await ask.form());
    return withFaults(
      async () => {
        const given = parseInput(recordBody, form);
        const { number } = await recordInquiry(ask.office, ask.actor, {
          ...given,
          onceKey: form.once || undefined,
        });
        return ask.go("/inquiries", `応対記録 第${number}号を残しました。`);
      },
      (faults) => formPage(ask, form, faults),
    );
  }),
  postPage("inquiry.reveal", "/inquiries/:id/reveal", "応対記録の伏せた所を、記録して見る", async (ask) => {
    await recordWords(ask.office, ask.actor, "inquiry", ask.param("id"));
    return inquiryPage(ask, ask.param("id"));
  }),
  postPage("inquiry.tally", "/inquiries/tally", "一件数える", async (ask) => {
    const form = await ask.form();
    await tallyInquiry(ask.office, ask.actor, { item: form.get("item") ?? "" });
    return ask.go(form.get("back") === "/faq" ? "/faq" : "/inquiries", "一件数えました。");
  }),
  getPage("inquiry.slips", "/inquiries/slips", "重要な応対記録の受渡し票", (ask) => slipPage(ask)),
  postPage("inquiry.hand", "/inquiries/slips", "受渡し票を作る", async (ask) => {
    const form = Object.fromEntries(await ask.form());
    return withFaults(
      async () => {
        const { slip, count } = await handRecords(ask.office, ask.actor, parseInput(handBody, form));
        return ask.go("/inquiries/slips", `受渡し票 第${slip}号（${count}件）を作りました。`);
      },
      (faults) => slipPage(ask, form, faults),
    );
  }),
  getPage("inquiry.items", "/inquiries/items", "問い合わせの項目", (ask) => itemPage(ask)),
  postPage("inquiry.items.change", "/inquiries/items", "問い合わせの項目を改める", changeItemsByForm),
  getApi("inquiries.api", "/api/inquiries", "問い合わせの件数（from、to。省けばいまの期）", async (ask) =>
    ask.reply(await countsOf(ask)),
  ),
  postApi("inquiry.tally.api", "/api/inquiries/tally", "一件数える", tallyBody, async (ask) => {
    const { item } = await ask.json(tallyBody);
    const onceKey = ask.header("Idempotency-Key");
    return ask.reply(await tallyInquiry(ask.office, ask.actor, { item, onceKey }), 201);
  }),
  postApi("inquiry.undo.api", "/api/inquiries/:id/undo", "数えた一件を取り消す", undefined, async (ask) => {
    await untallyInquiry(ask.office, ask.actor, ask.param("id"));
    return ask.reply({ ok: true });
  }),
  postApi(
    "inquiry.record.api",
    "/api/inquiries",
    "応対記録を残す（Idempotency-Key で、送り直しても一つ）",
    recordBody,
    async (ask) => {
      const given = await ask.json(recordBody);
      const onceKey = ask.header("Idempotency-Key");
      return ask.reply(await recordInquiry(ask.office, ask.actor, { ...given, onceKey }), 201);
    },
  ),
  getApi("inquiry.records.api", "/api/inquiries/records", "応対記録（新しい順に 300 件まで）", async (ask) =>
    ask.reply({ records: maskRecords(await listInquiryRecords(ask.office, ask.actor)) }),
  ),
  postApi("inquiry.hand.api", "/api/inquiries/slips", "受渡し票を作る", handBody, async (ask) =>
    ask.reply(await handRecords(ask.office, ask.actor, await ask.json(handBody)), 201),
  ),
];
