import { isIconName } from "../office/word-icon.ts";
import {
  attributeOf,
  descendantsOf,
  firstNamed,
  localName,
  textOf,
  type XmlElement,
} from "../office/xml-tree.ts";
import type { ManuscriptWarning } from "./manuscript.ts";
import { readWordChart, type WordChart } from "./word-chart-reader.ts";
import type { WordParts } from "./word-part-reader.ts";

const PICTURE = /\.(png|jpe?g|gif|svg|webp)$/i;

/** 図の枠の中身: 値の残っているグラフ、画像、字の並び（SmartArt）。 */
export type WordPicture =
  | { kind: "chart"; chart: WordChart; alt: string }
  | { kind: "image"; name: string; bytes: Uint8Array; alt: string }
  | { kind: "list"; items: string[] };

interface Loss {
  kind: ManuscriptWarning["kind"];
  message: string;
}

/** 図の枠（w:drawing、w:pict、w:object）の中身の全部と、写せなかったもの。文字枠は、呼び手が読む。 */
export function readWordPictures(
  element: XmlElement,
  parts: Pick<WordParts, "target" | "xml" | "bytes">,
): { found: WordPicture[]; losses: Loss[] } {
  const about = firstNamed(element, "docPr");
  const alt = (about && (attributeOf(about, "descr") ?? attributeOf(about, "title"))) ?? "";
  // 見た目（theme）が置いた章と施策のアイコンは、原稿の写真ではない。
  if (alt === "" && about && isIconName(attributeOf(about, "name") ?? "")) return { found: [], losses: [] };
  const linked = (name: string, key: string) =>
    descendantsOf(element, (one) => localName(one) === name).flatMap(
      (one) => parts.target(attributeOf(one, key) ?? "") ?? [],
    );
  const found: WordPicture[] = [];
  const losses: Loss[] = [];
  for (const source of linked("chart", "r:id")) {
    const tree = parts.xml(source);
    const chart = tree && readWordChart(tree);
    if (chart) found.push({ kind: "chart", chart, alt });
    else
      losses.push({
        kind: "missing-data",
        message: "元の値の残っていないグラフがありました。データを CSV で置き直してください。",
      });
  }
  for (const source of linked("relIds", "r:dm")) {
    const items = diagramItems(parts.xml(source));
    if (items.length > 0) found.push({ kind: "list", items });
    losses.push({
      kind: "image",
      message: "SmartArt の形は写せません。中の字を並びにしました。体系図は、施策から描けます。",
    });
  }
  for (const source of new Set([...linked("blip", "r:embed"), ...linked("imagedata", "r:id")])) {
    const bytes = parts.bytes(source);
    const name = source.split("/").at(-1) ?? "";
    if (bytes && PICTURE.test(source)) found.push({ kind: "image", name, bytes, alt });
    else if (bytes)
      losses.push({
        kind: "image",
        message: `画像（${name}）の形は原稿に置けません。PNG に直して入れてください。`,
      });
  }
  if (found.length + losses.length === 0 && isShape(element))
    losses.push({
      kind: "image",
      message: "図形（矢印、線、絵）があり、写していません。図は、画像にして入れてください。",
    });
  if (element.name === "w:object")
    losses.push({
      kind: "image",
      message: "埋め込まれたほかの文書（Excel など）の中身は写していません。",
    });
  return { found, losses };
}

/** 中に字のない図形か。線だけの古い図形（罫線の代わり）は、図と見ない。 */
function isShape(element: XmlElement): boolean {
  if (firstNamed(element, "txbxContent")) return false;
  return !(element.name === "w:pict" && firstNamed(element, "line"));
}

/** SmartArt の中の字。 */
function diagramItems(tree: XmlElement | undefined): string[] {
  const points = tree ? descendantsOf(tree, (one) => localName(one) === "pt") : [];
  return points.flatMap((point) => {
    const text = descendantsOf(point, ({ name }) => name === "a:t")
      .map(textOf)
      .join("")
      .trim();
    return text === "" ? [] : [text];
  });
}
