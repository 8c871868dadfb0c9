import { CheckField, SegmentedField } from "../ui/choice-field.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { lineLimits } from "./register.ts";
import type { RegisterField } from "./register-field.ts";

export interface FieldsProps {
  fields: readonly RegisterField[];
  values: Readonly<Record<string, string>>;
  faults: readonly { field?: string; message: string }[];
  /** 従業者と、ほかの帳簿の一件の選択肢（欄の名から）。 */
  choices: Readonly<Record<string, readonly { value: string; label: string }[]>>;
}

/** 帳簿の宣言から、入力の欄を並べる。同じ見出しの印は、初めのところに一組で置く。 */
export function RegisterFields(props: FieldsProps) {
  const { fields, values, faults, choices } = props;
  const legends = new Set<string>();
  return (
    <div className="fields two">
      {fields.map((field) => {
        const { legend } = field;
        if (legend === undefined)
          return <OneField key={field.name} {...oneOf(field, values, faults, choices)} />;
        if (legends.has(legend)) return null;
        legends.add(legend);
        return <Checks key={field.name} legend={legend} {...props} />;
      })}
    </div>
  );
}
function oneOf(
  field: RegisterField,
  values: FieldsProps["values"],
  faults: FieldsProps["faults"],
  choices: FieldsProps["choices"],
) {
  return {
    ...{ field, value: values[`f.${field.name}`], choices: choices[field.name] ?? [] },
    error: faults.find((one) => one.field === `f.${field.name}`)?.message,
  };
}

/** 一つずつ確かめて印を付ける、一組。 */
function Checks({ legend, fields, values, faults, choices }: FieldsProps & { legend: string }) {
  const own = fields.filter((one) => one.legend === legend);
  return (
    <fieldset className="c2">
      <legend className="label">
        {legend}
        {own.every((one) => one.required) && <span className="must">すべて必須</span>}
      </legend>
      {own.map((field) => (
        <OneField key={field.name} {...oneOf(field, values, faults, choices)} />
      ))}
    </fieldset>
  );
}

function OneField(props: {
  field: RegisterField;
  value: string | undefined;
  error: string | undefined;
  choices: readonly { value: string; label: string }[];
}) {
  const { field, value, error } = props;
  const { name, label, type, required, help } = field;
  const common = { id: `f.${name}`, label, required, help, error };
  if (type === "choice") {
    const all = Object.entries(field.choices ?? {}).map(([key, text]) => ({ value: key, label: text }));
    const short = all.length <= 2 && all.every((one) => one.label.length <= 14);
    if (short)
      return (
        <SegmentedField
          id={common.id}
          legend={label}
          required={required}
          choices={all}
          defaultValue={value}
          error={error}
        />
      );
    return <SelectField {...common} choices={all} blank="選んでください" defaultValue={value ?? ""} />;
  }
  if (type === "check") return <CheckField {...common} value="yes" defaultChecked={value === "yes"} />;
  if (type === "handler" || type === "line-of")
    return (
      <SelectField {...common} choices={props.choices} blank="選んでください" defaultValue={value ?? ""} />
    );
  if (type === "text")
    return <TextAreaField {...common} span maxLength={lineLimits.text} defaultValue={value} />;
  const kinds = { line: "text", day: "date", time: "time", number: "text" } as const;
  return (
    <TextField
      {...common}
      type={kinds[type]}
      maxLength={lineLimits[type]}
      inputMode={type === "number" ? "numeric" : undefined}
      defaultValue={value}
    />
  );
}
