import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Note } from "../ui/note.tsx";

export interface HiddenWords {
  /** hidden=伏せた所がある、shown=記録を残して見ている、none=伏せる所がない。 */
  state: "hidden" | "shown" | "none";
}

/** 伏せた所を見る釦。見ているあいだは、伏せ直す道を出す。 */
export function HiddenWordsPanel({ state, at, csrf }: HiddenWords & { at: string; csrf: string }) {
  if (state === "none") return null;
  if (state === "shown")
    return (
      <div className="row wrap mt1 noprint">
        <Note tone="plain">見たことが記録に残りました。用が済んだら伏せてください。</Note>
        <LinkButton href={at}>伏せる</LinkButton>
      </div>
    );
  return (
    <form method="post" action={`${at}/reveal`} className="row wrap mt1 noprint">
      <Csrf token={csrf} />
      <Submit icon="eye" look="second">
        伏せた所を見る
      </Submit>
      <span className="sub">見た人と時刻が記録に残ります。</span>
    </form>
  );
}
