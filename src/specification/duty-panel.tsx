import { Button, Submit } from "../ui/button.tsx";
import { type Choice, SelectField, TextField } from "../ui/field.tsx";
import { Status } from "../ui/status.tsx";
import { ChangedWords } from "./changed-words-panel.tsx";
import {
  closedDayLabels,
  type DraftDuty,
  originLabels,
  ruleChoice,
  undecidedOf,
  whenChoice,
} from "./draft-duty.ts";
import {
  doneChoice,
  doneChoices,
  type KnownEvent,
  natureChoices,
  ruleChoices,
  whenChoices,
} from "./duty-choice.ts";

export interface DutyPanelProps {
  duty: DraftDuty;
  /** 左の文の印と同じ字。 */
  mark: string;
  events: readonly KnownEvent[];
  forms: readonly { code: string; title: string }[];
  mayWrite: boolean;
  /** 同じ条項の前の義務にまとめられるか。 */
  mayMerge: boolean;
}

const closedChoices: Choice[] = Object.entries(closedDayLabels).map(([value, label]) => ({ value, label }));

/** 一つの義務。欄を直すと自動で残る。 */
export function DutyPanel(props: DutyPanelProps) {
  const { duty, mark, mayWrite, mayMerge } = props;
  const undecided = undecidedOf(duty);
  return (
    <article className={`specduty ${duty.state}`} aria-labelledby={`h-${duty.id}`} data-duty={duty.id}>
      <header className="row between">
        <h3 id={`h-${duty.id}`}>
          <span className={duty.state === "open" ? "tag" : "tag off"}>{mark}</span>
          <span>
            {duty.actor}　{duty.verb}
          </span>
        </h3>
        <span className="row">
          <span className="sub">
            {originLabels[duty.origin]}
            {duty.source === "" ? "" : `（${duty.source}）`}
          </span>
          {duty.state === "kept" ? (
            <Status look="done">入れる</Status>
          ) : duty.state === "dropped" ? (
            <Status look="none">入れない</Status>
          ) : (
            <Status look="due">未確認</Status>
          )}
        </span>
      </header>
      {duty.before !== undefined && (
        <p className="changed">
          <Status look="warn">前の設計図と文が違う</Status> <ChangedWords {...duty} before={duty.before} />
        </p>
      )}
      {duty.state !== "dropped" && <DutyFields {...props} />}
      {undecided.length > 0 && duty.state !== "dropped" && (
        <p className="undecided">
          <Status look="warn">決めていない: {undecided.join("・")}</Status>
        </p>
      )}
      {mayWrite && (
        <div className="row wrap">
          {duty.state === "open" ? (
            <>
              <Submit look="second" name="act" value={`keep:${duty.id}`}>
                入れる
              </Submit>
              <Submit look="normal" name="act" value={`drop:${duty.id}`}>
                入れない
              </Submit>
            </>
          ) : (
            <Submit look="normal" name="act" value={`reopen:${duty.id}`}>
              確かめ直す
            </Submit>
          )}
          {duty.state !== "dropped" && (
            <>
              <Submit look="plain" name="act" value={`split:${duty.id}`}>
                二つに分ける
              </Submit>
              {mayMerge && (
                <Submit look="plain" name="act" value={`merge:${duty.id}`}>
                  前とまとめる
                </Submit>
              )}
            </>
          )}
        </div>
      )}
    </article>
  );
}

function DutyFields({ duty, events, forms, mayWrite }: DutyPanelProps) {
  const field = (name: string, label: string) => ({
    ...{ id: `${name}-${duty.id}`, name: `d.${duty.id}.${name}`, label, disabled: !mayWrite },
  });
  const rule = ruleChoice(duty.due.rule);
  return (
    <div className="dutyfields">
      <TextField {...field("actor", "だれが")} defaultValue={duty.actor} maxLength={60} />
      <TextField {...field("object", "何を")} defaultValue={duty.object} maxLength={300} />
      <TextField {...field("verb", "どうする")} defaultValue={duty.verb} maxLength={40} />
      <SelectField {...field("nature", "性質")} choices={natureChoices} defaultValue={duty.nature} />
      <SelectField
        {...field("when", "いつ生じるか")}
        choices={whenChoices(duty, events)}
        defaultValue={whenChoice(duty.when)}
      />
      <TextField {...field("format", "形式")} defaultValue={duty.format} maxLength={60} />
      <SelectField
        {...field("rule", duty.due.text === "" ? "期限" : `期限「${duty.due.text}」`)}
        choices={ruleChoices(duty)}
        defaultValue={rule.choice}
      />
      <TextField {...field("amount", "数・日付")} defaultValue={rule.amount} maxLength={10} />
      <SelectField
        {...field("closedDay", "休みの日なら")}
        choices={closedChoices}
        defaultValue={duty.due.closedDay}
      />
      <SelectField
        {...field("done", "果たした記録")}
        choices={doneChoices(duty, events, forms)}
        defaultValue={doneChoice(duty.done)}
        span
      />
    </div>
  );
}

/** 条項の終わりに、読み取りが見落とした義務を足す。 */
export function AddDutyPanel({ clause }: { clause: string }) {
  return (
    <details className="adding">
      <summary>見落とされた義務を足す</summary>
      <div className="fields two mt1">
        <TextField id="add-verb" name="add.verb" label="どうする" maxLength={40} placeholder="提出" />
        <TextField
          id="add-quote"
          name="add.quote"
          label="条項の文（そのまま）"
          maxLength={4000}
          help="左の文から写してください。"
        />
      </div>
      <div className="acts">
        <Button type="submit" name="act" value={`add:${clause}`}>
          足す
        </Button>
      </div>
    </details>
  );
}
