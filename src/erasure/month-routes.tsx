import { addMonths } from "../japan/day.ts";
import { listEvents } from "../platform/event-store.ts";
import { getPage, postPage } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { DrillPage } from "./drill-page.tsx";
import { withRefusals } from "./erasure-ask.ts";
import type { ErasureHand } from "./erasure-hand.ts";
import { mayErasure, refuseRight } from "./erasure-right.ts";
import { fillMonth } from "./fill-month.ts";
import { openMonthTemplate } from "./keep-month-template.ts";
import { MonthListPage, MonthPage, MonthRowsPage } from "./month-page.tsx";
import { monthTemplateRoutes } from "./month-template-routes.tsx";
import { prepareMonth, readMonth, readMonthRows } from "./read-month.ts";
import { runDrill } from "./run-drill.ts";

const MONTHS = 12;
const current = "privacy-months.page";
const title = "月次報告（様式１）";

async function monthPage(ask: Ask, said?: string): Promise<Response> {
  refuseRight("see", ask.actor);
  const [open, kept] = await Promise.all([
    readMonth(ask.office, ask.actor.contract, ask.param("month")),
    openMonthTemplate(ask.office, ask.actor.contract),
  ]);
  const may = mayErasure("month", ask.actor.roles);
  return ask.page({
    ...{ title, current, status: said === undefined ? 200 : 422 },
    body: <MonthPage open={open} kept={kept} csrf={ask.seated.csrf} may={may} said={said} />,
  });
}

/** 契約の始まった月から、この月まで（多くても一年分）。 */
function recentMonths(today: string, from: string): string[] {
  return Array.from({ length: MONTHS }, (_, back) =>
    addMonths(`${today.slice(0, 7)}-01`, -back).slice(0, 7),
  ).filter((month) => month >= from.slice(0, 7));
}

/** 月次報告と訓練の道。 */
export function monthRoutes(hand: ErasureHand): Route[] {
  const labelOf = (kind: string) => hand.labelOf(kind) ?? kind;
  return [
    getPage("privacy-months.page", "/privacy-months", "月次報告の一覧", async (ask) => {
      refuseRight("see", ask.actor);
      const { blueprint } = await openContract(ask.office, ask.actor.contract);
      const months = await Promise.all(
        recentMonths(ask.today, blueprint.performance.from).map((month) =>
          readMonth(ask.office, ask.actor.contract, month),
        ),
      );
      const asked = await hand.asksMonthly(ask.office, ask.actor.contract);
      return ask.page({ title, current, body: <MonthListPage months={months} asked={asked} /> });
    }),
    getPage("privacy-month.page", "/privacy-months/:month", "一つの月の取扱状況", (ask) => monthPage(ask)),
    getPage("privacy-month.rows", "/privacy-months/:month/:key", "一つの数のもとの記録", async (ask) => {
      refuseRight("see", ask.actor);
      const month = ask.param("month");
      const found = await readMonthRows(ask.office, ask.actor.contract, month, ask.param("key"));
      return ask.page({ title, current, body: <MonthRowsPage month={month} {...found} labelOf={labelOf} /> });
    }),
    postPage("privacy-month.prepare", "/privacy-months/:month/prepare", "様式１の下書きを作る", (ask) =>
      withRefusals(
        async () => {
          const month = ask.param("month");
          const duty = await hand.monthDuty(ask.office, ask.actor.contract, month);
          const { filing } = await prepareMonth(ask.office, ask.actor, month, duty);
          return ask.go(`/filings/${filing}`, "様式１の下書きを作りました。確かめて提出してください。");
        },
        (_, said) => monthPage(ask, said),
      ),
    ),
    postPage("privacy-month.fill", "/privacy-months/:month/fill", "委託者の様式に差し込む", (ask) =>
      withRefusals(
        async () => {
          const month = ask.param("month");
          const { bytes, media, extension } = await fillMonth(ask.office, ask.actor, month);
          return ask.download({ fileName: `様式１_${month}.${extension}`, media, bytes });
        },
        (_, said) => monthPage(ask, said),
      ),
    ),
    ...monthTemplateRoutes,
    getPage("privacy-drill.page", "/privacy-drill", "流出の訓練の画面", (ask) => drillPage(ask, undefined)),
    postPage("privacy-drill.run", "/privacy-drill", "流出の訓練をする", async (ask) =>
      drillPage(ask, await runDrill(ask.office, ask.actor, hand)),
    ),
  ];
}

async function drillPage(
  ask: Ask,
  drill: Awaited<ReturnType<typeof runDrill>> | undefined,
): Promise<Response> {
  refuseRight("see", ask.actor);
  const [event] = await listEvents(ask.office.read, {
    ...{ contract: ask.actor.contract, kinds: ["privacy-drill.run"], limit: 1 },
  });
  const last = event && {
    at: event.at,
    steps: Number(event.payload.steps),
    stopped: Number(event.payload.stopped),
  };
  const may = mayErasure("handle", ask.actor.roles);
  const body = <DrillPage csrf={ask.seated.csrf} may={may} drill={drill} last={last} />;
  return ask.page({ title: "流出の訓練", current: "privacy-drill.page", body });
}
