import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Tx } from "../platform/office.ts";
import { changeFilingIn } from "./change-filing.ts";
import type { Outcome } from "./filing.ts";
import { answerFaults } from "./filing-answer.ts";
import { refuseBothSides } from "./filing-right.ts";

/** 確認用の一式で届いた、委託者の答え。 */
export interface DeliveredAnswer {
  /** 一式を作ったときの版。いまの版と違えば断る。 */
  version: number;
  outcome: Outcome;
  text: string;
  /** 委託者のどなたから（署名した人、または様式に書かれた人）。 */
  from: string;
  at: Instant;
  /** 署名を確かめた。偽なら、署名のない様式を電話で確かめた（確かめる人は、出した人とは別の人）。 */
  signed: boolean;
}

/**
 * 上の階の行為の中で、同じ取引で、届いた答えを効かせる。key はその文書の鍵。
 * 署名つきの答えは委託者の鍵によるものなので、読み込んだ人が出した本人でもよい。
 * @throws AppError REFUSED（版や状態が違う、両方の側に立つ）、BAD_INPUT（できない答え）
 */
export async function applyAnswer(
  tx: Tx,
  key: SubjectKey,
  id: string,
  given: DeliveredAnswer,
): Promise<void> {
  await changeFilingIn(tx, key, { roles: ["client"] }, id, "answer", (filing) => {
    if (!given.signed) refuseBothSides(filing, tx.actor.id);
    if (filing.version !== given.version)
      throw new AppError("REFUSED", "前の版への回答なので、反映できません。いまの版の一式を渡してください。");
    const channel = given.signed ? "package" : "form";
    const faults = answerFaults(filing.kind, {
      ...{ outcome: given.outcome, text: given.text, channel, heardFrom: given.from },
    });
    if (faults.length > 0) throw new AppError("BAD_INPUT", "この文書にはできない答えです。", { faults });
    return {
      change: {
        ...{ state: given.outcome, decided_by: tx.actor.id, decided_at: tx.now },
        ...{ answer: given.text.trim() || null, channel, heard_at: given.at, heard_from: given.from.trim() },
      },
      kind: "filing.answered",
      payload: { outcome: given.outcome, channel },
    };
  });
}
