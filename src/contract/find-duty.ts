import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import type { Obligation } from "../terms/obligation.ts";
import { openContract } from "../terms/open-contract.ts";
import { catchUpOwed } from "./catch-up-owed.ts";
import { type Duty, obligationOf } from "./duty.ts";
import { listDuties } from "./owed-store.ts";

/** 設計図の義務。なければ NOT_FOUND。 */
export async function findObligation(office: Office, contract: string, id: string): Promise<Obligation> {
  const { blueprint } = await openContract(office, contract);
  const found = blueprint.obligations.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new AppError(
    "NOT_FOUND",
    "その義務は、いまの設計図にありません。条項と義務の画面から選び直してください。",
  );
}

/** 一回分と、その義務。なければ NOT_FOUND。 */
export async function findDuty(
  office: Office,
  contract: string,
  key: string,
): Promise<{ duty: Duty; obligation: Obligation }> {
  const obligation = await findObligation(office, contract, obligationOf(key));
  await catchUpOwed(office, contract);
  const duty = (await listDuties(office.read, contract, obligation.id)).find((one) => one.key === key);
  if (duty !== undefined) return { duty, obligation };
  throw new AppError("NOT_FOUND", "その義務は、まだ生じていません。義務の画面から選び直してください。");
}
