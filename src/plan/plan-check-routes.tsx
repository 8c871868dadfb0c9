import { parseInput } from "../access/zod-message.ts";
import type { Fault } from "../base/error.ts";
import { getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { CheckPage } from "./check-page.tsx";
import { checkOpenPlan } from "./check-plan.ts";
import { unsourcedIn } from "./cited-source.ts";
import { importUpper, matchUpper } from "./list-uppers.ts";
import { matchBody } from "./plan-ask.ts";
import { kindLabels } from "./plan-kind.ts";
import { mayPlan } from "./plan-right.ts";
import { listedBlocks, openPlan } from "./read-plan.ts";

const FILE_BYTES = 20 * 1024 * 1024;

async function checkPage(
  ask: Ask,
  faults: readonly Fault[] = [],
  values: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const id = ask.param("id");
  const plan = await openPlan(ask.office, ask.actor, id);
  const { checked, uppers } = await checkOpenPlan(ask.office, plan);
  const places = new Map(
    listedBlocks(plan).map(({ id: block, kind, number, heading }) => [
      block,
      number || `${kindLabels[kind]}（${heading}）`,
    ]),
  );
  return ask.page({
    title: "整合と点検",
    current: "plan.list",
    status: faults.length > 0 ? 422 : 200,
    body: (
      <CheckPage
        csrf={ask.seated.csrf}
        plan={id}
        {...{ checked, uppers, places, faults, values }}
        unsourced={unsourcedIn(plan.blocks)}
        may={mayPlan("write", ask.actor.roles)}
      />
    ),
  });
}

async function addUpper(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const chosen = await ask.file("file");
  const pasted = form.pasted?.trim() ?? "";
  const file =
    chosen && chosen.bytes.length > 0
      ? chosen
      : pasted === ""
        ? undefined
        : { fileName: "貼り付けた項目.txt", bytes: new TextEncoder().encode(pasted) };
  if (!file)
    return checkPage(ask, [{ field: "file", message: "項目の一覧を選ぶか、下の欄に貼ってください。" }], form);
  const { code = "", name = "", shortName = "" } = form;
  return withFaults(
    async () => {
      const given = { code, name, shortName, fileName: file.fileName, bytes: file.bytes };
      const { items } = await importUpper(ask.office, ask.actor, ask.param("id"), given);
      return ask.go(`/plans/${ask.param("id")}/check`, `${items}の項目を取り込みました。`);
    },
    (faults, message) => checkPage(ask, faults.length > 0 ? faults : [{ field: "file", message }], form),
    ["BAD_INPUT", "TOO_LARGE"],
  );
}

async function match(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      await matchUpper(ask.office, ask.actor, ask.param("id"), parseInput(matchBody, form));
      return ask.go(`/plans/${ask.param("id")}/check`, "対応を書きました。");
    },
    (faults, message) => checkPage(ask, faults.length > 0 ? faults : [{ field: "note", message }], form),
  );
}

/** 整合と点検の道。 */
export const planCheckRoutes: Route[] = [
  getPage("plan.check", "/plans/:id/check", "整合と点検（上位計画、手引・法律、指摘）", (ask) =>
    checkPage(ask),
  ),
  postPage("plan.upper", "/plans/:id/uppers", "上位計画の項目の一覧を取り込む", addUpper, {
    bodyLimit: FILE_BYTES,
  }),
  postPage("plan.match", "/plans/:id/matches", "施策と上位計画の対応を書く", match),
];
