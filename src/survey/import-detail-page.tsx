import { columnKinds } from "../tabulation/describe-columns.ts";
import { columnRoles } from "../tabulation/propose-codebook.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import type { AnswerDifference, ColumnChange } from "./compare-answers.ts";
import { sourceText } from "./import-page.tsx";
import type { SurveyHead } from "./open-survey.ts";
import type { ReadImport } from "./read-import.ts";
import { SurveyTop } from "./survey-nav-panel.tsx";

/** 読んだ回答を、使うと決める前に見る: 前との違い、合わないところ、列ごとの見立て。 */
export function ImportPage(props: { csrf: string; survey: SurveyHead; read: ReadImport; mayWork: boolean }) {
  const { csrf, survey, read, mayWork } = props;
  const { row, current, uses, proposed, difference, misfits, codebook } = read;
  const meaning = (difference?.columns ?? []).filter(({ kind }) => kind === "meaning").length;
  const rows = row.answer_rows.toLocaleString("ja-JP");
  return (
    <>
      <SurveyTop
        survey={survey}
        here="imports"
        mayLook
        title={
          current
            ? `${rows}件の回答を、集計に使っています。`
            : `${sourceText(row)} から ${rows}件、${row.answer_columns}列を読みました。まだ使っていません。`
        }
      />
      <div className="pile">
        {meaning > 0 && (
          <Note
            tone="late"
            title={`意味の変わったらしい列が${meaning}つあります。下の「前との違い」をご確認ください。`}
          />
        )}
        {misfits.length > 0 && (
          <Note tone="due" title={`コードブックと合わないところが${misfits.length}つあります。`}>
            <ul>
              {misfits.slice(0, 20).map((one) => (
                <li key={`${one.question}${one.column}`}>{one.message}</li>
              ))}
            </ul>
          </Note>
        )}
        {mayWork && !current && (
          <form method="post" action={`/surveys/${survey.id}/imports/${row.id}/use`} className="survey-act">
            <Csrf token={csrf} />
            <input type="hidden" name="version" value={survey.version} />
            <Submit>この回答を使う</Submit>
            <LinkButton href={`/surveys/${survey.id}/imports`}>使わない</LinkButton>
            <span className="sub">
              {proposed
                ? `列から作った案（${codebook.questions.length}問）を、コードブックにします。あとで直せます。`
                : "いまの回答と置き換わります。前の回答にも、いつでも戻せます。"}
            </span>
          </form>
        )}
        {difference && <Difference difference={difference} />}
        <Section
          id="h-columns"
          title="列の見立て"
          sub={
            proposed
              ? "値から見分けました。違っていれば、コードブックの画面で直せます。"
              : "いまのコードブックでの役です。"
          }
        >
          <Table
            caption="列ごとの見立て"
            columns={[
              {
                key: "name",
                head: "列",
                rowHead: true,
                width: 10,
                wrap: true,
                cell: ({ look }) => look.name,
              },
              { key: "role", head: "役", width: 14, wrap: true, cell: (one) => columnRoles[one.role] },
              { key: "question", head: "設問", width: 6, cell: (one) => one.question ?? "－" },
              {
                key: "kind",
                head: "値の種類",
                width: 14,
                wrap: true,
                cell: ({ look }) => columnKinds[look.kind],
              },
              {
                key: "filled",
                head: "答え",
                numeric: true,
                width: 6,
                cell: ({ look }) => look.filled.toLocaleString("ja-JP"),
              },
              {
                ...{ key: "values", head: "多い値（件）", wrap: true },
                cell: ({ look }) =>
                  look.values.length === 0
                    ? look.because
                    : look.values
                        .slice(0, 5)
                        .map(({ value, count }) => `${[...value].slice(0, 16).join("")}（${count}）`)
                        .join("　"),
              },
            ]}
            rows={uses}
            rowKey={({ look }) => look.name}
            empty="列がありません。"
          />
        </Section>
      </div>
    </>
  );
}

const changeWords: Readonly<Record<ColumnChange["kind"], string>> = {
  added: "増えた",
  removed: "なくなる",
  meaning: "意味が変わったらしい",
  values: "新しい値",
};

function Difference({ difference }: { difference: AnswerDifference }) {
  const { added, removed, kept, changed, columns } = difference;
  const count = (value: number) => value.toLocaleString("ja-JP");
  return (
    <Section
      id="h-difference"
      title="前との違い"
      sub={`残る回答 ${count(kept)}件、増える ${count(added)}件、なくなる ${count(removed)}件、値の変わるます目 ${count(changed)}`}
    >
      <Table
        caption="列ごとの違い"
        columns={[
          { key: "name", head: "列", rowHead: true, width: 10, cell: (one) => one.name },
          { key: "kind", head: "違い", width: 12, cell: (one) => changeWords[one.kind] },
          { key: "message", head: "どう違うか", wrap: true, cell: (one) => one.message },
        ]}
        rows={columns.toSorted((a, b) => order(a) - order(b))}
        rowKey={(one) => one.name}
        empty="列の違いはありません。"
      />
    </Section>
  );
}

function order({ kind }: ColumnChange): number {
  return ["meaning", "removed", "values", "added"].indexOf(kind);
}
