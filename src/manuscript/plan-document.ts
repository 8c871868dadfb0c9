import type { WordBlock, WordDocument, WordRun } from "../office/word-model.ts";
import type { TextBinder } from "./bound-text.ts";
import {
  allBlocks,
  defaultAnnexNumbering,
  isDrawnForm,
  type Manuscript,
  type ManuscriptBlock,
} from "./manuscript.ts";
import { pictureFault, pictureOf } from "./picture-size.ts";
import { wordDrawing } from "./plan-drawing-document.ts";
import { fitted, iconOf } from "./plan-icon.ts";
import { caption, sourceLine, wordChart, wordTable } from "./plan-part-document.ts";
import { type PlanScene, wordRuns } from "./plan-scene.ts";
import { themeOf } from "./plan-theme.ts";
import { breakTitle } from "./title-break.ts";
import { wordNumber } from "./word-numbering.ts";

/**
 * 原稿を Word の文書にする。見出し・番号・表・図・脚注・目次は、Word の様式と欄のまま入る。
 * pages は、見出しごとのページ（わかっているときだけ、目次に刷る）。
 */
export function planDocument(
  manuscript: Manuscript,
  binder: TextBinder,
  created: string,
  pages?: readonly (number | string)[],
): WordDocument {
  const { meta } = manuscript;
  const body = meta.numbering.map(wordNumber);
  const annex = (meta.annexNumbering ?? defaultAnnexNumbering).map(wordNumber);
  const automatic = [...body, ...annex].every((one) => one !== "other");
  const scene = sceneOf(manuscript, binder, automatic);
  const { theme } = scene;
  const blocks: WordBlock[] = [
    coverOf(scene),
    { kind: "section", section: { page: { format: "lowerRoman", start: 1 } } },
    { kind: "contents" },
    { kind: "section", section: { page: { format: "decimal", start: 1 } } },
    ...wordBlocks(scene, manuscript.blocks),
    ...wordBibliography(scene),
  ];
  return {
    ...{ title: meta.title, author: meta.author, created, header: meta.title, look: theme, blocks },
    ...(automatic ? { numbering: { body: levels(body), annex: levels(annex) } } : {}),
    section: { bare: true },
    ...(pages ? { pages } : {}),
  };
}

/** 番号を文字で書く場面（概要版、変更履歴つきの本文）。参照の欄は作らない。 */
export function planScene(manuscript: Manuscript, binder: TextBinder): PlanScene {
  return { ...sceneOf(manuscript, binder, false), marks: new Map() };
}

function sceneOf(manuscript: Manuscript, binder: TextBinder, automatic: boolean): PlanScene {
  const named = allBlocks(manuscript.blocks);
  const marks = new Map(named.map((block, at) => [block.id, `_Ref${String(at + 1).padStart(6, "0")}`]));
  const kinds = new Map(named.map((block) => [block.id, block.kind]));
  return { manuscript, binder, theme: themeOf(manuscript).theme, marks, kinds, automatic };
}

/** 原稿の一部だけを Word に（概要版の図と表）。番号は文字で書き、参照の欄は作らない。 */
export function planBlocks(
  manuscript: Manuscript,
  binder: TextBinder,
  blocks: readonly ManuscriptBlock[],
): WordBlock[] {
  return wordBlocks(planScene(manuscript, binder), blocks);
}

function levels<T>(list: readonly (T | "other")[]): (T | undefined)[] {
  return Array.from({ length: 4 }, (_, at) => {
    const one = list[at];
    return one === "other" ? undefined : one;
  });
}

/** 表紙の題の一行に入る全角の字数（24 pt、左右の余白 25 mm の内）。 */
const COVER_EMS = 18;

function coverOf({ manuscript, binder, theme }: PlanScene): WordBlock {
  const { title, subtitle, author } = manuscript.meta;
  const date = binder.coverDate();
  const picture = theme.cover ? pictureOf(manuscript.files.get(theme.cover)) : undefined;
  return {
    ...{ kind: "cover", title: breakTitle(title, COVER_EMS), subtitle, date, author },
    ...(picture ? { image: { ...picture, alt: "表紙の絵" } } : {}),
  };
}

