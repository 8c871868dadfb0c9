import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton } from "../ui/button.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import type { SurveyHead } from "./open-survey.ts";

/** 調査の一覧。 */
export function SurveyListPage({ surveys, mayWork }: { surveys: readonly SurveyHead[]; mayWork: boolean }) {
  const waiting = surveys.filter(({ has }) => !has.answers).length;
  const title =
    surveys.length === 0
      ? "調査は、まだありません。"
      : waiting === 0
        ? `調査は${surveys.length}件。どれも回答があります。`
        : `調査は${surveys.length}件。${waiting}件は、まだ回答がありません。`;
  return (
    <>
      <PageHead
        crumb="調査"
        title={title}
        actions={
          mayWork ? (
            <LinkButton href="/surveys/new" look="main" icon="plus">
              調査を作る
            </LinkButton>
          ) : undefined
        }
      />
      <Table
        caption="調査の一覧"
        columns={[
          { key: "number", head: "番号", numeric: true, width: 4, cell: (one) => one.number },
          {
            ...{ key: "title", head: "調査", rowHead: true, wrap: true },
            cell: (one) => <a href={`/surveys/${one.id}`}>{one.title}</a>,
          },
          {
            ...{ key: "span", head: "期間", wrap: true, width: 20 },
            cell: ({ about: { from, to } }) =>
              from === "" ? "－" : `${formatWareki(from)} – ${to === "" ? "" : formatWareki(to)}`,
          },
          { key: "state", head: "いま", width: 10, cell: (one) => <StateOf survey={one} /> },
          {
            ...{ key: "changed", head: "変えた日", width: 10 },
            cell: (one) => formatWareki(dayOf(one.updatedAt)),
          },
        ]}
        rows={surveys}
        rowKey={(one) => one.id}
        empty={
          <p>
            <b>まだ一つもありません。</b>
            「調査を作る」から、調査の名と概要を書き、回答のファイルを取り込みます。
          </p>
        }
      />
    </>
  );
}

function StateOf({ survey: { has } }: { survey: SurveyHead }) {
  if (!has.answers) return <Status look="none">回答の前</Status>;
  if (!has.codebook) return <Status look="wait">コードブック</Status>;
  return <Status look="done">回答あり</Status>;
}
