import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { LinkButton } from "../ui/button.tsx";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { List } from "../ui/list-page.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import type { Column } from "../ui/table.tsx";
import { type BookName, bookNames, bookOf } from "./book.ts";
import { costText } from "./entry-document.ts";
import type { EntryFilter, ListedEntry } from "./list-entries.ts";

export interface EntryListPageProps {
  book: BookName;
  entries: readonly ListedEntry[];
  filter: EntryFilter;
  /** 帳簿ごとの、結んでいないものの数。 */
  open: Readonly<Record<BookName, number>>;
  late: number;
  /** その帳簿の、絞らない数。 */
  total: number;
  mayWrite: boolean;
}

/** 一つの帳簿の一覧。上の並びで帳簿を替える。 */
export function EntryListPage({ book, entries, filter, open, late, total, mayWrite }: EntryListPageProps) {
  const info = bookOf(book);
  const filtered = filter.state !== undefined || (filter.search ?? "") !== "";
  const here = `/registers?book=${book}`;
  return (
    <>
      <PageHead
        crumb="協議・提案の登録簿"
        title={
          <>
            {info.label}は、
            {open[book] > 0
              ? `${open[book]}件が${info.open}です。`
              : total === 0
                ? "まだ一件もありません。"
                : "すべて結んであります。"}
            {late > 0 && <span className="late">{late}件は期限を過ぎました。</span>}
          </>
        }
        actions={
          mayWrite ? (
            <LinkButton href={`/registers/new?book=${book}`} look="main" icon="plus">
              {info.series}を書く
            </LinkButton>
          ) : undefined
        }
      />
      <div className="pile">
        <SegmentedLinks
          label="帳簿"
          links={bookNames.map((name) => ({
            href: `/registers?book=${name}`,
            label: open[name] > 0 ? `${bookOf(name).label} ${open[name]}` : bookOf(name).label,
            current: name === book,
          }))}
        />
        <List
          action="/registers"
          keep={{ book }}
          search={{ name: "q", label: "言葉", value: filter.search ?? "", placeholder: "件名と書かれた文" }}
          filters={[
            {
              name: "state",
              label: "状態",
              value: filter.state ?? "",
              choices: [
                { value: "", label: "すべて" },
                { value: "open", label: info.open },
                { value: "closed", label: info.close.done },
              ],
            },
          ]}
          count={`${entries.length}件。期限を過ぎたもの、新しい日の順です。`}
          clearHref={filtered ? here : undefined}
          exports={[{ label: "Word", href: `/registers/books/${book}/word` }]}
          table={{
            caption: info.label,
            columns: columnsOf(book),
            rows: entries,
            rowKey: (entry) => entry.id,
            empty: filtered ? (
              <p>この条件に合うものはありません。言葉を短くするか、「すべて見る」を選んでください。</p>
            ) : (
              <p>
                <b>まだ一つもありません。</b>
                {info.help}
              </p>
            ),
          }}
        />
      </div>
    </>
  );
}

/** 形・言葉・色で言う状態。 */
export function EntryStatus({ entry }: { entry: ListedEntry }) {
  const open: StatusLook = entry.book === "permit" ? "done" : "wait";
  const look: StatusLook = entry.urgency ?? (entry.state === "open" ? open : "done");
  const expiring = entry.book === "permit" && entry.urgency !== undefined;
  const word = entry.urgency === "late" ? "期限切れ" : "まもなく期限";
  return <Status look={look}>{expiring ? word : entry.stateText}</Status>;
}

function columnsOf(book: BookName): Column<ListedEntry>[] {
  const info = bookOf(book);
  const day = (value: string | null) => (value === null ? "－" : formatMonthDay(value, { weekday: true }));
  return [
    { key: "number", head: "番号", width: 8, cell: (entry) => entry.numberText },
    {
      key: "held",
      head: info.day,
      numeric: true,
      width: info.expires ? 10 : 7,
      cell: (entry) => (info.expires ? formatWareki(entry.heldOn) : day(entry.heldOn)),
    },
    {
      key: "title",
      head: "件名",
      rowHead: true,
      wrap: true,
      cell: (entry) => <a href={`/registers/${entry.id}`}>{entry.title}</a>,
    },
    {
      key: "clause",
      head: "条項",
      width: 5,
      cell: (entry) => <span className="clause">{entry.clause || "－"}</span>,
    },
    ...(info.cost
      ? [
          {
            ...{ key: "cost", head: "費用", numeric: true, width: 7 },
            cell: (entry: ListedEntry) => (entry.cost === null ? "－" : costText(entry.cost)),
          } satisfies Column<ListedEntry>,
        ]
      : []),
    info.expires
      ? {
          ...{ key: "expires", head: "有効期限", numeric: true, width: 10 },
          cell: (entry) => (entry.expires === null ? "定めなし" : formatWareki(entry.expires)),
        }
      : { key: "due", head: info.due ?? "期限", numeric: true, width: 7, cell: (entry) => day(entry.due) },
    { key: "state", head: "状態", width: 7, cell: (entry) => <EntryStatus entry={entry} /> },
  ];
}
