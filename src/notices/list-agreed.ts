import type { Actor } from "../base/actor.ts";
import { listFilings } from "../filings/list-filings.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { type AgreedChange, type AgreedState, readAgreed } from "./agreed-change.ts";

/** 協議の要る変更の一つ。 */
export interface AgreedLine {
  /** 協議の文書の id と番号。 */
  filing: string;
  number: number;
  change: AgreedChange;
  state: AgreedState;
  /** 文書の状態の言葉（「下書き」「回答待ち」など）。 */
  stateText: string;
}

/** 協議の要る変更。新しい順。 */
export async function listAgreed(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
): Promise<AgreedLine[]> {
  const { contract } = actor;
  const [filings, started] = await Promise.all([
    listFilings(office, actor, { kind: "consultation" }),
    listEvents(office.read, { contract, kinds: ["notice.change-started"], limit: 1000 }),
  ]);
  const done = new Set(started.map(({ about }) => about));
  return filings
    .flatMap((filing): AgreedLine[] => {
      const change = readAgreed(filing.about);
      if (!change) return [];
      const state = done.has(filing.id) ? "started" : stateOf(filing.state);
      const { id, number, stateText } = filing;
      return [{ filing: id, number, change, state, stateText }];
    })
    .sort((a, b) => b.number - a.number);
}

function stateOf(state: string): AgreedState {
  if (state === "answered") return "ready";
  return state === "draft" || state === "submitted" || state === "returned" ? "open" : "withdrawn";
}
