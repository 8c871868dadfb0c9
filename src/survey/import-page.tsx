import type { Fault } from "../base/error.ts";
import { dayOf, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import type { ImportRecord } from "./import-answers.ts";
import type { SurveyHead } from "./open-survey.ts";
import { SurveyTop } from "./survey-nav-panel.tsx";

/** 回答のファイルを選ぶ。下に、これまでの取り込み。 */
export function ImportsPage(props: {
  csrf: string;
  survey: SurveyHead;
  current: string | null;
  imports: readonly ImportRecord[];
  faults: readonly Fault[];
  message?: string | undefined;
  mayWork: boolean;
}) {
  const { csrf, survey, current, imports, faults, message, mayWork } = props;
  const used = imports.find(({ id }) => id === current);
  return (
    <>
      <SurveyTop
        survey={survey}
        here="imports"
        mayLook
        title={
          used
            ? `${used.number}回目に読んだ${used.answer_rows.toLocaleString("ja-JP")}件の回答を使っています。`
            : "回答のファイルを取り込みます。"
        }
      />
      <div className="pile">
        {mayWork && (
          <form
            method="post"
            action={`/surveys/${survey.id}/imports`}
            encType="multipart/form-data"
            className="pile upload"
          >
            <Csrf token={csrf} />
            <FileField
              id="file"
              label="回答のファイル（.xlsx .csv）"
              required
              error={message}
              help="1行目が列の名、2行目から一人一行。文字コードは UTF-8、Shift_JIS、UTF-16 などを自動で見分けます。読むだけでは集計に使わず、列の見立てと前との違いを見てから決めます。"
            />
            {faults.length > 0 && (
              <ul className="survey-faults">
                {faults.slice(0, 20).map((fault) => (
                  <li key={`${fault.row}${fault.message}`}>
                    {fault.row === undefined ? "" : `${fault.row}行目　`}
                    {fault.message}
                  </li>
                ))}
              </ul>
            )}
            <p className="acts">
              <Submit>読む</Submit>
            </p>
          </form>
        )}
        <Section id="h-imports" title="これまでに読んだもの">
          <Table
            caption="取り込みの一覧"
            columns={[
              { key: "number", head: "回", numeric: true, width: 3, cell: (one) => one.number },
              {
                ...{ key: "at", head: "いつ", width: 16, rowHead: true },
                cell: (one) => (
                  <a href={`/surveys/${survey.id}/imports/${one.id}`}>
                    {formatWareki(dayOf(one.made_at))} {minuteOf(one.made_at)}
                  </a>
                ),
              },
              {
                key: "rows",
                head: "行",
                numeric: true,
                width: 6,
                cell: (one) => one.answer_rows.toLocaleString("ja-JP"),
              },
              { key: "columns", head: "列", numeric: true, width: 5, cell: (one) => one.answer_columns },
              { key: "source", head: "もと", width: 12, cell: (one) => sourceText(one) },
              { key: "used", head: "集計", cell: (one) => (one.id === current ? "使っています" : "") },
            ]}
            rows={imports}
            rowKey={(one) => one.id}
            empty="まだ読んでいません。"
          />
        </Section>
        {imports.length > 0 && (
          <Note tone="plain" title="取り込み直しても、直したことは回答の番号で引き継がれます。">
            番号の列がない回答は、行の順で突き合わせます。
          </Note>
        )}
      </div>
    </>
  );
}

const encodings: Readonly<Record<string, string>> = {
  xlsx: "Excel",
  "utf-8": "CSV（UTF-8）",
  "utf-16le": "CSV（UTF-16）",
  "utf-16be": "CSV（UTF-16）",
  shift_jis: "CSV（Shift_JIS）",
  "euc-jp": "CSV（EUC-JP）",
  "iso-2022-jp": "CSV（JIS）",
};

/** 何から読んだか。 */
export function sourceText({ source, encoding }: Pick<ImportRecord, "source" | "encoding">): string {
  return source === "entry" ? "打ち込み" : (encodings[encoding] ?? encoding);
}
