import { parseFiscalYear } from "../japan/written-date.ts";

/** 「令和6年度」は fiscal 2024、「令和6年」「2024年」は year 2024。ほかは undefined。 */
export function parseFiscalYearOf(text: string): { fiscal: number } | { year: number } | undefined {
  const fiscal = parseFiscalYear(text.replace(/\(.*\)$/, ""));
  if (fiscal !== undefined) return { fiscal };
  const found = /^(?:(\d{4})|(?:令和|R)(元|\d{1,2}))年(?:\(.*\))?$/i.exec(text);
  if (!found) return undefined;
  return { year: found[1] ? Number(found[1]) : 2018 + (found[2] === "元" ? 1 : Number(found[2])) };
}
