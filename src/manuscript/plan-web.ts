import { xmlText } from "../office/word-text.ts";
import type { TextBinder } from "./bound-text.ts";
import { chartOf } from "./figure-data.ts";
import type { Manuscript, ManuscriptBlock } from "./manuscript.ts";

/**
 * 原稿を、一つの HTML にする（JIS X 8341-3 の等級 AA を目標に: 見出しの順、表の見出し、図の表、代わりの文）。
 * 外のものを一つも読まない。
 */
export function planWeb(manuscript: Manuscript, binder: TextBinder): string {
  const { meta } = manuscript;
  const body = manuscript.blocks.map((block) => webBlock(block, manuscript, binder)).join("\n");
  const notes = binder.notes
    .map(
      ({ text }, at) => `<li id="note-${at + 1}">${xmlText(binder.bind(text, { file: "", line: 0 }))}</li>`,
    )
    .join("");
  const contents = manuscript.blocks
    .filter((block) => block.kind === "heading" && block.level <= 2)
    .map((block) => `<li><a href="#${xmlText(block.id)}">${xmlText(headingText(block, binder))}</a></li>`)
    .join("");
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="${xmlText(meta.author)}">
<title>${xmlText(meta.title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">本文へ</a>
<header><h1>${xmlText(meta.title)}</h1>${meta.subtitle ? `<p>${xmlText(meta.subtitle)}</p>` : ""}${meta.date ? `<p>${xmlText(meta.date)}</p>` : ""}</header>
<nav aria-label="目次"><h2>目次</h2><ol>${contents}</ol></nav>
<main id="main">
${body}
${notes ? `<section aria-labelledby="notes"><h2 id="notes">注</h2><ol>${notes}</ol></section>` : ""}
</main>
</body>
</html>
`;
}

const style =
  "body{font-family:'Noto Sans JP','Yu Gothic',sans-serif;line-height:1.8;color:#1a1a1c;max-width:46rem;margin:0 auto;padding:1rem}h1,h2,h3,h4{line-height:1.4}.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem}table{border-collapse:collapse;width:100%;font-size:.9rem}caption{font-weight:700;text-align:left;padding:.5rem 0}th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top}th{background:#eef2f6}figure{margin:1.5rem 0}figcaption{font-weight:700}.source{font-size:.85rem;color:#555}aside,section.measure{border-left:4px solid #0017c1;padding:.2rem 1rem;margin:1.5rem 0;background:#f6f8fb}img,svg{max-width:100%;height:auto}@media print{nav{break-after:page}h2{break-before:page}}";

function headingText(block: ManuscriptBlock, binder: TextBinder): string {
  if (block.kind !== "heading") return "";
  const number = binder.numbers.get(block.id) ?? "";
  return `${number}${number ? "　" : ""}${binder.bind(block.text, block.place)}`;
}

function webBlock(block: ManuscriptBlock, manuscript: Manuscript, binder: TextBinder): string {
  const bind = (text: string) => xmlText(binder.bind(text, block.place));
  const number = xmlText(binder.numbers.get(block.id) ?? "");
  const id = `id="${xmlText(block.id)}"`;
  switch (block.kind) {
    case "heading": {
      const level = Math.min(6, block.level + 1);
      return `<h${level} ${id}>${xmlText(headingText(block, binder))}</h${level}>`;
    }
    case "paragraph":
      return `<p ${id}>${bind(block.text)}</p>`;
    case "list": {
      const tag = block.ordered ? "ol" : "ul";
      return `<${tag} ${id}>${block.items.map((item) => `<li>${bind(item)}</li>`).join("")}</${tag}>`;
    }
    case "table":
    case "kpi":
      return webTable(
        id,
        `${number}　${bind(block.caption)}`,
        block.header.map(bind),
        block.rows.map((row) => row.map(bind)),
      );
    case "figure":
      return webFigure(block, binder, number);
    case "photo":
      return `<figure ${id}>${webImage(block, manuscript)}<figcaption>${number}　${bind(block.caption)}</figcaption></figure>`;
    case "measure":
      return `<section class="measure" ${id} aria-label="${bind(block.title)}"><h4>${number}　${bind(block.title)}</h4>${block.owner ? `<p>担当: ${bind(block.owner)}</p>` : ""}${block.body.map((one) => webBlock(one, manuscript, binder)).join("\n")}</section>`;
    case "column":
      return `<aside ${id}>${block.title ? `<h4>${number}　${bind(block.title)}</h4>` : ""}${block.body.map((one) => webBlock(one, manuscript, binder)).join("\n")}</aside>`;
  }
}

function webTable(
  id: string,
  caption: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const head = header.map((one) => `<th scope="col">${one}</th>`).join("");
  const body = rows
    .map(
      (row) =>
        `<tr>${row.map((one, at) => (at === 0 ? `<th scope="row">${one}</th>` : `<td>${one}</td>`)).join("")}</tr>`,
    )
    .join("");
  return `<table ${id}><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

const colours = ["#0017c1", "#c16800", "#197a4b", "#8b1e7a", "#4d4d4d"];

/** 横棒の図（SVG）と、同じ数の表。 */
function webFigure(
  block: Extract<ManuscriptBlock, { kind: "figure" }>,
  binder: TextBinder,
  number: string,
): string {
  const title = `${number}　${xmlText(binder.bind(block.caption, block.place))}`;
  const data = chartOf(block, binder);
  const source = block.source
    ? `<p class="source">出典: ${xmlText(binder.bind(block.source, block.place))}</p>`
    : "";
  if (!data)
    return `<figure id="${xmlText(block.id)}"><figcaption>${title}</figcaption><p>（図のデータがありません）</p>${source}</figure>`;
  const most = Math.max(...data.series.flatMap(({ values }) => values), 1e-9);
  const bar = 18;
  const gap = 10;
  const row = data.series.length * bar + gap;
  const bars = data.categories
    .map((category, i) => {
      const top = i * row;
      const label = `<text x="150" y="${top + row / 2}" text-anchor="end" font-size="13">${xmlText(category)}</text>`;
      const parts = data.series.map(({ values }, s) => {
        const width = (Math.max(0, values[i] ?? 0) / most) * 400;
        const y = top + s * bar;
        return `<rect x="160" y="${y}" width="${width.toFixed(1)}" height="${bar - 3}" fill="${colours[s % colours.length]}"/><text x="${(166 + width).toFixed(1)}" y="${y + 12}" font-size="12">${values[i] ?? 0}${xmlText(block.unit)}</text>`;
      });
      return label + parts.join("");
    })
    .join("");
  const alt = xmlText(block.alt || `${block.caption}の横棒グラフ。値は下の表にある。`);
  const svg = `<svg role="img" aria-label="${alt}" viewBox="0 0 640 ${data.categories.length * row}" xmlns="http://www.w3.org/2000/svg">${bars}</svg>`;
  const table = webTable(
    `id="${xmlText(block.id)}-data"`,
    `${title}（数値）`,
    ["項目", ...data.series.map(({ name }) => xmlText(name))],
    data.categories.map((one, i) => [
      xmlText(one),
      ...data.series.map(({ values }) => `${values[i] ?? 0}${xmlText(block.unit)}`),
    ]),
  );
  return `<figure id="${xmlText(block.id)}"><figcaption>${title}</figcaption>${svg}<details><summary>数値を表で見る</summary>${table}</details>${source}</figure>`;
}

function webImage(block: Extract<ManuscriptBlock, { kind: "photo" }>, { files }: Manuscript): string {
  const bytes = files.get(block.src);
  if (!bytes) return "<p>（写真がありません）</p>";
  return `<img alt="${xmlText(block.alt)}" src="data:image/png;base64,${Buffer.from(bytes).toString("base64")}">`;
}
