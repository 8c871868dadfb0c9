import type { ReactNode } from "react";
import { LinkButton, PrintButton } from "./button.tsx";

export interface PaperProps {
  /** 宛先。行ごと。例: ["札幌市デジタル戦略推進局", "デジタル企画課　御中"]。 */
  to?: readonly string[] | undefined;
  /** 差出人。行ごと。 */
  from?: readonly string[] | undefined;
  /** 文書の日付（和暦）。 */
  date: string;
  /** 文書番号。例: "第二期 第3号"。 */
  number?: string | undefined;
  title: string;
  /** この紙を求める条項。例: "業務仕様書 6(9)"。 */
  clause?: string | undefined;
  /** 印の欄。左から。 */
  seals?: readonly { role: string; name: string }[] | undefined;
  /** 表題の下の表（業務名・対象日など）。根拠は clause から足す。 */
  facts?: readonly { name: string; value: ReactNode }[] | undefined;
  children: ReactNode;
  foot?: PaperFootProps | undefined;
  /** デモの紙には、紙にもそう刷る。 */
  demo?: boolean | undefined;
  /** 何枚にもわたる紙（脚注を各紙に固定しない）。 */
  long?: boolean | undefined;
  /** 表題の見出しの段。何枚もの紙を一つの画面に並べるときは 2。 */
  level?: 1 | 2 | undefined;
}

/** A4 の紙一枚。 */
export function Paper(props: PaperProps) {
  const {
    to = [],
    from = [],
    date,
    number,
    title,
    clause,
    seals = [],
    facts = [],
    children,
    foot,
    demo,
    long,
    level = 1,
  } = props;
  const Title = level === 1 ? "h1" : "h2";
  const rows = clause === undefined ? facts : [...facts, { name: "根拠", value: clause }];
  return (
    <article className={long ? "a4 long" : "a4"}>
      {demo && <p className="sample">デモ（架空の内容です）</p>}
      <div className="top">
        <Lines lines={to} />
        <div className="num">
          <Lines lines={number === undefined ? [date] : [date, number]} />
          <Lines lines={from} />
        </div>
      </div>
      <div className={seals.length === 0 ? "title bare" : "title"}>
        <Title>{title}</Title>
        {seals.length > 0 && <Seals seals={seals} />}
      </div>
      {rows.length > 0 && (
        <table className="grid heads">
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td>{row.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {children}
      {foot !== undefined && <PaperFoot {...foot} />}
    </article>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <div>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

function Seals({ seals }: { seals: readonly { role: string; name: string }[] }) {
  return (
    <table className="seal">
      <thead>
        <tr>
          {seals.map((seal) => (
            <th key={seal.role} scope="col">
              {seal.role}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {seals.map((seal) => (
            <td key={seal.role}>{seal.name}</td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

export interface PaperFootProps {
  /** 照合番号（文字）。 */
  check?: string | undefined;
  /** 照合番号の二次元コードの目（行ごとの明暗）。宛先も氏名も入れない。 */
  code?: readonly (readonly boolean[])[] | undefined;
  note: ReactNode;
  /** 例: "1 / 1"。 */
  page?: string | undefined;
}

function PaperFoot({ check, code, note, page }: PaperFootProps) {
  return (
    <footer className="foot">
      {code === undefined ? <span /> : <CodeSquare cells={code} />}
      <p>
        {check !== undefined && (
          <>
            照合番号　{check}
            <br />
          </>
        )}
        {note}
      </p>
      <p className="num">{page}</p>
    </footer>
  );
}

/** 二次元コードの絵。余白 1 目つき。 */
function CodeSquare({ cells }: { cells: readonly (readonly boolean[])[] }) {
  const path = cells
    .map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join(""))
    .join("");
  const size = cells.length + 2;
  return (
    <svg
      viewBox={`-1 -1 ${size} ${size}`}
      role="img"
      aria-label="控えと照合するための二次元コード"
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}

/** 紙を見せる画面。上の帯は印刷されない。 */
export function PaperScreen(props: {
  title: string;
  /** 例: "A4 1枚・個人情報は含みません"。 */
  about: string;
  backHref: string;
  downloads?: readonly { label: string; href: string }[] | undefined;
  children: ReactNode;
}) {
  const { title, about, backHref, downloads = [], children } = props;
  return (
    <>
      <header className="printbar noprint">
        <LinkButton href={backHref}>戻る</LinkButton>
        <span className="grow">
          <b>{title}</b>　<span className="sub">{about}</span>
        </span>
        {downloads.map((each) => (
          <LinkButton key={each.href} href={each.href} size="tall">
            {each.label}
          </LinkButton>
        ))}
        <PrintButton look="main" />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: 紙は狭い画面で横に動かすので、キーで入れる必要がある */}
      <main id="main" className="printbg" aria-label="紙面" tabIndex={0}>
        {children}
      </main>
    </>
  );
}
