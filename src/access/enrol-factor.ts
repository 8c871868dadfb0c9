import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import {
  beginEnrolment,
  type EnrolmentRequest,
  type FactorAnswer,
  type FactorKind,
  type FactorPrompt,
  type FactorSetting,
  finishEnrolment,
  issueRecoveryCodes,
} from "../sealing/second-factor.ts";
import { keepFactor } from "./create-account.ts";
import { deleteFactor, deleteFactors, listFactors } from "./factor-store.ts";
import { officeKey } from "./office-key.ts";
import { openFactors, openState, sealState } from "./open-factors.ts";

export type EnrolKind = Exclude<FactorKind, "recovery-codes">;

/** 第二の要素の登録を始める。state は封じてあるので、そのまま画面の見えない欄に置ける。 */
export async function startEnrolment(
  office: Office,
  actor: Actor,
  number: string,
  request: Pick<EnrolmentRequest, "tokenSecret" | "readerKey" | "period"> & { kind: EnrolKind },
  setting: FactorSetting,
): Promise<{ prompt: FactorPrompt; state: string }> {
  const known = (await openFactors(office, actor.id)).map(({ record }) => record);
  const user = { id: actor.id, name: number };
  const { prompt, state } = await beginEnrolment({ ...request, user, known }, setting);
  return { prompt, state: (await sealState(office, actor.id, state)).toString("base64url") };
}

/** 違ったあとの続き。打ち違えても、見せた秘密（QR コード）は替えない。 */
export async function resumeEnrolment(
  office: Office,
  actor: Actor,
  number: string,
  given: { kind: EnrolKind; state: string },
  setting: FactorSetting,
): Promise<{ prompt: FactorPrompt; state: string }> {
  const kept = await openState(office, actor.id, Buffer.from(given.state.slice(0, 8000), "base64url"));
  const secret =
    kept?.kind === "totp" && given.kind === "totp" && kept.secret !== undefined
      ? { tokenSecret: kept.secret, period: kept.period ?? 30 }
      : {};
  return startEnrolment(office, actor, number, { kind: given.kind, ...secret }, setting);
}

/** 実物で一度確かめてから登録する。違えば BAD_INPUT（欄は code）。 */
export async function enrolFactor(
  office: Office,
  actor: Actor,
  given: { state: string; answer: FactorAnswer; label?: string | undefined },
  setting: FactorSetting,
): Promise<FactorKind> {
  const state = await openState(office, actor.id, Buffer.from(given.state.slice(0, 8000), "base64url"));
  if (!state)
    throw new AppError("BAD_INPUT", "登録の途中が分からなくなりました。はじめからやり直してください。");
  const result = await finishEnrolment(state, given.answer, setting);
  if (!result.ok)
    throw new AppError("BAD_INPUT", result.message, { faults: [{ field: "code", message: result.message }] });
  const key = await officeKey(office, "factor");
  const label = given.label?.normalize("NFC").trim().slice(0, 20);
  await office.act(actor, async (tx) => {
    await keepFactor(tx, key, actor.id, result.record, label);
    await tx.record({ kind: "account.factor-added", about: actor.id, payload: { kind: result.record.kind } });
  });
  return result.record.kind;
}

/** 回復の符号を10個出す。前の符号は使えなくなる。codes は一度だけ見せて、紙に刷る。 */
export async function renewRecoveryCodes(office: Office, actor: Actor): Promise<string[]> {
  const { codes, record } = issueRecoveryCodes();
  const key = await officeKey(office, "factor");
  await office.act(actor, async (tx) => {
    await deleteFactors(tx, actor.id, "recovery-codes");
    await keepFactor(tx, key, actor.id, record);
    await tx.record({ kind: "account.factor-added", about: actor.id, payload: { kind: record.kind } });
  });
  return codes;
}

/** 自分の第二の要素を外す。回復の符号のほかに一つは残す（入れなくなるため）。 */
export async function removeFactor(office: Office, actor: Actor, id: string): Promise<void> {
  const mine = await openFactors(office, actor.id);
  const gone = mine.find(({ row }) => row.id === id);
  if (!gone) throw new AppError("NOT_FOUND", "その登録は、もうありません。画面を開き直してください。");
  const left = mine.filter(({ row }) => row.id !== id && row.kind !== "recovery-codes");
  if (left.length === 0)
    throw new AppError("REFUSED", "最後の一つは外せません。先に、ほかの方法を登録してください。");
  await office.act(actor, async (tx) => {
    if (!(await deleteFactor(tx, actor.id, id))) return tx.nothingHappened();
    // 二つの画面から同時に外しても、最後の一つは残る。
    if (!(await listFactors(tx, actor.id)).some((row) => row.kind !== "recovery-codes"))
      throw new AppError("REFUSED", "最後の一つは外せません。先に、ほかの方法を登録してください。");
    await tx.record({ kind: "account.factor-removed", about: actor.id, payload: { kind: gone.row.kind } });
  });
}
