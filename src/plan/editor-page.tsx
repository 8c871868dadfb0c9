import { LinkButton } from "../ui/button.tsx";
import { PageHead } from "../ui/section.tsx";
import { ShownBlock } from "./block-panel.tsx";
import type { EditorBlock, EditorCheck } from "./editor.ts";
import type { InlineBook } from "./inline.ts";
import { MatrixLegend, MatrixPanel } from "./matrix-panel.tsx";
import { PlanTabs } from "./plan-tabs-panel.tsx";
import type { PlanVersion } from "./plan-version.ts";

export interface EditorPageProps {
  csrf: string;
  plan: string;
  title: string;
  /** 例: "第3稿 パブコメ用 のあと"。 */
  stage: string;
  now: string;
  chapter: string;
  chapters: readonly { id: string; label: string }[];
  blocks: readonly EditorBlock[];
  book: InlineBook;
  check: EditorCheck;
  last: PlanVersion | undefined;
  /** 指し示された部分。 */
  block: string | undefined;
  may: boolean;
}

/** 原稿。島が載れば、その場で直せる。載らなければ、部分ごとの画面で直す。 */
export function EditorPage(props: EditorPageProps) {
  const { plan, title, stage, last, may, csrf, now, chapter, block } = props;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/plans">計画書</a> ／ {stage}
          </>
        }
        title={title}
        actions={
          <>
            {last && (
              <LinkButton size="tall" href={`/plans/${plan}/compare?from=${last.id}&to=now`}>
                新旧対照表
              </LinkButton>
            )}
            <LinkButton look="main" href={`/plans/${plan}/file/docx`}>
              Wordで書き出す
            </LinkButton>
          </>
        }
      />
      <PlanTabs plan={plan} current="edit" />
      <div
        id={may ? "plan-editor" : undefined}
        data-plan={plan}
        data-chapter={chapter}
        data-csrf={csrf}
        data-now={now}
        data-block={block ?? ""}
      >
        <div className="ed">
          <PlainSheet {...props} />
          <aside className="edside" aria-label="整合と点検">
            <div className="sec-h">
              <h2>整合表</h2>
              <a className="end" href={`/plans/${plan}/check`}>
                すべての施策 {props.check.rows.length}件
              </a>
            </div>
            <MatrixPanel plan={plan} columns={props.check.columns} rows={props.check.rows.slice(0, 6)} />
            <MatrixLegend rows={props.check.rows} />
          </aside>
        </div>
      </div>
    </>
  );
}

function PlainSheet({ plan, chapter, chapters, blocks, book, may }: EditorPageProps) {
  return (
    <div className="sheet">
      <form method="get" className="ed-top" action={`/plans/${plan}/edit`}>
        <label htmlFor="chapter" className="vh">
          章
        </label>
        <select id="chapter" name="chapter" defaultValue={chapter}>
          {chapters.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
        <button type="submit" className="btn">
          開く
        </button>
      </form>
      <article className="doc" aria-label="本文">
        {blocks.map((one) => (
          <div key={one.id} id={`b-${one.id}`} className={one.parent === null ? "blk" : "blk in"}>
            <ShownBlock
              id={one.id}
              content={one.content}
              tracked={one.tracked}
              number={book.numbers.get(one.id) ?? ""}
              book={book}
            />
            <a className="sub blk-link" href={`/plans/${plan}/blocks/${encodeURIComponent(one.id)}`}>
              {may ? "直す・経過" : "書き込み・経過"}
            </a>
          </div>
        ))}
      </article>
    </div>
  );
}