/** 並びを Word に。横向きの表は、前後に節を置く。章の始まりは新しいページ。 */
function wordBlocks(scene: PlanScene, blocks: readonly ManuscriptBlock[]): WordBlock[] {
  let first = true;
  let measured = false;
  return blocks.flatMap((block): WordBlock[] => {
    const wide = (block.kind === "table" || block.kind === "kpi") && block.wide === true;
    const newPage =
      (block.kind === "heading" && block.level === 1 && !first) ||
      (block.kind === "measure" && measured) ||
      block.marks?.break === "yes";
    if (block.kind === "measure") measured = true;
    else if (block.kind === "heading" && block.level <= 2) measured = false;
    const made = wordBlock(scene, block, newPage);
    if (made.length > 0) first = false;
    return wide
      ? [
          { kind: "section", section: { landscape: true, page: { format: "decimal" } } },
          ...made,
          { kind: "section", section: { page: { format: "decimal" } } },
        ]
      : made;
  });
}

/** 一つの部分を Word の形に。 */
export function wordBlock(scene: PlanScene, block: ManuscriptBlock, newPage: boolean): WordBlock[] {
  const { binder } = scene;
  const runs = (text: string) => wordRuns(scene, text, block);
  switch (block.kind) {
    case "heading":
      return [wordHeading(scene, block, newPage)];
    case "paragraph":
      return [{ kind: "paragraph", style: "body", text: runs(block.text) }];
    case "list":
      // 番号つきの並びは、文字で番号を書く（様式の番号は、文書の中で一続きになってしまう）。
      return block.ordered
        ? block.items.map((item, at) => ({
            ...{ kind: "paragraph" as const, indent: 8, hanging: 6, after: 3 },
            text: [{ text: `${at + 1}\t` }, ...runs(item)],
          }))
        : [{ kind: "list", items: block.items.map(runs) }];
    case "table":
    case "kpi":
      return [
        caption(scene, block, runs(block.caption), newPage),
        wordTable(scene, block),
        ...sourceLine(block.source ? `出典: ${binder.bind(block.source, block.place)}` : ""),
      ];
    case "figure":
      return isDrawnForm(block.form)
        ? [
            caption(scene, block, runs(block.caption), newPage),
            ...wordDrawing(scene, block),
            ...sourceLine(block.source ? `出典: ${binder.bind(block.source, block.place)}` : ""),
          ]
        : wordChart(scene, block, runs(block.caption), newPage);
    case "photo":
      return wordPhoto(scene, block, runs(block.caption));
    case "measure":
      return wordMeasure(scene, block, newPage);
    case "column":
      return wordColumn(scene, block);
  }
}

function wordHeading(
  scene: PlanScene,
  block: Extract<ManuscriptBlock, { kind: "heading" }>,
  newPage: boolean,
): WordBlock {
  const { binder, marks, automatic } = scene;
  const number = binder.numbers.get(block.id) ?? "";
  const text = binder.bind(block.text, block.place);
  const level = Math.min(4, block.level) as 1 | 2 | 3 | 4;
  const mark = marks.get(block.id);
  // Word の見出しの様式は四段まで。五段からは、番号を文字で書く（四段の続きの番号にしない）。
  const own = automatic && number !== "" && block.level <= 4;
  const icon = block.level === 1 ? wordIcon(scene, block, 18) : {};
  return {
    ...{ kind: "heading", level, newPage, shownNumber: own ? number : "" },
    text: own || number === "" ? text : `${number}　${text}`,
    ...(own ? {} : { number: false }),
    ...icon,
    ...(mark ? { mark } : {}),
    ...(block.annex ? { list: "annex" as const } : {}),
  };
}

