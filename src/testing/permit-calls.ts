import type { Actor } from "../base/actor.ts";
import { changeDoor } from "../calls/open-door.ts";
import { answerFiling } from "../filings/answer-filing.ts";
import { draftFiling } from "../filings/draft-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import type { Office } from "../platform/office.ts";

/** 協議と許可の答えを記録し、電話システムとの接続を開く。 */
export async function permitCalls(office: Office, manager: Actor, client: Actor): Promise<void> {
  for (const [form, kind, clause] of [
    ["system-use", "consultation", "6(6)オ"],
    ["network-permission", "application", "別紙1 5(1)"],
  ] as const) {
    const { id } = await draftFiling(office, manager, {
      ...{
        form,
        kind,
        clause,
        title: form === "system-use" ? "電話システムの利用" : "電話機との接続",
        body: "",
      },
      fields: {
        ...{
          system: "電話機（ＰＢＸ）",
          purpose: "入電の記録と画面への表示",
          safety: "施設の中の線だけで、外に出ない",
        },
        ...{
          machine: "窓口の端末",
          network: "施設の中の電話機",
          reason: "入電の記録のため",
          period: "契約の間",
        },
      },
    });
    await submitFiling(office, manager, id);
    await answerFiling(office, client, id, {
      outcome: kind === "application" ? "approved" : "answered",
      text: "認めます。",
    });
  }
  await changeDoor(office, manager, { opened: true });
}
