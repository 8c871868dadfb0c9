import { nameHandlers } from "../access/name-handlers.ts";
import { humanRoles, roleLabels } from "../access/role.ts";
import type { Actor } from "../base/actor.ts";
import { dayOf } from "../base/time.ts";
import { type ListedFiling, listFilings } from "../filings/list-filings.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import type { Completion, NotedLine } from "./completion.ts";
import type { DeliveryHand } from "./delivery-hand.ts";
import { listDeliverables } from "./list-deliverables.ts";
import { listDisclosures } from "./list-disclosures.ts";

/** 登録簿の室が出す、環境の数のまとまりの名。 */
const ENVIRONMENT = "環境への配慮";

/** 事故・苦情などの数を、記録の種類から数える。その室のない契約では 0 件と言う。 */
const incidentKinds: readonly { kind: string; label: string }[] = [
  { kind: "incident.recorded", label: "事故・トラブル" },
  { kind: "complaint.recorded", label: "苦情" },
  { kind: "question.escalated", label: "委託者への確認（エスカレーション）" },
];

/** 業務完了報告書に刷ることを、記録から集める。 */
export async function readCompletion(
  office: Office,
  actor: Pick<Actor, "contract">,
  hand: Pick<DeliveryHand, "figures" | "proofs" | "staff" | "proposals">,
): Promise<Completion> {
  const { contract } = actor;
  const { blueprint } = await openContract(office, contract);
  const now = office.clock.officeNow(contract);
  const [groups, proofs, team, proposed, deliverables, documents, filings, handlers, incidents] =
    await Promise.all([
      hand.figures(office, contract),
      hand.proofs(office, contract),
      hand.staff(office, contract),
      hand.proposals(office, contract),
      listDeliverables(office, actor),
      listDisclosures(office, actor),
      listFilings(office, { contract, roles: ["system"] }),
      nameHandlers(office, contract),
      countIncidents(office, contract),
    ]);
  const submitted = filings.filter((filing) => filing.submittedAt !== null).toReversed();
  const own = [...handlers.values()].filter(({ roles }) => !roles.includes("client"));
  // 環境の数は、期別の実績でなく、「環境への配慮」の章に書く。
  const figures = groups.filter(({ title }) => title !== ENVIRONMENT);
  const environment = groups.filter(({ title }) => title === ENVIRONMENT).flatMap((group) => group.figures);
  return {
    ...{ title: blueprint.title, client: blueprint.client, clientUnit: blueprint.clientUnit, now },
    contractor: blueprint.sender.name === "" ? "受託者" : blueprint.sender.name,
    performance: blueprint.performance,
    ended: dayOf(now) > blueprint.performance.to,
    terms: blueprint.terms.map(({ id, label, deskFrom, deskTo }) => ({
      ...{ id, label, from: deskFrom, to: deskTo },
    })),
    ...{
      proofs,
      figures,
      incidents,
      environment: [...environment, ...paperless(submitted, documents.length)],
    },
    deliverables: deliverables.map((one) => ({
      ...{ code: one.code, title: one.title, clause: one.clause, state: one.stateText },
      mark: documents.findLast((document) => document.deliverable === one.id)?.mark ?? "－",
      receivedOn: one.receivedOn,
    })),
    filings: submitted.map(showFiling),
    staff:
      team.length > 0
        ? team
        : humanRoles
            .filter((role) => role !== "client" && role !== "auditor")
            .map((role) => ({
              ...{ role: roleLabels[role], direct: undefined },
              people: own.filter(({ roles }) => roles.includes(role)).length,
            }))
            .filter(({ people }) => people > 0),
    proposals: [
      ...proposed,
      ...submitted.filter(isProposal).map((filing) => ({
        ...{ number: `届出 第${filing.number}号`, title: filing.title, state: filing.stateText },
        on: filing.submittedAt === null ? null : dayOf(filing.submittedAt),
      })),
    ],
  };
}

function isProposal({ clause, title, form }: ListedFiling): boolean {
  return form === "proposal" || clause.includes("12(6)") || /提案/.test(title);
}

function showFiling(filing: ListedFiling): Completion["filings"][number] {
  return {
    ...{ number: filing.number, kind: filing.kindLabel, clause: filing.clause, title: filing.title },
    state: filing.stateText,
    submittedOn: filing.submittedAt === null ? null : dayOf(filing.submittedAt),
  };
}

async function countIncidents(office: Office, contract: string): Promise<NotedLine[]> {
  const events = await listEvents(office.read, {
    contract,
    kinds: incidentKinds.map((one) => one.kind),
    limit: 10_000,
  });
  return incidentKinds.map(({ kind, label }) => ({
    label,
    value: events.filter((event) => event.kind === kind).length,
    unit: "件",
  }));
}

/** 紙に代えて、電子データで渡したものの数。 */
function paperless(filings: readonly ListedFiling[], documents: number): NotedLine[] {
  return [
    { label: "電子データで提出した届出・報告・協議", value: filings.length, unit: "件" },
    { label: "電子データで提出した成果品（版）", value: documents, unit: "点" },
  ];
}
