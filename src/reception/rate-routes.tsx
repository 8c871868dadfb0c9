import type { Route } from "../platform/route.ts";
import { RatePage } from "./rate-page.tsx";
import { rateCsv, tallyRates } from "./tally-rates.ts";

/** 予約率の道（６(2)ア）。 */
export const rateRoutes: Route[] = [
  {
    id: "rate.page",
    method: "GET",
    path: "/booking-rate",
    kind: "page",
    summary: "予約率（絵と行）",
    handle: async (ask) =>
      ask.page({
        title: "予約率",
        current: "rate.page",
        body: <RatePage report={await tallyRates(ask.office, ask.actor, ask.query("term"))} />,
      }),
  },
  {
    id: "rate.rows",
    method: "GET",
    path: "/booking-rate/rows",
    kind: "file",
    summary: "予約率の行（CSV、個人の欄はない）",
    handle: async (ask) => {
      const report = await tallyRates(ask.office, ask.actor, ask.query("term"));
      return ask.download({
        fileName: `予約率_${report.term.label.replace(/[^\p{L}\p{N}]/gu, "")}.csv`,
        media: "text/csv; charset=utf-8",
        bytes: new TextEncoder().encode(rateCsv(report)),
      });
    },
  },
  {
    id: "rate.api",
    method: "GET",
    path: "/api/booking-rate",
    kind: "api",
    summary: "予約率",
    handle: async (ask) => ask.reply(await tallyRates(ask.office, ask.actor, ask.query("term"))),
  },
];
