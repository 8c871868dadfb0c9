import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { listContracts } from "./list-contracts.ts";

/**
 * コマンドが扱う契約。言われなければ、ただ一つの契約。
 * @throws AppError BAD_INPUT（知らない契約、言われず二つ以上ある）
 */
export async function pickContract(office: Pick<Office, "read">, id: string | undefined): Promise<string> {
  const contracts = await listContracts(office);
  const found = id === undefined ? contracts : contracts.filter((one) => one.id === id);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.id;
  const names = contracts.map((one) => `  ${one.id}  ${one.title}`).join("\n");
  if (contracts.length === 0)
    throw new AppError(
      "BAD_INPUT",
      "この事務所には、まだ契約がありません。madoguchi init で始めてください。",
    );
  throw new AppError("BAD_INPUT", `--contract ID で契約を選んでください。\n${names}`);
}
