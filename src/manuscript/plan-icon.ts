import { svgPng } from "../office/svg-picture.ts";
import { readSvg, SvgFault } from "../office/svg-shape.ts";
import type { TextBinder } from "./bound-text.ts";
import type { Manuscript, ManuscriptBlock } from "./manuscript.ts";
import { type Picture, pictureFault, pictureOf } from "./picture-size.ts";
import type { PlanTheme } from "./plan-theme.ts";

/** 同じ絵を、形式ごとに描き直さない。 */
const drawn = new WeakMap<Uint8Array, Map<string, Picture>>();

function isSvg(bytes: Uint8Array): boolean {
  return /<svg[\s>]/.test(new TextDecoder("latin1").decode(bytes.subarray(0, 2_000)));
}

/** アイコンにできる画像か。できないときは、わけと直し方（「は、…」に続く文）。できるなら空。 */
export function iconFault(bytes: Uint8Array | undefined): string {
  if (!bytes || !isSvg(bytes)) return pictureFault(bytes);
  try {
    // 描ける絵かは、読めば分かる。描くのは、置くときだけ。
    readSvg(bytes, "000000");
    return "";
  } catch (cause) {
    if (cause instanceof SvgFault) return cause.message;
    throw cause;
  }
}

function svgIcon(bytes: Uint8Array, colour: string): Picture {
  const known = drawn.get(bytes) ?? new Map<string, Picture>();
  drawn.set(bytes, known);
  const made = known.get(colour) ?? { ...svgPng(bytes, colour), extension: "png" as const };
  known.set(colour, made);
  return made;
}

/**
 * 部分（章か施策）のアイコン。見た目（theme.icons）に決まりがなければ undefined。
 * 色を文書に任せた絵（currentColor）は、見出しの色になる。置けない絵は知らせて、文だけを続ける。
 */
export function iconOf(
  { files }: Pick<Manuscript, "files">,
  binder: TextBinder,
  theme: PlanTheme,
  block: Pick<ManuscriptBlock, "id" | "place">,
): Picture | undefined {
  const name = theme.icons && Object.hasOwn(theme.icons, block.id) ? theme.icons[block.id] : undefined;
  if (name === undefined || name === "") return undefined;
  const bytes = files.get(name);
  const fault = iconFault(bytes);
  if (bytes && fault === "") return isSvg(bytes) ? svgIcon(bytes, theme.accent) : pictureOf(bytes);
  binder.warnings.push({ kind: "image", place: block.place, message: `アイコン「${name}」${fault}` });
  return undefined;
}

/** 枠（mm）に、形を変えずに収めた大きさ。 */
export function fitted(
  { width, height }: Pick<Picture, "width" | "height">,
  side: number,
): {
  width: number;
  height: number;
} {
  const scale = side / Math.max(width, height);
  return { width: width * scale, height: height * scale };
}
