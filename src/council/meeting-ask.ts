import type { Fault } from "../base/error.ts";
import type { Ask } from "../platform/route.ts";
import { meetingIn, readCouncil } from "./read-council.ts";

/** 会議一回の道の頭。 */
export const BASE = "/council/meetings/:id";
export const FILES = { bodyLimit: 64 * 1024 * 1024 };

/** 誤りのあとの画面: 打ったままの値と、直すところ。 */
export interface Again {
  values?: Readonly<Record<string, string>>;
  faults?: readonly Fault[];
}

export function statusOf({ faults = [] }: Again): number {
  return faults.length > 0 ? 422 : 200;
}

export function pathOf(ask: Ask, tab = ""): string {
  return `/council/meetings/${ask.param("id")}${tab}`;
}

export async function openMeeting(ask: Ask) {
  const council = await readCouncil(ask.office, ask.actor.contract);
  return { council, meeting: meetingIn(council, ask.param("id")) };
}

/** 断りの言葉だけのとき（欄がないとき）も、その画面で言う。 */
export function faultsOr(faults: readonly Fault[], message: string, field: string): readonly Fault[] {
  return faults.length > 0 ? faults : [{ field, message }];
}
