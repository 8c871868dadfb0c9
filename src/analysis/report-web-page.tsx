import { Fragment } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { questionName } from "../tabulation/question-name.ts";
import { shareText } from "../tabulation/rounded-share.ts";
import { waveFinding, waveNote, waveRules } from "../waves/wave-words.ts";
import { BandPatterns } from "./band-panel.tsx";
import { CrossPanel } from "./cross-panel.tsx";
import { testWords } from "./explore-state.ts";
import { freeFinding, freeNote } from "./free-text-document.ts";
import { NO_TOTAL } from "./matrix-view.ts";
import { RankPanel } from "./rank-panel.tsx";
import type { ReportBook, ReportCross, ReportFreeText, ReportSection } from "./report-book.ts";
import { overviewRows } from "./report-overview.ts";
import { figureNote } from "./survey-figure.ts";
import { waveTitle } from "./wave-document.ts";
import { WaveTable } from "./wave-panel.tsx";

/** 一枚の HTML の報告書。外の何も読まず、見出しの並び・表の見出し・図の読み上げがそろっている。 */
export function reportHtml(book: ReportBook): string {
  const body = renderToStaticMarkup(<ReportWebPage book={book} />);
  return `<!doctype html>\n<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${plain(book.title)}　調査報告書</title><style>${css}</style></head><body>${body}</body></html>\n`;
}

