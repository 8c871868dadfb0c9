import type { ManuscriptBlock } from "./manuscript.ts";

/** 図表の名の行（「図１　…」「表2-1 …」、図表番号の様式の段落）。 */
export interface WordCaption {
  /** どれの名か。番号のない様式だけの名は any。 */
  of: "figure" | "table" | "any";
  text: string;
  /** 行の全体。結ぶ先がなければ、文として残す。 */
  whole: string;
}

const NUMBERED = /^(図表|表|図|写真)[\s　]*[0-9０-９]+(?:[－‐.．-][0-9０-９]+)*([\s　:：.．]*)(.*)$/s;

/** 図表の名なら、その名。「図１を参照。」のような文は、名ではない。 */
export function readCaption(line: string, style: string): WordCaption | undefined {
  const styled = /caption|図表番号/.test(style);
  const found = NUMBERED.exec(line);
  if (!found) return styled ? { of: "any", text: line, whole: line } : undefined;
  const [, kind = "", gap = "", text = ""] = found;
  const sentence = /[。]/.test(text) || (gap === "" && /^[をはにのがでとやも、（(]/.test(text));
  if (!styled && (sentence || line.length > 60)) return undefined;
  return { of: kind === "図表" ? "any" : kind === "表" ? "table" : "figure", text, whole: line };
}

/** 名を待つ部分か（図の名は、図の下に書かれる）。 */
export function takesCaption(block: ManuscriptBlock | undefined, caption: WordCaption): boolean {
  if (block?.kind === "photo" || block?.kind === "figure") return caption.of !== "table";
  return block?.kind === "table" && caption.of !== "figure";
}
