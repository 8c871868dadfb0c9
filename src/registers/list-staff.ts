import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type Day, dayOf } from "../base/time.ts";
import { listFilings } from "../filings/list-filings.ts";
import type { Office } from "../platform/office.ts";
import { type Assignment, changeDays, type Employment, holdsOn, staffRoles } from "./staff.ts";
import { listMemberRows, listRoleRows, openMemberRow } from "./staff-store.ts";

/** 体制の一人（氏名を開いたもの）。 */
export interface StaffMember {
  id: string;
  number: number;
  account: string | null;
  name: string;
  post: string;
  employment: Employment;
  employer: string;
  qualification: string;
  exceptionFiling: string | null;
  /** 例外の届出の状態（「承認」「下書き」）。 */
  exceptionText: string;
  /** 例外を提出してある。 */
  excused: boolean;
  /** すべての役割（古い順）。 */
  assignments: Assignment[];
  /** 見ている日の役割。 */
  today: Assignment[];
  /** アカウントの役割と合わないところ。 */
  mismatch: string;
  edition: number;
}

export interface Staff {
  day: Day;
  /** 見ている日に役割のある人。 */
  members: StaffMember[];
  /** その日に役割のない人（前にいた、これから加わる）。 */
  others: StaffMember[];
  /** 体制の変わった日（新しい順）。 */
  days: Day[];
}

const accountRoles: readonly Role[] = [
  "operator",
  "supervisor",
  "manager",
  "planner",
  "privacy",
  "chief-privacy",
];

/** その日の体制。省けば今日。過ぎた日も、これからの日も見られる。 */
export async function listStaff(office: Office, actor: Pick<Actor, "contract">, day?: Day): Promise<Staff> {
  const { contract } = actor;
  const today = dayOf(office.clock.officeNow(contract));
  const on = day ?? today;
  const [rows, roles, handlers, filings] = await Promise.all([
    listMemberRows(office.read, contract),
    listRoleRows(office.read, contract),
    nameHandlers(office, contract),
    listFilings(office, { contract, roles: ["system"] }, { form: "direct-hire-exception" }),
  ]);
  const keys = await office.keys.get(
    contract,
    rows.map((row) => row.id),
  );
  const byNumber = new Map([...handlers.values()].map((one) => [one.number, one]));
  const byFiling = new Map(filings.map((one) => [one.id, one]));
  const all = rows.map((row): StaffMember => {
    const member = openMemberRow(keys.get(row.id), row);
    const assignments = roles
      .filter((one) => one.member_id === row.id)
      .map((one) => ({ id: one.id, role: one.role, from: one.from_day, to: one.to_day }));
    const filing = byFiling.get(row.exception_filing ?? "");
    const current = assignments.filter((one) => holdsOn(one, on));
    return {
      ...{ id: row.id, number: row.number, account: row.account, employment: row.employment },
      ...{ name: member.name, post: member.post, employer: member.employer ?? "" },
      ...{ qualification: member.qualification ?? "", exceptionFiling: row.exception_filing },
      exceptionText: filing?.stateText ?? "",
      excused:
        filing !== undefined && ["submitted", "approved", "received", "answered"].includes(filing.state),
      ...{ assignments, today: current, edition: row.edition },
      mismatch: on === today ? mismatchOf(current, byNumber.get(row.account ?? "")?.roles, row.account) : "",
    };
  });
  return {
    day: on,
    members: all.filter((one) => one.today.length > 0),
    others: all.filter((one) => one.today.length === 0),
    days: changeDays(all.flatMap((one) => one.assignments)),
  };
}

function mismatchOf(
  held: readonly Assignment[],
  roles: readonly Role[] | undefined,
  account: string | null,
): string {
  if (account === null) return "";
  if (roles === undefined) return "その番号のアカウントがありません";
  const staff: string[] = held.map(({ role }) => role);
  const missing = accountRoles.filter((role) => roles.includes(role) && !staff.includes(role));
  const extra = accountRoles.filter((role) => staff.includes(role) && !roles.includes(role));
  const label = (role: Role) => staffRoles[role as keyof typeof staffRoles].label;
  return [
    ...missing.map((role) => `アカウントには${label(role)}がある`),
    ...extra.map((role) => `アカウントに${label(role)}がない`),
  ].join("、");
}

/** 一人。なければ NOT_FOUND。 */
export async function readMember(
  office: Office,
  actor: Pick<Actor, "contract">,
  id: string,
): Promise<StaffMember> {
  const { members, others } = await listStaff(office, actor);
  const found = [...members, ...others].find((one) => one.id === id);
  if (!found) throw noMember();
  return found;
}

export function noMember(): AppError {
  return new AppError("NOT_FOUND", "その方は体制の名簿にありません。一覧から選び直してください。");
}

/** 直接雇用でないのに、例外を届け出ていない人。 */
export function unexcused(members: readonly StaffMember[]): StaffMember[] {
  return members.filter((one) => one.employment !== "direct" && !one.excused);
}
