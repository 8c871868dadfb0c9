/** 偽の投稿を防ぐ合い札の欄の名。受け取る側（platform）と同じ名を使う。 */
export const csrfField = "csrf";

/** 書き換える form のすべてに置く、見えない合い札。 */
export function Csrf({ token }: { token: string }) {
  return <input type="hidden" name={csrfField} value={token} />;
}
