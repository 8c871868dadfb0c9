import type { Fault } from "../base/error.ts";
import type { Codebook } from "../tabulation/codebook.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Note } from "../ui/note.tsx";
import { type SheetField, sheetFields } from "./compare-sheets.ts";
import type { SheetStanding } from "./key-sheet.ts";
import { SurveyTop } from "./survey-nav-panel.tsx";

interface SheetProps {
  csrf: string;
  survey: { id: string; title: string };
  codebook: Codebook;
  sheet: string;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  mayLook: boolean;
}

/** 紙の調査票のとおりの打ち込みの画面。数字で選び、Enter で次へ（島）。島がなくても、欄に書いて送れる。 */
export function SheetPage(props: SheetProps & { pass: 1 | 2 }) {
  const { csrf, survey, codebook, sheet, values, faults, pass, mayLook } = props;
  const at = `/surveys/${survey.id}/entry`;
  return (
    <>
      <SurveyTop
        survey={survey}
        here="entry"
        mayLook={mayLook}
        title={`調査票 ${sheet}　${pass === 1 ? "一度目" : "二度目"}の打ち込み`}
      />
      {faults.length > 0 && <Note tone="late" title={`${faults.length}つの欄に、直すところがあります。`} />}
      <form method="post" action={at} className="survey-sheet" data-entry="">
        <Csrf token={csrf} />
        <input type="hidden" name="sheet" value={sheet} />
        <input type="hidden" name="pass" value={pass} />
        <p className="sub survey-keys">
          <span>数字で選びます。空のままは、無回答です。</span>
          <span>
            <kbd>Enter</kbd> 次の欄
          </span>
          <span>
            <kbd>Shift</kbd>+<kbd>Enter</kbd> 前の欄
          </span>
          <span>
            <kbd>Ctrl</kbd>+<kbd>Enter</kbd> しまう
          </span>
        </p>
        {sheetFields(codebook).map((field) => (
          <SheetInput
            key={field.column}
            field={field}
            value={values[`a.${field.column}`] ?? ""}
            fault={faults.find((one) => one.field === field.column)?.message}
          />
        ))}
        <p className="acts">
          <Submit keys="Ctrl+Enter">しまって、次の調査票へ</Submit>
          <LinkButton href={at}>やめる</LinkButton>
        </p>
      </form>
    </>
  );
}

function SheetInput({
  field,
  value,
  fault,
}: {
  field: SheetField;
  value: string;
  fault: string | undefined;
}) {
  const { column, question, write } = field;
  const id = `a-${column}`;
  const options = write || question.type === "number" || question.type === "text" ? [] : question.options;
  const long = question.type === "text" && !write;
  const given = {
    ...{ id, name: `a.${column}`, defaultValue: value, autoComplete: "off" },
    "aria-describedby":
      [options.length > 0 ? `${id}-options` : "", fault ? `${id}-error` : ""].join(" ").trim() || undefined,
    "aria-invalid": fault ? (true as const) : undefined,
  };
  return (
    <div className="q" data-type={write ? "text" : question.type}>
      <label htmlFor={id}>
        {write ? `${question.id} その他の言葉` : `${question.id}　${question.short ?? question.text}`}
      </label>
      {long ? (
        <textarea rows={3} {...given} />
      ) : (
        <input type="text" inputMode={write ? "text" : "numeric"} {...given} />
      )}
      {options.length > 0 && (
        <ul id={`${id}-options`}>
          {options.map(({ code, label, short }) => (
            <li key={code} data-code={code}>
              <b>{code}</b> {short ?? label}
            </li>
          ))}
        </ul>
      )}
      {fault && (
        <p className="err" id={`${id}-error`} role="alert">
          <b>{fault}</b>
        </p>
      )}
    </div>
  );
}

/** 二人の違いを、調査票を見て決める。 */
export function SettlePage(props: SheetProps & { standing: SheetStanding }) {
  const { csrf, survey, codebook, sheet, standing, values, faults, mayLook } = props;
  const fields = new Map(sheetFields(codebook).map((field) => [field.column, field]));
  return (
    <>
      <SurveyTop
        survey={survey}
        here="entry"
        mayLook={mayLook}
        title={`調査票 ${sheet} の${standing.differences.length}つの違いを、紙を見て決めます。`}
      />
      <form method="post" action={`/surveys/${survey.id}/entry/settle`} className="pile survey-settle">
        <Csrf token={csrf} />
        <input type="hidden" name="sheet" value={sheet} />
        {standing.differences.map(({ column, first, second }) => {
          const question = fields.get(column)?.question;
          const chosen = values[`c.${column}`];
          const own = `c-${column}`;
          return (
            <fieldset key={column}>
              <legend className="label">
                {question?.id}　{question?.short ?? question?.text}
              </legend>
              {[
                ["一度目", first],
                ["二度目", second],
              ].map(([name = "", value = ""], at) => (
                <label key={name} className="check" htmlFor={`${own}-${at}`}>
                  <input
                    type="radio"
                    id={`${own}-${at}`}
                    name={`c.${column}`}
                    value={`=${value}`}
                    defaultChecked={chosen === `=${value}`}
                  />
                  <span>
                    {name}　{value === "" ? "（空）" : value}
                  </span>
                </label>
              ))}
              <label className="check" htmlFor={`${own}-2`}>
                <input
                  type="radio"
                  id={`${own}-2`}
                  name={`c.${column}`}
                  value="own"
                  defaultChecked={chosen === "own"}
                />
                <span>どちらでもない</span>
              </label>
              <input
                type="text"
                name={`o.${column}`}
                aria-label={`${column} の正しい値`}
                defaultValue={values[`o.${column}`] ?? ""}
              />
              {faults.some(({ field }) => field === column) && (
                <p className="err" role="alert">
                  <b>{faults.find(({ field }) => field === column)?.message}</b>
                </p>
              )}
            </fieldset>
          );
        })}
        <p className="acts">
          <Submit>決める</Submit>
          <LinkButton href={`/surveys/${survey.id}/entry`}>やめる</LinkButton>
        </p>
      </form>
    </>
  );
}
