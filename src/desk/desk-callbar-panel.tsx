import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import type { DeskRing } from "./desk-api.ts";
import { type Out, outWords } from "./desk-client.ts";
import { Clock } from "./desk-clock-panel.tsx";
import { Earlier } from "./desk-earlier-panel.tsx";
import { labelOf } from "./desk-keys.ts";
import type { DeskStore } from "./desk-memory.ts";
import { PhoneBox } from "./desk-phone-panel.tsx";
import { Ring } from "./desk-ring-panel.tsx";
import { type DeskState, inCall, type Word } from "./desk-state.ts";
import type { DeskWork } from "./desk-work.ts";

const icons: Record<Word["tone"], IconName> = { info: "info", done: "done", due: "warn", late: "late" };

/** これより長い文（字）のあいだは、席と件数を引っ込めて場所を空ける。 */
const LONG_WORD = 28;

/** 画面の頭の帯。通話の時間、掛けてきた番号、いま起きたこと、通話の開始と終了。 */
export function CallBar(props: {
  state: DeskState;
  work: DeskWork;
  dispatch: DeskStore["dispatch"];
  deskLabel: string;
  demo: boolean;
  /** この席の着信。 */
  ring: DeskRing | undefined;
}) {
  const { state, work, dispatch, deskLabel, demo, ring } = props;
  const talking = inCall(state);
  const long = (outWord(state) ?? state.word)?.text.length ?? 0;
  return (
    <header className={long > LONG_WORD ? "callbar long" : "callbar"}>
      <a className="btn" href="/" aria-label="業務メニュー">
        <Icon name="list" />
      </a>
      {demo && <DemoTag />}
      <CallTime state={state} />
      <Ring ring={ring} />
      {/* 番号の欄は、離れると形が変わる。押す所が動かないように、その前に置く。 */}
      <Earlier state={state} work={work} ring={ring} />
      <Caller state={state} work={work} dispatch={dispatch} />
      <Happened state={state} />
      <span className="dim opt nb">
        席 {deskLabel}・本日の予約 {state.board?.bookedToday ?? 0}件
      </span>
      {talking ? (
        <button className="btn hang" type="button" onClick={work.endCall}>
          <Icon name="phone" />
          終話 <kbd>{labelOf("endCall")}</kbd>
        </button>
      ) : (
        <button className="btn hang" type="button" onClick={work.startCall}>
          <Icon name="phone" />
          通話を始める <kbd>{labelOf("startCall")}</kbd>
        </button>
      )}
    </header>
  );
}

/** デモの札。この画面は高さに余りがないので、頭の帯の中に置く。 */
export function DemoTag() {
  return (
    <p className="demo-tag nb">
      <b>デモ</b>
      <span className="opt">架空の人と予定</span>
    </p>
  );
}

function CallTime({ state }: { state: DeskState }) {
  const { startedAt, endedAt } = state.call;
  if (startedAt === null) return <span className="dim nb">通話なし</span>;
  const end = endedAt === null ? null : Date.parse(endedAt);
  return (
    <span className={endedAt === null ? "live" : "live over"}>
      <span className="vh">{endedAt === null ? "通話中" : "終わった通話"}</span>
      <span className="time">
        <Clock skew={state.skew} stopAt={end} show={(now) => spanOf(now - Date.parse(startedAt))} />
      </span>
    </span>
  );
}

/** 「03:12」、1時間を超えたら「1:03:12」。 */
function spanOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

function Caller({
  state,
  work,
  dispatch,
}: {
  state: DeskState;
  work: DeskWork;
  dispatch: DeskStore["dispatch"];
}) {
  const [open, setOpen] = useState(false);
  if (state.call.startedAt === null) return null;
  const { callerNumber, callerWithheld } = state.fields;
  if (callerWithheld) {
    return (
      <span className="row nb">
        <span className="who">非通知</span>
        <Button look="plain" onClick={() => dispatch({ type: "withheld", value: false })}>
          番号を入れる
        </Button>
      </span>
    );
  }
  return (
    <span className="row nb caller">
      <PhoneBox
        id="f-callerNumber"
        name="callerNumber"
        label="掛けてきた番号"
        placeholder="掛けてきた番号"
        value={callerNumber}
        open={open}
        setOpen={setOpen}
        reveal={work.reveal}
        onChange={(value) => dispatch({ type: "field", name: "callerNumber", value })}
      />
      {callerNumber === "" && (
        <Button look="plain" onClick={() => dispatch({ type: "withheld", value: true })}>
          非通知
        </Button>
      )}
    </span>
  );
}

/** いま起きたことの一文。読み上げられる。席に着いていない・つながらないあいだは、それを先に言う。 */
function Happened({ state }: { state: DeskState }) {
  const word = outWord(state) ?? state.word;
  return (
    <>
      <p className={`word grow ${word?.tone ?? ""}`} role="status">
        {word !== null && (
          <>
            <Icon name={icons[word.tone]} />
            <span>{word.text}</span>
          </>
        )}
      </p>
      {state.out !== null && <WayBack out={state.out} />}
    </>
  );
}

function outWord({ out, lostAt }: DeskState): Word | null {
  if (out !== null) return { tone: "due", text: outWords[out] };
  if (lostAt === null) return null;
  return { tone: "due", text: "つながりません。入力は続けられます。つながりしだい保存します。" };
}

const waysBack: Record<Out, { href: string; label: string }> = {
  locked: { href: "/locked?next=/me", label: "開く（別のタブ）" },
  over: { href: "/sign-in?next=/me", label: "着席する（別のタブ）" },
  other: { href: "/desk", label: "いまの方の受付を開く（別のタブ）" },
};

/** 続け方。この画面は打ったまま残し、別のタブで開く・着席し直す。 */
function WayBack({ out }: { out: Out }) {
  const { href, label } = waysBack[out];
  return (
    <a className="btn" href={href} target="_blank" rel="noopener">
      {label}
    </a>
  );
}
