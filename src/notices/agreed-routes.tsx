import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { AgreedPage, type AgreedPageProps } from "./agreed-page.tsx";
import { listAgreed } from "./list-agreed.ts";
import { mayAgree, proposeChange } from "./propose-change.ts";
import { startChange } from "./start-change.ts";

const proposal = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("own-card"), direction: z.enum(["horizontal", "vertical"]) }),
  z.object({
    kind: z.literal("dispatch-window"),
    term: z.string().max(40),
    to: z.iso.date(),
    reason: z.string().max(200),
  }),
]);

async function page(ask: Ask, more: Partial<AgreedPageProps> = {}, status = 200): Promise<Response> {
  const { blueprint } = await openContract(ask.office, ask.actor.contract);
  const current = blueprint.terms.find((term) => term.dispatchTo >= ask.today) ?? blueprint.terms.at(-1);
  const props = {
    csrf: ask.seated.csrf,
    terms: blueprint.terms,
    lines: await listAgreed(ask.office, ask.actor),
    mayAgree: mayAgree(ask.actor),
    given: { term: current?.id ?? "", to: current?.dispatchTo ?? "", reason: "" },
    errors: {},
    refusal: undefined,
    ...more,
  };
  return ask.page({
    title: "協議してから変えるもの",
    current: "notice.list",
    status,
    body: <AgreedPage {...props} />,
  });
}

async function propose(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const given = {
    term: form.get("term") ?? "",
    to: form.get("to") ?? "",
    reason: form.get("reason") ?? "",
  };
  try {
    const { number } = await proposeChange(ask.office, ask.actor, { kind: "dispatch-window", ...given });
    return ask.go(
      "/notices/agreed",
      `協議書（第${number}号）の下書きを作りました。「協議・届出」から委託者に申し入れてください。`,
    );
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    const errors = Object.fromEntries(cause.faults.map((fault) => [fault.field ?? "", fault.message]));
    return page(ask, { given, errors }, 422);
  }
}

async function start(ask: Ask): Promise<Response> {
  try {
    await startChange(ask.office, ask.actor, ask.param("id"));
    return ask.go("/notices/agreed", "回答のとおり、変更を始めました。");
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "REFUSED") throw cause;
    return page(ask, { refusal: cause.message }, 409);
  }
}

/** 協議してから変えるもの（標準のはがき、発送の期間）の道。 */
export const agreedRoutes: Route[] = [
  {
    id: "notice.agreed.page",
    method: "GET",
    path: "/notices/agreed",
    kind: "page",
    summary: "発送の期間と、協議してから変えるもの",
    handle: (ask) => page(ask),
  },
  {
    id: "notice.agreed.propose",
    method: "POST",
    path: "/notices/agreed",
    kind: "page",
    summary: "発送の期間の変更を、協議書の下書きにする",
    handle: propose,
  },
  {
    id: "notice.agreed.start",
    method: "POST",
    path: "/notices/agreed/:id/start",
    kind: "page",
    summary: "協議の回答のとおり、変更を始める",
    handle: start,
  },
  {
    id: "notice.agreed.api",
    method: "GET",
    path: "/api/notices/agreed",
    kind: "api",
    summary: "協議の要る変更",
    handle: async (ask) => ask.reply({ changes: await listAgreed(ask.office, ask.actor) }),
  },
  {
    id: "notice.agreed.propose.api",
    method: "POST",
    path: "/api/notices/agreed",
    kind: "api",
    summary: "標準のはがき・発送の期間の変更を、協議書の下書きにする",
    input: proposal,
    handle: async (ask) =>
      ask.reply(await proposeChange(ask.office, ask.actor, await ask.json(proposal)), 201),
  },
  {
    id: "notice.agreed.start.api",
    method: "POST",
    path: "/api/notices/agreed/:id/start",
    kind: "api",
    summary: "協議の回答のとおり、変更を始める",
    handle: async (ask) => ask.reply(await startChange(ask.office, ask.actor, ask.param("id"))),
  },
];
