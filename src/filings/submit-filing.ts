import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf, type Instant, instantOf, type Minute } from "../base/time.ts";
import { addBusinessDays, type BusinessCalendar, standardCalendar } from "../japan/business-day.ts";
import type { Office } from "../platform/office.ts";
import { changeFiling } from "./change-filing.ts";
import { dueOf } from "./filing.ts";
import { answerDaysOf, findForm, formFaults } from "./filing-form.ts";
import type { StoredFiling } from "./filing-store.ts";
import { readFields } from "./list-filings.ts";
import { takeDocument } from "./number-filing.ts";

/** 回答を望む期限を数えるための、契約の暦と仕事の終わる時。 */
export interface AnswerTerms {
  calendar: BusinessCalendar;
  close: Minute;
}
const standardTerms: AnswerTerms = { calendar: standardCalendar, close: "17:00" };

/**
 * 提出する（申請・承諾の求め・報告・届出・協議は責任者か保護管理者、指示は委託者）。文書番号がここで決まる。
 * 期限を書いていなければ、様式の営業日の数から、回答を望む期限を決める。
 * @throws AppError BAD_INPUT（様式の必須の欄が空）、FORBIDDEN、REFUSED（状態）
 */
export async function submitFiling(
  office: Office,
  actor: Actor,
  id: string,
  terms: AnswerTerms = standardTerms,
): Promise<void> {
  await changeFiling(office, actor, id, "submit", async (filing, tx) => {
    refuseBlank(filing);
    const due = filing.due ?? wantedBy(filing, tx.now, terms);
    const document = filing.document ?? (await takeDocument(tx, filing.kind, filing.form));
    return {
      change: { state: "submitted", submitted_by: actor.id, submitted_at: tx.now, due, document },
      kind: "filing.submitted",
      payload: { due },
    };
  });
}

function refuseBlank(filing: StoredFiling): void {
  const form = findForm(filing.form);
  if (!form || filing.fields === null) return;
  const faults = formFaults(form, readFields(filing), true);
  if (faults.length > 0)
    throw new AppError(
      "BAD_INPUT",
      `様式にまだ書いていないところがあります（${faults.map(({ message }) => message.replace(/を書いてください。$/, "")).join("、")}）。下書きを直してから提出してください。`,
      { faults },
    );
}

function wantedBy(filing: StoredFiling, now: Instant, { calendar, close }: AnswerTerms): Instant | null {
  const days = answerDaysOf(filing.kind, findForm(filing.form));
  if (dueOf(filing.kind) !== "answer" || days === undefined) return null;
  return instantOf(addBusinessDays(calendar, dayOf(now), days), close);
}
