import type { Due } from "./due.ts";

/** 仕様書から読んだ一つの義務。 */
export interface Obligation {
  /** 条項の id。 */
  clause: string;
  /** 受託者、委託者、責任者、SV など。書いていなければ受託者。 */
  actor: string;
  /** 漢語は語幹（提出）、和語は終止形（定める）。 */
  verb: string;
  object: string;
  due: Due;
  /** 「.docx」「PDF」「Word」など、文書の形式。 */
  format?: string;
  /** してはならないこと。 */
  prohibited?: true;
  /** 元の文。元のファイルから取り出した文字の、そのままの一部（折り返しも含む）。 */
  quote: string;
  /** quote の折り返しをつないだもの（人が読む）。 */
  sentence: string;
}

const EXTENSIONS =
  /(?:\.\s?|(?<=[(（,、・]\s?))(docx?|xlsx?|pptx?|pdf|csv|txt|jpe?g|png|zip|html?|xml|json|dwg|dxf|ai|mp4)(?![a-z])/g;
const SOFTWARE =
  /(?:Microsoft\s*)?(Word|Excel|Power\s?Point)|(?<![A-Z])(PDF|CSV|HTML|XML|JPEG|DVD(?:-R)?|CD-R)(?![A-Z])|(ワード|エクセル|パワーポイント)/gi;
const KANA: Record<string, string> = { ワード: "Word", エクセル: "Excel", パワーポイント: "PowerPoint" };

/** 文に書かれた形式。なければ undefined。二つ以上は「、」でつなぐ。 */
export function readFormat(text: string): string | undefined {
  const plain = text.normalize("NFKC");
  const dotted = [...plain.matchAll(EXTENSIONS)].map((found) => `.${(found[1] ?? "").toLowerCase()}`);
  const named = [...plain.matchAll(SOFTWARE)].map((found) => {
    const word = (found[1] ?? found[2] ?? found[3] ?? "").replace(/\s/g, "");
    return KANA[word] ?? (word.toLowerCase() === "powerpoint" ? "PowerPoint" : word);
  });
  const all = [...new Set(dotted.length > 0 ? dotted : named)];
  return all.length > 0 ? all.join("、") : undefined;
}
