import type { Day } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";

/** 会議の録音の一つ。音は事務所の外（録音機）にあり、鍵では消せないので、消したことの記録を待つ。 */
export interface Recording {
  /** 会議の印。 */
  meeting: string;
  /** 「第1回の会議の録音」。 */
  label: string;
  /** 録音のある会議を開いた日。 */
  heldOn: Day;
  /** 消す予定の日。 */
  eraseBy: Day | "";
  /** 消した日。まだなら undefined。 */
  erasedOn: Day | undefined;
}

/** 契約の会議の録音を、会議の室が残した記録（開いた、結果を書いた、録音を消した）から挙げる。 */
export async function listRecordings(office: Office, contract: string): Promise<Recording[]> {
  const events = await listEvents(office.read, {
    ...{ contract, kinds: ["meeting.held", "meeting.attended", "recording.erased"], limit: 100_000 },
  });
  const found = new Map<string, Recording & { recorded: boolean }>();
  for (const { kind, about, payload } of [...events].reverse()) {
    const meeting = about ?? "";
    const before = found.get(meeting);
    if (kind === "recording.erased") {
      if (before) before.erasedOn = String(payload.day);
      continue;
    }
    if (typeof payload.recorded !== "boolean") continue;
    found.set(meeting, {
      ...{ meeting, label: `第${Number(payload.number)}回の会議の録音`, recorded: payload.recorded },
      ...{ heldOn: String(payload.day ?? ""), eraseBy: String(payload.eraseBy ?? "") },
      erasedOn: before?.erasedOn,
    });
  }
  return [...found.values()]
    .filter(({ recorded }) => recorded)
    .map(({ recorded: _, ...one }) => one)
    .sort((a, b) => (a.heldOn < b.heldOn ? -1 : 1));
}
