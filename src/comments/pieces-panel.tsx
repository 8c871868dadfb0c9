import type { TextPiece } from "../office/text-diff.ts";

/** 違いの中身。消えた字と増えた字を、色のほかに下線・取消し線と読み上げの言葉でも分ける。 */
export function DiffPieces(props: {
  pieces: readonly TextPiece[];
  /** 同じ所の見せ方（長いときに縮める）。省けば、そのまま。 */
  same?: (text: string, at: number) => string;
}) {
  const { pieces, same = (text: string) => text } = props;
  return pieces.map((piece, at) => {
    const key = `${at}${piece.kind}`;
    if (piece.kind === "removed")
      return (
        <del key={key} className="d">
          <span className="vh">削除：</span>
          {piece.text}
        </del>
      );
    if (piece.kind === "added")
      return (
        <ins key={key} className="d">
          <span className="vh">追加：</span>
          {piece.text}
        </ins>
      );
    return <span key={key}>{same(piece.text, at)}</span>;
  });
}