/** 見出しの右の絵。side は枠（mm）。 */
function wordIcon(
  { manuscript, binder, theme }: PlanScene,
  block: ManuscriptBlock,
  side: number,
): Pick<Extract<WordBlock, { kind: "heading" }>, "icon"> {
  const icon = iconOf(manuscript, binder, theme, block);
  if (!icon) return {};
  return { icon: { bytes: icon.bytes, extension: icon.extension, ...fitted(icon, side) } };
}

function wordMeasure(
  scene: PlanScene,
  block: Extract<ManuscriptBlock, { kind: "measure" }>,
  newPage: boolean,
): WordBlock[] {
  const { binder, manuscript, marks } = scene;
  const { upper } = manuscript.meta;
  const number = (binder.numbers.get(block.id) ?? "").replace(/^\D+/, "");
  const facts: [string, string][] = [
    ["担当", block.owner],
    ["期間", block.period ?? ""],
    ["上位計画", block.upper.map((code) => `${code} ${upper[code] ?? ""}`.trim()).join("、")],
  ];
  const rows = facts.filter(([, value]) => value !== "");
  return [
    {
      ...{ kind: "heading", level: 3, number: false, newPage, label: { name: "施策", number } },
      ...wordIcon(scene, block, 13),
      text: binder.bind(block.title, block.place),
      mark: marks.get(block.id) ?? "",
    },
    ...(rows.length > 0
      ? [
          {
            ...{ kind: "table" as const, caption: `施策${number}の担当と期間`, headColumn: true, size: 9.5 },
            columns: [{ share: 3 }, { share: 17 }],
            rows: rows.map(([name, value]) => [{ text: name }, { text: value }]),
          },
        ]
      : []),
    ...wordBlocks(scene, block.body),
  ];
}

function wordColumn(scene: PlanScene, block: Extract<ManuscriptBlock, { kind: "column" }>): WordBlock[] {
  const { binder, marks } = scene;
  const number = binder.numbers.get(block.id) ?? "";
  return [
    ...(block.title
      ? [
          {
            ...{ kind: "paragraph" as const, style: "columnHead" as const, mark: marks.get(block.id) ?? "" },
            text: `${number}　${binder.bind(block.title, block.place)}`,
          },
        ]
      : []),
    ...block.body.flatMap((inner, at): WordBlock[] =>
      inner.kind === "paragraph"
        ? [
            {
              ...{ kind: "paragraph", style: "column", text: wordRuns(scene, inner.text, inner) },
              ...(at === block.body.length - 1 ? { after: 12 } : {}),
            },
          ]
        : wordBlock(scene, inner, false),
    ),
  ];
}

function wordPhoto(
  scene: PlanScene,
  block: Extract<ManuscriptBlock, { kind: "photo" }>,
  text: WordRun[],
): WordBlock[] {
  const { manuscript, binder } = scene;
  const bytes = manuscript.files.get(block.src);
  const picture = pictureOf(bytes);
  const title = caption(scene, block, text);
  if (!picture) {
    binder.warnings.push({
      kind: "image",
      place: block.place,
      message: `写真「${block.src}」${pictureFault(bytes)}`,
    });
    return [title, { kind: "paragraph", text: "（写真がありません）" }];
  }
  const width = Math.min(160, (picture.width / 150) * 25.4, (110 * picture.width) / picture.height);
  const { bytes: body, extension } = picture;
  const height = (width * picture.height) / picture.width;
  return [
    {
      kind: "image",
      png: body,
      extension,
      width,
      height,
      alt: block.alt || binder.bind(block.caption, block.place),
    },
    title,
    ...sourceLine(block.rights ? `権利: ${block.rights}` : ""),
  ];
}

/** 本文で引いた資料の一覧。一つも引いていなければ、何も足さない。 */
export function wordBibliography({ binder }: PlanScene): WordBlock[] {
  if (binder.cited.size === 0) return [];
  return [
    { kind: "heading", level: 1, text: "参考にした資料", number: false, newPage: true },
    { kind: "list", items: [...binder.cited.values()] },
  ];
}
