import type { Actor } from "../base/actor.ts";
import { dayOf } from "../base/time.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { listSources } from "./list-sources.ts";
import type { CitedPlans } from "./research-hand.ts";
import { researchReport } from "./research-report-document.ts";
import { type SourceKind, sourceKinds } from "./source.ts";

/** 調査報告書（Word）。計画のどこで使ったか、出典のない文も書く。取り出したことを記録する。 */
export async function reportResearch(
  office: Office,
  actor: Actor,
  { usage, unsourced }: CitedPlans,
): Promise<{ fileName: string; media: string; bytes: Uint8Array; sources: number }> {
  const [sources, { blueprint }] = await Promise.all([
    listSources(office, actor),
    openContract(office, actor.contract),
  ]);
  const now = office.clock.officeNow(actor.contract);
  const bytes = writeWordDocument(
    researchReport({
      sources,
      usage,
      unsourced,
      author: blueprint.sender.name,
      created: now,
      today: dayOf(now),
    }),
  );
  await office.act(actor, (tx) =>
    tx.record({
      kind: "research.reported",
      about: "research/report/all",
      payload: { sources: sources.length, ...kindsIn(sources) },
    }),
  );
  return {
    ...{ fileName: "動向調査等報告書.docx", bytes, sources: sources.length },
    media: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  };
}

/** 報告書の章ごとに、資料があるか（３(1)(ｱ)①–⑤の、どれを調べたかの証跡になる）。 */
function kindsIn(sources: readonly { kind: SourceKind }[]): Record<SourceKind, boolean> {
  return Object.fromEntries(
    sourceKinds.map(({ kind }) => [kind, sources.some((source) => source.kind === kind)]),
  ) as Record<SourceKind, boolean>;
}
