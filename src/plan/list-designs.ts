import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { type Day, dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import {
  type Design,
  type DesignInput,
  type DesignRequest,
  type DesignRequestInput,
  designChanges,
  designLabel,
} from "./design.ts";
import { type DecisionRow, listDecisionRows } from "./plan-decision-store.ts";
import { type OpenPlan, openPlanRow } from "./read-plan.ts";

/** デザインの案（出した順）と、都度の要望。 */
export async function listDesigns(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
): Promise<{ designs: Design[]; requests: DesignRequest[]; chosen: Design | undefined }> {
  return openDesigns(office, await openPlanRow(office, actor, planId));
}

/** 開いた計画の、案と要望（計画を開き直さない）。 */
export async function openDesigns(
  office: Office,
  { row: plan, key }: Pick<OpenPlan, "row" | "key">,
): Promise<{ designs: Design[]; requests: DesignRequest[]; chosen: Design | undefined }> {
  const [rows, names] = await Promise.all([
    listDecisionRows(office.read, key, plan.id, [
      "design-proposed",
      "design-chosen",
      "design-asked",
      "design-answered",
    ]),
    nameHandlers(office, plan.contract_id),
  ]);
  const by = (row: DecisionRow) => ({ by: names.get(row.made_by)?.short ?? "", at: row.made_at });
  const of = (kind: DecisionRow["kind"]) => rows.filter((row) => row.kind === kind);
  const last = of("design-chosen").at(-1);
  const designs = of("design-proposed").map((row, at): Design => {
    const { title, aim, theme } = JSON.parse(row.body) as DesignInput;
    const chosen = last?.subject === String(row.number) ? last : undefined;
    const selections = of("design-chosen").filter(({ subject }) => subject === String(row.number));
    const told = (one: DecisionRow) => ({
      reason: (JSON.parse(one.body) as { reason: string }).reason,
      ...by(one),
    });
    return {
      ...{ title, aim, theme, number: row.number, label: designLabel(at), ...by(row) },
      chosen: chosen ? told(chosen) : null,
      selections: selections.map(told),
    };
  });
  /** 応えた案の前の姿: そのとき選ばれていた案。選ばれていなければ、一つ前の案。 */
  const before = (answer: DecisionRow, design: number) => {
    const then = of("design-chosen").findLast(
      (row) => row.number < answer.number && row.subject !== String(design),
    );
    return designs.findLast(({ number }) => (then ? String(number) === then.subject : number < design));
  };
  const changedBy = (answer: DecisionRow, design: number | null) => {
    const now = designs.find(({ number }) => number === design);
    const old = now && before(answer, now.number);
    return now && old ? designChanges(old.theme, now.theme) : [];
  };
  const requests = of("design-asked").map((row): DesignRequest => {
    const asked = JSON.parse(row.body) as DesignRequestInput;
    return {
      ...{ number: row.number, text: asked.text, origin: asked.origin ?? "client" },
      ...{ day: (asked.day || dayOf(row.made_at)) as Day, ...by(row) },
      answers: of("design-answered")
        .filter(({ subject }) => subject === String(row.number))
        .map((answer) => {
          const { text, design } = JSON.parse(answer.body) as { text: string; design: number | null };
          return { text, design, changed: changedBy(answer, design), ...by(answer) };
        }),
    };
  });
  return { designs, requests: requests.toReversed(), chosen: designs.find(({ chosen }) => chosen !== null) };
}
