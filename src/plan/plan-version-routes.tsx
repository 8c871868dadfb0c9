import { nameHandlers } from "../access/name-handlers.ts";
import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { getFile, getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { zipPlan } from "./build-plan.ts";
import { ComparePage } from "./compare-page.tsx";
import { comparePlanVersions, comparisonWord, defaultSides, NOW } from "./compare-versions.ts";
import { designWorkbook } from "./design-document.ts";
import { countUnexplained } from "./explain-change.ts";
import { openAssets } from "./list-assets.ts";
import { openDesigns } from "./list-designs.ts";
import { listPlanChanges } from "./list-plan-changes.ts";
import { versionBody } from "./plan-ask.ts";
import type { PlanHand } from "./plan-hand.ts";
import { outputFile, planOutputRoutes } from "./plan-output-routes.tsx";
import { mayPlan } from "./plan-right.ts";
import { readInlineBook } from "./read-inline-book.ts";
import { openPlan } from "./read-plan.ts";
import { listPlanVersions } from "./read-version.ts";
import { reasonRoutes, reasonsPage } from "./reason-routes.tsx";
import { rightsWorkbook } from "./right-document.ts";
import { takePlanVersion } from "./take-version.ts";
import { VersionsPage } from "./versions-page.tsx";

async function versionsPage(ask: Ask, faults: readonly Fault[] = []): Promise<Response> {
  const id = ask.param("id");
  const versions = await listPlanVersions(ask.office, ask.actor, id);
  const names = await nameHandlers(ask.office, ask.actor.contract);
  const since = await listPlanChanges(ask.office, ask.actor, id, {
    sinceVersion: versions.at(-1)?.sequence ?? 0,
  });
  const unexplained = await countUnexplained(ask.office, ask.actor, id, versions);
  return ask.page({
    title: "版と新旧対照",
    current: "plan.list",
    status: faults.length > 0 ? 422 : 200,
    body: (
      <VersionsPage
        csrf={ask.seated.csrf}
        plan={id}
        versions={versions.map((one) => ({ ...one, by: names.get(one.by)?.short ?? "" }))}
        since={since.length}
        unexplained={unexplained}
        faults={faults}
        may={mayPlan("write", ask.actor.roles)}
      />
    ),
  });
}

async function take(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const named = parseInput(versionBody, form);
      const { number, name } = await takePlanVersion(ask.office, ask.actor, ask.param("id"), named);
      return ask.go(`/plans/${ask.param("id")}/versions`, `第${number}稿「${name}」を残しました。`);
    },
    (faults, message) =>
      faults.length === 0 && form.stage === "final"
        ? reasonsPage(ask, { message, version: form })
        : versionsPage(ask, faults.length > 0 ? faults : [{ field: "name", message }]),
    ["BAD_INPUT", "REFUSED"],
  );
}

async function sidesOf(ask: Ask): Promise<{ from: string; to: string }> {
  const found = await defaultSides(ask.office, ask.actor, ask.param("id"));
  const from = ask.query("from") || found?.from;
  if (from === undefined)
    throw new AppError(
      "NOT_FOUND",
      "比べる版がまだありません。版の画面で、いまの原稿を版として残してください。",
    );
  return { from, to: ask.query("to") || NOW };
}

const lookOf = (ask: Ask) => ({
  newFirst: ask.query("order") !== "old-first",
  remarks: ask.query("remarks") !== "no",
});

function comparePage(hrefOf: (ref: string) => string, hand: Pick<PlanHand, "traced">) {
  return async (ask: Ask): Promise<Response> => {
    const id = ask.param("id");
    const { from, to } = await sidesOf(ask);
    const compared = await comparePlanVersions(ask.office, ask.actor, id, from, to);
    const plan = await openPlan(ask.office, ask.actor, id);
    const book = await readInlineBook(ask.office, ask.actor.contract, plan);
    const refs = compared.lines.flatMap(({ reasons }) => reasons.flatMap(({ link }) => link?.ref ?? []));
    const traced = (await hand.traced?.(ask.office, ask.actor, refs)) ?? new Map();
    return ask.page({
      title: "新旧対照表",
      current: "plan.list",
      body: <ComparePage plan={id} {...{ compared, hrefOf, traced, book }} look={lookOf(ask)} />,
    });
  };
}

async function file(ask: Ask): Promise<Response> {
  const [id, format] = [ask.param("id"), ask.param("format")];
  const version = ask.query("version") || undefined;
  if (format === "folder") return ask.download(await zipPlan(ask.office, ask.actor, id, version));
  if (format === "rights") {
    const plan = await openPlan(ask.office, ask.actor, id);
    const bytes = rightsWorkbook(plan.row.title, await openAssets(ask.office, plan));
    const media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return ask.download({ fileName: "権利一覧.xlsx", media, bytes });
  }
  if (format === "designs") {
    const plan = await openPlan(ask.office, ask.actor, id);
    const { designs, requests } = await openDesigns(ask.office, plan);
    const media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const bytes = designWorkbook(plan.row.title, designs, requests);
    return ask.download({ fileName: "デザインの記録.xlsx", media, bytes });
  }
  if (format === "compare")
    return ask.download(await comparisonWord(ask.office, ask.actor, id, await sidesOf(ask), lookOf(ask)));
  return outputFile(ask, format, version);
}

/** 版・新旧対照・書き出しの道。 */
export function planVersionRoutes(hrefOf: (ref: string) => string, hand: Pick<PlanHand, "traced">): Route[] {
  return [
    getPage("plan.versions", "/plans/:id/versions", "名のある版", (ask) => versionsPage(ask)),
    postPage("plan.version.take", "/plans/:id/versions", "いまの原稿を版として残す", take),
    ...reasonRoutes,
    getPage(
      "plan.compare",
      "/plans/:id/compare",
      "新旧対照表（from、to、order、remarks）",
      comparePage(hrefOf, hand),
    ),
    getFile(
      "plan.file",
      "/plans/:id/file/:format",
      "書き出す（docx、pptx、html、pdf、folder、compare、rights、designs。version）",
      file,
    ),
    ...planOutputRoutes,
  ];
}
