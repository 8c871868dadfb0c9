import { xmlText } from "../office/word-text.ts";
import type { TextBinder } from "./bound-text.ts";
import type { Manuscript, ManuscriptBlock } from "./manuscript.ts";
import { measureTree, roadmap, upperMap } from "./plan-drawing.ts";
import type { MergedCell } from "./table-merge.ts";

/** 表。題、列と行の見出し、結合、数の右寄せ。中身は、もう HTML になっているもの。 */
export function webTable(
  id: string,
  caption: string,
  header: readonly (readonly MergedCell[])[],
  rows: readonly (readonly MergedCell[])[],
): string {
  const shown = (row: readonly MergedCell[]) => row.filter(({ covered }) => !covered);
  const size = ({ span, down }: MergedCell) =>
    `${span > 1 ? ` colspan="${span}"` : ""}${down > 1 ? ` rowspan="${down}"` : ""}`;
  const head = header.map(
    (row) =>
      `<tr>${shown(row)
        .map((cell) => `<th scope="${cell.span > 1 ? "colgroup" : "col"}"${size(cell)}>${cell.text}</th>`)
        .join("")}</tr>`,
  );
  const body = rows.map((row) => {
    const cells = shown(row).map((cell) => {
      if (cell.at === 0)
        return `<th scope="${cell.down > 1 ? "rowgroup" : "row"}"${size(cell)}>${cell.text}</th>`;
      const number = /^[-−△▲]?[\d,.]+[%％人件分]?$/.test(cell.text) ? ' class="n"' : "";
      return `<td${number}${size(cell)}>${cell.text}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<table ${id}><caption>${caption}</caption><thead>${head.join("")}</thead><tbody>${body.join("")}</tbody></table>`;
}

/** 原稿から描く図: 体系図は並び、地図と工程は表。グラフなら undefined。 */
export function webDrawing(
  block: Extract<ManuscriptBlock, { kind: "figure" }>,
  manuscript: Manuscript,
  binder: TextBinder,
): string | undefined {
  if (block.form === "tree")
    return `<ul class="tree">${measureTree(manuscript, binder)
      .map(
        ({ label, measures }) =>
          `<li><b>${xmlText(label)}</b><ul>${measures.map((one) => `<li><a href="#${xmlText(one.id)}">${xmlText(`${one.number}　${one.title}`)}</a></li>`).join("")}</ul></li>`,
      )
      .join("")}</ul>`;
  if (block.form === "map") return mapHtml(manuscript, binder);
  return block.form === "roadmap" ? roadHtml(manuscript, binder) : undefined;
}

function mapHtml(manuscript: Manuscript, binder: TextBinder): string {
  const { plans, items, rows } = upperMap(manuscript, binder);
  const groups = plans.map(
    ({ name, span }) => `<th scope="colgroup" colspan="${span}">${xmlText(name)}</th>`,
  );
  const codes = items.map(
    ({ code, label }) => `<th scope="col"><abbr title="${xmlText(label)}">${xmlText(code)}</abbr></th>`,
  );
  const body = rows.map(
    (row) =>
      `<tr><th scope="row"><a href="#${xmlText(row.id)}">${xmlText(`${row.number}　${row.title}`)}</a></th>${row.marks.map((on) => (on ? '<td class="on">●</td>' : "<td></td>")).join("")}</tr>`,
  );
  return `<div class="wide" tabindex="0" role="region" aria-label="施策と上位計画の項目との対応"><table><thead><tr><td rowspan="2"></td>${groups.join("")}</tr><tr>${codes.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

function roadHtml(manuscript: Manuscript, binder: TextBinder): string {
  const { years, rows } = roadmap(manuscript, binder);
  const head = years.map(
    ({ year, label }) => `<th scope="col"><abbr title="${year}年度">${label}</abbr></th>`,
  );
  const body = rows.map((row) => {
    const cells = years.map(({ year }) => {
      if (year < row.from || year > row.to) return "<td></td>";
      return `<td class="bar">${year === row.from ? "開始" : year === row.to ? "完了" : "→"}</td>`;
    });
    return `<tr><th scope="row">${xmlText(`${row.number}　${row.title}`)}</th>${cells.join("")}</tr>`;
  });
  return `<div class="wide" tabindex="0" role="region" aria-label="施策の工程"><table><thead><tr><td></td>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}
