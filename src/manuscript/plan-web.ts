import { tint } from "../office/colour.ts";
import { xmlText } from "../office/word-text.ts";
import type { TextBinder } from "./bound-text.ts";
import { chartOf } from "./figure-data.ts";
import type { Manuscript, ManuscriptBlock } from "./manuscript.ts";
import { pictureOf } from "./picture-size.ts";
import { fitted, iconOf } from "./plan-icon.ts";
import { chartForm } from "./plan-part-document.ts";
import { type PlanTheme, themeOf } from "./plan-theme.ts";
import { mergeCells } from "./table-merge.ts";
import { chartSvg } from "./web-chart.ts";
import { webDrawing, webTable } from "./web-drawing.ts";

interface Web {
  manuscript: Manuscript;
  binder: TextBinder;
  theme: PlanTheme;
  /** 注の印の、何度目か（戻る先を分ける）。 */
  marks: Map<number, number>;
}

/**
 * 原稿を、一つの HTML にする（JIS X 8341-3 の等級 AA を目標に: 見出しの順、表の見出し、図の表、代わりの文、戻れる注）。
 * 外のものを一つも読まない。
 */
export function planWeb(manuscript: Manuscript, binder: TextBinder): string {
  const { meta } = manuscript;
  const { theme } = themeOf(manuscript);
  const web: Web = { manuscript, binder, theme, marks: new Map() };
  const body = manuscript.blocks.map((block) => webBlock(web, block)).join("\n");
  const contents = manuscript.blocks
    .filter((block) => block.kind === "heading" && block.level <= 2)
    .map(
      (block) =>
        `<li class="l${block.kind === "heading" ? block.level : 1}"><a href="#${xmlText(block.id)}">${xmlText(headingText(block, binder))}</a></li>`,
    )
    .join("");
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="${xmlText(meta.author)}">
<title>${xmlText(meta.title)}</title>
<style>${styleOf(theme)}</style>
</head>
<body>
<a class="skip" href="#main">本文へ</a>
<header><h1>${xmlText(meta.title)}</h1>${[meta.subtitle, binder.coverDate(), meta.author]
    .filter(Boolean)
    .map((line) => `<p>${xmlText(line)}</p>`)
    .join("")}</header>
<nav aria-label="目次"><h2>目次</h2><ol>${contents}</ol></nav>
<main id="main">
${body}
${notesOf(web)}${sourcesOf(web)}
</main>
</body>
</html>
`;
}

/** 注。印から来て、元の所へ戻れる。 */
function notesOf({ binder, marks }: Web): string {
  if (binder.notes.length === 0) return "";
  const items = binder.notes.map(({ text }, at) => {
    const back = marks.has(at)
      ? ` <a href="#mark-${at + 1}" aria-label="注${at + 1}の元の所へ戻る">戻る</a>`
      : "";
    return `<li id="note-${at + 1}">${xmlText(binder.bind(text, { file: "", line: 0 }))}${back}</li>`;
  });
  return `<section aria-labelledby="notes"><h2 id="notes">注</h2><ol class="notes">${items.join("")}</ol></section>`;
}

function sourcesOf({ binder }: Web): string {
  if (binder.cited.size === 0) return "";
  const items = [...binder.cited.values()].map((text) => `<li>${xmlText(text)}</li>`).join("");
  return `<section aria-labelledby="sources"><h2 id="sources">参考にした資料</h2><ul>${items}</ul></section>`;
}

function styleOf({ accent, second, ink, headFont, bodyFont, opener }: PlanTheme): string {
  // 章の始まりは、Word と同じに、帯か下線。
  const chapter =
    opener === "band"
      ? `color:#fff;background:#${accent};padding:.7rem 1.1rem`
      : `color:#${accent};border-bottom:.25rem solid;padding:.3rem 0`;
  const soft = `#${tint(accent, 0.1)}`;
  const fonts = (first: string) =>
    `'${first.replace(/['"\\;{}<>]/g, "")}','Noto Sans JP','Yu Gothic',sans-serif`;
  return `:root{color-scheme:light}body{font-family:${fonts(bodyFont)};line-height:1.9;color:#${ink};background:#fff;margin:0}header{background:#${accent};color:#fff;padding:3.5rem 1.5rem 3rem;text-align:center;border-bottom:.4rem solid #${second}}header h1{font-size:2rem;margin:0 0 1rem}header p{margin:.2rem 0}nav,main{max-width:50rem;margin:0 auto;padding:1.5rem}nav ol{list-style:none;padding:0;columns:2;column-gap:2.5rem}nav li{break-inside:avoid;line-height:1.7}nav .l1{font-weight:700;margin-top:.5rem}nav .l2{padding-left:1.4rem}a{color:#${accent}}h1,h2,h3,h4,h5{font-family:${fonts(headFont)};line-height:1.5;scroll-margin-top:1rem}h2{${chapter};margin:3.5rem 0 1.5rem;font-size:1.5rem}nav h2,#notes,#sources{background:none;color:#${accent};padding:0;border-bottom:2px solid}h3{color:#${accent};border-left:.5rem solid;padding:.1rem .8rem;margin:2.6rem 0 1rem;font-size:1.25rem}h4{color:#${accent};font-size:1.08rem;margin:1.8rem 0 .6rem}.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.6;margin:1.2rem 0}caption{font-weight:700;text-align:left;padding:.4rem 0}th,td{border:1px solid #8c98a5;padding:.35rem .6rem;text-align:left;vertical-align:top}thead th{background:#${tint(accent, 0.16)}}tbody th{font-weight:400}td.n{text-align:right;font-variant-numeric:tabular-nums}td.on{background:#${tint(accent, 0.16)};text-align:center}td.bar{background:#${accent};color:#fff;text-align:center}figure{margin:1.8rem 0}figcaption{font-weight:700;margin-bottom:.5rem}.source{font-size:.85rem;color:#4d4d4d;margin:.3rem 0}section.measure{border-top:4px solid #${accent};margin:2.6rem 0}section.measure>h4{background:${soft};margin:0;padding:.6rem .8rem;font-size:1.2rem}dl.facts{display:grid;grid-template-columns:6rem 1fr;gap:.2rem 1rem;margin:1rem 0}dl.facts dt{font-weight:700}dl.facts dd{margin:0}aside{border:2px solid #${second};background:#${tint(second, 0.08)};padding:.4rem 1.4rem 1rem;margin:2rem 0}aside h4{color:#${second}}sup a{padding:0 .15em}.notes{font-size:.9rem}.tree{list-style:none;padding:0}.tree>li{border-left:.4rem solid #${accent};padding-left:1rem;margin:1rem 0}.tree b{color:#${accent}}img,svg{max-width:100%;height:auto}img.icon{width:1.7em;height:1.7em;object-fit:contain;background:#fff;padding:.15em;border-radius:.2em;vertical-align:middle;margin:-.2em .6em -.2em 0}svg{fill:#${ink}}svg text{font-family:inherit}thead th{word-break:keep-all}@media (max-width:40rem){nav ol{columns:1}header h1{font-size:1.5rem}}@media print{nav{break-after:page}h2{break-before:page}figure,tr{break-inside:avoid}}`;
}

