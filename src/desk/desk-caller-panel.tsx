import { type ReactNode, useState } from "react";
import { normalizeKana } from "../japan/kana.ts";
import { Button } from "../ui/button.tsx";
import { type ControlProps, Field } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import type { FieldName } from "./desk-api.ts";
import { Clock } from "./desk-clock-panel.tsx";
import { labelOf } from "./desk-keys.ts";
import type { DeskStore } from "./desk-memory.ts";
import { MoreFields } from "./desk-more-panel.tsx";
import { PhoneBox } from "./desk-phone-panel.tsx";
import { postingSpeech } from "./desk-speech.ts";
import { cellOf, type DeskState, isBlank, isDirty } from "./desk-state.ts";
import type { DeskWork } from "./desk-work.ts";

interface Props {
  state: DeskState;
  work: DeskWork;
  dispatch: DeskStore["dispatch"];
  onBook: () => void;
}

/** 左の列。お客様に聞きながら埋め、通知書が間に合うかを見てから予約する。 */
export function CallerPanel({ state, work, dispatch, onBook }: Props) {
  return (
    <section className="stack" aria-labelledby="desk-caller">
      <div className="sec-h">
        <h1 id="desk-caller">お客様と予約内容</h1>
        <span className="end sub">
          <Saved state={state} work={work} />
        </span>
      </div>
      <div className="f">
        <TextBox state={state} dispatch={dispatch} name="name" label="氏名" must />
        <TextBox state={state} dispatch={dispatch} name="kana" label="カナ" must tidy={normalizeKana} />
        <TextBox state={state} dispatch={dispatch} name="postalCode" label="郵便番号" numeric />
        <PhoneField state={state} dispatch={dispatch} work={work} />
        <Towns state={state} dispatch={dispatch} />
        <TextBox state={state} dispatch={dispatch} name="address" label="住所" span continued />
        <TextBox state={state} dispatch={dispatch} name="care" label="配慮事項" span />
        <Memo state={state} dispatch={dispatch} />
      </div>
      <MoreFields state={state} dispatch={dispatch} />
      <div className="under">
        <Posting state={state} />
        <div className="row">
          <Button
            look="main"
            size="big"
            width="grow"
            keys={labelOf("book")}
            onClick={onBook}
            disabled={state.busy === "book"}
          >
            {state.busy === "book" ? "予約しています" : "予約する"}
          </Button>
          {state.asked !== null && state.hold === null ? (
            <Button size="big" look="second" onClick={work.wait} disabled={state.busy !== null}>
              {state.busy === "wait" ? "入れています" : "待機に入れる"}
            </Button>
          ) : (
            <Button size="big" disabled={isBlank(state.fields)} onClick={() => dispatch({ type: "clear" })}>
              白紙に戻す
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

function Saved({ state, work }: { state: DeskState; work: DeskWork }) {
  if (state.saving === "conflict") {
    return (
      <Button look="plain" onClick={work.overwrite}>
        この内容で保存
      </Button>
    );
  }
  if (state.saving === "failed") return <b className="due">保存できていません</b>;
  if (state.savedAt === null)
    return <>{isDirty(state) && !isBlank(state.fields) ? "保存待ち" : "自動保存"}</>;
  const at = Date.parse(state.savedAt);
  return (
    <>
      自動保存 <Clock skew={0} stopAt={at} show={secondsOf} />
    </>
  );
}

/** 「13:43:08」（日本時間）。 */
function secondsOf(ms: number): string {
  return new Date(ms + 9 * 3_600_000).toISOString().slice(11, 19);
}

type BoxProps = Pick<Props, "state" | "dispatch"> & { name: FieldName; label: string; span?: boolean };

/** 欄に添える誤り（赤、予約を止める）と気づき（橙、止めない）。 */
function FieldFrame(
  props: Pick<Props, "state"> & {
    name: FieldName;
    label: string;
    must?: boolean;
    span?: boolean;
    control: (given: ControlProps) => ReactNode;
  },
) {
  const { state, name, label, must, span, control } = props;
  const fault = state.faults.find((one) => one.field === name)?.message;
  const warning = state.warnings.find((one) => one.field === name)?.message;
  return (
    <Field
      id={`f-${name}`}
      name={name}
      label={label}
      required={must}
      span={span}
      error={fault}
      help={fault === undefined && warning !== undefined ? <span className="due">{warning}</span> : undefined}
      control={control}
    />
  );
}

function TextBox(
  props: BoxProps & {
    must?: boolean;
    numeric?: boolean;
    tidy?: (value: string) => string;
    /** 入っている文の続きを打つ欄（郵便番号から入った町のあとに番地）。Tab で着いたとき、全部を選ばずに末尾へ。 */
    continued?: boolean;
  },
) {
  const { state, dispatch, name, label, must = false, span = false, numeric = false, tidy } = props;
  const set = (value: string) => dispatch({ type: "field", name, value });
  return (
    <FieldFrame
      state={state}
      name={name}
      label={label}
      must={must}
      span={span}
      control={({ required, ...given }) => (
        <input
          {...given}
          aria-required={required}
          type="text"
          inputMode={numeric ? "numeric" : undefined}
          autoComplete="off"
          value={state.fields[name]}
          onChange={(event) => set(event.currentTarget.value)}
          onFocus={props.continued ? (event) => toEnd(event.currentTarget) : undefined}
          onBlur={(event) => {
            const value = event.currentTarget.value;
            if (tidy !== undefined && tidy(value) !== value) set(tidy(value));
          }}
        />
      )}
    />
  );
}

/** ブラウザは Tab で着いた欄の全部を選ぶ。そのまま打つと、入っていた文が消える。 */
function toEnd(input: HTMLInputElement): void {
  requestAnimationFrame(() => {
    const { selectionStart, selectionEnd, value } = input;
    if (selectionStart === 0 && selectionEnd === value.length)
      input.setSelectionRange(value.length, value.length);
  });
}

function PhoneField({ state, dispatch, work }: Pick<Props, "state" | "dispatch" | "work">) {
  const [open, setOpen] = useState(false);
  const { phone, callerNumber, callerWithheld } = state.fields;
  function copyCaller() {
    dispatch({ type: "fill", what: "電話の写し", patch: { phone: callerNumber } });
    requestAnimationFrame(() => document.getElementById("f-address")?.focus());
  }
  return (
    <div className="phonecell">
      <FieldFrame
        state={state}
        name="phone"
        label="電話"
        control={({ required: _, ...given }) => (
          <PhoneBox
            id={given.id}
            name={given.name}
            label="電話番号"
            value={phone}
            open={open}
            setOpen={setOpen}
            reveal={work.reveal}
            onChange={(value) => dispatch({ type: "field", name: "phone", value })}
            invalid={{ "aria-invalid": given["aria-invalid"], "aria-describedby": given["aria-describedby"] }}
          />
        )}
      />
      {phone === "" && callerNumber !== "" && !callerWithheld && (
        <Button look="plain" onClick={copyCaller}>
          今の番号を写す
        </Button>
      )}
    </div>
  );
}

/** 同じ郵便番号の町。選ぶと住所に入り、続けて番地を打てる。 */
function Towns({ state, dispatch }: Pick<Props, "state" | "dispatch">) {
  if (state.candidates.length === 0) return null;
  function pick(address: string) {
    dispatch({ type: "fill", what: "住所の自動入力", patch: { address } });
    dispatch({ type: "candidates", list: [] });
    requestAnimationFrame(() => document.getElementById("f-address")?.focus());
  }
  return (
    <div className="c2 towns" role="group" aria-label={`この郵便番号の町 ${state.candidates.length}件`}>
      {state.candidates.map((town) => (
        <button key={town.address} className="chip" type="button" onClick={() => pick(town.address)}>
          {town.town}
        </button>
      ))}
    </div>
  );
}

function Memo({ state, dispatch }: Pick<Props, "state" | "dispatch">) {
  return (
    <div className="c2 fill">
      <label htmlFor="f-memo">話した内容のメモ</label>
      <textarea
        id="f-memo"
        name="memo"
        rows={3}
        value={state.fields.memo}
        onChange={(event) => dispatch({ type: "field", name: "memo", value: event.currentTarget.value })}
      />
    </div>
  );
}

/** 投函期限。予約する前に、間に合うかどうかを言い切る。 */
function Posting({ state }: { state: DeskState }) {
  const cell = cellOf(state, state.chosen);
  if (cell === null) {
    return <Note title="席はまだ選んでいません。">選ぶと、通知書の投函期限をここに出します</Note>;
  }
  const { tone, title, more } = postingSpeech(cell.posting);
  const clash = state.warnings.find((one) => one.field === "classId");
  return (
    <>
      <Note tone={tone} title={title}>
        {more}
      </Note>
      {clash !== undefined && <Note tone="due">{clash.message}</Note>}
    </>
  );
}
