import type { EditorTrack } from "./editor.ts";
import { FigurePanel } from "./figure-panel.tsx";
import { type InlineBook, pictureHref } from "./inline.ts";
import { InlineText } from "./inline-panel.tsx";
import type { BlockContent } from "./plan-block.ts";

export interface ShownProps {
  id: string;
  content: BlockContent;
  number: string;
  book: InlineBook;
  tracked?: EditorTrack | null | undefined;
}

/** 一つの部分（読む形）。 */
export function ShownBlock({ id, content, number, book, tracked }: ShownProps) {
  const was = tracked === null || tracked === undefined ? undefined : (tracked.before ?? blank);
  switch (content.kind) {
    case "heading":
      return <Heading {...{ content, number, book }} before={textOf(was)} />;
    case "paragraph":
      return (
        <p>
          <InlineText text={content.text} book={book} before={textOf(was)} marksLong />
          {content.text === "" && <span className="sub">（空の段落）</span>}
        </p>
      );
    case "list":
      return <ListItems content={content} book={book} was={was} />;
    case "table":
    case "kpi":
      return <Sheet {...{ content, number, book }} was={was} />;
    case "figure":
      return (
        <figure>
          <figcaption>
            {number}　<InlineText text={content.caption} book={book} />
            {content.unit !== "" && `（${content.unit}）`}
          </figcaption>
          <FigurePanel figure={content} rows={book.tables[content.data]} />
          {content.source !== "" && (
            <p className="sub noindent">
              出典：
              <InlineText text={content.source} book={book} />
            </p>
          )}
        </figure>
      );
    case "photo":
      return (
        <figure>
          <figcaption>
            {number}　{content.caption}
          </figcaption>
          {book.plan !== undefined && /\.(?:png|jpe?g)$/i.test(content.src) && (
            <img
              className="blk-photo"
              src={pictureHref(book.plan, content.src)}
              alt={content.alt}
              loading="lazy"
            />
          )}
          <p className="sub noindent">
            画像 {content.src || "（まだありません）"}　権利 {content.rights || "（まだ書かれていません）"}
          </p>
        </figure>
      );
    case "measure":
      return (
        <div className="blk-head">
          <p className="noindent">
            <b>
              {number}　{content.title}
            </b>
            <span className="sub">
              {"　"}
              {content.owner}
              {content.period ? `　${content.period}` : ""}
              {content.upper.length > 0 ? `　上位計画 ${content.upper.join("、")}` : ""}
            </span>
          </p>
        </div>
      );
    case "column":
      return (
        <div className="blk-head">
          <p className="noindent">
            <b>
              {number}　{content.title}
            </b>
          </p>
        </div>
      );
    case "footnote":
      return (
        <p className="sub noindent">
          {`注 ${id}　`}
          <InlineText text={content.text} book={book} />
        </p>
      );
  }
}

const blank: BlockContent = { kind: "paragraph", text: "" };

function textOf(content: BlockContent | undefined): string | undefined {
  if (content === undefined) return undefined;
  return "text" in content ? content.text : "";
}

function Heading({
  content,
  number,
  book,
  before,
}: {
  content: Extract<BlockContent, { kind: "heading" }>;
  number: string;
  book: InlineBook;
  before: string | undefined;
}) {
  const Tag = (["h2", "h3", "h4"] as const)[Math.min(content.level, 3) - 1] ?? "h4";
  return (
    <Tag>
      {number}
      {number !== "" && "　"}
      <InlineText text={content.text} book={book} before={before} />
    </Tag>
  );
}

function ListItems({
  content,
  book,
  was,
}: {
  content: Extract<BlockContent, { kind: "list" }>;
  book: InlineBook;
  was: BlockContent | undefined;
}) {
  const Tag = content.ordered ? "ol" : "ul";
  const before = was?.kind === "list" ? was.items : was === undefined ? undefined : [];
  return (
    <Tag className="doc-list">
      {content.items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: 項目は並びで決まる
        <li key={at}>
          <InlineText text={item} book={book} before={before && (before[at] ?? "")} />
        </li>
      ))}
    </Tag>
  );
}

function Sheet({
  content,
  number,
  book,
  was,
}: {
  content: Extract<BlockContent, { kind: "table" | "kpi" }>;
  number: string;
  book: InlineBook;
  was: BlockContent | undefined;
}) {
  const before = was?.kind === "table" || was?.kind === "kpi" ? was.rows : was === undefined ? undefined : [];
  return (
    <div className="doc-sheet">
      <table className="doc-tbl">
        <caption>
          {number}　<InlineText text={content.caption} book={book} />
        </caption>
        <thead>
          <tr>
            {content.header.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: 列は並びで決まる
              <th key={at} scope="col">
                <InlineText text={cell} book={book} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {content.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: 行は並びで決まる
            <tr key={at}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: 列は並びで決まる
                <td key={column}>
                  <InlineText text={cell} book={book} before={before && (before[at]?.[column] ?? "")} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
