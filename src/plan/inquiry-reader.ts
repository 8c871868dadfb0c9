import { AppError } from "../base/error.ts";
import { openZip } from "../office/zip.ts";
import { type CameLine, type CamePaper, linesOf } from "./came-paper.ts";
import { readOpenPaper } from "./inquiry-open-reader.ts";
import { readSheetPaper } from "./inquiry-sheet-reader.ts";
import { readWordPaper } from "./inquiry-word-reader.ts";

export interface InquiryReading {
  lines: CameLine[];
  /** 表の外に書かれていた文とコメント（送った紙の決まりの文は除く）。 */
  outside: string[];
  /** 紙に刷ってある照会の印（「3-1a2b3c4d」）と号。なければ undefined。 */
  code: string | undefined;
  number: number | undefined;
}

const keep = "届いたファイルは変えていません。";

/**
 * 返ってきた照会を読む。Word（.docx）、Excel（.xlsx）、OpenDocument（.odt、.ods）、CSV を、名でなく中身で見分ける。
 * known は、送った部分の印（見出しが消えた紙を読むため）。
 * @throws AppError BAD_INPUT（開けない、パスワードつき、古い形、照会の表がない: よその文書など）
 */
export function readInquiry(bytes: Uint8Array, fileName: string, known: ReadonlySet<string>): InquiryReading {
  const paper = openPaper(bytes, fileName);
  const lines = linesOf(paper.tables, known);
  const all = [
    ...paper.outside,
    ...paper.tables.flatMap(({ rows }) => rows.flat().map(({ text }) => text)),
  ].join("\n");
  const number = /庁内照会\s*第\s*([0-9０-９]+)\s*号/.exec(all)?.[1];
  const found = {
    code: /照会の印[\s:：]*([0-9]+-[0-9a-z]{8})/.exec(all.normalize("NFKC"))?.[1],
    number: number === undefined ? undefined : Number(number.normalize("NFKC")),
  };
  if (lines) return { lines, outside: paper.outside.filter((text) => !isOurs(text)), ...found };
  throw new AppError(
    "BAD_INPUT",
    `「部分の印」と「原稿の文」の列のある表が見つかりません。この照会で送った Word か Excel を、そのままの表で返してもらってください。${keep}`,
  );
}

/** 送った紙にはじめからある文。 */
function isOurs(text: string): boolean {
  return /照会の印|部分の印|庁内照会\s*第|御中[\s　]|回答期限|^(表\s*\d*\s*)?照会\s*第\d+号$/.test(text);
}

function openPaper(bytes: Uint8Array, fileName: string): CamePaper {
  if (bytes.length === 0) throw bad("届いたファイルは空です。もう一度送ってもらってください。");
  const starts = (mark: string) => [...mark].every((letter, at) => bytes[at] === letter.charCodeAt(0));
  if (starts("\u00d0\u00cf\u0011\u00e0")) throw oldFile(bytes);
  if (starts("%PDF"))
    throw bad("PDF なので、文を原稿に戻せません。送った Word か Excel に書いて、返してもらってください。");
  if (starts("{\\rtf")) throw bad("リッチテキストです。Word で開き、.docx で保存し直してください。");
  if (!starts("PK")) return readSheetPaper(bytes, fileName, new Map());
  const parts = openZip(bytes);
  const mime = new TextDecoder().decode(parts.get("mimetype") ?? new Uint8Array());
  if (mime.includes("opendocument")) return readOpenPaper(parts);
  if (parts.has("word/document.xml") || [...parts.keys()].some((name) => /^word\//.test(name)))
    return readWordPaper(parts);
  if (!parts.has("[Content_Types].xml"))
    throw bad(
      "zip などの、ほかのファイルを包んだものです。中の Word か Excel を取り出して、選び直してください。",
    );
  return readSheetPaper(bytes, fileName, parts);
}

/** 古い形（.doc、.xls）か、パスワードのかかったもの。 */
function oldFile(bytes: Uint8Array): AppError {
  const text = Buffer.from(bytes).toString("utf16le");
  const other = Buffer.from(bytes.subarray(1)).toString("utf16le");
  const has = (word: string) => text.includes(word) || other.includes(word);
  if (has("EncryptedPackage"))
    return bad("パスワードがかかっていて、開けません。パスワードを外して保存し直したものを選んでください。");
  if (has("WordDocument"))
    return bad(
      "古い Word（.doc）です。Word で開き、「Word 文書（.docx）」で保存し直したものを選んでください。",
    );
  if (has("Workbook") || has("Book"))
    return bad(
      "古い Excel（.xls）です。Excel で開き、「Excel ブック（.xlsx）」で保存し直したものを選んでください。",
    );
  return bad("Word（.docx）でも Excel（.xlsx）でもありません。保存し直したものを選んでください。");
}

function bad(message: string): AppError {
  return new AppError("BAD_INPUT", `${message}${keep}`);
}
