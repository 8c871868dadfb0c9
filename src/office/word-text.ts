import type { WordRun, WordText, WordTracked } from "./word-model.ts";
import { noteMark } from "./word-note-mark.ts";

/** XML に書ける字だけにして、記号を書き替える。制御文字は XML に書けないので除く。 */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

export function plainText(text: WordText): string {
  return typeof text === "string" ? text : text.map((run) => run.text).join("");
}

/** w:r の並び。改行は w:br、タブは w:tab。 */
export function runsXml(text: WordText, size?: number, note?: (text: string) => number): string {
  const runs: readonly WordRun[] = typeof text === "string" ? [{ text }] : text;
  return runs
    .map((run) => {
      const xml = run.reference ? referenceXml(run, size) : runXml(run, size);
      const mark = run.footnote === undefined || !note ? "" : noteMark(note(run.footnote));
      return trackedXml(run.tracked, xml + mark);
    })
    .join("");
}

/** 指す先の番号（見出しは章からの番号、図表は題の番号）を写す欄。 */
function referenceXml(run: WordRun, size?: number): string {
  const { mark = "", kind = "text" } = run.reference ?? {};
  const code = `REF ${mark} ${kind === "heading" ? "\\w " : ""}\\h`;
  const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  return `${field("begin")}<w:r><w:instrText xml:space="preserve"> ${code} </w:instrText></w:r>${field("separate")}${runXml(run, size)}${field("end")}`;
}

/** 大きさを言わない字の大きさ（本文の様式、ポイント）。ふりがなの大きさを決めるのに使う。 */
const BODY_POINTS = 10.5;

/** ふりがな（w:ruby）。ふりがなの字は親の字の半分で、親の字の上に均等に割り付ける。 */
function rubyXml(run: WordRun, reading: string, fallback?: number): string {
  const { reading: _, ...base } = run;
  const half = Math.round((run.size ?? fallback ?? BODY_POINTS) * 2);
  const small = Math.round(half / 2);
  const above = runXml({ ...base, text: reading, size: small / 2, underline: false }, fallback);
  return `<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="distributeSpace"/><w:hps w:val="${small}"/><w:hpsRaise w:val="${half - 2}"/><w:hpsBaseText w:val="${half}"/><w:lid w:val="ja-JP"/></w:rubyPr><w:rt>${above}</w:rt><w:rubyBase>${runXml(base, fallback)}</w:rubyBase></w:ruby></w:r>`;
}

function runXml(run: WordRun, fallback?: number): string {
  if (run.reading) return rubyXml(run, run.reading, fallback);
  const size = run.size ?? fallback;
  const props = [
    run.bold ? "<w:b/>" : "",
    run.color && /^[0-9a-f]{6}$/i.test(run.color) ? `<w:color w:val="${run.color}"/>` : "",
    size === undefined ? "" : `<w:sz w:val="${Math.round(size * 2)}"/>`,
    run.underline ? '<w:u w:val="single"/>' : "",
  ].join("");
  const rPr = props === "" ? "" : `<w:rPr>${props}</w:rPr>`;
  const parts = run.text.replace(/\r\n?/g, "\n").split(/(\n|\t)/);
  const inner = parts
    .filter((part) => part !== "")
    .map((part) => {
      if (part === "\n") return "<w:br/>";
      if (part === "\t") return "<w:tab/>";
      const tag = run.tracked === "deleted" ? "w:delText" : "w:t";
      return `<${tag} xml:space="preserve">${xmlText(part)}</${tag}>`;
    })
    .join("");
  return inner === "" ? "" : `<w:r>${rPr}${inner}</w:r>`;
}

/** 変更履歴の番号の置き場。文書ぜんたいの通し番号にするのは、文書を組み立てるところ。 */
export const REVISION = "#revision#";

const WHO = `w:id="${REVISION}" w:author="受託者" w:date="2000-01-01T00:00:00Z"`;

/** 変更履歴に入れる。だれがいつ直したかは書かない（作成者の欄は、文書の中で一つの名）。 */
export function trackedXml(tracked: WordTracked | undefined, xml: string): string {
  if (!tracked || xml === "") return xml;
  const tag = tracked === "inserted" ? "w:ins" : "w:del";
  return `<${tag} ${WHO}>${xml}</${tag}>`;
}

/** 変更履歴の印だけの要素（段落の終わり、表の行）。 */
export function trackedMark(tracked: WordTracked | undefined): string {
  return tracked ? `<${tracked === "inserted" ? "w:ins" : "w:del"} ${WHO}/>` : "";
}
