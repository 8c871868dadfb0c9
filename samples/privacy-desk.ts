import type { Actor } from "../src/base/actor.ts";
import { answerFiling } from "../src/filings/answer-filing.ts";
import { draftFiling } from "../src/filings/draft-filing.ts";
import { findForm } from "../src/filings/filing-form.ts";
import { submitFiling } from "../src/filings/submit-filing.ts";
import type { Office } from "../src/platform/office.ts";

export interface PrivacyStaff {
  operators: readonly Actor[];
  supervisor: Actor;
  manager: Actor;
  privacy: Actor;
  client: Actor;
}

type Fields = Record<string, string>;
export interface PrivacyDesk {
  office: Office;
  staff: PrivacyStaff;
  at(moment: string): void;
  enter(
    register: string,
    fields: Fields,
    more?: { by?: Actor; filing?: string; paper?: string },
  ): Promise<string>;
}

/** 様式を出し、委託者の承認を受ける。 */
export async function approve(
  office: Office,
  staff: PrivacyStaff,
  code: string,
  fields: Fields,
): Promise<string> {
  const form = findForm(code);
  if (form === undefined) throw new Error(`no form ${code}`);
  const { id } = await draftFiling(office, staff.privacy, {
    ...{ kind: form.kind, form: code, title: form.title, clause: form.clause, body: "", fields },
  });
  await submitFiling(office, staff.privacy, id);
  await answerFiling(office, staff.client, id, { outcome: "approved", text: "" });
  return id;
}
