import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { findContract } from "./contract-store.ts";

/** 契約の設計図の本文（YAML）。@throws AppError NOT_FOUND */
export async function readContractText(office: Pick<Office, "read">, id: string): Promise<string> {
  const row = await findContract(office.read, id);
  if (!row) throw new AppError("NOT_FOUND", "その契約はありません。業務の一覧から選び直してください。");
  return row.blueprint;
}
