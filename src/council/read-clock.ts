import type { Actor } from "../base/actor.ts";
import { dayOf } from "../base/time.ts";
import { readOwed } from "../contract/read-owed.ts";
import { stateText } from "../filings/filing.ts";
import { listFilings } from "../filings/list-filings.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import type { Blueprint } from "../terms/blueprint.ts";

/** 会議録の提出書の様式。 */
export const SUBMISSION = "minutes-submission";

/** 会議録を委託者に提出する義務。 */
export function submissionDuties({ obligations }: Pick<Blueprint, "obligations">): string[] {
  return obligations.filter(({ form, to }) => form === SUBMISSION && (to ?? "") !== "").map(({ id }) => id);
}

export interface SubmissionClock {
  text: string;
  look: "late" | "due" | "soon" | "done" | "wait";
  href: string;
}

/** 会議ごとの、会議録の提出の時計（設計図の「会議後速やかに」の営業日から）。 */
export async function readClocks(office: Office, contract: string): Promise<Map<string, SubmissionClock>> {
  const { lines, blueprint, now } = await readOwed(office, contract);
  const submissions = new Set(submissionDuties(blueprint));
  const today = dayOf(now);
  const clocks = new Map<string, SubmissionClock>();
  for (const line of lines) {
    if (!submissions.has(line.obligation)) continue;
    const meeting = line.key.slice(line.key.indexOf("@") + 1);
    const day = line.due === null ? undefined : dayOf(line.due);
    const until = day === undefined ? "期限なし" : `${formatMonthDay(day, { weekday: true })}まで`;
    const look =
      line.state === "done"
        ? "done"
        : line.state === "waiting"
          ? "wait"
          : line.state === "late"
            ? "late"
            : day === today
              ? "due"
              : "soon";
    const text =
      look === "done"
        ? "受領済み"
        : look === "wait"
          ? "受領待ち"
          : look === "late"
            ? `遅れ（${until}）`
            : until;
    clocks.set(meeting, { text, look, href: `/contract/duties/${encodeURIComponent(line.key)}` });
  }
  return clocks;
}

/** その会議の会議録提出書（いちばん新しいもの）。 */
export async function readSubmission(
  office: Office,
  actor: Actor,
  meeting: string,
): Promise<{ href: string; text: string } | undefined> {
  const all = await listFilings(office, actor, { form: SUBMISSION });
  const own = all.find(({ about }) => about?.room === "council" && about.id === meeting);
  return own && { href: `/filings/${own.id}`, text: `${own.number}号　${stateText(own.kind, own.state)}` };
}
