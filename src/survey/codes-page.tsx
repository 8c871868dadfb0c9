import { Table } from "../ui/table.tsx";
import type { SurveyHead } from "./open-survey.ts";
import { SurveyTop } from "./survey-nav-panel.tsx";

/** 自由記述の設問の一覧。 */
export function CodesPage(props: {
  survey: SurveyHead;
  questions: readonly { id: string; text: string; answers: number; coded: number }[];
}) {
  const { survey, questions } = props;
  return (
    <>
      <SurveyTop
        survey={survey}
        here="codes"
        mayLook
        title={
          questions.length === 0
            ? "自由記述の設問はありません。"
            : `自由記述は${questions.length}問。回答に符号を付けると、集計できます。`
        }
      />
      <Table
        caption="自由記述の設問"
        columns={[
          {
            ...{ key: "id", head: "設問", width: 5, rowHead: true },
            cell: ({ id }) => <a href={`/surveys/${survey.id}/codes/${encodeURIComponent(id)}`}>{id}</a>,
          },
          { key: "text", head: "設問文", wrap: true, cell: ({ text }) => text },
          {
            key: "answers",
            head: "書いた人",
            numeric: true,
            width: 7,
            cell: ({ answers }) => answers.toLocaleString("ja-JP"),
          },
          {
            key: "coded",
            head: "符号あり",
            numeric: true,
            width: 7,
            cell: ({ coded }) => coded.toLocaleString("ja-JP"),
          },
        ]}
        rows={questions}
        rowKey={({ id }) => id}
        empty="コードブックで、設問の種類を「文を書く」にすると、ここに並びます。"
      />
    </>
  );
}
