import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import type { CheckedCopy } from "./check-delivered.ts";

const answers = {
  same: { tone: "done", title: "渡したファイルそのものです。書き換えられていません。" },
  rewrapped: { tone: "info", title: "中身は渡したものです。パスワードが付け直されています。" },
  other: { tone: "due", title: "書き換えはありませんが、この事務所が渡した記録のないファイルです。" },
} as const;

/** 戻ってきたパスワード付きのファイルを確かめる画面。 */
export function CheckDeliveredPage(props: {
  csrf: string;
  fault?: string | undefined;
  checked?: CheckedCopy | undefined;
}) {
  const { csrf, fault, checked } = props;
  return (
    <>
      <PageHead
        crumb={<a href="/lists">予約者リスト</a>}
        title="戻ってきたファイルが、渡したままかを確かめます。"
      />
      <div className="pile wide">
        {fault !== undefined && <Note tone="late" title={fault} />}
        {checked && (
          <Note tone={answers[checked.result].tone} title={answers[checked.result].title}>
            {checked.madeAt !== undefined &&
              `${formatWareki(dayOf(checked.madeAt))}に作った写し${checked.recipient ? `（渡した相手: ${checked.recipient}）` : ""}。`}
            <code>{checked.sha256}</code>
          </Note>
        )}
        <form method="post" action="/lists/check" encType="multipart/form-data" className="pile upload">
          <Csrf token={csrf} />
          <FileField
            id="file"
            label="戻ってきたファイル"
            required
            accept=".xlsx,.xlsm,.docx"
            help="パスワードの付いたままのファイル。中身は残しません。"
          />
          <TextField id="password" label="パスワード" required code autoComplete="off" maxLength={127} />
          <div className="acts">
            <Submit size="tall">確かめる</Submit>
          </div>
        </form>
      </div>
    </>
  );
}
