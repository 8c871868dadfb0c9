import { nameHandlers } from "../access/name-handlers.ts";
import type { Role } from "../base/actor.ts";
import { type Day, dayOf, type Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { listContracts } from "../terms/list-contracts.ts";
import type { BlockWord } from "../terms/obligation.ts";
import { openContract } from "../terms/open-contract.ts";
import { catchUpOwed } from "./catch-up-owed.ts";
import { type DutyState, dutyStates, stateOf } from "./duty.ts";
import { lineOf, type OwedLine } from "./owed-line.ts";
import { listLightDuties } from "./owed-store.ts";

export interface OwedFilter {
  states?: readonly DutyState[] | undefined;
  role?: Role | undefined;
  /** 期限の日。 */
  day?: Day | undefined;
  obligation?: string | undefined;
  clause?: string | undefined;
}

export interface OwedBoard {
  now: Instant;
  blueprint: Blueprint;
  /** 遅れ → いま → 答え待ち → …、それぞれ期限の早い順。 */
  lines: OwedLine[];
  /** 絞る前の、色ごとの数。 */
  tally: Record<DutyState, number>;
}

/** 求められていることの一覧。写しを進めてから読む。 */
export async function readOwed(
  office: Office,
  contractId: string,
  filter: OwedFilter = {},
): Promise<OwedBoard> {
  await catchUpOwed(office, contractId);
  const [{ blueprint }, duties, names] = await Promise.all([
    openContract(office, contractId),
    listLightDuties(office.read, contractId),
    nameHandlers(office, contractId),
  ]);
  const now = office.clock.officeNow(contractId);
  const obligations = new Map(blueprint.obligations.map((one) => [one.id, one]));
  const numbers = new Map(blueprint.clauses.map((one) => [one.id, one.number]));
  const tally = Object.fromEntries(dutyStates.map((state) => [state, 0])) as Record<DutyState, number>;
  const world = { blueprint, numbers, names, now, said: new Map<string, string>() };
  const lines: OwedLine[] = [];
  for (const duty of duties) {
    const obligation = obligations.get(duty.obligation);
    const state = stateOf(duty, now);
    if (obligation === undefined) continue;
    tally[state] += 1;
    if (filter.states !== undefined && !filter.states.includes(state)) continue;
    const line = lineOf(duty, obligation, world);
    if (fits(line, filter)) lines.push(line);
  }
  return { now, blueprint, tally, lines: inOrder(lines) };
}

function fits(line: OwedLine, { role, day, obligation, clause }: OwedFilter): boolean {
  if (role !== undefined && line.role !== role) return false;
  if (day !== undefined && (line.due === null || dayOf(line.due) !== day)) return false;
  if (obligation !== undefined && line.obligation !== obligation) return false;
  return clause === undefined || line.clauseId === clause;
}

/** 遅れ → いま → …、それぞれ期限の早い順。 */
function inOrder(lines: readonly OwedLine[]): OwedLine[] {
  const keyed = lines.map((line) => ({
    line,
    order: `${dutyStates.indexOf(line.state)}|${line.due ?? "9999"}|${line.key}`,
  }));
  return keyed.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0)).map(({ line }) => line);
}

/** 遅れている回の数（左のメニューに出す）。契約がまだなければ undefined。 */
export async function countLate(office: Office, contractId: string): Promise<number | undefined> {
  const contracts = await listContracts(office);
  if (!contracts.some((one) => one.id === contractId)) return undefined;
  await catchUpOwed(office, contractId);
  const now = office.clock.officeNow(contractId);
  const duties = await listLightDuties(office.read, contractId);
  const late = duties.filter((duty) => stateOf(duty, now) === "late").length;
  return late === 0 ? undefined : late;
}

/** その行いを、いま妨げている義務（遅れているもの、または先に果たすべきなのにまだのもの）。 */
export interface Block {
  key: string;
  title: string;
  clause: string;
  state: DutyState;
  dueText: string;
}

/**
 * what（納品、開設、個人情報に触れる…）を、いま妨げている義務。空なら、行ってよい。
 * 遅れている（赤）義務だけが妨げる。期限の来ていないもの、答え待ちは妨げない。
 */
export async function blockedBy(office: Office, contractId: string, what: BlockWord): Promise<Block[]> {
  const { lines } = await readOwed(office, contractId, { states: ["late"] });
  return lines
    .filter((line) => line.blocks.includes(what))
    .map(({ key, title, clause, state, dueText }) => ({ key, title, clause, state, dueText }));
}
