import { type ReactNode, useMemo } from "react";
import { minuteOf } from "../base/time.ts";
import { Icon } from "../ui/icon.tsx";
import type { Period } from "./desk-api.ts";
import { Clock } from "./desk-clock-panel.tsx";
import { labelOf } from "./desk-keys.ts";
import { Legend, SeatMatrix } from "./desk-matrix-panel.tsx";
import type { DeskStore } from "./desk-memory.ts";
import type { Said } from "./desk-speech.ts";
import { type DeskState, guideOf, isReadBack, readBackOf } from "./desk-state.ts";
import type { DeskWork } from "./desk-work.ts";
import { seatGrid } from "./seat-grid.ts";

interface Props {
  state: DeskState;
  work: DeskWork;
  dispatch: DeskStore["dispatch"];
}

/** 中の列。空席の表と、その席で話す文が一緒に変わる。 */
export function SeatsPanel({ state, work, dispatch }: Props) {
  return (
    <section className="seats" aria-labelledby="desk-seats">
      <div className="sec-h">
        <h2 id="desk-seats">空席</h2>
        <span className="sub">
          <Fresh state={state} />
        </span>
        <span className="end sub">
          <HoldLeft state={state} />
        </span>
      </div>
      <Filters state={state} dispatch={dispatch} />
      {state.board === null ? (
        <p className="blank">
          {state.lostAt === null ? "空席を読んでいます。" : "空席を読めません。つながりしだい出します。"}
        </p>
      ) : (
        <Matrix state={state} work={work} />
      )}
      <Guide state={state} />
      <ReadBackBox state={state} />
    </section>
  );
}

function Fresh({ state }: { state: DeskState }) {
  const minute = (ms: number) => minuteOf(new Date(ms).toISOString());
  if (state.lostAt !== null)
    return <b className="due">{minute(state.lostAt + state.skew)} で止まっています</b>;
  return (
    <>
      <Clock skew={state.skew} show={minute} /> 更新
    </>
  );
}

function HoldLeft({ state }: { state: DeskState }) {
  const { hold } = state;
  if (hold === null) return <>仮押さえなし</>;
  const left = (now: number) => {
    const seconds = Math.max(0, Math.round((Date.parse(hold.expiresAt) - now) / 1000));
    return `あと ${Math.floor(seconds / 60)}分${String(seconds % 60).padStart(2, "0")}秒`;
  };
  return (
    <>
      仮押さえ{" "}
      <b>
        <Clock skew={0} show={left} />
      </b>
    </>
  );
}

const periods: [Period, string][] = [
  ["am", "午前"],
  ["pm", "午後"],
  ["all", "すべて"],
];

function Filters({ state, dispatch }: Pick<Props, "state" | "dispatch">) {
  const { filter, board } = state;
  const courses = board?.courses ?? [filter.course];
  const wards = board?.wards ?? [];
  return (
    <div className="row filters">
      <label className="vh" htmlFor="s-course">
        講座
      </label>
      <select
        id="s-course"
        value={filter.course}
        onChange={(event) => dispatch({ type: "filter", patch: { course: event.currentTarget.value } })}
      >
        {courses.length === 0 && <option value="">講座：なし</option>}
        {courses.map((course) => (
          <option key={course} value={course}>
            講座：{course}
          </option>
        ))}
      </select>
      <label className="vh" htmlFor="s-ward">
        区
      </label>
      <select
        id="s-ward"
        value={filter.ward}
        onChange={(event) => dispatch({ type: "filter", patch: { ward: event.currentTarget.value } })}
      >
        <option value="">全区</option>
        {wards.map((ward) => (
          <option key={ward} value={ward}>
            {ward}
          </option>
        ))}
      </select>
      <div className="seg grow" role="group" aria-label="時間帯">
        {periods.map(([period, label]) => (
          <button
            key={period}
            type="button"
            aria-pressed={filter.period === period}
            onClick={() => dispatch({ type: "filter", patch: { period } })}
          >
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}

function Matrix({ state, work }: Pick<Props, "state" | "work">) {
  const { board, filter } = state;
  const grid = useMemo(() => (board === null ? null : seatGrid(board, filter)), [board, filter]);
  if (board === null || grid === null) return null;
  if (grid.rows.length === 0) {
    return (
      <p className="blank">
        {board.cells.length === 0
          ? "申し込める講習会がまだありません。日程が届くと、ここに並びます。"
          : "この条件の講習会はありません。区を「全区」、時間帯を「すべて」にしてご覧ください。"}
      </p>
    );
  }
  return (
    <>
      <SeatMatrix
        grid={grid}
        held={state.hold?.classId ?? null}
        chosen={state.chosen}
        asked={state.asked}
        onTake={work.take}
      />
      <Legend grid={grid} />
    </>
  );
}

function Guide({ state }: { state: DeskState }) {
  const guide = guideOf(state);
  return (
    <div id="desk-guide" className="say" tabIndex={-1} hidden={guide === null} aria-live="polite">
      <p className="lead">
        満席の
        <br />
        ご案内
        <br />
        <kbd>{labelOf("guide")}</kbd>
      </p>
      {guide !== null && (
        <p>
          <Spoken said={guide.said} />
        </p>
      )}
    </div>
  );
}

function ReadBackBox({ state }: { state: DeskState }) {
  const { said, missing } = readBackOf(state);
  const begun = missing.length < 5;
  return (
    <div id="desk-readback" className="say calm" tabIndex={-1}>
      <p className="lead">
        復唱
        <br />
        <kbd>{labelOf("readBack")}</kbd>
      </p>
      <div>
        <p>
          {begun ? <Spoken said={said} /> : "席とお客様のことをお聞きすると、読み上げる文がここにできます。"}
        </p>
        {begun && missing.length > 0 && <p className="sub due">まだ：{missing.join("、")}</p>}
        {isReadBack(state) && missing.length === 0 && (
          <p className="sub st done">
            <Icon name="done" />
            復唱しました
          </p>
        )}
      </div>
    </div>
  );
}

/** 話す文。数と日は太く。 */
export function Spoken({ said }: { said: readonly Said[] }): ReactNode {
  return said.map((part) => {
    if (part.strong) return <b key={part.text}>{part.text}</b>;
    return part.small ? <small key={part.text}>{part.text}</small> : <span key={part.text}>{part.text}</span>;
  });
}
