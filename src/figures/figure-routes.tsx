import { z } from "zod";
import { nameHandlers } from "../access/name-handlers.ts";
import { parseInput } from "../access/zod-message.ts";
import type { Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { rangeOf } from "../calls/list-calls.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { exportReport } from "./export-report.ts";
import { FigurePage } from "./figure-page.tsx";
import { listRecordPlan } from "./list-records.ts";
import { prepareReport } from "./prepare-report.ts";
import { readFigures } from "./read-figures.ts";
import { type ReportAsk, readReport } from "./read-report.ts";
import { RecordPage } from "./record-page.tsx";
import { codeCells } from "./report-code.ts";
import { ReportPage } from "./report-page.tsx";

/** 左のメニュー。 */
export const figureMenu: MenuEntry[] = [
  { routeId: "figures.page", label: "数と報告", icon: "list", href: "/figures" },
];

const current = "figures.page";
const seesPeople: readonly Role[] = ["supervisor", "manager"];
const seesRows: readonly Role[] = ["operator", "supervisor", "manager", "privacy"];

const kind = z.enum(["daily", "week", "term"]);
const target = { day: z.string().max(10).optional(), term: z.string().max(64).optional() };
const prepareBody = z.object({ kind: z.enum(["daily", "week"]), ...target });

function askedReport(ask: Ask): ReportAsk {
  const found = kind.safeParse(ask.query("kind") ?? "daily");
  if (!found.success)
    throw new AppError(
      "BAD_INPUT",
      "報告の種類は、日次（daily）・集計（week）・期の章（term）のどれかです。",
    );
  return { kind: found.data, day: ask.query("day"), term: ask.query("term") };
}

async function figuresOf(ask: Ask) {
  const { office, actor } = ask;
  const range = await rangeOf(office, actor.contract, { from: ask.query("from"), to: ask.query("to") });
  return readFigures(office, actor.contract, range);
}

async function figurePage(ask: Ask): Promise<Response> {
  const { office, actor } = ask;
  const { blueprint } = await openContract(office, actor.contract);
  const may = (roles: readonly Role[]) => actor.roles.some((role) => roles.includes(role));
  return ask.page({
    title: "電話と応対の数",
    current,
    body: (
      <FigurePage
        figures={await figuresOf(ask)}
        terms={blueprint.terms.map(({ id, label, deskFrom, deskTo }) => ({
          ...{ id, label, from: deskFrom, to: deskTo },
        }))}
        today={ask.today}
        csrf={ask.seated.csrf}
        seesRows={may(seesRows)}
        seesPeople={may(seesPeople)}
        mayPrepare={may(seesPeople)}
      />
    ),
  });
}

/** 印の欄: 責任者、SV、作った人。いない役割は空ける。 */
async function sealsOf({ office, actor }: Ask): Promise<{ role: string; name: string }[]> {
  const names = await nameHandlers(office, actor.contract);
  const holder = (role: Role) => [...names.values()].find(({ roles }) => roles.includes(role))?.short ?? "";
  return [
    { role: "責任者", name: holder("manager") },
    { role: "SV", name: holder("supervisor") },
    { role: "作成", name: names.get(actor.id)?.short ?? "" },
  ];
}

async function reportPage(ask: Ask): Promise<Response> {
  const { office, actor } = ask;
  const report = await readReport(office, actor.contract, askedReport(ask));
  const { blueprint } = await openContract(office, actor.contract);
  return ask.page({
    title: report.title,
    bare: true,
    body: (
      <ReportPage
        report={report}
        client={[blueprint.client, `${blueprint.clientUnit}　御中`]}
        contractor={blueprint.sender.name}
        date={formatWareki(dayOf(ask.now), { weekday: true })}
        code={report.check === "" ? undefined : codeCells(`MADOGUCHI ${report.check} ${report.about}`)}
        demo={office.mode === "demo"}
        seals={await sealsOf(ask)}
      />
    ),
  });
}

/** 電話と応対の数、報告の道。 */
export const figureRoutes: Route[] = [
  {
    id: "figures.page",
    method: "GET",
    path: "/figures",
    kind: "page",
    summary: "電話と応対の数（日・項目・担当・突き合わせ）",
    handle: figurePage,
  },
  {
    id: "figures.report",
    method: "GET",
    path: "/figures/report",
    kind: "page",
    summary: "日報・日別集計・期の章の紙面（kind、day、term）",
    handle: reportPage,
  },
  {
    id: "figures.export",
    method: "GET",
    path: "/figures/export",
    kind: "file",
    summary: "報告の Word・Excel（kind、day、term、format）",
    handle: async (ask) => {
      const format = ask.query("format") === "xlsx" ? "xlsx" : "docx";
      return ask.download(await exportReport(ask.office, ask.actor, { ...askedReport(ask), format }));
    },
  },
  {
    id: "figures.prepare",
    method: "POST",
    path: "/figures/reports",
    kind: "page",
    summary: "報告を、委託者への報告の下書きにする",
    handle: async (ask) => {
      const given = parseInput(prepareBody, Object.fromEntries(await ask.form()));
      const { id, number } = await prepareReport(ask.office, ask.actor, given);
      return ask.go(`/filings/${id}`, `報告の下書き 第${number}号ができています。読んで、提出してください。`);
    },
  },
  {
    id: "figures.records",
    method: "GET",
    path: "/figures/records",
    kind: "page",
    summary: "応対記録の引渡しと廃棄の一覧",
    handle: async (ask) =>
      ask.page({
        title: "記録の引渡しと廃棄",
        current,
        body: <RecordPage plan={await listRecordPlan(ask.office, ask.actor)} />,
      }),
  },
  {
    id: "figures.api",
    method: "GET",
    path: "/api/figures",
    kind: "api",
    summary: "電話と応対の数（from、to。人ごとの数は含まない）",
    handle: async (ask) => {
      const { from, to, calls, inquiries, days, items, sum, acts } = await figuresOf(ask);
      const byDay = Object.fromEntries(acts.byDay);
      return ask.reply({ from, to, calls, inquiries, days, items, acts: { total: sum, byDay } });
    },
  },
  {
    id: "figures.report.api",
    method: "GET",
    path: "/api/figures/report",
    kind: "api",
    summary: "日報・日別集計・期の章（kind、day、term）",
    handle: async (ask) => ask.reply(await readReport(ask.office, ask.actor.contract, askedReport(ask))),
  },
  {
    id: "figures.prepare.api",
    method: "POST",
    path: "/api/figures/reports",
    kind: "api",
    summary: "報告を、委託者への報告の下書きにする",
    input: prepareBody,
    handle: async (ask) =>
      ask.reply(await prepareReport(ask.office, ask.actor, await ask.json(prepareBody)), 201),
  },
  {
    id: "figures.records.api",
    method: "GET",
    path: "/api/figures/records",
    kind: "api",
    summary: "応対記録の引渡しと廃棄の一覧（内容は含まない）",
    handle: async (ask) => ask.reply(await listRecordPlan(ask.office, ask.actor)),
  },
];
