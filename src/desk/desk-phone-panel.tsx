import { maskWrittenPhone, phoneDigits } from "../japan/phone-digits.ts";
import { Icon } from "../ui/icon.tsx";

/** 欄を離れると伏せる桁数。これより短いうちは、まだ打っている途中と見る。 */
const MASK_FROM = 9;

/** 電話番号の欄。打ち終えて離れると伏せ、見るときは記録してから見せる。 */
export function PhoneBox(props: {
  id: string;
  name: string;
  label: string;
  placeholder?: string;
  value: string;
  open: boolean;
  setOpen: (open: boolean) => void;
  reveal: () => Promise<boolean>;
  onChange: (value: string) => void;
  invalid?: { "aria-invalid": true | undefined; "aria-describedby": string | undefined };
}) {
  const { id, name, label, placeholder, value, open, setOpen, reveal, onChange, invalid } = props;
  async function show() {
    if (!(await reveal())) return;
    setOpen(true);
    requestAnimationFrame(() => document.getElementById(id)?.focus());
  }
  if (!open && phoneDigits(value).length >= MASK_FROM) {
    return (
      <span className="masked">
        <span className="field" id={id} tabIndex={-1}>
          {maskWrittenPhone(value)}
        </span>
        <button className="btn" type="button" aria-label={`${label}を表示（記録されます）`} onClick={show}>
          <Icon name="eye" />
        </button>
      </span>
    );
  }
  return (
    <input
      id={id}
      name={name}
      type="text"
      inputMode="tel"
      autoComplete="off"
      aria-label={label}
      placeholder={placeholder}
      value={value}
      onFocus={() => setOpen(true)}
      onBlur={() => setOpen(false)}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...invalid}
    />
  );
}
