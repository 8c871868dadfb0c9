import { AppError } from "../base/error.ts";
import { openDocumentKind, refusePacked } from "../office/packed-kind.ts";
import { readDocxSource } from "./docx-source-reader.ts";
import { readPdfSource } from "./pdf-source-reader.ts";
import { readSpecification, type Specification } from "./read-specification.ts";
import type { SpecificationSource } from "./source-line.ts";
import { readTextSource } from "./text-source-reader.ts";

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * 仕様書のファイル（.txt、.docx、.pdf）を読む。形式は拡張子でなく中身で決める。事務所は要らない。
 * @throws AppError BAD_INPUT（読めない形式、壊れている、パスワード、文字のない PDF）、TOO_LARGE
 */
export async function readSpecFile(bytes: Uint8Array): Promise<Specification> {
  if (bytes.length > MAX_BYTES)
    throw new AppError("TOO_LARGE", "仕様書のファイルが 64 MB を超えています。分けてお試しください。");
  const specification = readSpecification(await sourceOf(bytes));
  if (specification.clauses.length === 0)
    throw new AppError("BAD_INPUT", "仕様書に文字がありません。ファイルをご確認ください。");
  return specification;
}

/** 文書（.txt、.docx、.pdf）の文。形式は中身で決める。BAD_INPUT（読めない形式、壊れている）。 */
export async function readSourceText(bytes: Uint8Array): Promise<string> {
  return (await sourceOf(bytes)).text;
}

async function sourceOf(bytes: Uint8Array): Promise<SpecificationSource> {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  if (head.includes("%PDF-")) return readPdfSource(bytes);
  const open = openDocumentKind(bytes);
  if (open !== undefined) throw other(`OpenDocument 形式（.${open}）`);
  if (head.startsWith("PK")) return readDocxSource(bytes);
  if (head.startsWith("\u00d0\u00cf\u0011\u00e0")) throw other(oldOrLocked(bytes));
  refusePacked(bytes);
  if (head.startsWith("{\\rtf")) throw other("リッチテキスト（.rtf）");
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(head)) throw other("ウェブページや XML");
  return readTextSource(bytes);
}

/** 同じ入れ物（OLE）の、パスワード付きの新しい形式か、古い形式か。 */
function oldOrLocked(bytes: Uint8Array): string {
  return Buffer.from(bytes).includes(Buffer.from("EncryptedPackage", "utf16le"))
    ? "パスワードのかかったファイル"
    : "古い Word 形式（.doc）";
}

function other(kind: string): AppError {
  return new AppError(
    "BAD_INPUT",
    `${kind}のため読めません。Word で開き、「Word 文書 (.docx)」か PDF として保存し直してください。`,
  );
}
