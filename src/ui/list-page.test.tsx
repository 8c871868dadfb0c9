import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { markupFaults } from "../testing/markup.ts";
import { List, type ListProps } from "./list-page.tsx";

interface Row {
  id: string;
  seats: number;
}

function props(rows: Row[]): ListProps<Row> {
  return {
    action: "/classes",
    search: { name: "q", label: "会場", value: "麻生" },
    filters: [
      {
        name: "ward",
        label: "区",
        value: "北区",
        choices: [
          { value: "", label: "すべて" },
          { value: "北区", label: "北区" },
        ],
      },
    ],
    keep: { sort: "seats" },
    count: "2件",
    exports: [{ label: "Excel", href: "/classes.xlsx" }],
    table: {
      caption: "講習会",
      rows,
      rowKey: (row) => row.id,
      columns: [
        { key: "id", head: "番号", cell: (row) => row.id, rowHead: true, sortable: true },
        { key: "seats", head: "残席（席）", cell: (row) => row.seats, numeric: true, sortable: true },
      ],
      sort: {
        key: "seats",
        direction: "ascending",
        href: (key, direction) => `/classes?sort=${key}&dir=${direction}`,
      },
      empty: "条件に合う講習会はありません。",
    },
    pagination: { page: 2, pages: 3, href: (page) => `/classes?page=${page}` },
  };
}

function render(rows: Row[]): string {
  return renderToStaticMarkup(<List {...props(rows)} />);
}

const rows = [
  { id: "1", seats: 3 },
  { id: "2", seats: 10 },
];

test("一覧に、方針に触れる所も宙に浮いた参照もない", () => {
  const faults = markupFaults(`<h1>一覧</h1>${render(rows)}`).filter((fault) => !fault.includes("i-"));
  expect(faults).toEqual([]);
});

test("並んでいる列は向きを言い、もう一度押すと逆になる", () => {
  const html = render(rows);
  expect(html).toContain('aria-sort="ascending"');
  expect(html).toContain("/classes?sort=seats&amp;dir=descending");
  expect(html).toContain("/classes?sort=id&amp;dir=ascending");
});

test("数の列は右、行の見出しは th、検索と絞り込みは値を残す", () => {
  const html = render(rows);
  expect(html).toContain('<td class="num nb">10</td>');
  expect(html).toContain('<th scope="row" class="nb">1</th>');
  expect(html).toContain('value="麻生"');
  expect(html).toContain('<option value="北区" selected="">北区</option>');
  expect(html).toContain('<input type="hidden" name="sort" value="seats"/>');
});

test("行がなければ表を描かず、なぜないかを言う", () => {
  const html = render([]);
  expect(html).not.toContain("<table");
  expect(html).toContain("条件に合う講習会はありません。");
});
