import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { deliverDifferences } from "./deliver-list.ts";
import { deliveredPage, deliveredReply } from "./delivered-routes.tsx";
import { DifferencePage } from "./difference-page.tsx";
import { openDifferences } from "./open-differences.ts";
import { mayChangeClasses } from "./reception-right.ts";

const title = "予約者リストの差分";
const handBody = z.object({ recipient: z.string().max(200) });

async function differencePage(ask: Ask, given: { recipient?: string; fault?: string } = {}) {
  const { blueprint } = await openContract(ask.office, ask.actor.contract);
  return ask.page({
    title,
    current: "lists.page",
    status: given.fault === undefined ? 200 : 422,
    body: (
      <DifferencePage
        csrf={ask.seated.csrf}
        report={await openDifferences(ask.office, ask.actor)}
        mayExport={mayChangeClasses(ask.actor)}
        recipient={given.recipient ?? blueprint.clientUnit}
        fault={given.fault}
      />
    ),
  });
}

async function handOver(ask: Ask): Promise<Response> {
  const recipient = (await ask.form()).get("recipient") ?? "";
  try {
    const made = await deliverDifferences(ask.office, ask.actor, { recipient });
    return deliveredPage(ask, made, { href: "/lists/differences", label: title });
  } catch (cause) {
    if (!(cause instanceof AppError) || !["BAD_INPUT", "REFUSED"].includes(cause.code)) throw cause;
    return differencePage(ask, { recipient, fault: cause.message });
  }
}

/** 渡した予約者リストとの差分の道（９(2)）。 */
export const differenceRoutes: Route[] = [
  {
    id: "differences.page",
    method: "GET",
    path: "/lists/differences",
    kind: "page",
    summary: "渡した予約者リストとの差分（番号つき、氏名はない）",
    handle: (ask) => differencePage(ask),
  },
  {
    id: "differences.deliver",
    method: "POST",
    path: "/lists/differences",
    kind: "page",
    summary: "まだ渡していない差分を、氏名を添えたパスワード付きのワークブックにする",
    stepUp: true,
    handle: handOver,
  },
  {
    id: "differences.api",
    method: "GET",
    path: "/api/lists/differences",
    kind: "api",
    summary: "渡した予約者リストとの差分（氏名はない）",
    handle: async (ask) => ask.reply(await openDifferences(ask.office, ask.actor)),
  },
  {
    id: "differences.deliver.api",
    method: "POST",
    path: "/api/lists/differences",
    kind: "api",
    summary: "まだ渡していない差分を、パスワード付きのワークブックにする（パスワードはこの答えだけ）",
    stepUp: true,
    input: handBody,
    handle: async (ask) =>
      deliveredReply(ask, await deliverDifferences(ask.office, ask.actor, await ask.json(handBody))),
  },
];
