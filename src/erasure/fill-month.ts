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
import { monthSpan } from "./month.ts";
import { templateValues } from "./month-template.ts";
import { monthFields, readMonth } from "./read-month.ts";
import { splitMonthName } from "./template-name.ts";

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
    ...open.values.map(({ figure, value }): [string, string] => [
      figure.label,
      figure.field === "standard" ? (value > 0 ? `あり（${value}件）` : "なし") : String(value),
    ]),
    ["業務名", blueprint.title],
    ["委託者", blueprint.client],
    ["受託者", blueprint.sender.name],
    ["対象の期間", `${formatWareki(`${month}-01`)}～${formatWareki(monthSpan(month).last)}`],
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
  const months = await besideMonths(office, actor.contract, month, kept.marked.places);
  const inside = templateValues(kept.marked.places, kept.map, values, months);
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

/** 月が横に並ぶ表の、四月からその月までの値。あとの月は空のまま。 */
async function besideMonths(
  office: Office,
  contract: string,
  month: string,
  places: readonly string[],
): Promise<Map<number, ReadonlyMap<string, string>>> {
  const wanted = new Set(places.flatMap((place) => splitMonthName(place)?.month ?? []));
  const year = fiscalYear(month);
  const past = [...wanted].filter((one) => (one + 8) % 12 <= (Number(month.slice(5)) + 8) % 12);
  const pairs = past.map(async (one) => {
    const at = `${year + (one < 4 ? 1 : 0)}-${String(one).padStart(2, "0")}`;
    return [one, await monthValues(office, contract, at)] as const;
  });
  return new Map(await Promise.all(pairs));
}

/** その月の年度（四月から）。 */
function fiscalYear(month: string): number {
  const year = Number(month.slice(0, 4));
  return Number(month.slice(5)) < 4 ? year - 1 : year;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
