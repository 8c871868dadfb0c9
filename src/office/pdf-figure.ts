import { unescapeXml } from "./xml-tree.ts";
import { openZip } from "./zip.ts";

/**
 * 文書（.docx）の図の、代わりの文（文書の順）。図形のまとまりは、中の図形の一つずつ（はじめの一つが全体の文）。
 * 飾りは「飾り」。
 */
export function figureAlts(docx: Uint8Array): string[] {
  const xml = new TextDecoder().decode(openZip(docx).get("word/document.xml") ?? new Uint8Array());
  return [...xml.matchAll(/<wp:(inline|anchor)\b[\s\S]*?<\/wp:\1>/g)].flatMap(([frame]) => {
    const descr = unescapeXml(/<wp:docPr [^>]*descr="([^"]*)"/.exec(frame)?.[1] ?? "");
    const alt = descr.replace(/［図の番号 [^］]*］/, "").trim() || "飾り";
    if (!frame.includes("<wpg:wgp>")) return [alt];
    return frame
      .split("<wps:wsp>")
      .slice(1)
      .map((shape, at) => {
        const words = [...shape.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map((one) =>
          unescapeXml(one[1] ?? ""),
        );
        return at === 0 ? alt : words.join("") || "つなぐ線";
      });
  });
}

const FIGURE = /\n(\d+) 0 obj\n<<\/Type\/StructElem\n\/S\/Figure\n([\s\S]*?)>>\nendobj/g;

/**
 * タグ付き PDF の図に、代わりの文を足す（PDF/UA-1 7.3）。LibreOffice は、グラフと図形の代わりの文を書き出さない。
 * 元のバイト列は変えず、後ろに新しい版の部品を足す（ISO 32000-1 7.5.6）。図の数が合わないときは、何もしない。
 */
export function addFigureAlts(pdf: Uint8Array, alts: readonly string[]): Uint8Array {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString("latin1");
  const figures = [...text.matchAll(FIGURE)];
  const trailer = /trailer\n<<([\s\S]*?)>>\nstartxref\n(\d+)\n%%EOF\s*$/.exec(text);
  if (figures.length !== alts.length || !trailer) return pdf;
  let body = text.endsWith("\n") ? "" : "\n";
  const table: string[] = [];
  for (const [at, [, id = "", inner = ""]] of figures.entries()) {
    if (inner.includes("/Alt")) continue;
    const offset = String(pdf.length + body.length).padStart(10, "0");
    table.push(`${id} 1\n${offset} 00000 n \n`);
    body += `${id} 0 obj\n<</Type/StructElem\n/S/Figure\n/Alt<${utf16(alts[at] ?? "")}>\n${inner}>>\nendobj\n`;
  }
  if (table.length === 0) return pdf;
  const [, entries = "", previous = ""] = trailer;
  const start = pdf.length + body.length;
  const end = `xref\n${table.join("")}trailer\n<<${entries.trim()}\n/Prev ${previous}>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(body + end, "latin1")]);
}

/** PDF の文字列（UTF-16BE、BOM つき）の十六進。 */
function utf16(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return `FEFF${units.map((unit) => unit.toString(16).toUpperCase().padStart(4, "0")).join("")}`;
}
