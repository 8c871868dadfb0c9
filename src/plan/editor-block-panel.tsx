import { type MouseEvent, memo, useRef, useState } from "react";
import { ShownBlock } from "./block-panel.tsx";
import { selectionIn, splitAt } from "./editable-dom.ts";
import type { EditorAside, EditorBlock } from "./editor.ts";
import { FigureFields, MeasureForm, PhotoForm, SheetForm } from "./editor-form-panel.tsx";
import type { EditorMemory, EditorView } from "./editor-memory.ts";
import { Editable } from "./editor-text-panel.tsx";
import type { EditorWork } from "./editor-work.ts";
import type { InlineBook } from "./inline.ts";
import { InlineText } from "./inline-panel.tsx";
import { type BlockContent, type ReviewState, reviewStates } from "./plan-block.ts";
import { kindLabels } from "./plan-kind.ts";

/** 直しているところの、カーソルの場所（道具が使う）。 */
export interface CaretSpot {
  id: string;
  from: number;
  to: number;
}

export interface RowProps {
  block: EditorBlock;
  number: string;
  book: InlineBook;
  active: boolean;
  current: boolean;
  refreshed: number;
  asides: readonly EditorAside[];
  /** 囲み（施策・コラム）の中か。 */
  inner: boolean;
  memory: EditorMemory;
  work: EditorWork;
  caret: { spot: CaretSpot | undefined };
}

const reviewLabels: Readonly<Record<ReviewState, string>> = {
  draft: "作成中",
  checking: "確認中",
  agreed: "確認済み",
};

/** 一つの部分。選ばれたものだけが直せる形になり、ほかは描き直さない。 */
export const BlockRow = memo(function BlockRow(props: RowProps) {
  const { block, number, book, active, current, inner, asides, work } = props;
  const [focusAt, setFocusAt] = useState(0);
  const shown = useRef<HTMLDivElement>(null);
  const classes = ["blk", current ? "on" : "", inner ? "in" : ""].filter(Boolean).join(" ");
  const open = (event: MouseEvent) => {
    setFocusAt(offsetAt(event, shown.current));
    work.activate(block.id);
  };
  return (
    <div className={classes} id={`b-${block.id}`} data-block={block.id}>
      {active ? (
        <>
          <ActiveBlock {...props} focusAt={focusAt} />
          <BlockBar {...props} />
        </>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: role は下の button が持つ。ここは押しやすさのため
        // biome-ignore lint/a11y/useKeyWithClickEvents: 鍵は、下の button が持つ
        <div ref={shown} className="shown" onClick={open}>
          <ShownBlock id={block.id} content={block.content} tracked={block.tracked} {...{ number, book }} />
          <button
            type="button"
            className="vh pen"
            onClick={(event) => {
              event.stopPropagation();
              setFocusAt(0);
              work.activate(block.id);
            }}
          >
            {number || kindLabels[block.content.kind]}を直す
          </button>
        </div>
      )}
      {asides.map((aside) => (
        <Collision key={aside.id} aside={aside} block={block} book={book} work={work} />
      ))}
    </div>
  );
});

/** 押したところの、見えている字での位置。 */
function offsetAt(event: MouseEvent, root: HTMLElement | null): number {
  const position = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const text = root?.querySelector("p, h2, h3, h4, ul, ol");
  if (!position || !text?.contains(position.offsetNode)) return 0;
  const range = document.createRange();
  range.selectNodeContents(text);
  range.setEnd(position.offsetNode, position.offset);
  return range.toString().length;
}

function ActiveBlock(props: RowProps & { focusAt: number }) {
  const { block, memory, work } = props;
  const [content, setContent] = useState<BlockContent>(memory.drafts.get(block.id)?.content ?? block.content);
  const put = (next: BlockContent) => {
    setContent(next);
    work.type(block.id, next);
  };
  const form = { id: block.id, view: memory.get() as EditorView, onContent: put };
  switch (content.kind) {
    case "figure":
      return (
        <>
          <ShownBlock id={block.id} content={content} number={props.number} book={props.book} />
          <FigureFields {...form} content={content} />
        </>
      );
    case "photo":
      return (
        <>
          <ShownBlock id={block.id} content={content} number={props.number} book={props.book} />
          <PhotoForm {...form} content={content} />
        </>
      );
    case "measure":
      return <MeasureForm {...form} content={content} />;
    case "table":
    case "kpi":
      return <SheetForm {...form} content={content} />;
    case "column":
      return <TextLine {...props} text={content.title} make={(title) => ({ ...content, title })} />;
    case "list":
      return (
        <TextLine
          {...props}
          text={content.items.join("\n")}
          make={(text) => ({ ...content, items: text.split("\n") })}
          lines
        />
      );
    case "heading":
    case "paragraph":
    case "footnote":
      return <TextLine {...props} text={content.text} make={(text) => ({ ...content, text })} />;
  }
}

