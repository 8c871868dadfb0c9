import { xmlText } from "../office/word-text.ts";
import {
  type CountColumns,
  channelTable,
  countNotes,
  lineTable,
  type ResultBook,
  rowsByChapter,
} from "./result-book.ts";
import { cityWord } from "./result-document.ts";

/** 「意見の概要と市の考え方」の HTML。一つのファイルで、台本なし、外のものを読まない。見出しと表は読み上げに合わせてある。 */
export function resultWeb(book: ResultBook): string {
  const { counts, labels } = book;
  const city = cityWord(book);
  const title = `「${book.title}」に対する意見の概要と${city}の考え方`;
  const status = (key: string) => {
    const found = book.statuses.find(({ code }) => code === key);
    return found ? `${found.code} ${found.label}` : key;
  };
  const parts = [
    `<h1>${xmlText(title)}</h1>`,
    `<p>${lines(`${book.today}\n${[book.client, book.clientUnit].filter(Boolean).join("　")}`)}</p>`,
    `<nav aria-label="目次"><ul><li><a href="#about">意見募集の概要</a></li><li><a href="#counts">提出された意見の数</a></li><li><a href="#answers">意見の概要と${city}の考え方</a></li><li><a href="#changes">修正した箇所</a></li></ul></nav>`,
    `<h2 id="about">１　意見募集の概要</h2>`,
    pairs([
      ["案件名", book.title],
      ["募集期間", `${book.span}（${book.days}日間）`],
      ...book.published.map(({ label, text }): [string, string] => [label, text]),
    ]),
    `<h2 id="counts">２　提出された意見の数</h2>`,
    grid("提出方法別", channelTable(book)),
    grid("年代別", lineTable(counts.byAge, counts.total, labels.age, "年代")),
    grid(
      "章別",
      lineTable(counts.bySection, counts.total, (key) => key, "章"),
    ),
    grid("意見への対応の区分別", lineTable(counts.byStatus, counts.total, status, "区分")),
    `<ul>${countNotes(book)
      .map((note) => `<li>${xmlText(note)}</li>`)
      .join("")}</ul>`,
    `<h2 id="answers">３　意見の概要と${city}の考え方</h2>`,
    ...rowsByChapter(book).map(({ chapter, rows }) => answers(chapter, rows, city)),
    `<h2 id="changes">４　意見に基づき案を修正した箇所</h2>`,
    changes(book),
  ];
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${xmlText(title)}</title><style>${style}</style></head><body><main>${parts.join("\n")}</main></body></html>
`;
}

const style = `body{font-family:"Noto Sans JP","BIZ UDPGothic","Hiragino Sans","Yu Gothic UI",sans-serif;color:#1a1a1a;background:#fff;line-height:1.8;margin:0}main{max-width:64rem;margin:0 auto;padding:1.5rem}h1{font-size:1.6rem;line-height:1.4}h2{font-size:1.25rem;border-bottom:2px solid #1a1a1a;margin-top:2.5rem}h3{font-size:1.05rem;margin-top:2rem}table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}caption{text-align:left;font-weight:700;padding:.25rem 0}th,td{border:1px solid #767676;padding:.4rem .6rem;text-align:left;vertical-align:top}thead th,tbody th{background:#f2f2f2}td.n{text-align:right;white-space:nowrap}.scroll{overflow-x:auto}.scroll:focus-visible,a:focus-visible{outline:3px solid #000;outline-offset:2px;box-shadow:0 0 0 2px #ffd43d}a{color:#0017c1}@media print{main{max-width:none;padding:0}}`;

function lines(text: string): string {
  return xmlText(text).replaceAll("\n", "<br>");
}

function pairs(rows: readonly [string, string][]): string {
  return `<table><caption>募集の概要</caption><tbody>${rows.map(([name, value]) => `<tr><th scope="row">${xmlText(name)}</th><td>${lines(value)}</td></tr>`).join("")}</tbody></table>`;
}

function grid(caption: string, { head, rows }: CountColumns): string {
  const first = head[0] === "" ? "数え方" : (head[0] ?? "");
  return `<h3>${xmlText(caption)}</h3><div class="scroll" tabindex="0" role="region" aria-label="${xmlText(caption)}の表"><table><caption>${xmlText(caption)}</caption><thead><tr><th scope="col">${xmlText(first)}</th>${head
    .slice(1)
    .map((one) => `<th scope="col">${xmlText(one)}</th>`)
    .join(
      "",
    )}</tr></thead><tbody>${rows.map(([name = "", ...cells]) => `<tr><th scope="row">${xmlText(name)}</th>${cells.map((cell) => `<td class="n">${xmlText(cell)}</td>`).join("")}</tr>`).join("")}</tbody></table></div>`;
}

function answers(
  chapter: string,
  rows: ReturnType<typeof rowsByChapter>[number]["rows"],
  city: string,
): string {
  const body = rows
    .map(
      (row) =>
        `<tr><th scope="row">${row.no}</th><td>${lines(row.place)}</td><td>${lines(row.summary)}</td><td class="n">${row.opinions}</td><td>${lines(row.answer)}</td><td>${xmlText(row.status)}</td></tr>`,
    )
    .join("");
  return `<h3>${xmlText(chapter)}</h3><div class="scroll" tabindex="0" role="region" aria-label="${xmlText(chapter)}の意見の表"><table><caption>${xmlText(chapter)}</caption><thead><tr><th scope="col">No.</th><th scope="col">該当箇所</th><th scope="col">意見の概要</th><th scope="col">件数</th><th scope="col">${city}の考え方</th><th scope="col">区分</th></tr></thead><tbody>${body}</tbody></table></div>`;
}

function changes(book: ResultBook): string {
  if (book.changes.length === 0) return "<p>意見に基づき修正した箇所はありません。</p>";
  const body = book.changes
    .map(
      (one) =>
        `<tr><th scope="row">${one.no}</th><td>${lines(one.place)}</td><td>${lines(one.before || "（新設）")}</td><td>${lines(one.after || "（削除）")}</td><td>${lines(one.reason)}</td></tr>`,
    )
    .join("");
  return `<div class="scroll" tabindex="0" role="region" aria-label="修正した箇所の表"><table><caption>修正前と修正後</caption><thead><tr><th scope="col">意見No.</th><th scope="col">箇所</th><th scope="col">修正前</th><th scope="col">修正後</th><th scope="col">理由</th></tr></thead><tbody>${body}</tbody></table></div>`;
}
