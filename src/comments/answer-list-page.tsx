import type { AnswerFault } from "../opinions/answer-check.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { List } from "../ui/list-page.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import type { CommentBook, Group } from "./read-book.ts";

export interface AnswerFilter {
  status: string;
  state: string;
  q: string;
  page: number;
}

const PAGE = 50;

export interface AnswerListProps {
  csrf: string;
  book: CommentBook;
  faults: readonly AnswerFault[];
  unanswered: number;
  filter: AnswerFilter;
  may: boolean;
}

/** 答えの一覧: まだのもの、気になる点のあるものが先。 */
export function AnswerListPage({ csrf, book, faults, unanswered, filter, may }: AnswerListProps) {
  const byGroup = Map.groupBy(faults, ({ id }) => id);
  const rows = filterGroups(book, filter, byGroup);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const page = Math.min(pages, Math.max(1, filter.page));
  const query = (n: number) =>
    `/comments/answers?${new URLSearchParams({ q: filter.q, status: filter.status, state: filter.state, page: String(n) })}`;
  const loose = book.opinions.filter(
    ({ group, code, letter }) =>
      group === null && code !== null && book.letterOf.get(letter)?.standing === "counted",
  ).length;
  return (
    <>
      <PageHead
        crumb={<a href="/comments">意見公募</a>}
        title={unanswered > 0 ? `答えのない意見が${unanswered}件あります。` : "すべての意見に答えました。"}
        actions={
          may &&
          loose > 0 && (
            <form method="post" action="/comments/answers/prepare">
              <Csrf token={csrf} />
              <Submit>残りの{loose}件に答えの欄を作る</Submit>
            </form>
          )
        }
      />
      <div className="pile">
        <List<Group>
          action="/comments/answers"
          search={{ name: "q", label: "言葉", value: filter.q, placeholder: "概要・考え方の言葉、No." }}
          filters={[
            {
              ...{ name: "status", label: "区分", value: filter.status },
              choices: [
                { value: "", label: "すべて" },
                ...book.period.statuses.map(({ code, label }) => ({
                  value: code,
                  label: `${code} ${label}`,
                })),
              ],
            },
            {
              ...{ name: "state", label: "状態", value: filter.state },
              choices: [
                { value: "", label: "すべて" },
                { value: "open", label: "まだ書いていない" },
                { value: "fault", label: "気になる点がある" },
                { value: "asked", label: "部局に確認中" },
                { value: "agreed", label: "確認済み" },
              ],
            },
          ]}
          clearHref={filter.q || filter.status || filter.state ? "/comments/answers" : undefined}
          count={`${rows.length}件の答え`}
          pagination={{ page, pages, href: query }}
          table={{
            caption: "答え",
            columns: [
              {
                ...{ key: "no", head: "No.", rowHead: true, width: 4, numeric: true },
                cell: (one) => <a href={`/comments/answers/${one.id}`}>{one.number}</a>,
              },
              { key: "code", head: "分類", width: 4, cell: (one) => one.code || "－" },
              {
                key: "summary",
                head: "意見の概要",
                wrap: true,
                cell: (one) => clip(one.summary) || "（まだ）",
              },
              { key: "n", head: "件数", numeric: true, width: 4, cell: (one) => one.members.length },
              {
                key: "answer",
                head: "市の考え方",
                wrap: true,
                cell: (one) => clip(one.answer) || "（まだ）",
              },
              { key: "status", head: "区分", width: 4, cell: (one) => one.status || "－" },
              {
                key: "state",
                head: "状態",
                width: 9,
                cell: (one) => <GroupStatus group={one} faults={byGroup.get(one.id) ?? []} />,
              },
            ],
            rows: rows.slice((page - 1) * PAGE, page * PAGE),
            rowKey: (one) => one.id,
            empty: "あてはまる答えはありません。意見を分類してから、答えの欄を作ってください。",
          }}
        />
      </div>
    </>
  );
}

function filterGroups(
  book: CommentBook,
  { status, state, q }: AnswerFilter,
  faults: ReadonlyMap<string, readonly AnswerFault[]>,
): Group[] {
  const words = q.normalize("NFKC").trim();
  const rank = (one: Group) => (one.answer === "" || one.status === "" ? 0 : faults.has(one.id) ? 1 : 2);
  return book.groups
    .filter(
      (one) =>
        (status === "" || one.status === status) &&
        (words === "" ||
          String(one.number) === words ||
          `${one.summary}${one.answer}`.normalize("NFKC").includes(words)) &&
        (state === "" ||
          (state === "open" && rank(one) === 0) ||
          (state === "fault" && faults.has(one.id)) ||
          one.state === state),
    )
    .sort((a, b) => rank(a) - rank(b) || a.number - b.number);
}

export function GroupStatus({ group, faults }: { group: Group; faults: readonly AnswerFault[] }) {
  if (group.state === "asked") return <Status look="wait">部局に確認中</Status>;
  if (group.drafted) return <Status look="warn">下書き（モデル）</Status>;
  if (group.answer === "" || group.status === "") return <Status look="none">まだ</Status>;
  if (faults.some(({ kind }) => kind === "change")) return <Status look="late">案の変更なし</Status>;
  if (faults.length > 0) return <Status look="warn">気になる点{faults.length}</Status>;
  return group.state === "agreed" ? (
    <Status look="done">確認済み</Status>
  ) : (
    <Status look="soon">書いた</Status>
  );
}

function clip(text: string): string {
  return [...text].length > 60 ? `${[...text].slice(0, 60).join("")}…` : text;
}
