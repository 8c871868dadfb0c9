import type { ReactNode } from "react";
import type { Choice, FieldError } from "./field.tsx";
import { Icon } from "./icon.tsx";

/** はい・いいえ一つ。 */
export function CheckField(props: {
  id: string;
  name?: string | undefined;
  value?: string | undefined;
  label: ReactNode;
  help?: ReactNode;
  defaultChecked?: boolean | undefined;
  required?: boolean | undefined;
  disabled?: boolean | undefined;
  error?: FieldError | undefined;
}) {
  const { id, name = id, value = "1", label, help, error, ...native } = props;
  const described = [help === undefined ? "" : `${id}-help`, error === undefined ? "" : `${id}-error`]
    .join(" ")
    .trim();
  return (
    <div>
      <label className="check" htmlFor={id}>
        <input
          type="checkbox"
          id={id}
          name={name}
          value={value}
          aria-describedby={described || undefined}
          aria-invalid={error === undefined ? undefined : true}
          {...native}
        />
        <span>{label}</span>
      </label>
      {help !== undefined && (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {error !== undefined && <GroupError id={`${id}-error`} error={error} />}
    </div>
  );
}

interface GroupProps {
  /** 組の id。各欄は `<id>-<番号>` になる。 */
  id: string;
  name?: string | undefined;
  legend: string;
  hideLegend?: boolean | undefined;
  choices: readonly Choice[];
  required?: boolean | undefined;
  error?: FieldError | undefined;
  span?: boolean | undefined;
}

/** 二つから五つのうち一つ。JavaScript なしで働く。 */
export function SegmentedField(props: GroupProps & { defaultValue?: string | undefined }) {
  const { id, name = id, choices, required, defaultValue, error } = props;
  return (
    <Group {...props}>
      <div
        className="seg"
        role="radiogroup"
        aria-label={props.legend}
        aria-invalid={error === undefined ? undefined : true}
      >
        {choices.map((choice, at) => (
          <label key={choice.value} htmlFor={`${id}-${at}`}>
            <input
              type="radio"
              id={`${id}-${at}`}
              name={name}
              value={choice.value}
              required={required}
              disabled={choice.disabled}
              defaultChecked={choice.value === defaultValue}
            />
            {choice.label}
          </label>
        ))}
      </div>
    </Group>
  );
}

/** いくつでも選ぶ。 */
export function CheckGroup(props: GroupProps & { defaultValues?: readonly string[] | undefined }) {
  const { id, name = id, choices, defaultValues = [] } = props;
  return (
    <Group {...props}>
      {choices.map((choice, at) => (
        <CheckField
          key={choice.value}
          id={`${id}-${at}`}
          name={name}
          value={choice.value}
          label={choice.label}
          disabled={choice.disabled}
          defaultChecked={defaultValues.includes(choice.value)}
        />
      ))}
    </Group>
  );
}

function Group(props: GroupProps & { children: ReactNode }) {
  const { id, legend, hideLegend, required, error, span, children } = props;
  return (
    <fieldset
      id={id}
      className={span ? "c2" : undefined}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
    >
      <legend className={hideLegend ? "vh" : "label"}>
        {legend}
        {required && <span className="must">必須</span>}
      </legend>
      {children}
      {error !== undefined && <GroupError id={`${id}-error`} error={error} />}
    </fieldset>
  );
}

function GroupError({ id, error }: { id: string; error: FieldError }) {
  const fault = typeof error === "string" ? { what: error, next: undefined } : error;
  return (
    <p className="err" id={id} role="alert">
      <Icon name="late" />
      <span>
        <b>{fault.what}</b>
        {fault.next}
      </span>
    </p>
  );
}

/** 同じ画面の見え方を切り替えるリンクの列。 */
export function SegmentedLinks({
  label,
  links,
}: {
  label: string;
  links: readonly { href: string; label: string; current?: boolean | undefined }[];
}) {
  return (
    <nav className="seg" aria-label={label}>
      {links.map((link) => (
        <a key={link.href} href={link.href} aria-current={link.current ? "true" : undefined}>
          {link.label}
        </a>
      ))}
    </nav>
  );
}
