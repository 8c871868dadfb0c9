import type { FillValue } from "../sheet/xlsx-value.ts";
import { foldName, isCount, isPlain } from "./list-field.ts";
import { type ListRow, listHeader } from "./list-row.ts";

/** 事務局の中で作るときに渡す値。 */
export type GivenValue = string | number | { day: string } | { instant: string } | null | undefined;
export interface GivenGroup {
  /** 表題に書く値（会場、日時、講座名、定員 …）。 */
  fields: Record<string, GivenValue>;
  rows: Record<string, GivenValue>[];
}

/** 渡された値を、名簿の一行と同じ形にする。 */
export function givenRow(values: Record<string, GivenValue>): ListRow {
  return new Map(Object.entries(values).map(([name, value]) => [foldName(name), givenValue(name, value)]));
}

function givenValue(name: string, value: GivenValue): FillValue {
  if (value === null || value === undefined) return { text: "" };
  if (typeof value === "number") return { text: String(value), number: value };
  if (typeof value !== "string")
    return "day" in value
      ? momentValue(value.day)
      : momentValue(new Date(Date.parse(value.instant) + 9 * 3_600_000).toISOString().slice(0, 16));
  const key = listHeader(name).key ?? "";
  if (isPlain(key)) return { text: value, plain: true };
  return isCount(key) && /^(0|[1-9]\d{0,8})$/.test(value)
    ? { text: value, number: Number(value) }
    : { text: value };
}

function momentValue(iso: string): FillValue {
  const [day = "", clock] = iso.split("T");
  const shown = day.replaceAll("-", "/").replaceAll("/0", "/");
  return { text: clock === undefined ? shown : `${shown} ${clock.replace(/^0/, "")}`, iso };
}
