import type { Fault } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { addDays, isDay } from "../japan/day.ts";

/** 体制の役割。under は、体制図でその上に立つ役割（いるものを前から選ぶ）。 */
export const staffRoles = {
  manager: { label: "責任者", under: [] },
  "deputy-manager": { label: "副責任者", under: ["manager"] },
  "chief-privacy": { label: "総括保護管理者", under: ["manager"] },
  privacy: { label: "保護管理者", under: ["chief-privacy", "manager"] },
  "deputy-privacy": { label: "副保護管理者", under: ["privacy", "chief-privacy", "manager"] },
  supervisor: { label: "SV", under: ["manager"] },
  operator: { label: "OP", under: ["supervisor", "manager"] },
  planner: { label: "企画担当", under: ["manager"] },
  handler: { label: "従業者（個人情報）", under: ["privacy", "chief-privacy", "manager"] },
} as const satisfies Record<string, { label: string; under: readonly string[] }>;
export type StaffRole = keyof typeof staffRoles;
export const staffRoleNames = Object.keys(staffRoles) as [StaffRole, ...StaffRole[]];

/** 雇用の形。直接雇用でない人には、例外の届出が要る（仕様書８）。 */
export const employments = {
  direct: "直接雇用",
  dispatched: "派遣",
  seconded: "出向",
  contracted: "再委託先の従業者",
} as const;
export type Employment = keyof typeof employments;
export const employmentNames = Object.keys(employments) as [Employment, ...Employment[]];

export interface MemberInput {
  name: string;
  /** 所属・職名。 */
  post: string;
  /** 従業者番号（アカウントと結ぶ）。 */
  account?: string | undefined;
  employment: Employment;
  /** 雇用主（直接雇用でないとき）。 */
  employer?: string | undefined;
  /** 資格・研修・経験。 */
  qualification?: string | undefined;
}

/** 一人の役割の一つ。両端を含む。 */
export interface Assignment {
  id: string;
  role: StaffRole;
  from: Day;
  to: Day | null;
}

export const memberLimits = { name: 60, post: 80, employer: 80, qualification: 400 } as const;

export function memberFaults(given: MemberInput): Fault[] {
  const faults: Fault[] = [];
  const say = (field: string, message: string) => faults.push({ field, message });
  if (given.name.trim() === "") say("name", "氏名を入れてください。");
  if (given.post.trim() === "") say("post", "所属・職名を入れてください。");
  if (given.employment !== "direct" && (given.employer ?? "").trim() === "")
    say("employer", "直接雇用でない方の、雇用主を入れてください。");
  if (given.account !== undefined && !/^\d{4,8}$/.test(given.account))
    say("account", "従業者番号は、4から8桁の数字です。");
  for (const field of ["name", "post", "employer", "qualification"] as const)
    if ([...(given[field] ?? "")].length > memberLimits[field])
      say(field, `${memberLimits[field]}字までで書いてください。`);
  return faults;
}

/** 期間の直すところ。同じ役割の、ほかの期間と重なってはならない。 */
export function assignmentFaults(
  given: { role: StaffRole; from: Day; to?: Day | undefined },
  held: readonly Assignment[],
): Fault[] {
  const { role, from, to } = given;
  if (!isDay(from)) return [{ field: "from", message: "就く日を「2025-09-17」の形で入れてください。" }];
  if (to !== undefined && !isDay(to))
    return [{ field: "to", message: "終える日を「2025-09-17」の形で入れてください。" }];
  if (to !== undefined && to < from) return [{ field: "to", message: "終える日が、就く日より前です。" }];
  const clash = held.some(
    (one) => one.role === role && (to === undefined || one.from <= to) && (one.to === null || from <= one.to),
  );
  return clash
    ? [{ field: "from", message: `その期間には、もう${staffRoles[role].label}に就いています。` }]
    : [];
}

/** その日に就いている役割。 */
export function holdsOn(assignment: Pick<Assignment, "from" | "to">, day: Day): boolean {
  return assignment.from <= day && (assignment.to === null || day <= assignment.to);
}

/** 体制の変わった日（新しい順）。見る日を選ぶのに使う。 */
export function changeDays(assignments: readonly Pick<Assignment, "from" | "to">[]): Day[] {
  const days = assignments.flatMap(({ from, to }) => (to === null ? [from] : [from, addDays(to, 1)]));
  return [...new Set(days)].sort().reverse();
}
