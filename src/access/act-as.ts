import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { confirmFactor } from "./confirm-factor.ts";
import type { PersonalUse } from "./handler-fact.ts";
import { leaveDesk } from "./leave-desk.ts";
import { factorSetting } from "./open-factors.ts";
import { openSession } from "./open-session.ts";
import { passGate } from "./pass-gate.ts";
import { signIn } from "./sign-in.ts";

/** コマンドは画面ではないので、セキュリティキーの相手の名は使われない。 */
const party = { rpId: "localhost", origin: "http://localhost", name: "まどぐち" };

/**
 * コマンドで、ある従業者として行う（別紙1 5(8)）。画面の着席と同じに、パスワードと確認コードを確かめ、同じに数え、記録する。
 * ask は答えを画面に残さずに尋ねる。終わったら leave で席を立つ。
 */
export async function actAs(
  office: Office,
  contract: string,
  number: string,
  ask: (question: string) => Promise<string>,
): Promise<{ actor: Actor; leave(): Promise<void> }> {
  const password = await ask(`${number} のパスワード: `);
  const first = await signIn(office, { number, password }, await factorSetting(office, party));
  if (first.kind !== "next") throw refused();
  const half = await openSession(office, first.token, { active: true, live: false });
  if (!half) throw refused();
  const text = await ask("確認コード（6桁）: ");
  const second = await confirmFactor(
    office,
    half,
    { kind: "totp", text },
    await factorSetting(office, party),
  );
  if (!second.ok) throw new AppError("FORBIDDEN", second.message);
  const session = await openSession(office, second.token, { active: true, live: false });
  if (session?.row.stage !== "seated" || session.actor.contract !== contract)
    throw new AppError(
      "FORBIDDEN",
      "はじめの登録が済んでいないか、この契約の従業者ではありません。画面で着席して確かめてください。",
    );
  return { actor: session.actor, leave: () => leaveDesk(office, session) };
}

/**
 * コマンドを、名指しした従業者として行う。use を言えば、画面と同じ関門（名簿・誓約書・研修、書き出しの許可）を通り、
 * 役割は act の動詞が決める。終われば、断られたときも、席を立つ。
 * @throws AppError BAD_INPUT（--as がない）、FORBIDDEN（着席できない、資格や許可がない）
 */
export async function asHandler<T>(
  office: Office,
  given: { contract: string; number: string | undefined; use?: PersonalUse },
  ask: (question: string) => Promise<string>,
  act: (actor: Actor) => Promise<T>,
): Promise<T> {
  if (!given.number) throw new AppError("BAD_INPUT", "--as STAFF で、行う人の従業者番号を指定してください。");
  const { actor, leave } = await actAs(office, given.contract, given.number, ask);
  try {
    if (given.use) await passGate(office, { actor, roles: actor.roles }, given.use, false);
    return await act(actor);
  } finally {
    await leave();
  }
}

function refused(): AppError {
  return new AppError(
    "FORBIDDEN",
    "番号かパスワードが違うか、いまは入れません。画面の着席で確かめてください。",
  );
}
