import { LinkButton } from "../ui/button.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { Pagination, Table } from "../ui/table.tsx";
import type { CellPeople } from "./open-people.ts";

/** 一つの数のもとになった回答。番号と行だけ。刷らない。 */
export function PeoplePage(props: { people: CellPeople; survey: string; query: string; back: string }) {
  const { people, survey, query, back } = props;
  const root = `/surveys/${survey}/explore`;
  return (
    <div className="noprint">
      <PageHead
        crumb={
          <>
            <a href="/surveys">調査</a> ／ <a href={`${root}?${back}`}>クロス集計</a> ／ もとの回答
          </>
        }
        title={`${people.row}の「${people.column}」は、${people.total.toLocaleString("ja-JP")}通です。`}
        actions={<LinkButton href={`${root}?${back}`}>集計に戻る</LinkButton>}
      />
      <div className="pile">
        <Note tone="info" title="開いたことは記録されます。">
          番号と、取り込んだ表の行だけを示します。この一覧は紙に刷られません。
        </Note>
        <Table
          caption={people.title}
          columns={[
            { key: "id", head: "回答の番号", rowHead: true, cell: (one) => one.id },
            { key: "row", head: "集計の行", numeric: true, cell: (one) => one.row.toLocaleString("ja-JP") },
          ]}
          rows={people.people}
          rowKey={(one) => String(one.row)}
          empty="当てはまる回答はありません。"
        />
        <Pagination
          label="回答のページ"
          page={people.page}
          pages={people.pages}
          href={(page) => `${root}/people?${query}&page=${page}`}
        />
      </div>
    </div>
  );
}
