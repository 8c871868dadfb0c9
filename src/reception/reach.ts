import type { Fault } from "../base/error.ts";

/** 電話のつながる時間。書き方が違えば faults に。 */
export function callbackReach(
  from: string,
  to: string,
): { reach_from: string; reach_to: string; faults: Fault[] } {
  const reach = { reach_from: from.trim() || "09:00", reach_to: to.trim() || "16:00" };
  const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
  const faults: Fault[] = [];
  if (!isTime(reach.reach_from) || !isTime(reach.reach_to))
    faults.push({ field: "reachFrom", message: "電話のつながる時間は「09:00」の形で入れてください。" });
  else if (reach.reach_to <= reach.reach_from)
    faults.push({ field: "reachTo", message: "終わりの時刻は、始まりより後にしてください。" });
  return { ...reach, faults };
}
