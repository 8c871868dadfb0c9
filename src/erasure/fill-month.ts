import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { findForm, noteField } from "../filings/filing-form.ts";
import { formatWareki } from "../japan/wareki.ts";
import { clientMedia, type FilledClientFile, fillClientFile } from "../packages/fill-client-file.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { refuseRight } from "./erasure-right.ts";
import { openMonthTemplate } from "./keep-month-template.ts";
import { templateValues } from "./month-template.ts";
import { monthFields, readMonth } from "./read-month.ts";

/** 様式に差し込める値の見出しと、その月の値。見出しは、様式１の欄、数えたものの名、契約の名。 */
export async function monthValues(
  office: Office,
  contract: string,
  month: string,
): Promise<ReadonlyMap<string, string>> {
  const [open, { blueprint }] = await Promise.all([
    readMonth(office, contract, month),
    openContract(office, contract),
  ]);
  const fields = monthFields(open);
  const form = findForm("monthly-privacy-report");
  return new Map<string, string>([
    ...[...(form?.fields ?? []), noteField].map(({ name, label }): [string, string] => [
      label,
      fields[name] ?? "",
    ]),
    ...open.values.map(({ figure, value }): [string, string] => [figure.label, String(value)]),
    ["業務名", blueprint.title],
    ["委託者", blueprint.client],
    ["受託者", blueprint.sender.name],
    ["作成日", formatWareki(dayOf(office.clock.officeNow(contract)))],
  ]);
}

/**
 * 残してある委託者の様式に、その月の数を差し込む。どの版に何を入れたかを記録する。
 * @throws AppError REFUSED（様式がまだない）、BAD_INPUT
 */
export async function fillMonth(
  office: Office,
  actor: Actor,
  month: string,
): Promise<FilledClientFile & { media: string }> {
  refuseRight("month", actor);
  const kept = await openMonthTemplate(office, actor.contract);
  if (!kept)
    throw new AppError("REFUSED", "委託者の様式がまだありません。「様式」から一度だけ置いてください。");
  const values = await monthValues(office, actor.contract, month);
  const inside = templateValues(kept.marked.names, kept.map, values);
  // 折り返しのない Excel の欄では、改行から後ろが見えない。
  if (kept.marked.extension === "xlsx")
    for (const [name, value] of inside) inside.set(name, value.replaceAll("\n", "、"));
  const made = fillClientFile(kept.marked.bytes, inside, office.clock.officeNow(actor.contract));
  await office.act(actor, (tx) =>
    tx.record({
      kind: "privacy-month.filled",
      about: `erasure/month/${month}`,
      payload: { month, template: kept.id, version: kept.version, sha256: sha256(made.bytes) },
    }),
  );
  return { ...made, media: clientMedia[made.extension] };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
