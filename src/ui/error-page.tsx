import type { ReactNode } from "react";
import { LinkButton } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { Brand } from "./layout.tsx";

/** 入力のどこが悪いか（platform の Fault と同じ形）。 */
export interface FaultLine {
  field?: string | undefined;
  cell?: string | undefined;
  row?: number | undefined;
  message: string;
}

export interface ErrorPanelProps {
  /** 何が起きたかの一文。例: "この講習会は満席です"。 */
  title: string;
  /** 次にどうするか。 */
  message: ReactNode;
  faults?: readonly FaultLine[] | undefined;
  /** 不具合の受付番号。SV や保守へ伝える。 */
  incident?: string | undefined;
  next: readonly { href: string; label: string }[];
}

const shown = 50;

/** 失敗の知らせ。Frame の中に置く。 */
export function ErrorPanel({ title, message, faults = [], incident, next }: ErrorPanelProps) {
  return (
    <div className="pile error">
      <h1 className="row">
        <span className="st late">
          <Icon name="late" label="失敗" />
        </span>
        {title}
      </h1>
      <p>{message}</p>
      {faults.length > 0 && <FaultList faults={faults} />}
      {incident !== undefined && (
        <p>
          受付番号　<b>{incident}</b>
          <br />
          <span className="sub">この番号をSVに伝えてください。入力した内容は記録に残していません。</span>
        </p>
      )}
      <p className="acts">
        {next.map((link, at) => (
          <LinkButton key={link.href} href={link.href} size="tall" look={at === 0 ? "second" : "normal"}>
            {link.label}
          </LinkButton>
        ))}
      </p>
    </div>
  );
}

/** 直すところの一覧。多すぎるときは初めの 50 件と残りの数。 */
export function FaultList({ faults }: { faults: readonly FaultLine[] }) {
  const places = faults.slice(0, shown).map((fault) => ({ ...fault, place: placeOf(fault) }));
  return (
    <section className="faults" aria-labelledby="faults-title">
      <div className="sec-h">
        <h2 id="faults-title">直すところ</h2>
        <span className="sub">{faults.length}件</span>
      </div>
      <ul>
        {places.map(({ place, message }) => (
          <li key={`${place} ${message}`}>
            {place !== "" && <b>{place}</b>}
            {message}
          </li>
        ))}
      </ul>
      {faults.length > shown && <p className="sub">ほかに{faults.length - shown}件あります。</p>}
    </section>
  );
}

function placeOf({ cell, row, field }: FaultLine): string {
  return [cell, row === undefined ? undefined : `${row}行目`, field]
    .filter((part) => part !== undefined)
    .join(" ");
}

/** だれの画面でもないときの失敗（着席前、封印中、見つからない）。 */
export function ErrorPage(props: ErrorPanelProps) {
  return (
    <div className="alone">
      <header>
        <Brand href="/" />
      </header>
      <main id="main">
        <ErrorPanel {...props} />
      </main>
    </div>
  );
}
