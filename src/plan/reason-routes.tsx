import { parseInput } from "../access/zod-message.ts";
import { getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { explainPlanChanges, listUnexplained } from "./explain-change.ts";
import { BLOCK_BYTES, reasonsBody, versionBody } from "./plan-ask.ts";
import { mayPlan } from "./plan-right.ts";
import { readInlineBook } from "./read-inline-book.ts";
import { openPlan } from "./read-plan.ts";
import { type ReasonsAgain, ReasonsPage, reasonKey } from "./reasons-page.tsx";
import { takePlanVersion } from "./take-version.ts";

/** 理由のない変更の一覧と、理由を書く欄。 */
export async function reasonsPage(ask: Ask, again: ReasonsAgain = {}): Promise<Response> {
  const id = ask.param("id");
  const plan = await openPlan(ask.office, ask.actor, id);
  const found = await listUnexplained(ask.office, ask.actor, id);
  return ask.page({
    title: "変更の理由",
    current: "plan.list",
    status: again.message === undefined ? 200 : 422,
    body: (
      <ReasonsPage
        csrf={ask.seated.csrf}
        plan={id}
        from={found?.from.name}
        lines={found?.lines ?? []}
        book={await readInlineBook(ask.office, ask.actor.contract, plan)}
        may={mayPlan("write", ask.actor.roles)}
        again={again}
      />
    ),
  });
}

async function write(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const form = Object.fromEntries(await ask.form());
  const [blocks, texts] = [await ask.formAll("block"), await ask.formAll("reason")];
  const passages = await ask.formAll("passage");
  const { common = "" } = form;
  const version = form.stage === undefined ? undefined : form;
  const values = new Map(
    blocks.map((block, at) => [reasonKey({ block, passage: passages[at] }), texts[at] ?? ""]),
  );
  return withFaults(
    async () => {
      const filled = blocks.map((block, at) => ({
        block,
        passage: passages[at] || undefined,
        reason: texts[at]?.trim() || common,
      }));
      const { reasons } = parseInput(reasonsBody, { reasons: filled });
      const { explained, left } = await explainPlanChanges(ask.office, ask.actor, id, reasons);
      values.clear();
      if (version === undefined)
        return ask.go(
          left > 0 ? `/plans/${id}/reasons` : `/plans/${id}/versions`,
          left > 0
            ? `${explained}か所の理由を書きました。あと${left}か所です。`
            : `${explained}か所の理由を書きました。最終原稿として残せます。`,
        );
      const named = parseInput(versionBody, version);
      const { number, name } = await takePlanVersion(ask.office, ask.actor, id, named);
      return ask.go(
        `/plans/${id}/versions`,
        `${explained}か所の理由を書き、第${number}稿「${name}」を残しました。`,
      );
    },
    (faults, message) => reasonsPage(ask, { message, faults, values, common, version }),
    ["BAD_INPUT", "REFUSED", "NOT_FOUND"],
  );
}

/** 変更の理由の道。 */
export const reasonRoutes: Route[] = [
  getPage("plan.reasons", "/plans/:id/reasons", "意見公募のあとの、理由のない変更", (ask) =>
    reasonsPage(ask),
  ),
  postPage(
    "plan.reasons.write",
    "/plans/:id/reasons",
    "変更の理由を書く（stage を言えば、続けて版を残す）",
    write,
    { bodyLimit: BLOCK_BYTES },
  ),
];
