import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Pairs } from "../ui/table.tsx";
import { FindingText } from "./finding-panel.tsx";
import type { ReportBook, ReportWords } from "./report-book.ts";
import type { PdfState } from "./report-file-job.ts";
import { overviewRows } from "./report-overview.ts";

export interface ReportPageProps {
  survey: { id: string; title: string };
  book: ReportBook;
  broken: readonly (ReportWords & { title: string })[];
  csrf: string;
  pdf: PdfState;
  /** Word を選ばずに押した、など。 */
  fault?: string | undefined;
}

/** 調査報告書: 何でできているか、合わなくなった所見、書き出し、所見の全部。 */
export function ReportPage({ survey, book, broken, csrf, fault, pdf }: ReportPageProps) {
  const root = `/surveys/${survey.id}`;
  const crosses = book.sections.reduce((sum, one) => sum + one.crosses.length, 0);
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/surveys">調査</a> ／ <a href={root}>{survey.title}</a> ／ 報告書
          </>
        }
        title={`設問${book.sections.length}、クロス集計${crosses}枚の報告書です。${broken.length > 0 ? `合わなくなった所見が${broken.length}つあります。` : ""}`}
        actions={
          <>
            <LinkButton href={`${root}/waves`}>経年比較</LinkButton>
            <LinkButton href={`${root}/figures`}>図</LinkButton>
            <LinkButton href={`${root}/report/file/docx`} look="main">
              Word
            </LinkButton>
          </>
        }
      />
      <div className="pile report">
        {broken.length > 0 && (
          <Note tone="due" title="人が直した所見に、いまの表と合わない数があります。書き出しは止めません。">
            <ul>
              {broken.map((one) => (
                <li key={one.key}>
                  <a href={`#f-${idOf(one.key)}`}>{one.title}</a>　{brokenText(one)}
                </li>
              ))}
            </ul>
          </Note>
        )}
        <div className="two">
          <Section id="r-out" title="書き出す">
            <p className="acts">
              <LinkButton href={`${root}/report/file/docx`}>Word</LinkButton>
              <LinkButton href={`${root}/report/file/pptx`}>PowerPoint</LinkButton>
              <LinkButton href={`${root}/report/file/xlsx`}>集計表（Excel）</LinkButton>
              <LinkButton href={`${root}/report/file/html`}>HTML</LinkButton>
            </p>
            <PdfLine pdf={pdf} root={root} csrf={csrf} />
            <details open={fault !== undefined || undefined}>
              <summary>様式を直した Word の図を、いまの数に入れ替える</summary>
              <form method="post" action={`${root}/report/restyle`} encType="multipart/form-data">
                <Csrf token={csrf} />
                <label htmlFor="file">デザインを直した報告書（.docx）</label>
                <input
                  id="file"
                  name="file"
                  type="file"
                  accept=".docx"
                  aria-describedby={fault === undefined ? "file-help" : "file-help file-error"}
                  aria-invalid={fault === undefined ? undefined : true}
                />
                <p className="help" id="file-help">
                  図の値だけが替わります。色・書体・大きさ・並びは、そのまま残ります。
                </p>
                {fault !== undefined && (
                  <p className="err" id="file-error" role="alert">
                    <b>{fault}</b>
                  </p>
                )}
                <Submit look="second">図を入れ替える</Submit>
              </form>
            </details>
          </Section>
          <Section id="r-about" title="調査の概要">
            <Pairs items={overviewRows(book).map(({ name, text }) => ({ name, value: text }))} />
          </Section>
        </div>
        <Section id="r-notes" title="報告書の見方" sub="使った設定から書いたものです。">
          <ul className="r-notes">
            {book.notes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Section>
        <Section id="r-find" title="所見" sub="数は、表のますに結ばれています。">
          {book.sections.map((section) => (
            <div key={section.id} className="r-section">
              <h3 className="x-h">
                {section.heading}
                <span className="sub">（n={section.view.total.people.toLocaleString("ja-JP")}）</span>
              </h3>
              <Words words={section} root={root} csrf={csrf} />
              {section.crosses.map((cross) => (
                <div key={cross.key} className="r-cross">
                  <h4>
                    {cross.title}
                    <span className="sub">{cross.chosen ? "（入れた図）" : "（差のいちばん大きい軸）"}</span>
                  </h4>
                  <Words words={cross} root={root} csrf={csrf} />
                </div>
              ))}
            </div>
          ))}
        </Section>
      </div>
    </>
  );
}

/** PDF: 何十秒かかかるので、頼んでから画面を離れてよい。 */
function PdfLine({ pdf, root, csrf }: { pdf: PdfState; root: string; csrf: string }) {
  const busy = pdf.state === "waiting" || pdf.state === "running";
  return (
    <form method="post" action={`${root}/report/pdf`} className="r-pdf">
      <Csrf token={csrf} />
      {busy ? (
        <>
          <input type="hidden" name="act" value="stop" />
          <progress max={pdf.total} value={pdf.done} aria-label="PDF の進み具合" />
          <span>
            PDF を作っています（{pdf.message}）。画面を離れてもかまいません。
            <a href={`${root}/report#r-out`}>進み具合を見る</a>
          </span>
          <Submit look="plain">止める</Submit>
        </>
      ) : (
        <>
          {pdf.file !== undefined && <LinkButton href={`${root}/report/file/pdf`}>できた PDF</LinkButton>}
          <Submit look="second">{pdf.file === undefined ? "PDF を作る" : "PDF を作り直す"}</Submit>
          <span className="sub">
            {pdf.state === "failed"
              ? pdf.message
              : pdf.stale
                ? "PDF ができた後に、回答か所見が変わりました。"
                : pdf.state === "stopped"
                  ? "前に頼んだ PDF は止めてあります。"
                  : pdf.file === undefined
                    ? "目次にページを入れるため二度刷るので、一分ほどかかります。"
                    : ""}
          </span>
        </>
      )}
    </form>
  );
}

/** 画面の中の id に使える名。 */
function idOf(key: string): string {
  return key.replace(/[^A-Za-z0-9_-]/g, "-");
}

function brokenText({ check }: ReportWords): string {
  const gone = check.figures.filter(({ ok }) => !ok).map(({ said, now }) => `${said} → ${now ?? "表にない"}`);
  const loose = check.loose.length > 0 ? [`表にない数 ${check.loose.join("、")}`] : [];
  return [...gone, ...loose].join("、");
}

function Words({ words, root, csrf }: { words: ReportWords; root: string; csrf: string }) {
  const id = `f-${idOf(words.key)}`;
  const bad = words.edited && (!words.check.holds || words.check.loose.length > 0);
  return (
    <div id={id}>
      <p className="r-words">
        <FindingText finding={words.finding} check={words.check} />{" "}
        {bad && <Status look="warn">合わない数があります</Status>}
        {words.edited && !bad && <span className="sub">人が直した文</span>}
      </p>
      <details>
        <summary>直す</summary>
        <form method="post" action={`${root}/report/words`}>
          <Csrf token={csrf} />
          <input type="hidden" name="key" value={words.key} />
          <label htmlFor={`${id}-text`}>所見</label>
          <textarea
            id={`${id}-text`}
            name="finding"
            rows={3}
            maxLength={1000}
            defaultValue={words.finding.text}
          />
          <p className="help">空にすると、表から作った文に戻ります。</p>
          <Submit look="second">所見を残す</Submit>
        </form>
      </details>
    </div>
  );
}
