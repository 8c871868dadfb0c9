import { AppError, type Fault } from "../base/error.ts";
import { findPrinted, printedTerms } from "./printed-figure.ts";
import type { StoredSetting } from "./staffing-store.ts";

/** 席数を出す条件。 */
export interface StaffingSetting {
  /** 平均処理時間（通話と後処理、秒）。 */
  readonly aht: number;
  /** 目標: この割合（％）を、targetSeconds 秒以内に応答。 */
  readonly targetShare: number;
  readonly targetSeconds: number;
  /** 待つ人のがまんの平均（秒）。 */
  readonly patience: number;
  /** 実績のない日に使う、表２の列の id。 */
  readonly printed: string;
}

/** 決めるまでの条件。80％を20秒以内、通話と後処理で5分、がまん3分（見立て。実績で直す）。 */
export const firstSetting: StaffingSetting = {
  aht: 300,
  targetShare: 80,
  targetSeconds: 20,
  patience: 180,
  printed: findPrinted(undefined).id,
};

export function settingOf(row: StoredSetting | undefined): StaffingSetting {
  if (!row) return firstSetting;
  return {
    aht: row.aht,
    targetShare: row.target_share,
    targetSeconds: row.target_seconds,
    patience: row.patience,
    printed: row.printed,
  };
}

const limits = {
  aht: { label: "平均処理時間", unit: "秒", low: 10, high: 3600 },
  targetShare: { label: "目標の割合", unit: "％", low: 1, high: 99 },
  targetSeconds: { label: "目標の秒数", unit: "秒", low: 1, high: 600 },
  patience: { label: "がまんの平均", unit: "秒", low: 5, high: 3600 },
} as const;

/** 入れたもの（文字）を読む。空の欄は base のまま。 */
export function readSetting(
  given: Readonly<Partial<Record<keyof StaffingSetting, string | undefined>>>,
  base: StaffingSetting,
): StaffingSetting {
  const faults: Fault[] = [];
  const number = (field: keyof typeof limits) => {
    const { label, unit, low, high } = limits[field];
    const text = (given[field] ?? "").normalize("NFKC").replace(/[,\s秒%]/g, "");
    if (text === "") return base[field];
    const value = Number(text);
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    faults.push({ field, message: `${label}は、${low}から${high}までの整数（${unit}）で入れてください。` });
    return base[field];
  };
  const printed = given.printed || base.printed;
  if (!printedTerms.some(({ id }) => id === printed))
    faults.push({ field: "printed", message: "表２の列を選んでください。" });
  const setting = {
    ...{ aht: number("aht"), targetShare: number("targetShare") },
    ...{ targetSeconds: number("targetSeconds"), patience: number("patience"), printed },
  };
  if (faults.length > 0) throw new AppError("BAD_INPUT", "条件に直すところがあります。", { faults });
  return setting;
}
