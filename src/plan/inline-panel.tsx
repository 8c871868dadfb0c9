import { Fragment, type ReactNode } from "react";
import { diffText } from "../office/text-diff.ts";
import { type InlineBook, type InlinePiece, labelOf, parseInline, TOKEN } from "./inline.ts";
import { sentencesOf } from "./merge-text.ts";
import { SENTENCE_LIMIT } from "./split-sentence.ts";

/** 本文の字。印は番号・数・注になる。before があれば、消した字と足した字を見せる。 */
export function InlineText({
  text,
  book,
  before,
  marksLong = false,
}: {
  text: string;
  book: InlineBook;
  before?: string | undefined;
  /** 長すぎる文に波線を引く。 */
  marksLong?: boolean;
}) {
  if (before !== undefined && before !== text) return <Changed {...{ text, before, book }} />;
  if (!marksLong) return <Pieces text={text} book={book} />;
  return (
    <>
      {sentencesOf(text).map((sentence, at) =>
        sentence.replaceAll("**", "").length > SENTENCE_LIMIT ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: 文に身元はなく、並びが身元
          <span key={at} className="hard">
            <Pieces text={sentence} book={book} />
          </span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: 同上
          <Pieces key={at} text={sentence} book={book} />
        ),
      )}
    </>
  );
}

function Pieces({ text, book }: { text: string; book: InlineBook }) {
  return parseInline(text).map((piece, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: 字のまとまりに身元はない
    <Fragment key={at}>{pieceNode(piece, book)}</Fragment>
  ));
}

function pieceNode(piece: InlinePiece, book: InlineBook): ReactNode {
  if (piece.kind === "ruby") {
    const { word, reading } = piece;
    const ruby = (
      <ruby>
        {word}
        <rp>（</rp>
        <rt>{reading}</rt>
        <rp>）</rp>
      </ruby>
    );
    return piece.bold ? <b>{ruby}</b> : ruby;
  }
  const { text, missing } = labelOf(piece, book);
  const inside = piece.kind === "text" ? text : <span className={missing ? "tok bad" : "tok"}>{text}</span>;
  return piece.bold ? <b>{inside}</b> : inside;
}

const FIRST = 0xe000;
/** 印と、太字の印。 */
const MARK = new RegExp(`${TOKEN.source}|\\*\\*`, "gu");

/** 印を一字に置き換えて差を取る（印の途中で切れないように）。 */
function Changed({ text, before, book }: { text: string; before: string; book: InlineBook }) {
  const tokens: string[] = [];
  const fold = (words: string) =>
    words.replace(MARK, (token) => {
      let at = tokens.indexOf(token);
      if (at < 0) at = tokens.push(token) - 1;
      return String.fromCharCode(FIRST + at);
    });
  const unfold = (words: string) =>
    words.replace(/[\ue000-\uf8ff]/g, (char) => tokens[char.charCodeAt(0) - FIRST] ?? "");
  return diffText(fold(before), fold(text)).map(({ kind, text: words }, at) => {
    const shown = unfold(words).replaceAll("**", "");
    // biome-ignore lint/suspicious/noArrayIndexKey: 差のまとまりに身元はない
    return <Part key={at} kind={kind} text={shown} book={book} />;
  });
}

function Part({ kind, text, book }: { kind: "same" | "removed" | "added"; text: string; book: InlineBook }) {
  if (kind === "same") return <Pieces text={text} book={book} />;
  const Tag = kind === "removed" ? "del" : "ins";
  return (
    <Tag className="d">
      <span className="vh">{kind === "removed" ? "削除：" : "追加："}</span>
      <Pieces text={text} book={book} />
    </Tag>
  );
}
