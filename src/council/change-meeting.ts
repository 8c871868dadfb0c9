import type { Actor } from "../base/actor.ts";
import type { Json } from "../base/event.ts";
import { type Meeting, type MeetingBody, meetingBody } from "../meetings/meeting.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { stale } from "./change-council.ts";
import { type CouncilRight, refuseCouncil } from "./council-right.ts";
import { findMeetingRow, meetingTable, openCouncilRow, updateMeeting } from "./council-store.ts";
import { meetingOf, noMeeting } from "./read-council.ts";

export type MeetingChange = Partial<MeetingBody & Pick<Meeting, "state" | "task" | "day" | "sequence">>;

export interface DecidedMeeting {
  change: MeetingChange;
  kind: string;
  payload?: { [key: string]: Json };
}

/** 会議を一つ変える行為の型。decide が、変えることと記録することを決める。key は会議の鍵。 */
export async function changeMeeting(
  office: Office,
  actor: Actor,
  id: string,
  decide: (meeting: Meeting, tx: Tx, key: SubjectKey) => DecidedMeeting | Promise<DecidedMeeting>,
  right: CouncilRight = "write",
): Promise<Meeting> {
  refuseCouncil(right, actor);
  const key = (await office.keys.get(actor.contract, [id])).get(id);
  if (!key) throw noMeeting();
  return office.act(actor, async (tx) => {
    const row = await findMeetingRow(tx, tx.contract, id);
    if (!row) throw noMeeting();
    const before = openCouncilRow(meetingTable, key, row);
    const meeting = meetingOf(before);
    const { change, kind, payload } = await decide(meeting, tx, key);
    const { state, task, day, sequence, ...body } = { ...meeting, ...change };
    const next = { ...before, state, task, day, sequence, body: JSON.stringify(meetingBody.parse(body)) };
    if (!(await updateMeeting(tx, key, before, next))) throw stale();
    await tx.record({
      kind,
      about: `council/meeting/${id}`,
      payload: { number: meeting.number, ...payload },
    });
    return { ...meeting, ...change, edition: meeting.edition + 1 };
  });
}
