import { xmlText } from "../office/word-text.ts";
import { openZip, writeZip } from "../office/zip.ts";
import type { FileFormat } from "./file-format.ts";

export interface MarkedFile {
  bytes: Uint8Array;
  /** 印の付いた所。footer=フッターとプロパティ、property=プロパティ、name=ファイル名と目録だけ。 */
  marked: "footer" | "property" | "name";
}

type Parts = Map<string, Uint8Array>;
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const wordMain = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * 渡す文書に、管理番号と公文書の印を付ける（仕様書12(4)）。Word はフッターとプロパティ、Excel・PowerPoint はプロパティ。
 * PDF の中身は変えない（署名やしおりを壊さない）ので、印はファイル名と目録にある。
 */
export function markDocument(
  format: FileFormat,
  bytes: Uint8Array,
  { mark, notice }: { mark: string; notice: string },
): MarkedFile {
  if (format === "pdf") return { bytes, marked: "name" };
  const parts = openZip(bytes);
  const named = setProperties(parts, { 管理番号: mark, 公文書: notice });
  const printed = format === "docx" && stampFooter(parts, `管理番号 ${mark}　${notice}`);
  if (!named && !printed) return { bytes, marked: "name" };
  return { bytes: writeZip(parts), marked: printed ? "footer" : "property" };
}

function read(parts: Parts, name: string): string | undefined {
  const bytes = parts.get(name);
  return bytes && new TextDecoder().decode(bytes);
}

function write(parts: Parts, name: string, text: string): void {
  parts.set(name, new TextEncoder().encode(text));
}

/** 終わりの札の前に差し込む。札がなければ偽。 */
function insertBefore(parts: Parts, name: string, end: string, text: string): boolean {
  const xml = read(parts, name);
  const at = xml?.lastIndexOf(end) ?? -1;
  if (xml === undefined || at < 0) return false;
  write(parts, name, `${xml.slice(0, at)}${text}${xml.slice(at)}`);
  return true;
}

function setProperties(parts: Parts, given: Readonly<Record<string, string>>): boolean {
  const place = "docProps/custom.xml";
  const kept = read(parts, place);
  const names = Object.keys(given);
  const before =
    kept?.replace(/<property\b[^>]*\bname="([^"]*)"[^>]*>.*?<\/property>/gs, (whole, name: string) =>
      names.includes(name) ? "" : whole,
    ) ?? "";
  const used = [...before.matchAll(/\bpid="(\d+)"/g)].map((found) => Number(found[1]));
  const first = Math.max(1, ...used) + 1;
  const rows = names
    .map(
      (name, at) =>
        `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${first + at}" name="${xmlText(name)}"><vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">${xmlText(given[name] ?? "")}</vt:lpwstr></property>`,
    )
    .join("");
  if (kept !== undefined) {
    write(parts, place, before);
    return insertBefore(parts, place, "</Properties>", rows);
  }
  const typed = insertBefore(
    parts,
    "[Content_Types].xml",
    "</Types>",
    `<Override PartName="/${place}" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>`,
  );
  const related = insertBefore(
    parts,
    "_rels/.rels",
    "</Relationships>",
    `<Relationship Id="rIdMadoguchiMark" Type="${relations}/custom-properties" Target="${place}"/>`,
  );
  if (!typed || !related) return false;
  write(
    parts,
    place,
    `${declaration}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">${rows}</Properties>`,
  );
  return true;
}

/** あるフッターのすべてに一行を足す。フッターがなければ、文書のはじめの節に作る。 */
function stampFooter(parts: Parts, line: string): boolean {
  const paragraph = `<w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t xml:space="preserve">${xmlText(line)}</w:t></w:r></w:p>`;
  const footers = [...parts.keys()].filter((name) => /^word\/footer\d*\.xml$/.test(name));
  const printed = footers.filter((name) => read(parts, name)?.includes(xmlText(line)));
  if (printed.length > 0) return true;
  const stamped = footers.filter((name) => insertBefore(parts, name, "</w:ftr>", paragraph));
  return stamped.length > 0 || addFooter(parts, paragraph);
}

function addFooter(parts: Parts, paragraph: string): boolean {
  const name = "word/footerMadoguchi.xml";
  const id = "rIdMadoguchiFooter";
  const document = read(parts, "word/document.xml");
  const open = document && /<w:sectPr\b([^>]*?)(\/?)>/.exec(document);
  if (!document || !open || !/xmlns:w=/.test(document)) return false;
  const typed = insertBefore(
    parts,
    "[Content_Types].xml",
    "</Types>",
    `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>`,
  );
  const related = insertBefore(
    parts,
    "word/_rels/document.xml.rels",
    "</Relationships>",
    `<Relationship Id="${id}" Type="${relations}/footer" Target="footerMadoguchi.xml"/>`,
  );
  if (!typed || !related) return false;
  const reference = `<w:footerReference xmlns:r="${relations}" w:type="default" r:id="${id}"/>`;
  const [whole, attributes = "", closed] = open;
  const section = closed
    ? `<w:sectPr${attributes}>${reference}</w:sectPr>`
    : `<w:sectPr${attributes}>${reference}`;
  write(
    parts,
    "word/document.xml",
    document.replace(whole, () => section),
  );
  write(parts, name, `${declaration}<w:ftr xmlns:w="${wordMain}">${paragraph}</w:ftr>`);
  return true;
}
