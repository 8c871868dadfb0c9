import type { ReactNode } from "react";
import { LinkButton, PrintButton, Submit } from "./button.tsx";
import { type Choice, Options } from "./field.tsx";
import { Icon } from "./icon.tsx";
import { Pagination, Table, type TableProps } from "./table.tsx";

export interface ListFilter {
  name: string;
  label: string;
  choices: readonly Choice[];
  value: string;
}

export interface ListProps<Row> {
  /** 検索と絞り込みの送り先（GET）。 */
  action: string;
  search?: { name: string; label: string; value: string; placeholder?: string | undefined } | undefined;
  filters?: readonly ListFilter[] | undefined;
  /** 絞り込みで失わずに送る値（並べ替えなど）。 */
  keep?: Readonly<Record<string, string>> | undefined;
  /** 数の一文。例: "338人のうち12人"。 */
  count: ReactNode;
  /** 何かで絞っているとき、すべてを見る場所。 */
  clearHref?: string | undefined;
  /** 書き出し。例: { label: "Excel", href: "…" }。 */
  exports?: readonly { label: string; href: string }[] | undefined;
  /** 印刷のための紙面があればその場所、なければこの画面を印刷する。 */
  printHref?: string | undefined;
  table: TableProps<Row>;
  pagination?: { page: number; pages: number; href: (page: number) => string } | undefined;
}

/** 一覧の型: 検索・絞り込み → 数の一文と書き出し → 表 → ページ。 */
export function List<Row>(props: ListProps<Row>) {
  const { table, pagination } = props;
  return (
    <>
      <ListFilters {...props} />
      <ListCount {...props} />
      <Table {...table} />
      {pagination !== undefined && <Pagination label={`${table.caption}のページ`} {...pagination} />}
    </>
  );
}

function ListFilters<Row>({ action, search, filters = [], keep = {} }: ListProps<Row>) {
  if (search === undefined && filters.length === 0) return null;
  return (
    <form className="filters noprint" method="get" action={action} role="search">
      {Object.entries(keep).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {search !== undefined && (
        <div className="find">
          <label htmlFor="list-search">{search.label}</label>
          <input
            type="search"
            id="list-search"
            name={search.name}
            defaultValue={search.value}
            placeholder={search.placeholder}
          />
          <Icon name="search" />
        </div>
      )}
      {filters.map((filter) => (
        <div key={filter.name}>
          <label htmlFor={`list-${filter.name}`}>{filter.label}</label>
          <select id={`list-${filter.name}`} name={filter.name} defaultValue={filter.value}>
            <Options choices={filter.choices} />
          </select>
        </div>
      ))}
      <Submit look="normal">絞り込む</Submit>
    </form>
  );
}

function ListCount<Row>({ count, clearHref, exports = [], printHref }: ListProps<Row>) {
  return (
    <div className="count">
      <p>{count}</p>
      {clearHref !== undefined && (
        <a className="sub noprint" href={clearHref}>
          すべて見る
        </a>
      )}
      <div className="end noprint">
        {exports.map((each) => (
          <LinkButton key={each.href} href={each.href} icon="save">
            {each.label}
          </LinkButton>
        ))}
        {printHref === undefined ? (
          <PrintButton />
        ) : (
          <LinkButton href={printHref} icon="print">
            印刷
          </LinkButton>
        )}
      </div>
    </div>
  );
}
