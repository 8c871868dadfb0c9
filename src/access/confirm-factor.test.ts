// @engine both
import { afterEach, expect, test } from "vitest";
import { open, openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, signInAs } from "../testing/signed-in.ts";
import { findAccount } from "./account-store.ts";
import { finishSetup } from "./confirm-factor.ts";
import type { CurrentSession } from "./open-session.ts";
import { newToken, tokenHash } from "./session.ts";
import { findSession, insertSession, sessionsAtDesk } from "./session-store.ts";

let desk: TestDesk;
afterEach(() => desk.close());

/** その席に着席する一歩手前の人。 */
async function almostSeated(app: ReturnType<typeof roomApp>, seat: string): Promise<CurrentSession> {
  const who = await signInAs(app, desk.office, { contract: desk.contract, roles: ["operator"] });
  const account = await findAccount(desk.office.read, who.actor.id);
  if (!account) throw new Error("the account is gone");
  const hash = tokenHash(newToken());
  const at = new Date(desk.clock.systemMs()).toISOString();
  await desk.office.keep((tx) =>
    insertSession(tx, {
      ...{ hash, account_id: account.id, stage: "setup", contract_id: desk.contract, desk: seat },
      ...{ csrf: newToken(), challenge: null, flash: null, started_at: at, seen_at: at },
      ...{ stepped_at: null, live_until: null, locked: 0 },
    }),
  );
  const row = await findSession(desk.office.read, hash);
  if (!row) throw new Error("the session is gone");
  return { row, account, name: "検査", roles: ["operator"], actor: who.actor, locked: false };
}

test("別紙1 5(8) 同じ席で同じ瞬間に確かめた六人のうち、着席できるのは一人だけ", async () => {
  desk = await openDesk();
  const app = roomApp(desk.office, []);
  // PostgreSQL では、もう一つのプロセスのように、別の口からも確かめる（一つの口の書き手は一人なので競わない）。
  const isShared = process.env.MADOGUCHI_TEST_ENGINE === "postgres";
  const other = isShared ? await open(desk.place, desk.root, desk.clock) : desk.office;
  for (let round = 0; round < 5; round += 1) {
    const seat = String(7 + round);
    const people: CurrentSession[] = [];
    for (let n = 0; n < 6; n += 1) people.push(await almostSeated(app, seat));
    const done = await Promise.allSettled(
      people.map((one, n) => finishSetup(n % 2 === 0 ? desk.office : other, one, "totp")),
    );
    const refused = done.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    const seated = (await sessionsAtDesk(desk.office.read, desk.contract, seat)).filter(
      (row) => row.stage === "seated",
    );
    expect([seated.length, refused]).toEqual([1, Array(5).fill("CONFLICT")]);
  }
  if (isShared) await other.close();
});
