import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Day } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { answerOnce } from "../platform/answer-once.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { listStaff, noMember, unexcused } from "./list-staff.ts";
import { refuseRight } from "./register-right.ts";
import { assignmentFaults, type MemberInput, memberFaults, type StaffRole } from "./staff.ts";
import {
  endRole,
  findMemberRow,
  insertMember,
  insertStaffRole,
  listRoleRows,
  openMemberRow,
  updateMember,
} from "./staff-store.ts";

/**
 * 体制に一人を加える（役割は assignRole で）。番号は契約の通し。
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN
 */
export async function addMember(
  office: Office,
  actor: Actor,
  given: MemberInput,
  onceKey?: string,
): Promise<{ id: string; number: number }> {
  refuseRight("staff", actor);
  const content = contentOf(given);
  const key = await office.keys.fresh(actor.contract);
  const lookupKey = await office.keys.lookupKey(actor.contract);
  const once =
    onceKey === undefined ? undefined : { key: onceKey, verb: "staff.add", input: content, lookupKey };
  return office.act(actor, (tx) =>
    answerOnce(tx, once, async () => {
      const number = await takeNumber(tx, tx.contract, "staff");
      await insertMember(tx, key, {
        ...{ id: key.id, contract_id: tx.contract, number, ...content, exception_filing: null },
        ...{ made_by: actor.id, made_at: tx.now, edition: 1 },
      });
      await tx.record({
        kind: "staff.added",
        subject: key.id,
        about: `registers/member/${key.id}`,
        payload: { number, employment: content.employment },
      });
      return { id: key.id, number };
    }),
  );
}

function contentOf(given: MemberInput) {
  const faults = memberFaults(given);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "登録に直すところがあります。", { faults });
  return {
    ...{ name: given.name.trim(), post: given.post.trim(), employment: given.employment },
    account: given.account ?? null,
    employer: given.employment === "direct" ? null : (given.employer ?? "").trim(),
    qualification: (given.qualification ?? "").trim() || null,
  };
}

/** 登録を直す。edition は開いたときのもの。 */
export async function editMember(
  office: Office,
  actor: Actor,
  id: string,
  given: MemberInput & { edition: number },
): Promise<void> {
  refuseRight("staff", actor);
  const content = contentOf(given);
  await changeMember(office, actor, id, content, given.edition);
}

/** 直接雇用の例外の届出を結ぶ。 */
export async function linkException(office: Office, actor: Actor, id: string, filing: string): Promise<void> {
  refuseRight("staff", actor);
  await changeMember(office, actor, id, { exception_filing: filing }, undefined);
}

async function changeMember(
  office: Office,
  actor: Actor,
  id: string,
  change: Partial<ReturnType<typeof contentOf>> & { exception_filing?: string },
  edition: number | undefined,
): Promise<void> {
  const key = (await office.keys.get(actor.contract, [id])).get(id);
  if (!key) throw noMember();
  await office.act(actor, async (tx) => {
    const row = await findMemberRow(tx, tx.contract, id);
    if (!row) throw noMember();
    const before = openMemberRow(key, row);
    const stale = edition !== undefined && edition !== before.edition;
    if (stale || !(await updateMember(tx, key, before, change)))
      throw new AppError(
        "CONFLICT",
        "ほかの人が先に変えました。画面を開き直して、今の登録をご確認ください。",
      );
    await tx.record({
      kind: "staff.changed",
      subject: id,
      about: `registers/member/${id}`,
      payload: { number: before.number, employment: change.employment ?? before.employment },
    });
  });
}

/**
 * 役割に就ける。終わりの日を省けば、解くまで続く。
 * @throws AppError BAD_INPUT（期間が重なる、日の形）、NOT_FOUND
 */
export async function assignRole(
  office: Office,
  actor: Actor,
  member: string,
  given: { role: StaffRole; from: Day; to?: Day | undefined },
): Promise<{ id: string }> {
  refuseRight("staff", actor);
  const id = newId();
  return office.act(actor, async (tx) => {
    if (!(await findMemberRow(tx, tx.contract, member))) throw noMember();
    const held = (await listRoleRows(tx, tx.contract))
      .filter((one) => one.member_id === member)
      .map((one) => ({ id: one.id, role: one.role, from: one.from_day, to: one.to_day }));
    const faults = assignmentFaults(given, held);
    if (faults.length > 0) throw new AppError("BAD_INPUT", "役割に直すところがあります。", { faults });
    const { role, from, to = null } = given;
    await insertStaffRole(tx, {
      ...{ id, contract_id: tx.contract, member_id: member, role, from_day: from, to_day: to },
      ...{ made_by: actor.id, made_at: tx.now },
    });
    await tx.record({
      kind: "staff.assigned",
      subject: member,
      about: `registers/assignment/${id}`,
      payload: { role, from, to },
    });
    return { id };
  });
}

/** 役割を解く。to はその役割の最後の日。 */
export async function releaseRole(office: Office, actor: Actor, id: string, to: Day): Promise<void> {
  refuseRight("staff", actor);
  if (!isDay(to)) throw new AppError("BAD_INPUT", "最後の日を「2025-09-17」の形で入れてください。");
  await office.act(actor, async (tx) => {
    const found = (await listRoleRows(tx, tx.contract)).find((one) => one.id === id);
    if (!found) throw new AppError("NOT_FOUND", "その役割はありません。一覧から選び直してください。");
    if (to < found.from_day)
      throw new AppError("BAD_INPUT", "最後の日が、就いた日より前です。", {
        faults: [{ field: "to", message: "就いた日より前です。" }],
      });
    if (!(await endRole(tx, tx.contract, id, to)))
      throw new AppError("REFUSED", "この役割は、もう終わりの日が決まっています。");
    await tx.record({
      kind: "staff.released",
      subject: found.member_id,
      about: `registers/assignment/${id}`,
      payload: { role: found.role, from: found.from_day, to },
    });
  });
}

/**
 * 今日の体制を確かめたことを残す（仕様書８: 業務責任者と従事者は直接雇用）。
 * @throws AppError REFUSED（責任者がいない、直接雇用の例外を届け出ていない人がいる）
 */
export async function confirmStaff(office: Office, actor: Actor): Promise<void> {
  refuseRight("confirm", actor);
  const { members, day } = await listStaff(office, actor);
  if (!members.some((one) => one.today.some(({ role }) => role === "manager")))
    throw new AppError("REFUSED", "今日の責任者が決まっていません。先に、責任者を役割に就けてください。");
  const open = unexcused(members);
  if (open.length > 0)
    throw new AppError(
      "REFUSED",
      `直接雇用でない方が${open.length}人、例外の届出をまだ出していません。先に、名簿から届出を作って提出してください。`,
    );
  await office.act(actor, (tx) =>
    tx.record({
      kind: "staff.confirmed",
      about: `registers/staff/${day}`,
      payload: {
        ...{ day, people: members.length },
        exceptions: members.filter((one) => one.employment !== "direct").length,
      },
    }),
  );
}
