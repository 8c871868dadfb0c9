import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { findForm, noteField } from "../filings/filing-form.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { refuseRight } from "./erasure-right.ts";
import { type FilledMonth, fillMonthFile } from "./fill-month-file.ts";
import { monthFields, readMonth } from "./read-month.ts";

const media = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/** 委託者の様式に、その月の数を差し込む。印の名は様式１の欄の見出し（対象の月、件数など）か、数えたものの名。 */
export async function fillMonth(
  office: Office,
  actor: Actor,
  month: string,
  template: Uint8Array,
): Promise<FilledMonth & { media: string }> {
  refuseRight("month", actor);
  const [open, { blueprint }] = await Promise.all([
    readMonth(office, actor.contract, month),
    openContract(office, actor.contract),
  ]);
  const fields = monthFields(open);
  const form = findForm("monthly-privacy-report");
  const values = new Map<string, string>([
    ...[...(form?.fields ?? []), noteField].map(({ name, label }): [string, string] => [
      label,
      fields[name] ?? "",
    ]),
    ...open.values.map(({ figure, value }): [string, string] => [figure.label, String(value)]),
    ["業務名", blueprint.title],
    ["委託者", blueprint.client],
    ["受託者", blueprint.sender.name],
  ]);
  const made = fillMonthFile(template, values, office.clock.officeNow(actor.contract));
  await office.act(actor, (tx) =>
    tx.record({
      kind: "privacy-month.filled",
      about: `erasure/month/${month}`,
      payload: { month, template: sha256(template), sha256: sha256(made.bytes) },
    }),
  );
  return { ...made, media: media[made.extension] };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
