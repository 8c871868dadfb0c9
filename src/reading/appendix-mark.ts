import { halfWidth, numberOf } from "./mark.ts";

const NUMBER = "[0-9０-９一二三四五六七八九十]{1,3}";
const NAMES =
  "別紙仕様書|別添仕様書|特記仕様書|別記様式|別記|別紙様式|別紙|別添資料|別添|別表|別図|附属書|付属書|附[\\s\\u3000]*則|付[\\s\\u3000]*則|様式|参考資料|参考様式|参考|資料|付録";
const BARE = new RegExp(
  `^(${NAMES})[\\s\\u3000]*((?:第?[\\s\\u3000]?${NUMBER}[\\s\\u3000]?号?)?(?:[-－‐の]${NUMBER})?)(?:[\\s\\u3000:：]+(.*)|([（(].*[）)][^（()）]{0,20}))?$`,
);
const OPENED = /^[【〔［[（(＜<《≪]\s*([^】〕］\])）＞>》≫]{2,14}?)\s*[】〕］\])）＞>》≫]\s*(.*)$/;

/** 別紙・別記・様式などの見出し。 */
export interface AppendixMark {
  /** 「別紙1」「別記」「様式第1号」。 */
  label: string;
  title: string;
  length: number;
}

/**
 * 行の全体が別紙の見出しなら、その名。「別紙「日程案」のとおり。」のような文は見出しでない。
 */
export function readAppendix(line: string): AppendixMark | undefined {
  const text = line.trim();
  if (text.length > 60 || /[。、]$/.test(text)) return undefined;
  const opened = OPENED.exec(text);
  const inner = opened ? BARE.exec(opened[1] ?? "") : undefined;
  if (opened && inner && (inner[3] ?? inner[4]) === undefined) {
    const title = (opened[2] ?? "").trim();
    return isTitle(title)
      ? { label: labelOf(inner), title, length: text.length - (opened[2] ?? "").length }
      : undefined;
  }
  const bare = BARE.exec(text);
  // 「別表（第９条関係）」。
  const related = /^[（(]第.{1,12}関係[）)]$/.test(bare?.[4] ?? "");
  if (!bare || (needsNumber(bare[1] ?? "") && (bare[2] ?? "") === "" && !related)) return undefined;
  const rest = bare[3] ?? bare[4] ?? "";
  const title = rest.trim();
  return isTitle(title) ? { label: labelOf(bare), title, length: text.length - rest.length } : undefined;
}

/** 「資料」「参考」「様式」だけの行は、本文にもある。 */
function needsNumber(name: string): boolean {
  return /^(資料|参考|様式|別図|別表)$/.test(name);
}

function isTitle(text: string): boolean {
  return !/^[のをにはがと「]|(?:のとおり|参照|による|とする|こと|ます)$/.test(text);
}

function labelOf(found: RegExpExecArray): string {
  const number = (found[2] ?? "").replace(/[\s\u3000]/g, "");
  const digits = halfWidth(number).replace(new RegExp(NUMBER, "g"), (one) => String(numberOf(one) ?? one));
  return `${(found[1] ?? "").replace(/[\s\u3000]/g, "")}${digits}`;
}

/** 番号も「別記」もなく、題だけで始まる付属の文書。「…に関する特記事項」。次の行が 1 から始まるときだけ使う。 */
export function readUnmarkedAppendix(line: string): AppendixMark | undefined {
  const text = line.trim();
  const found = /^[^、。：:]{2,40}?(特記事項|特約条項|遵守事項|注意事項|特記仕様書)$/.exec(text);
  return found ? { label: found[1] ?? "", title: text, length: 0 } : undefined;
}
