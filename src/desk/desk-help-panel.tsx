import { dayOf, minuteOf } from "../base/time.ts";
import { readingHints } from "../japan/read-back.ts";
import { Button } from "../ui/button.tsx";
import type { SeatCell, SeatVenue } from "./desk-api.ts";
import { Clock } from "./desk-clock-panel.tsx";
import { Drafts, thenName } from "./desk-drafts-panel.tsx";
import { labelOf } from "./desk-keys.ts";
import type { DeskStore } from "./desk-memory.ts";
import { nextQuestion, sayMetres, writeDay, writeStart } from "./desk-speech.ts";
import { type Booked, cellOf, type DeskState, guideOf, venueOf } from "./desk-state.ts";
import type { DeskWork } from "./desk-work.ts";
import { earliestOpen, type GuideReason, seatsForMe, shortList } from "./seat-guide.ts";

interface Props {
  state: DeskState;
  work: DeskWork;
  dispatch: DeskStore["dispatch"];
}

const SHOWN = 5;

/** 右の列。次に聞くこと、ご案内先、途中の受付、この通話の控え。 */
export function HelpPanel({ state, work, dispatch }: Props) {
  const booked = state.booked.length > 0;
  return (
    <section className="help-col" aria-label="ご案内と控え">
      <Drafts state={state} work={work} />
      {booked && <Receipts state={state} work={work} dispatch={dispatch} />}
      <Next state={state} />
      <Offers state={state} work={work} />
      {!booked && <Receipts state={state} work={work} dispatch={dispatch} />}
    </section>
  );
}

function Next({ state }: { state: DeskState }) {
  const { about, say } = nextQuestion(state.hold !== null, state.fields);
  return (
    <>
      <div className="sec-h">
        <h2>次にお聞きすること</h2>
        <span className="end sub">{about}</span>
      </div>
      <p className="ask">{say}</p>
      {about === "復唱" && <Hints state={state} />}
    </>
  );
}

/** その日時の中で、聞き違えやすい数。 */
function Hints({ state }: { state: DeskState }) {
  const cell = cellOf(state, state.chosen);
  if (cell === null) return null;
  return (
    <ul className="hints">
      {readingHints(cell.date, cell.start).map((hint) => (
        <li key={hint.text}>
          {hint.text}は<b>{hint.say}</b>
          {hint.not === undefined ? "" : `（${hint.not}ではなく）`}
        </li>
      ))}
    </ul>
  );
}

const why: Record<GuideReason, string> = {
  "same-class-day": "同じ日・同じ会場",
  "same-day": "同じ日",
  "same-venue": "同じ会場",
  elsewhere: "別の日・会場",
};

interface Offer {
  cell: SeatCell;
  venue: SeatVenue | null;
  notes: string[];
}

/** 満席の回を選んだあとは、その代わり。まだなら、いちばん早く受けられる席。 */
function Offers({ state, work }: Pick<Props, "state" | "work">) {
  const guide = guideOf(state);
  const offers = guide === null ? earliest(state) : alternatives(guide);
  return (
    <>
      <div className="sec-h">
        <h2 id="desk-offers">{guide === null ? "早く受けられる席" : "満席のご案内先"}</h2>
        <span className="end sub">
          <kbd>{labelOf("alternatives")}</kbd>
        </span>
      </div>
      {offers.length === 0 ? (
        <p className="blank">
          {state.board === null ? "空席を読んでいます。" : "ご案内できる空きがありません。"}
        </p>
      ) : (
        <ul className="offers" aria-labelledby="desk-offers">
          {offers.map(({ cell, venue, notes }) => (
            <li key={cell.classId}>
              <button type="button" data-offer="" onClick={() => work.take(cell)}>
                <b>{venue?.name ?? ""}</b>
                <span className="seats">
                  <b>{seatsForMe(cell)}</b>席
                </span>
                <span className="sub">
                  {writeStart(cell.date, cell.start)}　{notes.join("・")}
                </span>
                {!cell.posting.inTime && (
                  <span className="sub due">通知書は間に合いません（電話でご案内）</span>
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function alternatives(guide: NonNullable<ReturnType<typeof guideOf>>): Offer[] {
  return shortList(guide.ranked, SHOWN).map(({ cell, venue, reason, metres }) => ({
    cell,
    venue,
    notes: [
      why[reason],
      ...(metres === null || metres < 50 ? [] : [sayMetres(metres).replace("およそ", "約")]),
    ],
  }));
}

function earliest(state: DeskState): Offer[] {
  if (state.board === null) return [];
  const { course, ward } = state.filter;
  const wards = new Map(state.board.venues.map((venue) => [venue.id, venue.ward]));
  const near = state.board.cells.filter(
    (cell) => cell.course === course && (ward === "" || wards.get(cell.venueId) === ward),
  );
  return earliestOpen(near, state.board.now, SHOWN).map((cell) => {
    const venue = venueOf(state, cell);
    return { cell, venue, notes: [venue?.note ?? ""] };
  });
}

function Receipts({ state, work, dispatch }: Props) {
  return (
    <>
      <div className="sec-h">
        <h2 id="desk-receipts" tabIndex={-1}>
          この通話の控え
        </h2>
        <span className="end sub">本日の予約 {state.board?.bookedToday ?? 0}件</span>
      </div>
      {state.booked.length === 0 ? (
        <p className="blank">予約すると、受付番号がここに出ます。</p>
      ) : (
        <ul className="receipts">
          {state.booked.map((one) => (
            <Receipt key={one.id} one={one} state={state} work={work} />
          ))}
          <li>
            <Button look="plain" onClick={() => thenName(() => dispatch({ type: "sameHome" }))}>
              同じお宅の方を続けて予約
            </Button>
          </li>
        </ul>
      )}
    </>
  );
}

/** 名前は出さない。取り消せるあいだだけ、取り消しを置く。 */
function Receipt({ one, state, work }: { one: Booked; state: DeskState; work: DeskWork }) {
  const cell = cellOf(state, one.classId);
  const until = Date.parse(one.undoUntil);
  return (
    <li>
      <b>{one.number}</b>
      <span className="sub">
        {cell === null ? "" : `${writeStart(cell.date, cell.start)}　${venueOf(state, cell)?.name ?? ""}`}
      </span>
      <span className="sub">
        {one.posting.inTime
          ? `通知書 ${writeDay(dayOf(one.posting.deadline))}までに投函`
          : "通知書は間に合いません。電話でご案内"}
      </span>
      <Button look="plain" onClick={() => thenName(() => work.unbook(one.id))}>
        取り消す（{minuteOf(one.undoUntil)}まで）
      </Button>
      <span className="vh">
        <Clock skew={state.skew} show={(now) => (now > until ? "取り消しの時間を過ぎました" : "")} />
      </span>
    </li>
  );
}
