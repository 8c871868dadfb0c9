import type { Actor } from "../base/actor.ts";
import type { Office, Tx } from "../platform/office.ts";
import {
  beginFactor,
  type FactorAnswer,
  type FactorKind,
  type FactorPrompt,
  type FactorSetting,
  type FactorState,
  verifyFactor,
} from "../sealing/second-factor.ts";
import { numberHash } from "./account-number.ts";
import type { AccountRow } from "./account-store.ts";
import { spendFactor } from "./factor-store.ts";
import { hinderedMessage, LOCK_MINUTES, triesLeft } from "./lockout.ts";
import { officeKey } from "./office-key.ts";
import { type OpenFactor, openFactors, openState, sealFactor, sealState } from "./open-factors.ts";
import { type SessionRow, takeChallenge, updateSession } from "./session-store.ts";
import { clearTries, spendTry } from "./sign-in-try-store.ts";

/** だれが、どのセッションで確かめるか。 */
export interface Confirming {
  readonly account: AccountRow;
  readonly actor: Actor;
  readonly row: SessionRow;
}

export type FactorCheck =
  | {
      readonly ok: true;
      readonly kind: FactorKind;
      readonly left?: number | undefined;
      apply(tx: Tx): Promise<boolean>;
    }
  | { readonly ok: false; readonly message: string };

/** 問いを出す（セキュリティキー、鍵を持つ読取機）。問いはセッションに封じて残し、一度しか答えられない。 */
export async function askFactor(
  office: Office,
  who: Confirming,
  kind: FactorKind,
  setting: FactorSetting,
): Promise<FactorPrompt | undefined> {
  const mine = (await openFactors(office, who.account.id)).filter(({ record }) => record.kind === kind);
  const first = mine[0];
  if (!first) return undefined;
  const { prompt, state } = await beginFactor(first.record, setting);
  const challenge = await sealState(office, who.account.id, state);
  await office.keep((tx) => updateSession(tx, who.row.hash, { challenge }));
  return prompt.kind === "security-key" ? { ...prompt, options: withAllKeys(prompt.options, mine) } : prompt;
}

/** 鍵を二本持つ人は、どちらでも答えられる。 */
function withAllKeys(options: object, mine: readonly OpenFactor[]): object {
  const allowCredentials = mine.flatMap(({ record }) =>
    record.kind === "security-key"
      ? [{ id: record.credentialId, type: "public-key", transports: [...record.transports] }]
      : [],
  );
  return { ...options, allowCredentials };
}

/**
 * 第二の要素の答えを確かめる。合えば apply を行為の中で呼ぶ（偽なら、同じ答えが同時に二度使われた）。
 * 違えば回数に数え、断ったことを記録する。
 */
export async function checkFactor(
  office: Office,
  who: Confirming,
  answer: FactorAnswer & { readonly kind: FactorKind },
  setting: FactorSetting,
): Promise<FactorCheck> {
  const hash = await numberHash(office, who.account.number);
  const spent = await office.keep((tx) => spendTry(tx, hash, setting.systemMs));
  if (spent.kind !== "spent") return { ok: false, message: hinderedMessage(spent) };
  const state = await stateFor(office, who, answer.kind, setting);
  const mine = (await openFactors(office, who.account.id)).filter(
    ({ record }) => record.kind === answer.kind,
  );
  let message = "この方法は登録されていません。ほかの方法で確かめてください。";
  for (const one of mine) {
    const result = await verifyFactor(one.record, state, answer, setting);
    if (!result.ok) {
      message = result.message;
      continue;
    }
    const secret = sealFactor(await officeKey(office, "factor"), one.row, result.record);
    const apply = async (tx: Tx) => {
      if (!(await spendFactor(tx, one.row, secret, tx.systemNow))) return false;
      await clearTries(tx, hash);
      return true;
    };
    return { ok: true, kind: answer.kind, left: result.left, apply };
  }
  await recordRefusal(office, who.actor, who.account.id, answer.kind, spent.failed);
  return { ok: false, message: `${message}${restMessage(spent.failed)}` };
}

/** 問いのない種類（打つ符号）は、いまだけの控えで足りる。 */
async function stateFor(
  office: Office,
  who: Confirming,
  kind: FactorKind,
  setting: FactorSetting,
): Promise<FactorState> {
  const plain: FactorState = { kind, expiresAtMs: setting.systemMs + 1 };
  if (who.row.challenge === null) return plain;
  if (!(await office.keep((tx) => takeChallenge(tx, who.row)))) return plain;
  const kept = await openState(office, who.account.id, who.row.challenge);
  return kept?.kind === kind ? kept : plain;
}

/** 断ったことを記録する。 */
export async function recordRefusal(
  office: Office,
  actor: Actor,
  about: string | undefined,
  by: string,
  failed: number,
): Promise<void> {
  await office.act(actor, (tx) =>
    tx.record({
      kind: "account.refused",
      payload: { by, failed },
      ...(about === undefined ? {} : { about }),
    }),
  );
}

/** 「あと4回続けて違うと、30分間入れません。」 */
export function restMessage(failed: number): string {
  const left = triesLeft(failed);
  return left > 0
    ? `あと${left}回続けて違うと、${LOCK_MINUTES}分間入れません。`
    : `${LOCK_MINUTES}分たってから、もう一度お試しください。`;
}
