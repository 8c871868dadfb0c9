/** 郵便の種別。はがきに刷る印（料金後納など）もこれで決まる。 */
export const postageKinds = {
  deferred: { label: "料金後納", mark: "料金後納" },
  prepaid: { label: "料金別納", mark: "料金別納" },
  stamp: { label: "切手・郵便はがき", mark: "" },
  letter: { label: "封書（第一種定形）", mark: "" },
} as const;
export type PostageKind = keyof typeof postageKinds;

/** 発送の費用をだれが負担するか。仕様書６(8)は受託者。 */
export const payers = { contractor: "受託者の負担", client: "委託者の負担" } as const;
export type Payer = keyof typeof payers;

export function isPostageKind(text: string): text is PostageKind {
  return Object.hasOwn(postageKinds, text);
}

/** 一通の料金（円）と通数から、合計（円）。 */
export function postageTotal(unitYen: number | null, count: number | null): number {
  return (unitYen ?? 0) * (count ?? 0);
}

/** 「1,870円」。 */
export function yenText(yen: number): string {
  return `${yen.toLocaleString("ja-JP")}円`;
}
