import { formatMonthDay } from "../japan/wareki.ts";
import { ages, channels } from "../opinions/period-rule.ts";
import { LinkButton } from "../ui/button.tsx";
import { List } from "../ui/list-page.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import type { CommentBook, Letter } from "./read-book.ts";
import { standingLabels } from "./sort-letter.ts";

export interface LetterFilter {
  q: string;
  channel: string;
  state: string;
  page: number;
}

const PAGE = 50;

/** 届いた意見書の一覧。 */
export function LetterListPage(props: { book: CommentBook; filter: LetterFilter; may: boolean }) {
  const { book, filter, may } = props;
  const rows = filterLetters(book, filter);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const page = Math.min(pages, Math.max(1, filter.page));
  const marks = Map.groupBy(book.opinions, ({ letter }) => letter);
  const query = (n: number) =>
    `/comments/letters?${new URLSearchParams({ q: filter.q, channel: filter.channel, state: filter.state, page: String(n) })}`;
  const open = rows.filter(({ sorted }) => !sorted).length;
  return (
    <>
      <PageHead
        crumb={<a href="/comments">意見公募</a>}
        title={`${book.letters.length}通が届いています。`}
        actions={
          may && (
            <LinkButton href="/comments/receive" look="main" icon="plus">
              意見を受け取る
            </LinkButton>
          )
        }
      />
      <div className="pile">
        <List<Letter>
          action="/comments/letters"
          search={{ name: "q", label: "言葉", value: filter.q, placeholder: "意見の中の言葉、号" }}
          filters={[
            {
              ...{ name: "channel", label: "提出方法", value: filter.channel },
              choices: [
                { value: "", label: "すべて" },
                ...Object.entries(channels).map(([value, label]) => ({ value, label })),
              ],
            },
            {
              ...{ name: "state", label: "状態", value: filter.state },
              choices: [
                { value: "", label: "すべて" },
                { value: "new", label: "整理していない" },
                { value: "sorted", label: "整理済み" },
                { value: "aside", label: "数に入れない" },
                { value: "kids", label: "キッズコメント" },
                { value: "twice", label: "同じ方の何通か" },
              ],
            },
          ]}
          clearHref={filter.q || filter.channel || filter.state ? "/comments/letters" : undefined}
          count={`${rows.length}通（整理していない ${open}通）`}
          exports={[{ label: "Excel", href: "/comments/letters.xlsx" }]}
          table={{
            caption: "届いた意見書",
            columns: [
              {
                ...{ key: "name", head: "号", rowHead: true, width: 4 },
                cell: (one) => <a href={`/comments/letters/${one.id}`}>{one.name}</a>,
              },
              { key: "day", head: "届いた日", width: 6, cell: (one) => formatMonthDay(one.day) },
              { key: "channel", head: "提出方法", width: 6, cell: (one) => channels[one.channel] },
              {
                key: "age",
                head: "年代",
                width: 5,
                cell: (one) => `${ages[one.age]}${one.kids ? "（キッズ）" : ""}`,
              },
              { key: "ward", head: "区", width: 4, cell: (one) => one.ward || "－" },
              { key: "head", head: "書き出し", wrap: true, cell: (one) => headOf(one.text) },
              {
                ...{ key: "opinions", head: "意見（件）", numeric: true, width: 5 },
                cell: (one) => marks.get(one.id)?.length ?? 0,
              },
              { key: "state", head: "状態", width: 8, cell: (one) => <LetterStatus letter={one} /> },
            ],
            rows: rows.slice((page - 1) * PAGE, page * PAGE),
            rowKey: (one) => one.id,
            empty: "あてはまる意見書はありません。絞り込みを変えてください。",
          }}
          pagination={{ page, pages, href: query }}
        />
      </div>
    </>
  );
}

/** 一覧に出す通。 */
export function filterLetters(
  book: CommentBook,
  { q, channel, state }: Omit<LetterFilter, "page">,
): Letter[] {
  const words = q.normalize("NFKC").trim().toLowerCase();
  const seen = new Map<string, number>();
  for (const { people } of book.letters) for (const one of people) seen.set(one, (seen.get(one) ?? 0) + 1);
  return book.letters.filter(
    (one) =>
      (channel === "" || one.channel === channel) &&
      (words === "" ||
        one.name.endsWith(words) ||
        one.text.normalize("NFKC").toLowerCase().includes(words)) &&
      (state === "" ||
        (state === "new" && !one.sorted && one.standing === "counted") ||
        (state === "sorted" && one.sorted) ||
        (state === "aside" && one.standing !== "counted") ||
        (state === "kids" && one.kids) ||
        (state === "twice" && one.people.some((person) => (seen.get(person) ?? 0) > 1))),
  );
}

function headOf(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain === "") return "（白紙）";
  return [...plain].length > 44 ? `${[...plain].slice(0, 44).join("")}…` : plain;
}

function LetterStatus({ letter }: { letter: Letter }) {
  if (letter.standing !== "counted")
    return <Status look="none">{standingLabels[letter.standing].replace(/（.*）/, "")}</Status>;
  return letter.sorted ? <Status look="done">整理済み</Status> : <Status look="wait">これから</Status>;
}
