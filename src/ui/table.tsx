import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** 列の幅（rem の目安。様式の .w2 – .w20）。 */
export type ColumnWidth = 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 12 | 14 | 16 | 20;

export interface Column<Row> {
  /** 並べ替えのときの列の名。 */
  key: string;
  /** 見出し。単位はここに書く。 */
  head: string;
  cell: (row: Row) => ReactNode;
  numeric?: boolean | undefined;
  width?: ColumnWidth | undefined;
  sortable?: boolean | undefined;
  /** この列が行の見出し。 */
  rowHead?: boolean | undefined;
  /** 折り返してよい文の列。 */
  wrap?: boolean | undefined;
}

export type SortDirection = "ascending" | "descending";

export interface Sort {
  key: string;
  direction: SortDirection;
  /** その列をその向きに並べる場所。 */
  href: (key: string, direction: SortDirection) => string;
}

export interface TableProps<Row> {
  /** 目に見えない表の名（読み上げ用）。 */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: Sort | undefined;
  selected?: ((row: Row) => boolean) | undefined;
  foot?: ReactNode;
  /** 行がないときに言うこと。なぜないか、次にどうするか。 */
  empty: ReactNode;
}

/** 行の表。言葉は左、数は右。行がなければ empty を言う。 */
export function Table<Row>({ caption, columns, rows, rowKey, sort, selected, foot, empty }: TableProps<Row>) {
  if (rows.length === 0) return <div className="empty">{empty}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: 狭い画面で横に動かす所なので、キーで入れる必要がある
    <div className="scroll-x" tabIndex={0} role="region" aria-label={caption}>
      <table className="tbl">
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} aria-selected={selected?.(row) ? true : undefined}>
              {columns.map((column) => (
                <BodyCell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
        {foot !== undefined && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

function classOf(...names: (string | false | undefined)[]): string | undefined {
  return names.filter((name) => name).join(" ") || undefined;
}

function HeadCell<Row>({ column, sort }: { column: Column<Row>; sort: Sort | undefined }) {
  const direction = sort?.key === column.key ? sort.direction : undefined;
  const className = classOf(column.numeric && "num", column.width && `w${column.width}`);
  if (!column.sortable || sort === undefined) {
    return (
      <th scope="col" className={className}>
        {column.head}
      </th>
    );
  }
  return (
    <th scope="col" className={className} aria-sort={direction}>
      <a href={sort.href(column.key, direction === "ascending" ? "descending" : "ascending")}>
        {column.head}
        {direction !== undefined && (
          <Icon
            name="down"
            className={direction === "ascending" ? "turn" : undefined}
            label={direction === "ascending" ? "小さい順" : "大きい順"}
          />
        )}
      </a>
    </th>
  );
}

function BodyCell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const className = classOf(column.numeric && "num", !column.wrap && "nb", column.wrap && "wrap");
  if (column.rowHead) {
    return (
      <th scope="row" className={className}>
        {column.cell(row)}
      </th>
    );
  }
  return <td className={className}>{column.cell(row)}</td>;
}

/** 前後のページ。一枚に収まれば何も出さない。page は 1 から。 */
export function Pagination(props: {
  label: string;
  page: number;
  pages: number;
  href: (page: number) => string;
}) {
  const { label, page, pages, href } = props;
  if (pages <= 1) return null;
  return (
    <nav className="pages" aria-label={label}>
      {page > 1 ? (
        <a className="btn" href={href(page - 1)} rel="prev">
          前へ
        </a>
      ) : null}
      <span>
        {page} / {pages}ページ
      </span>
      {page < pages ? (
        <a className="btn" href={href(page + 1)} rel="next">
          次へ
        </a>
      ) : null}
    </nav>
  );
}

/** 名と値の組。 */
export function Pairs({ items }: { items: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className="pairs">
      {items.map((item) => (
        <PairRow key={item.name} {...item} />
      ))}
    </dl>
  );
}

function PairRow({ name, value }: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