/** 文だけの部分。打つたびの仕事は、読んで脇に置くことだけ（画面は描き直さない）。 */
function TextLine(
  props: RowProps & { focusAt: number; text: string; make: (text: string) => BlockContent; lines?: boolean },
) {
  const { block, book, number, memory, work, refreshed, focusAt, make, lines = false, caret } = props;
  const draft = memory.drafts.get(block.id)?.content ?? block.content;
  const text = textOf(draft) ?? props.text;
  const before = number && block.content.kind === "heading" ? <span className="num">{number}</span> : null;
  return (
    <div className={`line ${block.content.kind}${level(block.content)}`}>
      {before}
      <Editable
        label={`${number || kindLabels[block.content.kind]}の文`}
        {...{ text, book, refreshed, focusAt }}
        onText={(now) => work.type(block.id, make(now))}
        onCaret={(root) => {
          const at = selectionIn(root);
          if (at) caret.spot = { id: block.id, ...at };
        }}
        {...(lines ? {} : { onEnter: (at: number, now: string) => void split(props, at, now, make) })}
        onLeave={(step) => leave(props, step)}
        onErase={() => void work.remove(block.id)}
      />
    </div>
  );
}

function textOf(content: BlockContent): string | undefined {
  if ("text" in content) return content.text;
  if (content.kind === "list") return content.items.join("\n");
  return content.kind === "column" ? content.title : undefined;
}

function level(content: BlockContent): string {
  return content.kind === "heading" ? ` h${Math.min(content.level, 3)}` : "";
}

/** Enter: 後ろを新しい段落にする（見出しの後なら、空の段落）。 */
async function split(
  { block, book, work }: RowProps,
  at: number,
  text: string,
  make: (text: string) => BlockContent,
): Promise<void> {
  const [head, tail] = splitAt(text, at, book);
  if (tail !== "") work.type(block.id, make(head));
  await work.insert(block.id, { kind: "paragraph", text: tail });
}

function leave({ block, memory, work }: RowProps, step: -1 | 1): void {
  const { order } = memory.get();
  const shown = order.filter((id) => document.getElementById(`b-${id}`) !== null);
  const next = shown[shown.indexOf(block.id) + step];
  if (next !== undefined) work.activate(next);
}

function BlockBar({ block, memory, work }: RowProps) {
  const href = `/plans/${memory.get().plan}/blocks/${encodeURIComponent(block.id)}`;
  return (
    <p className="blk-bar sub">
      <span>
        {kindLabels[block.content.kind]}・第{block.version}版
      </span>
      <a href={href}>書き込み{block.comments > 0 ? ` ${block.comments}` : ""}・経過</a>
      <label className="inline">
        <span className="vh">この部分の状態</span>
        <select
          value={block.review}
          onChange={(event) =>
            void work.arrange(block.id, { act: "review", review: event.currentTarget.value as ReviewState })
          }
        >
          {reviewStates.map((state) => (
            <option key={state} value={state}>
              {reviewLabels[state]}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className="btn link" onClick={() => void work.move(block.id, -1)}>
        上へ
      </button>
      <button type="button" className="btn link" onClick={() => void work.move(block.id, 1)}>
        下へ
      </button>
      <button type="button" className="btn link" onClick={() => void work.remove(block.id)}>
        消す
      </button>
    </p>
  );
}

/** 重なった二つの文。どちらも残っている。 */
function Collision({
  aside,
  block,
  book,
  work,
}: {
  aside: EditorAside;
  block: EditorBlock;
  book: InlineBook;
  work: EditorWork;
}) {
  const now = textOf(block.content) ?? "";
  return (
    <section className="clash" aria-label="重なった文">
      <p className="noindent">
        <b>同じ文が、二人に直されました。</b>どちらを使うか決めてください。
      </p>
      <div className="two">
        <div>
          <p className="sub noindent">いまの文</p>
          <p className="noindent">
            <InlineText text={now} book={book} />
          </p>
          <button type="button" className="btn" onClick={() => void work.settle(aside.id, "drop")}>
            いまの文を残す
          </button>
        </div>
        <div>
          <p className="sub noindent">{aside.by || "もう一人"}の文</p>
          <p className="noindent">
            <InlineText text={aside.text} before={now} book={book} />
          </p>
          <button type="button" className="btn" onClick={() => void work.settle(aside.id, "use")}>
            こちらの文にする
          </button>
        </div>
      </div>
    </section>
  );
}