function plain(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

const css = `
:root{--ink:#1a1a1a;--ink-2:#4d4d4d;--ink-3:#666;--line:#ccc;--line-soft:#e6e6e6}
body{margin:0 auto;max-width:56rem;padding:1.5rem;font:16px/1.8 "Noto Sans JP","Noto Sans CJK JP","BIZ UDPGothic","Yu Gothic UI",sans-serif;color:var(--ink);line-break:strict}
h1{font-size:1.75rem;line-height:1.4}h2{font-size:1.375rem;border-bottom:2px solid var(--ink);margin-top:3rem}h3{font-size:1.125rem;margin-top:2.5rem}h4{font-size:1rem;margin-top:2rem}
a{color:#0017c1}a:focus-visible,div[tabindex]:focus-visible{outline:3px solid #000;outline-offset:2px;box-shadow:0 0 0 2px #ffd43d}
nav ol{columns:2 20rem;padding-left:1.25rem}
.note,.sub{font-size:.875rem;color:var(--ink-2)}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.scroll-x{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
th,td{padding:.3rem .5rem;border-bottom:1px solid var(--line-soft);text-align:left;font-weight:400;vertical-align:middle}
thead th{font-size:.875rem;color:var(--ink-2);border-bottom:1px solid var(--ink-3);vertical-align:bottom;line-height:1.3}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tr.all>*{font-weight:700;border-bottom:1px solid var(--ink-3)}
.up{background:#c5d7fb}.down{background:#f2f2f2}
.up::before{content:"▲";font-size:.625rem;color:#0017c1;margin-right:.25rem}.down::before{content:"▽";font-size:.625rem;margin-right:.25rem}
.band-defs{position:absolute;width:0;height:0}.band-svg{display:block;width:13.75rem;height:1.75rem}.band-svg text{font-size:14px;text-anchor:middle;fill:#1a1a1a}
.band-svg text.b-1-t,.band-svg text.b-7-t{fill:#fff}
.b-1{fill:#00118f}.b-2{fill:#4979f5}.b-3{fill:#c5d7fb}.b-4{fill:#b3b3b3}.b-5{fill:#7096f8}.b-6{fill:#e6e6e6}.b-7{fill:#0031d8}.b-8{fill:#949494}.b-none{stroke:#949494}
.band-base{stroke:var(--line);fill:none}.band-range{stroke:#4979f5;stroke-width:3;fill:none}
.legend span{display:inline-flex;align-items:center;gap:.25rem;margin-right:1rem;font-size:.875rem}.band-key{width:.875rem;height:.875rem}
dl{display:grid;grid-template-columns:8rem 1fr;gap:.25rem 1rem}dt{font-weight:700}dd{margin:0}
@media print{body{max-width:none;padding:0}h2{break-before:page}table{break-inside:avoid}}
`;

function ReportWebPage({ book }: { book: ReportBook }) {
  return (
    <main>
      <BandPatterns />
      <h1>{book.title}　調査報告書</h1>
      <nav aria-label="目次">
        <ol>
          <li>
            <a href="#overview">調査の概要</a>
          </li>
          <li>
            <a href="#notes">報告書の見方</a>
          </li>
          {book.sections.map(({ id, heading }) => (
            <li key={id}>
              <a href={`#s-${id}`}>{heading}</a>
            </li>
          ))}
          {book.waves.length > 0 && (
            <li>
              <a href="#waves">前回調査との比較</a>
            </li>
          )}
          {book.free.length > 0 && (
            <li>
              <a href="#free">自由記述</a>
            </li>
          )}
          <li>
            <a href="#form">調査票と単純集計</a>
          </li>
        </ol>
      </nav>
      <h2 id="overview">調査の概要</h2>
      <dl>
        {overviewRows(book).map(({ name, text }) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </Fragment>
        ))}
      </dl>
      <ErrorTable book={book} />
      <h2 id="notes">報告書の見方</h2>
      <ul>
        {book.notes.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <h2>調査の結果</h2>
      {book.sections.map((section) => (
        <OneSection key={section.id} section={section} />
      ))}
      <Waves book={book} />
      <FreeTexts book={book} />
      <h2 id="form">調査票と単純集計</h2>
      {book.questionnaire.map((view) => (
        <section key={view.question.id}>
          <h3>
            {questionName(view.question.id)}　{view.question.text}（n=
            {view.total.people.toLocaleString("ja-JP")}）
          </h3>
          {view.question.type === "number" ? (
            <p>平均 {view.total.mean?.value.toFixed(2) ?? "…"}</p>
          ) : (
            <ul>
              {view.columns.map(({ key, label, kind }, at) =>
                kind === "net" ? null : (
                  <li key={key}>
                    {label}{" "}
                    {view.total.hidden ? "x" : shareText(view.total.cells[at]?.count ?? 0, view.total.base)}％
                  </li>
                ),
              )}
            </ul>
          )}
        </section>
      ))}
    </main>
  );
}

function ErrorTable({ book: { error } }: { book: ReportBook }) {
  if (!error) return null;
  return (
    <>
      <h3>標本誤差</h3>
      <p>式は {error.formula}。</p>
      <table>
        <caption className="vh">標本誤差の早見表（ポイント）</caption>
        <thead>
          <tr>
            <th scope="col">回答者の数</th>
            {error.shares.map((one) => (
              <th scope="col" className="num" key={one}>
                {one === 50 ? "50％" : `${one}％か${100 - one}％`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {error.rows.map(({ n, errors }) => (
            <tr key={n}>
              <th scope="row">{n.toLocaleString("ja-JP")}</th>
              {errors.map((one, at) => (
                <td className="num" key={error.shares[at]}>
                  {one}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function OneSection({ section }: { section: ReportSection }) {
  return (
    <section aria-labelledby={`s-${section.id}`}>
      <h3 id={`s-${section.id}`}>
        {section.heading}（n={section.view.total.people.toLocaleString("ja-JP")}）
      </h3>
      <p className="sub">{section.text}</p>
      <p>{section.finding.text}</p>
      <WebTable section={section} />
      {section.crosses.map((cross) => (
        <section key={cross.key}>
          <h4>{cross.title}</h4>
          <p>{cross.finding.text}</p>
          <WebTable section={cross} />
          <p className="note">
            {cross.view.blocks.flatMap(({ test }) => (test ? [testWords(test).line] : [])).join("")}
          </p>
        </section>
      ))}
    </section>
  );
}

function WebTable({ section: { view, key } }: { section: Pick<ReportCross, "view" | "key"> }) {
  return (
    <>
      <CrossPanel
        state={{ survey: { id: "", title: "" }, query: "", view }}
        open={false}
        bare={view.total.code === NO_TOTAL}
        label={`${view.title}の集計表（${key}）`}
      />
      {view.ranks && view.blocks.length === 0 && <RankPanel ranks={view.ranks} hidden={view.total.hidden} />}
      <p className="note">{figureNote(view)}</p>
    </>
  );
}

function Waves({ book: { waves } }: { book: ReportBook }) {
  if (waves.length === 0) return null;
  return (
    <>
      <h2 id="waves">前回調査との比較</h2>
      <ul>
        {waveRules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      {waves.map((one) => (
        <section key={one.id}>
          <h3>{waveTitle(one)}</h3>
          <p>{waveFinding(one)}</p>
          <WaveTable one={one} />
          <p className="note">{waveNote(one)}</p>
        </section>
      ))}
    </>
  );
}

function FreeTexts({ book: { free } }: { book: ReportBook }) {
  if (free.length === 0) return null;
  return (
    <>
      <h2 id="free">自由記述</h2>
      {free.map((one) => (
        <section key={one.id}>
          <h3>
            {one.heading}（記述 {one.written.toLocaleString("ja-JP")}件）
          </h3>
          <p className="sub">{one.text}</p>
          <p>{freeFinding(one)}</p>
          {one.coded > 0 && <FreeCodes one={one} />}
          {one.words.length > 0 && (
            <p>
              多く書かれた言葉（書いた人の数）:{" "}
              {one.words.map(({ word, count }) => `${word}（${count.toLocaleString("ja-JP")}）`).join("、")}
            </p>
          )}
        </section>
      ))}
    </>
  );
}

function FreeCodes({ one }: { one: ReportFreeText }) {
  return (
    <>
      <table>
        <caption className="vh">{one.heading}の内容ごとの件数</caption>
        <thead>
          <tr>
            <th scope="col">内容</th>
            <th scope="col" className="num">
              件数
            </th>
            <th scope="col" className="num">
              ％
            </th>
            <th scope="col">記述の例</th>
          </tr>
        </thead>
        <tbody>
          {one.codes.map(({ label, count, examples }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="num">{count.toLocaleString("ja-JP")}</td>
              <td className="num">{shareText(count, one.coded)}</td>
              <td>{examples.map((said) => `「${said}」`).join("")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="note">{freeNote(one)}</p>
    </>
  );
}
