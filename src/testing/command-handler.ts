import { createAccount } from "../access/create-account.ts";
import { EVERYONE, type HandlerFact, neededFacts } from "../access/handler-fact.ts";
import { insertFact } from "../access/handler-fact-store.ts";
import { type Role, systemActor } from "../base/actor.ts";
import { totpCode } from "../sealing/totp.ts";
import type { TestDesk } from "./open-desk.ts";

const PASSWORD = "yuki-no-furu-machi";
const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PX2";

/** コマンドの --as で名指しできる従業者を作る。資格は qualify で。 */
export async function hireForCommand(desk: TestDesk, number: string, ...roles: Role[]): Promise<string> {
  const { id } = await createAccount(desk.office, systemActor(desk.contract), {
    ...{ number, name: "検査", password: PASSWORD },
    roles: roles.map((role) => ({ role, from: "2025-09-01" })),
    factors: [{ kind: "totp", secret: SECRET, period: 30, lastCounter: null }],
  });
  return id;
}

/** 名簿・誓約書・研修の事実を置く。 */
export function qualify(desk: TestDesk, account: string): Promise<void> {
  return putFacts(desk, account, neededFacts);
}

/** 契約の全員の、書き出しの許可を置く。 */
export function permitExport(desk: TestDesk): Promise<void> {
  return putFacts(desk, EVERYONE, ["export"]);
}

async function putFacts(desk: TestDesk, account: string, facts: readonly HandlerFact[]): Promise<void> {
  await desk.office.keep(async (tx) => {
    for (const fact of facts)
      await insertFact(tx, {
        ...{ account_id: account, contract_id: desk.contract, fact, line_id: `${account}-${fact}` },
        ...{ from_day: "2025-09-01", to_day: null, until: null },
      });
  });
}

/** コマンドの問いへの答え。確認コードは一度しか使えないので、時計を進めてから答える。 */
export function answersOf(desk: TestDesk, password = PASSWORD): (question: string) => Promise<string> {
  return async (question) => {
    if (question.includes("パスワード")) return password;
    desk.clock.advance(30_000);
    return totpCode(SECRET, desk.clock.systemMs());
  };
}
