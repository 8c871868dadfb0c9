import { AppError } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { isDay } from "../japan/day.ts";

/** 見る日。空なら undefined（今日）、読めなければ断る。 */
export function dayAsked(text: string | undefined): Day | undefined {
  if (text === undefined || text === "") return undefined;
  if (!isDay(text))
    throw new AppError("BAD_INPUT", "見る日を「2025-09-17」の形で入れてください。", {
      faults: [{ field: "day", message: "日を「2025-09-17」の形で入れてください。" }],
    });
  return text;
}
