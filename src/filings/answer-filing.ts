import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { changeFiling } from "./change-filing.ts";
import { kindInfo, type Outcome } from "./filing.ts";
import { answerFaults, type HeardChannel } from "./filing-answer.ts";
import { refuseBothSides } from "./filing-right.ts";

export interface FilingAnswer {
  outcome: Outcome;
  text: string;
  /** 受託者の側で、書面や電話で届いた回答を記録するとき。委託者が自分で答えるときは省く。 */
  heard?: { channel: HeardChannel; at: Instant; from: string } | undefined;
}

/**
 * 提出されたものに答える。委託者が着席して答えるか、届いた回答を責任者・SV が記録する。
 * 作った人・出した人は、どちらの形でも答えられない。
 * @throws AppError BAD_INPUT（欄の名つき）、REFUSED（両方の側、状態）、FORBIDDEN
 */
export async function answerFiling(
  office: Office,
  actor: Actor,
  id: string,
  given: FilingAnswer,
): Promise<void> {
  await changeFiling(office, actor, id, "answer", (filing, tx) => {
    refuseBothSides(filing, actor.id);
    const { from } = kindInfo(filing.kind);
    // 受託者が自分で答えるのは委託者の指示だけ。ほかは委託者の答えを聞いて記録する。
    const own = from === "client" || (actor.roles.includes("client") && given.heard === undefined);
    const channel = given.heard?.channel ?? "site";
    const faults = [
      ...answerFaults(filing.kind, { ...given, channel, heardFrom: given.heard?.from ?? "" }),
      ...(own ? [] : heardFaults(given, filing.submitted_at, tx.now)),
    ];
    if (faults.length > 0) throw new AppError("BAD_INPUT", "回答に直すところがあります。", { faults });
    return {
      change: {
        state: given.outcome,
        decided_by: actor.id,
        decided_at: tx.now,
        answer: given.text.trim() === "" ? null : given.text.trim(),
        // 指示の channel は指示そのものの届き方なので、承知で上書きしない。
        ...(from === "client"
          ? {}
          : {
              channel,
              heard_at: given.heard?.at ?? tx.now,
              heard_from: given.heard?.from.trim() ?? null,
            }),
      },
      kind: "filing.answered",
      payload: { outcome: given.outcome, channel: own ? "site" : channel },
    };
  });
}

function heardFaults({ heard }: FilingAnswer, submittedAt: Instant | null, now: Instant): Fault[] {
  if (heard === undefined)
    return [
      { field: "channel", message: "委託者の回答が、いつ、だれから、どのように届いたかを入れてください。" },
    ];
  if (heard.at > now)
    return [{ field: "heardDay", message: "まだ来ていない日時です。回答を受けた日時を入れてください。" }];
  if (submittedAt !== null && heard.at < submittedAt)
    return [{ field: "heardDay", message: "提出より前の日時です。回答を受けた日時を入れてください。" }];
  return [];
}