function headingText(block: ManuscriptBlock, binder: TextBinder): string {
  if (block.kind !== "heading") return "";
  const number = binder.numbers.get(block.id) ?? "";
  return `${number}${number ? "　" : ""}${binder.bind(block.text, block.place)}`;
}

/** 字のまとまり → HTML。参照は結び、注は上付きの印、太字は strong。 */
function inline(web: Web, text: string, block: ManuscriptBlock): string {
  return web.binder
    .runs(text, block.place)
    .map((run) => {
      const words = xmlText(run.text).replaceAll("\n", "<br>");
      const body = run.reading
        ? `<ruby>${words}<rp>（</rp><rt>${xmlText(run.reading)}</rt><rp>）</rp></ruby>`
        : words;
      const bold = run.bold ? `<strong>${body}</strong>` : body;
      if (run.target !== undefined) return `<a href="#${xmlText(run.target)}">${bold}</a>`;
      if (run.note === undefined) return bold;
      const times = web.marks.get(run.note) ?? 0;
      web.marks.set(run.note, times + 1);
      const id = times === 0 ? ` id="mark-${run.note + 1}"` : "";
      return `<sup${id}><a href="#note-${run.note + 1}">${body}</a></sup>`;
    })
    .join("");
}

function webBlock(web: Web, block: ManuscriptBlock): string {
  const { binder } = web;
  const bind = (text: string) => inline(web, text, block);
  const number = xmlText(binder.numbers.get(block.id) ?? "");
  const id = `id="${xmlText(block.id)}"`;
  switch (block.kind) {
    case "heading": {
      const level = Math.min(6, block.level + 1);
      const icon = block.level === 1 ? webIcon(web, block) : "";
      return `<h${level} ${id}>${icon}${xmlText(headingText(block, binder))}</h${level}>`;
    }
    case "paragraph":
      return `<p ${id}>${bind(block.text)}</p>`;
    case "list": {
      const tag = block.ordered ? "ol" : "ul";
      return `<${tag} ${id}>${block.items.map((item) => `<li>${bind(item)}</li>`).join("")}</${tag}>`;
    }
    case "table":
    case "kpi": {
      const cellsOf = (rows: readonly (readonly string[])[]) =>
        mergeCells(rows).map((row) => row.map((cell) => ({ ...cell, text: bind(cell.text) })));
      const table = webTable(
        id,
        `${number}　${bind(block.caption)}`,
        cellsOf([block.header]),
        cellsOf(block.rows),
      );
      const source = block.source ? `<p class="source">出典: ${bind(block.source)}</p>` : "";
      return `<div class="wide" tabindex="0" role="region" aria-label="${number}">${table}</div>${source}`;
    }
    case "figure":
      return webFigure(web, block, number);
    case "photo":
      return `<figure ${id}>${webImage(block, web.manuscript)}<figcaption>${number}　${bind(block.caption)}</figcaption>${block.rights ? `<p class="source">権利: ${xmlText(block.rights)}</p>` : ""}</figure>`;
    case "measure":
      return webMeasure(web, block, number);
    case "column":
      return `<aside ${id}${block.title ? ` aria-labelledby="${xmlText(block.id)}-title"` : ""}>${block.title ? `<h4 id="${xmlText(block.id)}-title">${number}　${bind(block.title)}</h4>` : ""}${block.body.map((one) => webBlock(web, one)).join("\n")}</aside>`;
  }
}

