import { type HandlerName, nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { type ListedFiling, listFilings } from "../filings/list-filings.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { type ErasureRight, mayErasure, refuseRight } from "./erasure-right.ts";
import { type CityClock, cityClock, reportDue, whyNotClose } from "./incident.ts";
import {
  findIncident,
  type IncidentRow,
  listIncidentRows,
  listIncidentSteps,
  openIncidentRow,
  type StoredIncident,
  type StoredStep,
} from "./incident-store.ts";
import { immediateHours } from "./record-incident.ts";

/** 一覧の一行。内容は含まない。 */
export interface ListedIncident
  extends Pick<
    IncidentRow,
    "id" | "number" | "kind" | "lane" | "state" | "noticed_at" | "people" | "closed_at"
  > {
  frozen: boolean;
  due: Instant;
  late: boolean;
  filing: ListedFiling | undefined;
}

export interface OpenIncident {
  incident: StoredIncident;
  head: ListedIncident;
  steps: StoredStep[];
  names: ReadonlyMap<string, HandlerName>;
  city: CityClock;
  /** 終えられない理由。 */
  whyNotClose: string | undefined;
}

/** 事故の一覧。新しい番号から。記録した本人、責任者・保護管理者・委託者・監査が見る。 */
export async function listIncidents(office: Office, actor: Actor): Promise<ListedIncident[]> {
  const [rows, filings, { blueprint }] = await Promise.all([
    listIncidentRows(office.read, actor.contract),
    listFilings(office, { contract: actor.contract, roles: ["system"] }),
    openContract(office, actor.contract),
  ]);
  const by = new Map(filings.map((one) => [one.id, one]));
  const all = mayErasure("see", actor.roles);
  return rows
    .filter((row) => all || row.made_by === actor.id)
    .map((row) => headOf(office, row, by.get(row.filing_id ?? ""), immediateHours(blueprint)));
}

function headOf(
  office: Office,
  row: IncidentRow,
  filing: ListedFiling | undefined,
  hours: number,
): ListedIncident {
  const { id, number, kind, lane, state, noticed_at, people, closed_at } = row;
  const due = reportDue(noticed_at, hours);
  const told = filing !== undefined && filing.state !== "draft" && filing.state !== "withdrawn";
  return {
    ...{ id, number, kind, lane, state, noticed_at, people, closed_at, filing, due },
    frozen: row.freeze === 1,
    late: lane === "client" && !told && office.clock.officeNow(row.contract_id) > due,
  };
}

/** 一件を開く。なければ、または見る権限がなければ NOT_FOUND / FORBIDDEN。 */
export async function openIncident(office: Office, actor: Actor, id: string): Promise<OpenIncident> {
  const [row, keys, filings, names, { blueprint }] = await Promise.all([
    findIncident(office.read, actor.contract, id),
    office.keys.get(actor.contract, [id]),
    listFilings(office, { contract: actor.contract, roles: ["system"] }),
    nameHandlers(office, actor.contract),
    openContract(office, actor.contract),
  ]);
  if (!row) throw noIncident();
  if (row.made_by !== actor.id) refuseRight("see" satisfies ErasureRight, actor);
  const key = keys.get(id);
  const incident = openIncidentRow(key, row);
  const filing = filings.find((one) => one.id === row.filing_id);
  const head = headOf(office, row, filing, immediateHours(blueprint));
  return {
    ...{ incident, head, names },
    steps: await listIncidentSteps(office.read, actor.contract, key, id),
    city: cityClock(row.noticed_at, row.improper === 1, row.people),
    whyNotClose: whyNotClose({
      ...{ kind: row.kind, lane: row.lane, state: row.state, frozen: row.freeze === 1 },
      reportFiled: filing !== undefined && !["draft", "withdrawn"].includes(filing.state),
      prevented: incident.prevention !== null,
    }),
  };
}

export function noIncident(): AppError {
  return new AppError("NOT_FOUND", "その事故の記録はありません。一覧から選び直してください。");
}
