import type { WordRun, WordText } from "./word-model.ts";

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
export function runsXml(text: WordText, size?: number): string {
  const runs: readonly WordRun[] = typeof text === "string" ? [{ text }] : text;
  return runs.map((run) => runXml(run, size)).join("");
}

function runXml(run: WordRun, fallback?: number): string {
  const size = run.size ?? fallback;
  const props = [
    run.bold ? "<w:b/>" : "",
    run.color && /^[0-9a-f]{6}$/i.test(run.color) ? `<w:color w:val="${run.color}"/>` : "",
    size === undefined ? "" : `<w:sz w:val="${Math.round(size * 2)}"/>`,
  ].join("");
  const rPr = props === "" ? "" : `<w:rPr>${props}</w:rPr>`;
  const parts = run.text.replace(/\r\n?/g, "\n").split(/(\n|\t)/);
  const inner = parts
    .filter((part) => part !== "")
    .map((part) => {
      if (part === "\n") return "<w:br/>";
      if (part === "\t") return "<w:tab/>";
      return `<w:t xml:space="preserve">${xmlText(part)}</w:t>`;
    })
    .join("");
  return inner === "" ? "" : `<w:r>${rPr}${inner}</w:r>`;
}
