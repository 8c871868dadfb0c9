import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { type CouncilBody, type MemberBody, memberBody } from "../meetings/meeting.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { recordReveals } from "../tasks/record-reveal.ts";
import { refuseCouncil } from "./council-right.ts";
import {
  councilTable,
  findCouncil,
  insertMember,
  listMemberRows,
  memberTable,
  openCouncilRow,
  putCouncil,
  updateMember,
} from "./council-store.ts";
import { opened, readCouncil } from "./read-council.ts";

const mailShape = /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;]+$/;

/**
 * 会議体のこと（名、事務局、定足数、会場、誤りの組）を書く。
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN
 */
export async function changeCouncil(
  office: Office,
  actor: Actor,
  change: Partial<CouncilBody>,
): Promise<void> {
  refuseCouncil("write", actor);
  const faults: Fault[] = [];
  if (change.name !== undefined && change.name.trim() === "")
    faults.push({ field: "name", message: "会議の名を書いてください。" });
  if (
    change.organizerMail !== undefined &&
    change.organizerMail !== "" &&
    !mailShape.test(change.organizerMail)
  )
    faults.push({ field: "organizerMail", message: "メールアドレスの形で書いてください。" });
  for (const room of change.rooms ?? [])
    if (room.name.trim() === "") faults.push({ field: "room", message: "会場の名を書いてください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "会議体のことに直すところがあります。", { faults });
  const row = await findCouncil(office.read, actor.contract);
  const key = row
    ? (await office.keys.get(actor.contract, [row.id])).get(row.id)
    : await office.keys.fresh(actor.contract);
  if (!key) throw new AppError("NOT_FOUND", "会議体のことは消去されています。");
  await office.act(actor, async (tx) => {
    const now = await findCouncil(tx, tx.contract);
    const before = now ? (opened(openCouncilRow(councilTable, key, now).body) as object) : {};
    await putCouncil(tx, key, {
      ...{ id: now?.id ?? key.id, contract_id: tx.contract, body: JSON.stringify({ ...before, ...change }) },
      ...{ made_by: actor.id, made_at: tx.now, edition: (now?.edition ?? 0) + 1 },
    });
    await tx.record({
      kind: "council.changed",
      about: "council/council/own",
      payload: { parts: Object.keys(change) },
    });
  });
}

function memberFaults(given: MemberBody): Fault[] {
  const faults: Fault[] = [];
  if (given.name.trim() === "") faults.push({ field: "name", message: "氏名を書いてください。" });
  if (given.mail !== "" && !mailShape.test(given.mail))
    faults.push({ field: "mail", message: "メールアドレスの形で書いてください。" });
  if (given.link !== "" && !/^https?:\/\/\S+$/.test(given.link))
    faults.push({ field: "link", message: "https:// から始まるリンクを書いてください。" });
  return faults;
}

/** 座長は一人。 */
async function refuseTwoChairs(
  office: Office,
  contract: string,
  given: MemberBody,
  own?: string,
): Promise<void> {
  if (given.seat !== "chair") return;
  const { members } = await readCouncil(office, contract);
  if (members.some((one) => one.active && one.seat === "chair" && one.id !== own))
    throw new AppError("BAD_INPUT", "座長は、もう登録されています。", {
      faults: [{ field: "seat", message: "座長は一人です。前の方の役を直してから登録してください。" }],
    });
}

/** 委員を加える。番号は名簿の順。 */
export async function addCouncilMember(
  office: Office,
  actor: Actor,
  given: Partial<MemberBody> & { name: string },
): Promise<{ id: string }> {
  refuseCouncil("write", actor);
  const body = memberBody.parse(given);
  const faults = memberFaults(body);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "委員の登録に直すところがあります。", { faults });
  await refuseTwoChairs(office, actor.contract, body);
  const key = await office.keys.fresh(actor.contract);
  return office.act(actor, async (tx) => {
    const number = await takeNumber(tx, tx.contract, "council-member");
    await insertMember(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, number, active: 1, body: JSON.stringify(body) },
      ...{ made_by: actor.id, made_at: tx.now, edition: 1 },
    });
    await tx.record({ kind: "council.member-added", about: key.id, payload: { number } });
    return { id: key.id };
  });
}

/** 委員の登録を直す。空の電話は、前のまま（消すときは「－」）。 */
export async function changeCouncilMember(
  office: Office,
  actor: Actor,
  id: string,
  given: Partial<MemberBody> & { active?: boolean; edition?: number },
): Promise<void> {
  refuseCouncil("write", actor);
  const key = (await office.keys.get(actor.contract, [id])).get(id);
  const row = (await listMemberRows(office.read, actor.contract)).find((one) => one.id === id);
  if (!key || !row) throw new AppError("NOT_FOUND", "その委員はいません。名簿から選び直してください。");
  const before = openCouncilRow(memberTable, key, row);
  if (given.edition !== undefined && given.edition !== row.edition) throw stale();
  const { active, edition: _edition, ...change } = given;
  const old = memberBody.parse(opened(before.body));
  const body = memberBody.parse({ ...old, ...change, ...keptPhones(old, change) });
  const faults = memberFaults(body);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "委員の登録に直すところがあります。", { faults });
  if (active !== false) await refuseTwoChairs(office, actor.contract, body, id);
  await office.act(actor, async (tx) => {
    const next = { ...before, body: JSON.stringify(body), active: (active ?? row.active === 1) ? 1 : 0 };
    if (!(await updateMember(tx, key, before, next))) throw stale();
    await tx.record({ kind: "council.member-changed", about: id, payload: { active: next.active === 1 } });
  });
}

function keptPhones(old: MemberBody, change: Partial<MemberBody>): Partial<MemberBody> {
  const keep = (name: "phone" | "reserve") => {
    const given = change[name]?.trim();
    if (given === undefined || given === "") return old[name];
    return given === "－" || given === "-" ? "" : given;
  };
  return { phone: keep("phone"), reserve: keep("reserve") };
}

/** 委員の電話番号を見る。見たことが記録に残る。 */
export async function seePhones(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ phone: string; reserve: string }> {
  refuseCouncil("write", actor);
  const { members, blueprint } = await readCouncil(office, actor.contract);
  const member = members.find((one) => one.id === id);
  if (member === undefined)
    throw new AppError("NOT_FOUND", "その委員はいません。名簿から選び直してください。");
  const what = { about: `council/member/${id}`, field: "phone", reason: "reach" };
  await recordReveals(office, actor, blueprint, [what]);
  return { phone: member.phone, reserve: member.reserve };
}

export function stale(): AppError {
  return new AppError("CONFLICT", "ほかの人が先に変えました。画面を開き直して、今の内容をご確認ください。");
}
