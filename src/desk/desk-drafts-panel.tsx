import { minuteOf } from "../base/time.ts";
import { maskWrittenPhone, phoneDigits } from "../japan/phone-digits.ts";
import { Button } from "../ui/button.tsx";
import type { OpenDraft } from "./desk-api.ts";
import { writeStart } from "./desk-speech.ts";
import { cellOf, type DeskState, draftsToShow, isSameCaller, venueOf } from "./desk-state.ts";
import type { DeskWork } from "./desk-work.ts";

interface Props {
  state: DeskState;
  work: DeskWork;
}

/** はじめに見せる、途中の受付の数。 */
const DRAFTS_SHOWN = 3;

/** 途中の受付。名前は出さず、時刻と番号の末尾で見分ける。 */
export function Drafts({ state, work }: Props) {
  const drafts = draftsToShow(state);
  if (drafts.length === 0) return null;
  const rest = drafts.slice(DRAFTS_SHOWN);
  const row = (draft: OpenDraft) => <DraftRow key={draft.id} draft={draft} state={state} work={work} />;
  return (
    <>
      <div className="sec-h">
        <h2>途中の受付が{drafts.length}件あります</h2>
      </div>
      <ul className="drafts">{drafts.slice(0, DRAFTS_SHOWN).map(row)}</ul>
      {rest.length > 0 && (
        <details className="more">
          <summary>ほか{rest.length}件</summary>
          <ul className="drafts">{rest.map(row)}</ul>
        </details>
      )}
    </>
  );
}

function DraftRow({ draft, state, work }: Props & { draft: OpenDraft }) {
  const mark = `${draftTime(draft)} ${draftMark(draft)}`;
  return (
    <li>
      <span>
        <b>{mark}</b>
        {isSameCaller(state, draft) && <b className="due"> 同じ番号</b>}
      </span>
      <span className="sub">{draftClass(state, draft)}</span>
      <span className="acts">
        <Button onClick={() => thenName(() => work.resume(draft))}>続きから</Button>
        <Button look="plain" onClick={() => work.dropDraft(draft)}>
          捨てる
        </Button>
      </span>
    </li>
  );
}

/** 押したボタンが消えるので、続きを打つ欄へ手を移す。 */
export async function thenName(act: () => unknown) {
  await act();
  requestAnimationFrame(() => document.getElementById("f-name")?.focus());
}

function draftTime(draft: OpenDraft): string {
  const at = draft.callStartedAt ?? draft.savedAt;
  return at === "" ? "" : minuteOf(at);
}

function draftMark(draft: OpenDraft): string {
  const { phone, callerNumber, callerWithheld } = draft.fields;
  const number = phone === "" ? callerNumber : phone;
  if (phoneDigits(number) !== "") return maskWrittenPhone(number);
  return callerWithheld ? "非通知" : "番号なし";
}

function draftClass(state: DeskState, draft: OpenDraft): string {
  const cell = cellOf(state, draft.classId ?? null);
  return cell === null
    ? "席はまだ"
    : `${writeStart(cell.date, cell.start)}　${venueOf(state, cell)?.name ?? ""}`;
}
