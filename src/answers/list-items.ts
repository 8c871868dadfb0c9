import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { refuseRight } from "./answer-right.ts";
import { firstItems, type InquiryItem, itemFaults } from "./inquiry.ts";
import { listItemRows, replaceItems } from "./inquiry-store.ts";

/** この契約の問い合わせの項目。改めていなければ、はじめの並び。 */
export async function listItems(office: Pick<Office, "read">, contract: string): Promise<InquiryItem[]> {
  const rows = await listItemRows(office.read, contract);
  return rows.length > 0 ? rows : [...firstItems];
}

/** 符号から画面の名。知らない符号は「そのほか」。 */
export function itemLabel(items: readonly InquiryItem[], code: string): string {
  return items.find((one) => one.code === code)?.label ?? "そのほか";
}

/** 項目を改める（並びの順が鍵の順）。消した項目の件数は、符号で残る。 */
export async function changeItems(
  office: Office,
  actor: Actor,
  given: readonly Omit<InquiryItem, "position">[],
): Promise<void> {
  refuseRight("handle", actor);
  const items = given.map((one, at) => ({ ...one, position: at + 1 }));
  const faults = itemFaults(items);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "項目に直すところがあります。", { faults });
  await office.act(actor, async (tx) => {
    await replaceItems(tx, tx.contract, items);
    await tx.record({
      kind: "inquiry.items-changed",
      about: "answers/items/all",
      payload: { items: items.map(({ code, label }) => ({ code, label: label.trim() })) },
    });
  });
}
