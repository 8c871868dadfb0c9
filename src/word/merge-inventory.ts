/** ひな形のどこで使われているか。 */
export type FieldKind = "MERGEFIELD" | "{ }";

export interface FieldUse {
  name: string;
  kinds: FieldKind[];
  /** 日付の書式が付いているか。一覧の列と照らすための手がかり。 */
  pictures: string[];
  /** 列が無ければ書かれていたまま残す（MERGEFIELD のひな形にある { }）。 */
  literal: boolean;
}

/** ひな形を読んで分かったこと。差し込む前に利用者に見せる。 */
export interface Inventory {
  fields: Map<string, FieldUse>;
  /** 差し込めない種類のフィールド → 数。 */
  unsupported: Map<string, number>;
  /** 利用者に伝えること（個人情報は入らない）。 */
  warnings: Set<string>;
  /** SET で決めた名前。 */
  variables: Set<string>;
  /** 条件で人を飛ばすことがあるか。 */
  skips: boolean;
}

export function newInventory(): Inventory {
  return {
    fields: new Map(),
    unsupported: new Map(),
    warnings: new Set(),
    variables: new Set(),
    skips: false,
  };
}

export function noteField(
  inventory: Inventory,
  name: string,
  kind: FieldKind,
  picture?: string,
  literal = false,
): void {
  const use = inventory.fields.get(name) ?? { name, kinds: [], pictures: [], literal };
  if (!use.kinds.includes(kind)) use.kinds.push(kind);
  if (picture !== undefined && !use.pictures.includes(picture)) use.pictures.push(picture);
  if (!literal) use.literal = false;
  inventory.fields.set(name, use);
}

export function noteUnsupported(inventory: Inventory, type: string): void {
  inventory.unsupported.set(type, (inventory.unsupported.get(type) ?? 0) + 1);
}
