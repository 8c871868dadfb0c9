import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { phoneKey } from "../japan/phone.ts";
import type { Office } from "../platform/office.ts";
import { refuseCall } from "./call-right.ts";
import { findCall } from "./call-store.ts";
import { askDial } from "./dial-client.ts";
import { openCalls } from "./open-calls.ts";

export interface Dialed {
  /** 席の電話を鳴らした。 */
  rang: boolean;
  /** 鳴らせなかったときに、人がかける番号。 */
  number: string | undefined;
  /** 鳴らせなかった訳。 */
  why: string | undefined;
}

/**
 * かけてきた方にかけ直す（６(2)ウ）。電話機とつながっていれば席の電話を鳴らし、出ると相手にかかる。
 * つながっていなければ、番号を見せる（見せたことを記録に残す）。
 */
export async function dialCall(office: Office, actor: Actor, id: string): Promise<Dialed> {
  refuseCall("take", actor);
  const row = await findCall(office.read, actor.contract, id);
  if (!row) throw new AppError("NOT_FOUND", "その電話の記録はありません。一覧から選び直してください。");
  const [opened] = row.caller === null ? [] : await openCalls(office, actor.contract, [row]);
  const number = opened?.caller == null ? undefined : phoneKey(opened.caller);
  if (number === undefined)
    throw new AppError(
      "REFUSED",
      "この電話には、かけ直せる番号がありません（非通知、公衆電話、消去済みなど）。",
    );
  const answer =
    actor.desk === undefined
      ? undefined
      : await askDial(office, actor.contract, { desk: actor.desk, number: number.replace(/[^\d+]/g, "") });
  const rang = answer === true;
  await office.act(actor, async (tx) => {
    await tx.record({
      kind: "call.dialed",
      about: `calls/call/${id}`,
      payload: { how: rang ? "exchange" : "hand", desk: actor.desk ?? "" },
    });
  });
  if (rang) return { rang, number: undefined, why: undefined };
  return { rang, number, why: whyNot(answer, actor.desk) };
}

function whyNot(answer: boolean | undefined, desk: string | undefined): string {
  if (desk === undefined) return "席が決まっていないので、電話機からは鳴らせません。";
  if (answer === false) return "電話機が、この席の電話を鳴らせませんでした。";
  return "電話機とつながっていません（calls listen が動いていると、席の電話が鳴ります）。";
}
