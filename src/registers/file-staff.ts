import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { prepareFiling } from "../filings/prepare-filing.ts";
import type { Office } from "../platform/office.ts";
import { linkException } from "./change-staff.ts";
import { listStaff, readMember, type StaffMember } from "./list-staff.ts";
import { refuseRight } from "./register-right.ts";
import { employments, type StaffRole, staffRoleNames, staffRoles } from "./staff.ts";

/** 体制の変更から作る届出。 */
export const staffForms = ["manager-notice", "handler-list", "privacy-manager-change"] as const;
export type StaffForm = (typeof staffForms)[number];

/** その役割の変更で、委託者に出す届出。 */
export const formOfRole: Partial<Record<StaffRole, StaffForm>> = {
  ...{ manager: "manager-notice", "deputy-manager": "manager-notice" },
  ...{ "chief-privacy": "privacy-manager-change", privacy: "privacy-manager-change" },
  ...{ supervisor: "handler-list", operator: "handler-list", planner: "handler-list" },
  ...{ handler: "handler-list", "deputy-privacy": "handler-list" },
};

/** 今日の体制から、届出の下書きを作る。人が書いた欄は変えない。 */
export async function fileStaff(
  office: Office,
  actor: Actor,
  form: StaffForm,
): Promise<{ filing: string; made: boolean }> {
  refuseRight("staff", actor);
  const { members, others, day } = await listStaff(office, actor);
  const about = { room: "registers", kind: "staff", id: day };
  const { id, made } = await prepareFiling(office, actor, {
    ...{ form, about, fields: fieldsOf(form, members, others) },
  });
  return { filing: id, made };
}

function fieldsOf(
  form: StaffForm,
  members: readonly StaffMember[],
  others: readonly StaffMember[],
): Record<string, string> {
  const withRole = (role: StaffRole) => members.filter((one) => one.today.some((at) => at.role === role));
  const fromOf = (one: StaffMember | undefined, role: StaffRole) =>
    one?.today.find((at) => at.role === role)?.from ?? "";
  const [manager] = withRole("manager");
  const [privacy] = withRole("privacy");
  const kept = (fields: Record<string, string>) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
  if (form === "manager-notice") {
    if (!manager)
      throw new AppError("REFUSED", "今日の責任者が決まっていません。先に、役割に就けてください。");
    const both = manager.today.some(({ role }) => role === "supervisor");
    return kept({
      ...{ manager: manager.name, post: manager.post, from: fromOf(manager, "manager") },
      concurrent: both ? "SV を兼務する" : "兼務しない",
    });
  }
  if (form === "privacy-manager-change") {
    const before = [...members, ...others]
      .flatMap((one) => one.assignments.map((at) => ({ ...at, post: one.post })))
      .filter((at) => at.role === "privacy" && at.to !== null)
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .at(-1);
    return kept({
      ...{ before: before?.post ?? "", after: privacy?.post ?? "", from: fromOf(privacy, "privacy") },
    });
  }
  const counts = staffRoleNames
    .map((role) => ({ role, people: withRole(role).length }))
    .filter(({ people }) => people > 0)
    .map(({ role, people }) => `${staffRoles[role].label} ${people}人`);
  return kept({
    privacyManager: privacy?.post ?? "",
    handlers: `${members.length}人（${counts.join("、")}）`,
    from:
      members
        .flatMap((one) => one.today.map((at) => at.from))
        .sort()
        .at(-1) ?? "",
  });
}

/** 直接雇用によらない従事者の申請書の下書きを作り、その方に結ぶ。 */
export async function fileException(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ filing: string; made: boolean }> {
  refuseRight("staff", actor);
  const member = await readMember(office, actor, id);
  if (member.employment === "direct")
    throw new AppError("REFUSED", "直接雇用の方なので、例外の届出は要りません。");
  if (member.exceptionFiling !== null) return { filing: member.exceptionFiling, made: false };
  const roles = [...new Set(member.assignments.map(({ role }) => staffRoles[role].label))];
  const { id: filing, made } = await prepareFiling(office, actor, {
    form: "direct-hire-exception",
    about: { room: "registers", kind: "member", id },
    fields: { who: `1人（${roles.join("、") || "役割は未定"}）`, form: employments[member.employment] },
  });
  await linkException(office, actor, id, filing);
  return { filing, made };
}
