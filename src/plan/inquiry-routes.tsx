import { z } from "zod";
import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { getApi, getFile, getPage, postApi, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { InquiryPage } from "./inquiry-detail-page.tsx";
import type { OtherAnswer } from "./inquiry-line-panel.tsx";
import { InquiriesPage } from "./inquiry-page.tsx";
import { mayPlan } from "./plan-right.ts";
import { readInlineBook } from "./read-inline-book.ts";
import { type ListedBlock, listedBlocks, openPlan } from "./read-plan.ts";
import { inquiryPlaces, listInquiries, readPlanInquiry, sendInquiry, writeInquiry } from "./send-inquiry.ts";
import { decideInquiryLine, listInquiryReturns, type TakenInquiry, takeInquiry } from "./take-inquiry.ts";

const FILE_BYTES = 30 * 1024 * 1024;
const text = (most: number) => z.string().max(most).default("");
const sendBody = z.object({
  ...{ department: text(60), subject: text(100), due: text(10) },
  blocks: z.array(z.string().max(100)).max(2000),
});
const decideBody = z.object({
  decision: z.enum(["accepted", "rejected"]),
  text: z.string().max(50_000).optional(),
});
const numberOf = (ask: Ask): number => z.coerce.number().int().min(1).catch(0).parse(ask.param("number"));

/** 章（段1の見出し）ごとの部分。 */
function chaptersOf(blocks: readonly ListedBlock[]): { id: string; label: string; own: ListedBlock[] }[] {
  return [...Map.groupBy(blocks, ({ chapter }) => chapter)]
    .filter(([label]) => label !== "")
    .map(([label, own]) => ({ id: own[0]?.id ?? "", label, own }));
}

async function listPage(
  ask: Ask,
  again: { values?: Record<string, string>; chosen?: readonly string[]; faults?: readonly Fault[] } = {},
): Promise<Response> {
  const id = ask.param("id");
  const plan = await openPlan(ask.office, ask.actor, id);
  const { values = {}, chosen = [], faults = [] } = again;
  return ask.page({
    title: "庁内照会",
    current: "plan.list",
    status: faults.length > 0 ? 422 : 200,
    body: (
      <InquiriesPage
        csrf={ask.seated.csrf}
        plan={id}
        inquiries={await listInquiries(ask.office, ask.actor, id)}
        chapters={chaptersOf(listedBlocks(plan)).map(({ own, ...one }) => ({ ...one, blocks: own.length }))}
        today={ask.today}
        {...{ values, chosen, faults }}
        may={mayPlan("write", ask.actor.roles)}
      />
    ),
  });
}

async function send(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const values = Object.fromEntries(await ask.form());
  const chosen = await ask.formAll("chapters");
  const { department = "", subject = "", due = "" } = values;
  return withFaults(
    async () => {
      const plan = await openPlan(ask.office, ask.actor, id);
      const blocks = chaptersOf(listedBlocks(plan))
        .filter((one) => chosen.includes(one.id))
        .flatMap(({ own }) => own.map((block) => block.id));
      const { number } = await sendInquiry(ask.office, ask.actor, id, { department, subject, due, blocks });
      return ask.go(
        `/plans/${id}/inquiries/${number}`,
        `照会 第${number}号の紙を作りました。Word か Excel で送ってください。`,
      );
    },
    (faults) => listPage(ask, { values, chosen, faults }),
  );
}

async function onePage(ask: Ask, told: readonly string[] = [], fault?: string): Promise<Response> {
  const id = ask.param("id");
  const plan = await openPlan(ask.office, ask.actor, id);
  const blocks = listedBlocks(plan);
  const book = await readInlineBook(ask.office, ask.actor.contract, plan);
  const inquiry = await readPlanInquiry(ask.office, ask.actor, id, numberOf(ask));
  return ask.page({
    title: "庁内照会",
    current: "plan.list",
    status: fault === undefined ? 200 : 422,
    body: (
      <InquiryPage
        csrf={ask.seated.csrf}
        plan={id}
        inquiry={inquiry}
        returns={await listInquiryReturns(ask.office, ask.actor, id, inquiry)}
        others={await othersOf(ask, inquiry.number)}
        places={inquiryPlaces(blocks)}
        {...{ book, told, fault }}
        today={ask.today}
        may={mayPlan("write", ask.actor.roles)}
      />
    ),
  });
}

/** 部分 → 同じ部分についての、ほかの部署の直しと意見。 */
async function othersOf(ask: Ask, number: number): Promise<Map<string, OtherAnswer[]>> {
  const all = await listInquiries(ask.office, ask.actor, ask.param("id"));
  const answers = all
    .filter((one) => one.number !== number)
    .flatMap((one) =>
      one.lines
        .filter(({ came, remark }) => came !== null || remark !== "")
        .map(({ block, came, remark, state }) => ({
          ...{ block, came, remark, state, number: one.number, department: one.department },
        })),
    );
  return Map.groupBy(answers, ({ block }) => block);
}

/** 読んだあとに言うこと。 */
function toldOf({ changed, opinions, missing, unknown, outside, told }: TakenInquiry): string[] {
  return [
    `読みました。直し${changed}、意見だけ${opinions}、この紙にない部分${missing}。`,
    ...told,
    ...(unknown.length > 0
      ? [`原稿に結べなかった行が${unknown.length}行あります。下に残してあります。`]
      : []),
    ...(outside.length > 0
      ? [`表の外に書かれていたものが${outside.length}あります。下に残してあります。`]
      : []),
  ];
}

async function returned(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  if (!file) return onePage(ask, [], "返ってきた紙を選んでください。");
  return withFaults(
    async () =>
      onePage(ask, toldOf(await takeInquiry(ask.office, ask.actor, ask.param("id"), numberOf(ask), file))),
    (_, message) => onePage(ask, [], message),
    ["BAD_INPUT", "TOO_LARGE"],
  );
}

async function decide(ask: Ask): Promise<Response> {
  const { decision, text: words } = parseInput(decideBody, Object.fromEntries(await ask.form()));
  const id = ask.param("id");
  const own = `/plans/${id}/inquiries/${numberOf(ask)}`;
  try {
    await decideInquiryLine(ask.office, ask.actor, id, numberOf(ask), ask.param("line"), decision, words);
    return ask.go(own, decision === "accepted" ? "決めました。" : "入れないことにしました。");
  } catch (cause) {
    if (!(cause instanceof AppError) || !["CONFLICT", "BAD_INPUT", "TOO_LARGE"].includes(cause.code))
      throw cause;
    return onePage(
      ask,
      [],
      cause.code === "CONFLICT" ? `${cause.message}（原稿の画面で決められます）` : cause.message,
    );
  }
}

async function file(ask: Ask): Promise<Response> {
  const format = ask.param("format");
  if (format !== "docx" && format !== "xlsx")
    throw new AppError("NOT_FOUND", "Word か Excel で書き出せます。");
  return ask.download(await writeInquiry(ask.office, ask.actor, ask.param("id"), numberOf(ask), format));
}

/** 庁内照会の道。 */
export const inquiryRoutes: Route[] = [
  getPage("plan.inquiries", "/plans/:id/inquiries", "庁内照会の一覧", (ask) => listPage(ask)),
  postPage("plan.inquiry.send", "/plans/:id/inquiries", "庁内照会を送る（紙を作る）", send),
  getPage("plan.inquiry", "/plans/:id/inquiries/:number", "庁内照会の一件", (ask) => onePage(ask)),
  postPage("plan.inquiry.returned", "/plans/:id/inquiries/:number/returned", "返ってきた紙を読む", returned, {
    bodyLimit: FILE_BYTES,
  }),
  postPage(
    "plan.inquiry.decide",
    "/plans/:id/inquiries/:number/lines/:line",
    "返った直しを入れる・入れない",
    decide,
  ),
  getFile(
    "plan.inquiry.file",
    "/plans/:id/inquiries/:number/file/:format",
    "庁内照会の紙（docx、xlsx）",
    file,
  ),
  getApi("plan.inquiries.api", "/api/plans/:id/inquiries", "庁内照会", async (ask) =>
    ask.reply(await listInquiries(ask.office, ask.actor, ask.param("id"))),
  ),
  postApi("plan.inquiry.send.api", "/api/plans/:id/inquiries", "庁内照会を送る", sendBody, async (ask) =>
    ask.reply(await sendInquiry(ask.office, ask.actor, ask.param("id"), await ask.json(sendBody)), 201),
  ),
  postApi(
    ...(["plan.inquiry.returned.api", "/api/plans/:id/inquiries/:number/returned"] as const),
    "返ってきた紙を読む（multipart の file）",
    undefined,
    async (ask) => {
      const came = await ask.file("file");
      if (!came) throw new AppError("BAD_INPUT", "file に、返ってきた紙を付けてください。");
      return ask.reply(await takeInquiry(ask.office, ask.actor, ask.param("id"), numberOf(ask), came));
    },
    { bodyLimit: FILE_BYTES },
  ),
  postApi(
    ...(["plan.inquiry.decide.api", "/api/plans/:id/inquiries/:number/lines/:line"] as const),
    "返った直しを入れる・入れない",
    decideBody,
    async (ask) => {
      const { decision, text: words } = await ask.json(decideBody);
      await decideInquiryLine(
        ask.office,
        ask.actor,
        ask.param("id"),
        numberOf(ask),
        ask.param("line"),
        decision,
        words,
      );
      return ask.reply({ decision });
    },
  ),
];
