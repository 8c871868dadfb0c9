import { AppError } from "../base/error.ts";
import { type Instant, localMinuteOf } from "../base/time.ts";
import { xmlText } from "../office/word-text.ts";
import { unescapeXml } from "../office/xml-tree.ts";
import { openZip, writeZip } from "../office/zip.ts";
import { fillText } from "../sheet/xlsx-placeholder.ts";
import { openBook } from "../sheet/xlsx-workbook.ts";
import { mergeDocx } from "../word/docx-merge.ts";
import { compileTemplate } from "../word/docx-template.ts";

/** 委託者の様式の形。 */
export const clientMedia = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

export interface FilledClientFile {
  bytes: Uint8Array;
  extension: keyof typeof clientMedia;
  /** 様式にあった差込みの印の名。値のないものは unknown。 */
  used: string[];
  unknown: string[];
}

/**
 * 委託者の様式（.docx か .xlsx）の差込みの印（`{対象の月}` や差し込み項目）に、値を入れる。ほかは一字も変えない。
 * @throws AppError BAD_INPUT（Word でも Excel でもない、開けない）
 */
export function fillClientFile(
  template: Uint8Array,
  values: ReadonlyMap<string, string>,
  now: Instant,
): FilledClientFile {
  const zip = openParts(template);
  const used = new Set<string>();
  const unknown = new Set<string>();
  const names = new Map([...values.keys()].map((one) => [flat(one), one]));
  const known = (name: string) => {
    const found = names.get(flat(name));
    (found === undefined ? unknown : used).add(found ?? name);
    return found;
  };
  const at = (name: string) => values.get(known(name) ?? "");
  const seen = () => ({ used: [...used], unknown: [...unknown] });
  if (zip.has("word/document.xml")) {
    const columns = [...values.keys()];
    const data = { columns, rows: [[...values.values()].map((text) => ({ text }))] };
    const options = {
      now: localMinuteOf(now),
      columnOf: (name: string) => {
        const found = known(name);
        return found === undefined ? undefined : columns.indexOf(found);
      },
    };
    return { bytes: mergeDocx(compileTemplate(template), data, options).docx, extension: "docx", ...seen() };
  }
  if (!zip.has("xl/workbook.xml"))
    throw new AppError("BAD_INPUT", "様式は、Word（.docx）か Excel（.xlsx）のファイルにしてください。");
  openBook(template); // 読めない・暗号つきの本は、ここで断られる
  const parts = new Map(zip);
  for (const [name, bytes] of zip)
    if (/^xl\/(sharedStrings|worksheets\/[^/]+)\.xml$/.test(name))
      parts.set(name, new TextEncoder().encode(fillXml(new TextDecoder().decode(bytes), at)));
  return { bytes: writeZip(parts), extension: "xlsx", ...seen() };
}

/** 文字の要素の中だけを替える（印が一つの要素に収まっているもの）。 */
function fillXml(xml: string, value: (name: string) => string | undefined): string {
  return xml.replace(
    /(<t(?:\s[^>]*)?>)([^<]*)(<\/t>)/g,
    (whole, open: string, text: string, close: string) => {
      const plain = unescapeXml(text);
      const filled = fillText(plain, value);
      return filled === plain ? whole : `${preserve(open)}${xmlText(filled)}${close}`;
    },
  );
}

function preserve(open: string): string {
  return open.includes("xml:space") ? open : open.replace("<t", '<t xml:space="preserve"');
}

const flat = (name: string) => name.normalize("NFKC").replace(/[\s_]/g, "");

function openParts(bytes: Uint8Array): Map<string, Uint8Array> {
  try {
    return new Map(openZip(bytes));
  } catch {
    throw new AppError(
      "BAD_INPUT",
      "様式のファイルが開けません。Word（.docx）か Excel（.xlsx）を、パスワードを外して選んでください。",
    );
  }
}
