import type { Route } from "../platform/route.ts";
import { DifferencePage } from "./difference-page.tsx";
import { makeDifferenceWorkbook, openDifferences } from "./open-differences.ts";
import { mayChangeClasses } from "./reception-right.ts";

/** 渡した予約者リストとの差分の道（９(2)）。 */
export const differenceRoutes: Route[] = [
  {
    id: "differences.page",
    method: "GET",
    path: "/lists/differences",
    kind: "page",
    summary: "渡した予約者リストとの差分（番号つき、氏名はない）",
    handle: async (ask) =>
      ask.page({
        title: "予約者リストの差分",
        current: "lists.page",
        body: (
          <DifferencePage
            csrf={ask.seated.csrf}
            report={await openDifferences(ask.office, ask.actor)}
            mayExport={mayChangeClasses(ask.actor)}
          />
        ),
      }),
  },
  {
    id: "differences.workbook",
    method: "POST",
    path: "/lists/differences",
    kind: "file",
    summary: "差分を、氏名を添えたワークブックにする",
    stepUp: true,
    handle: async (ask) => ask.download(await makeDifferenceWorkbook(ask.office, ask.actor)),
  },
  {
    id: "differences.api",
    method: "GET",
    path: "/api/lists/differences",
    kind: "api",
    summary: "渡した予約者リストとの差分（氏名はない）",
    handle: async (ask) => ask.reply(await openDifferences(ask.office, ask.actor)),
  },
];
