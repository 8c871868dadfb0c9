import type { FieldName } from "./desk-api.ts";
import type { DeskStore } from "./desk-memory.ts";
import type { DeskState } from "./desk-state.ts";

/** 連絡の取り方の選びかた。耳の聞こえにくい方には電話を掛けない。 */
export const contactWords: readonly (readonly [string, string])[] = [
  ["", "電話"],
  ["fax", "ＦＡＸ"],
  ["relay", "電話リレー"],
  ["family", "ご家族を通して"],
];
/** 付き添いの選びかた。 */
export const companionWords: readonly (readonly [string, string])[] = [
  ["", "なし"],
  ["1", "1人"],
];

interface Props {
  state: DeskState;
  dispatch: DeskStore["dispatch"];
}

/** 要るときだけ開く欄: 代わりの申込者、連絡の取り方、付き添い、待機の希望。開いても画面の高さは変わらない。 */
export function MoreFields({ state, dispatch }: Props) {
  const said = summaryOf(state);
  return (
    <details className="more">
      <summary>
        代わりの申込者・連絡・付き添い・待機の希望
        {said !== "" && <b className="due">　{said}</b>}
      </summary>
      <div className="sheet">
        <Line state={state} dispatch={dispatch} name="proxyName" label="代わりの申込者の氏名" />
        <Line state={state} dispatch={dispatch} name="proxyRelation" label="続柄" />
        <Line state={state} dispatch={dispatch} name="proxyPhone" label="代わりの方の電話" />
        <Choice
          state={state}
          dispatch={dispatch}
          name="contact"
          label="連絡の取り方"
          choices={contactWords}
        />
        <Choice
          state={state}
          dispatch={dispatch}
          name="companions"
          label="付き添い（席は取らない）"
          choices={companionWords}
        />
        <Choice
          state={state}
          dispatch={dispatch}
          name="reach"
          label="待機：電話のつながる時間"
          choices={[
            ["", "いつでも"],
            ["am", "午前"],
            ["pm", "午後"],
          ]}
        />
        <Choice
          state={state}
          dispatch={dispatch}
          name="wider"
          label="待機：待つ回"
          choices={[
            ["", "この回だけ"],
            ["1", "ほかの回でも"],
          ]}
        />
        {state.fields.wider === "1" && <Wish state={state} dispatch={dispatch} />}
      </div>
    </details>
  );
}

/** ほかの回の会場と、日の範囲。 */
function Wish({ state, dispatch }: Props) {
  const { venues = [], days = [] } = state.board ?? {};
  const day = days.map(({ date, label, weekday }) => [date, `${label}（${weekday}）`] as const);
  return (
    <>
      <Choice
        state={state}
        dispatch={dispatch}
        name="wishVenue"
        label="待機：ほかの回の会場"
        choices={[["", "どこでもよい"], ...venues.map(({ id, name }) => [id, name] as const)]}
      />
      <Choice
        state={state}
        dispatch={dispatch}
        name="wishFrom"
        label="待機：この日から"
        choices={[["", "いつでもよい"], ...day]}
      />
      <Choice
        state={state}
        dispatch={dispatch}
        name="wishTo"
        label="待機：この日まで"
        choices={[["", "いつでもよい"], ...day]}
      />
    </>
  );
}

type LineProps = Props & { name: FieldName; label: string };

function Line({ state, dispatch, name, label }: LineProps) {
  const fault = state.faults.find((one) => one.field === name)?.message;
  return (
    <div>
      <label htmlFor={`f-${name}`}>{label}</label>
      <input
        id={`f-${name}`}
        name={name}
        type="text"
        autoComplete="off"
        aria-invalid={fault === undefined ? undefined : true}
        value={state.fields[name]}
        onChange={(event) => dispatch({ type: "field", name, value: event.currentTarget.value })}
      />
      {fault !== undefined && <p className="due">{fault}</p>}
    </div>
  );
}

function Choice(props: LineProps & { choices: readonly (readonly [string, string])[] }) {
  const { state, dispatch, name, label, choices } = props;
  const fault = state.faults.find((one) => one.field === name)?.message;
  return (
    <div>
      <label htmlFor={`f-${name}`}>{label}</label>
      <select
        id={`f-${name}`}
        name={name}
        aria-invalid={fault === undefined ? undefined : true}
        value={state.fields[name]}
        onChange={(event) => dispatch({ type: "field", name, value: event.currentTarget.value })}
      >
        {choices.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {fault !== undefined && <p className="due">{fault}</p>}
    </div>
  );
}

/** 閉じていても、入っていることが分かる言葉。 */
function summaryOf({ fields }: DeskState): string {
  return [
    fields.proxyName.trim() === "" ? "" : "代わりの方あり",
    fields.contact === "" || fields.contact === "phone" ? "" : "電話のほか",
    fields.companions === "1" ? "付き添い1人" : "",
    fields.wider === "1" ? "ほかの回でも" : "",
  ]
    .filter((part) => part !== "")
    .join("・");
}
