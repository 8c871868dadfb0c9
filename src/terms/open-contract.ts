import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { type Blueprint, readBlueprint } from "./blueprint.ts";
import { findContract } from "./contract-store.ts";

export interface Contract {
  id: string;
  title: string;
  client: string;
  fiscalYear: number;
  blueprint: Blueprint;
  blueprintHash: string;
}

/** 設計図は長いので、同じ内容（ハッシュ）なら一度だけ読む。 */
const parsed = new Map<string, Blueprint>();
/** 設計図はめったに変わらないので、一秒だけ覚える（別のプロセスが変えても、一秒で届く）。 */
const recent = new WeakMap<Office, Map<string, { at: number; contract: Contract }>>();
const RECENT_MS = 1000;

/** 契約とその設計図。なければ NOT_FOUND。 */
export async function openContract(office: Office, id: string): Promise<Contract> {
  const known = recent.get(office)?.get(id);
  if (known && performance.now() - known.at < RECENT_MS) return known.contract;
  const contract = await readContract(office, id);
  const remembered = recent.get(office) ?? new Map();
  recent.set(office, remembered.set(id, { at: performance.now(), contract }));
  return contract;
}

/** 設計図を入れ替えたあと、このプロセスの覚えを捨てる（ほかのプロセスには一秒で届く）。 */
export function forgetContract(office: Office, id: string): void {
  recent.get(office)?.delete(id);
}

async function readContract(office: Office, id: string): Promise<Contract> {
  const row = await findContract(office.read, id);
  if (!row) throw new AppError("NOT_FOUND", "その契約はありません。業務の一覧から選び直してください。");
  let blueprint = parsed.get(row.blueprint_hash);
  if (!blueprint) {
    blueprint = readBlueprint(row.blueprint).blueprint;
    parsed.set(row.blueprint_hash, blueprint);
  }
  return {
    id: row.id,
    title: row.title,
    client: row.client,
    fiscalYear: row.fiscal_year,
    blueprint,
    blueprintHash: row.blueprint_hash,
  };
}
