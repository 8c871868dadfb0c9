import {
  allBlocks,
  isDrawnForm,
  type Manuscript,
  type ManuscriptBlock,
  type ManuscriptWarning,
} from "./manuscript.ts";

/** 原稿の整い: 代わりの文、権利、出典、指標の書き方、用語、上位計画との対応。 */
export function checkManuscript({ blocks, meta, footnotes }: Manuscript): ManuscriptWarning[] {
  const all = allBlocks(blocks);
  const faults = all.flatMap((block) => [
    ...markFaults(block),
    ...pictureFaults(block),
    ...kpiFaults(block),
    ...termFaults(block, meta.glossary, meta.allow ?? []),
    ...upperFaults(block, meta.upper),
  ]);
  return [...faults, ...noteFaults(all, footnotes)];
}

/** ほかの道具の書き方のうち、ここでは印にならず、そのままの字で出るもの。 */
const FOREIGN: readonly [RegExp, string][] = [
  [/^#{1,6}[^#\s].*/, "見出しは、# のあとに空白を一つ置いてください。"],
  [/^>\s?\S.*/, "引用の印はありません。かぎ（「」）か、囲み（:::column）を使ってください。"],
  [/^```.*/, "そのままの字の囲みはありません。囲みは「:::column」です。"],
  [/!\[[^\]]*\]\([^)]*\)/, "画像は、行をあらためて「:::photo」で置いてください。"],
  [/~~[^~\n]+~~/, "取り消しの線はありません。「変更を記録」か、版の比べを使ってください。"],
  [/(?<!`)`[^`\n]+`(?!`)/, "等幅の字はありません。かぎ（「」）で囲んでください。"],
  [
    /<\/?(?!br\b)[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/i,
    "使える HTML は <br> だけです。太字は **太字** と書きます。",
  ],
];

function markFaults(block: ManuscriptBlock): ManuscriptWarning[] {
  const text = rawText(block);
  return FOREIGN.flatMap(([mark, advice]) => {
    const found = mark.exec(text)?.[0];
    return found === undefined
      ? []
      : [warning("markup", block, `「${found.slice(0, 30)}」は、そのままの字で出ます。${advice}`)];
  });
}

/** 本文のどこからも指されない脚注は、成果品に出ない。 */
function noteFaults(
  all: readonly ManuscriptBlock[],
  footnotes: Manuscript["footnotes"],
): ManuscriptWarning[] {
  const text = all.map(textOfBlock).join("\n") + [...footnotes.values()].join("\n");
  const place = all[0]?.place ?? { file: "", line: 1 };
  return [...footnotes.keys()]
    .filter((id) => !text.includes(`[^${id}]`))
    .map((id) => ({
      ...{ kind: "footnote" as const, place: { file: place.file, line: 1 } },
      message: `脚注「${id}」は、本文のどこからも指されていないので、どの成果品にも出ません。本文に [^${id}] を置くか、消してください。`,
    }));
}

function warning(
  kind: ManuscriptWarning["kind"],
  block: ManuscriptBlock,
  message: string,
): ManuscriptWarning {
  return { kind, place: block.place, message };
}

function pictureFaults(block: ManuscriptBlock): ManuscriptWarning[] {
  if (block.kind !== "figure" && block.kind !== "photo") return [];
  const faults: ManuscriptWarning[] = [];
  if (block.alt.trim() === "")
    faults.push(
      warning("missing-alt", block, `「${block.caption}」に、見えない人のための文（alt）がありません。`),
    );
  if (block.kind === "photo" && block.rights.trim() === "")
    faults.push(
      warning("missing-rights", block, `写真「${block.caption}」に、権利（rights）が書かれていません。`),
    );
  // 原稿から描く図（体系図など）には、外の出典はない。
  if (block.kind === "figure" && !isDrawnForm(block.form) && block.source.trim() === "")
    faults.push(warning("missing-source", block, `図「${block.caption}」に、出典（source）がありません。`));
  return faults;
}

/** 指標の行には、現状値・目標値・出典・算定式・担当が要る（reference/planning-council.md §3）。 */
function kpiFaults(block: ManuscriptBlock): ManuscriptWarning[] {
  if (block.kind !== "kpi") return [];
  const wanted = ["指標", "現状値", "目標値", "出典", "算定"];
  const places = wanted.map((name) => block.header.findIndex((one) => one.includes(name)));
  const missing = wanted.filter((_, at) => (places[at] ?? -1) < 0);
  const faults =
    missing.length > 0 ? [warning("kpi", block, `指標の表に、${missing.join("・")}の列がありません。`)] : [];
  for (const row of block.rows)
    for (const [at, place] of places.entries())
      if (place >= 0 && (row[place] ?? "").trim() === "")
        faults.push(warning("kpi", block, `指標「${row[places[0] ?? 0] ?? ""}」の${wanted[at]}が空です。`));
  return faults;
}

function termFaults(
  block: ManuscriptBlock,
  glossary: Readonly<Record<string, readonly string[]>>,
  allow: readonly string[],
): ManuscriptWarning[] {
  const text = allow.reduce((rest, word) => rest.split(word).join("\n"), textOfBlock(block));
  return Object.entries(glossary).flatMap(([term, others]) =>
    others.flatMap((other) =>
      text.split(term).join("").includes(other)
        ? [warning("glossary", block, `「${other}」は、用語集では「${term}」です。`)]
        : [],
    ),
  );
}

function upperFaults(block: ManuscriptBlock, upper: Readonly<Record<string, string>>): ManuscriptWarning[] {
  if (block.kind !== "measure" || Object.keys(upper).length === 0) return [];
  if (block.upper.length === 0)
    return [warning("upper", block, `施策「${block.title}」が、上位計画のどの項目にも結ばれていません。`)];
  return block.upper
    .filter((one) => !(one in upper))
    .map((one) =>
      warning("upper", block, `施策「${block.title}」の指す上位計画の項目「${one}」がありません。`),
    );
}

/** 施策 × 上位計画の表。施策のない項目も並べる。 */
export function upperMatrix({
  blocks,
  meta,
}: Manuscript): { item: string; label: string; measures: string[] }[] {
  const measures = allBlocks(blocks).filter((block) => block.kind === "measure");
  return Object.entries(meta.upper).map(([item, label]) => ({
    item,
    label,
    measures: measures.filter(({ upper }) => upper.includes(item)).map(({ id }) => id),
  }));
}

/** 比べたり探したりするための、部分の文字。 */
export function textOfBlock(block: ManuscriptBlock): string {
  return rawText(block).replace(/<br\s*\/?>/gi, "\n");
}

function rawText(block: ManuscriptBlock): string {
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return block.text;
    case "list":
      return block.items.join("\n");
    case "table":
    case "kpi":
      return [block.caption, ...[block.header, ...block.rows].map((row) => row.join("｜"))].join("\n");
    case "figure":
      return [block.caption, block.data, block.source, block.alt].join("\n");
    case "photo":
      return [block.caption, block.src, block.alt, block.rights].join("\n");
    case "measure":
      return [block.title, block.owner, block.upper.join(",")].join("\n");
    case "column":
      return block.title;
  }
}
