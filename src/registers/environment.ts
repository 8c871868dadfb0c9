import type { Fault } from "../base/error.ts";

/** 月ごとに書く環境の数。of は、その内数であるもとの項目。 */
export interface EnvironmentItem {
  label: string;
  unit: string;
  of?: string;
  help?: string;
}

/** 9(1)〜(5)、10(3): 節電、紙、ごみ、車、グリーン購入。数は整数。 */
export const environmentItems = {
  electricity: { label: "電気", unit: "kWh", help: "検針票の数。端数は四捨五入" },
  paper: { label: "使った紙", unit: "枚" },
  duplex: { label: "うち両面に刷った紙", unit: "枚", of: "paper" },
  recycled: { label: "うち再生紙", unit: "枚", of: "paper" },
  waste: { label: "ごみ", unit: "kg" },
  reused: { label: "うち資源に回したもの", unit: "kg", of: "waste" },
  vehicle: { label: "車の走行", unit: "km" },
  lowEmission: { label: "うち低公害の車", unit: "km", of: "vehicle" },
  purchase: { label: "買った用品", unit: "点" },
  green: { label: "うちグリーン購入の指定品", unit: "点", of: "purchase" },
} as const satisfies Record<string, EnvironmentItem>;
export type EnvironmentName = keyof typeof environmentItems;
export const environmentNames = Object.keys(environmentItems) as [EnvironmentName, ...EnvironmentName[]];
export type EnvironmentValues = Partial<Record<EnvironmentName, number>>;

export function itemOf(name: EnvironmentName): EnvironmentItem {
  return environmentItems[name];
}

const largest = 100_000_000;

/** 直すところ。内数は、もとの数を越えない。 */
export function environmentFaults(month: string, values: EnvironmentValues, thisMonth: string): Fault[] {
  const faults: Fault[] = [];
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    faults.push({ field: "month", message: "月を「2025-09」の形で入れてください。" });
  else if (month > thisMonth)
    faults.push({ field: "month", message: "まだ来ていない月です。今月までの月を入れてください。" });
  for (const name of environmentNames) {
    const value = values[name];
    if (value === undefined) continue;
    const { of } = itemOf(name);
    const whole = of === undefined ? undefined : values[of as EnvironmentName];
    if (!Number.isInteger(value) || value < 0 || value > largest)
      faults.push({ field: name, message: "0 からの整数で入れてください。" });
    else if (of !== undefined && value > (whole ?? 0))
      faults.push({
        field: name,
        message: `「${itemOf(of as EnvironmentName).label}」より多くなっています。`,
      });
  }
  return faults;
}

/** 百分率（整数）。もとが 0 か、書いていなければ undefined。 */
export function shareOf(part: number | undefined, whole: number | undefined): number | undefined {
  if (part === undefined || whole === undefined || whole === 0) return undefined;
  return Math.round((part / whole) * 100);
}

/** 予約者リスト一枚に載る人数（A4、様式の行）。 */
export const rowsPerPage = 30;

/** 紙に刷らずに渡した分と、両面で減った分（枚）。 */
export interface SavedPaper {
  /** 電子データで渡した予約者リスト。 */
  lists: number;
  /** 画面・一式で出した協議・届出（一件一枚と数える）。 */
  filings: number;
  /** はがきに代えた電話の案内。 */
  cards: number;
  /** 両面に刷って減った紙（両面一枚で一枚減る）。 */
  duplex: number;
}

export function savedTotal(saved: SavedPaper): number {
  return saved.lists + saved.filings + saved.cards + saved.duplex;
}

/** 一つの書き出しが、紙なら何枚になるか。 */
export function pagesOf(rows: number): number {
  return Math.max(1, Math.ceil(rows / rowsPerPage));
}
