import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";
import { Icon } from "./icon.tsx";

/** 欄の誤り。what は何が違うか（太字）、next は次にどうするか。文字列なら what だけ。 */
export type FieldError = string | { what: string; next?: ReactNode };

export interface FieldProps {
  /** 欄の id。name を言わなければ name も同じ。 */
  id: string;
  name?: string | undefined;
  label: ReactNode;
  /** 見出しを目に見せない（表の中、検索の欄）。 */
  hideLabel?: boolean | undefined;
  required?: boolean | undefined;
  help?: ReactNode;
  error?: FieldError | undefined;
  /** 二列の form で幅いっぱいに置く。 */
  span?: boolean | undefined;
}

type Native<Props> = Omit<Props, "id" | "name" | "required" | "className" | "style" | "children">;

/** 見出し・欄・助け・誤りのひと組。control には欄に付ける属性が渡る。 */
export function Field({ control, ...field }: FieldProps & { control: (given: ControlProps) => ReactNode }) {
  return (
    <div className={field.span ? "c2" : undefined}>
      <label htmlFor={field.id} className={field.hideLabel ? "vh" : undefined}>
        {field.label}
        {field.required && <span className="must">必須</span>}
      </label>
      {control(controlProps(field))}
      <HelpAndError {...field} />
    </div>
  );
}

export interface ControlProps {
  id: string;
  name: string;
  required: boolean | undefined;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

function controlProps({ id, name, required, help, error }: FieldProps): ControlProps {
  const describing = [help === undefined ? "" : `${id}-help`, error === undefined ? "" : `${id}-error`];
  return {
    id,
    name: name ?? id,
    required: required || undefined,
    "aria-describedby": describing.filter((part) => part !== "").join(" ") || undefined,
    "aria-invalid": error === undefined ? undefined : true,
  };
}

function HelpAndError({ id, help, error }: FieldProps) {
  const fault = typeof error === "string" ? { what: error } : error;
  return (
    <>
      {help !== undefined && (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {fault !== undefined && (
        <p className="err" id={`${id}-error`} role="alert">
          <Icon name="late" />
          <span>
            <b>{fault.what}</b>
            {fault.next}
          </span>
        </p>
      )}
    </>
  );
}

function split<Props extends FieldProps>(props: Props): [FieldProps, Omit<Props, keyof FieldProps>] {
  const { id, name, label, hideLabel, required, help, error, span, ...native } = props;
  return [{ id, name, label, hideLabel, required, help, error, span }, native];
}

/** 一行の欄。誤りのあとも入れた値を defaultValue で返す（パスワードだけは空に戻す）。unit は後ろに付く単位。 */
export function TextField(
  props: FieldProps &
    Native<InputHTMLAttributes<HTMLInputElement>> & { unit?: string | undefined; code?: boolean | undefined },
) {
  const [field, { unit, code, ...native }] = split(props);
  const draw = (given: ControlProps) => (
    <input type="text" {...native} {...given} className={code ? "code" : undefined} />
  );
  return (
    <Field
      {...field}
      control={(given) =>
        unit === undefined ? (
          draw(given)
        ) : (
          <div className="unit">
            {draw(given)}
            <span>{unit}</span>
          </div>
        )
      }
    />
  );
}

/** 何行も書く欄。 */
export function TextAreaField(props: FieldProps & Native<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const [field, native] = split(props);
  return <Field {...field} control={(given) => <textarea rows={3} {...native} {...given} />} />;
}

/**
 * ファイルを選ぶ欄。form には encType="multipart/form-data" が要る。
 * 欄の言葉はブラウザーの言語で出るので、page-island が日本語の顔をかぶせる（なければ、もとの欄のまま）。
 */
export function FileField(props: FieldProps & Native<InputHTMLAttributes<HTMLInputElement>>) {
  const [field, native] = split(props);
  return (
    <Field
      {...field}
      control={(given) => (
        <div className="file">
          <input {...native} {...given} type="file" />
          <span className="face" aria-hidden="true" hidden>
            <span className="btn">ファイルを選ぶ</span>
            <span className="chosen" />
          </span>
        </div>
      )}
    />
  );
}

export interface Choice {
  value: string;
  label: string;
  disabled?: boolean | undefined;
  /** select の中のまとまりの名。続いた同じ名は一つの optgroup になる。 */
  group?: string | undefined;
}

/** 六つ以上から一つ。二つから五つは SegmentedField。 */
export function SelectField(
  props: FieldProps &
    Native<SelectHTMLAttributes<HTMLSelectElement>> & {
      choices: readonly Choice[];
      blank?: string | undefined;
    },
) {
  const [field, { choices, blank, ...native }] = split(props);
  return (
    <Field
      {...field}
      control={(given) => (
        <select {...native} {...given}>
          {blank !== undefined && <option value="">{blank}</option>}
          <Options choices={choices} />
        </select>
      )}
    />
  );
}

/** select の中身。 */
export function Options({ choices }: { choices: readonly Choice[] }) {
  const runs: { group: string | undefined; choices: Choice[] }[] = [];
  for (const choice of choices) {
    const last = runs.at(-1);
    if (last !== undefined && last.group === choice.group) last.choices.push(choice);
    else runs.push({ group: choice.group, choices: [choice] });
  }
  const draw = (choice: Choice) => (
    <option key={choice.value} value={choice.value} disabled={choice.disabled}>
      {choice.label}
    </option>
  );
  return runs.map((run) =>
    run.group === undefined ? (
      run.choices.map(draw)
    ) : (
      <optgroup key={`${run.group}-${run.choices[0]?.value}`} label={run.group}>
        {run.choices.map(draw)}
      </optgroup>
    ),
  );
}