/** 見出しの前の飾りの絵（読み上げない）。 */
function webIcon({ manuscript, binder, theme }: Web, block: ManuscriptBlock): string {
  const icon = iconOf(manuscript, binder, theme, block);
  if (!icon) return "";
  const { width, height } = fitted(icon, 48);
  return `<img class="icon" alt="" width="${Math.round(width)}" height="${Math.round(height)}" src="data:image/${icon.extension};base64,${Buffer.from(icon.bytes).toString("base64")}">`;
}

function webMeasure(web: Web, block: Extract<ManuscriptBlock, { kind: "measure" }>, number: string): string {
  const { upper } = web.manuscript.meta;
  const facts: [string, string][] = [
    ["担当", block.owner],
    ["期間", block.period ?? ""],
    ["上位計画", block.upper.map((code) => `${code} ${upper[code] ?? ""}`.trim()).join("、")],
  ];
  const rows = facts
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `<dt>${name}</dt><dd>${xmlText(value)}</dd>`)
    .join("");
  const id = xmlText(block.id);
  return `<section class="measure" id="${id}" aria-labelledby="${id}-title"><h4 id="${id}-title">${webIcon(web, block)}${number}　${inline(web, block.title, block)}</h4>${rows ? `<dl class="facts">${rows}</dl>` : ""}${block.body.map((one) => webBlock(web, one)).join("\n")}</section>`;
}

/** 図と、同じ数の表。原稿から描く図は、並びか表にする。 */
function webFigure(web: Web, block: Extract<ManuscriptBlock, { kind: "figure" }>, number: string): string {
  const { binder, theme, manuscript } = web;
  const unit = block.unit ? `（単位：${xmlText(block.unit)}）` : "";
  const title = `${number}　${xmlText(binder.bind(block.caption, block.place))}${unit}`;
  const source = block.source
    ? `<p class="source">出典: ${xmlText(binder.bind(block.source, block.place))}</p>`
    : "";
  const id = xmlText(block.id);
  const wrap = (inner: string) =>
    `<figure id="${id}"><figcaption>${title}</figcaption>${inner}${source}</figure>`;
  const drawn = webDrawing(block, manuscript, binder);
  if (drawn !== undefined) return wrap(drawn);
  const data = chartOf(block, binder);
  if (!data) return wrap("<p>（図のデータがありません）</p>");
  const alt = block.alt || `${block.caption}の図。値は下の表にある。`;
  const svg = chartSvg(chartForm(block), data, { palette: theme.palette, unit: block.unit, alt });
  const table = webTable(
    `id="${id}-data"`,
    `${title}（数値）`,
    mergeCells([["項目", ...data.series.map(({ name }) => xmlText(name))]]),
    mergeCells(
      data.categories.map((one, i) => [
        xmlText(one),
        ...data.series.map(({ values }) => {
          const value = values[i] ?? null;
          return value === null ? "－" : `${value}${xmlText(block.unit)}`;
        }),
      ]),
    ),
  );
  return wrap(`${svg}<details><summary>数値を表で見る</summary>${table}</details>`);
}

function webImage(block: Extract<ManuscriptBlock, { kind: "photo" }>, { files }: Manuscript): string {
  const picture = pictureOf(files.get(block.src));
  if (!picture) return "<p>（写真がありません）</p>";
  return `<img alt="${xmlText(block.alt)}" width="${picture.width}" height="${picture.height}" src="data:image/${picture.extension};base64,${Buffer.from(picture.bytes).toString("base64")}">`;
}
