import { AppError } from "../base/error.ts";

/** まとめて固めたファイルの、はじめのバイトと名。 */
const marks: readonly { head: readonly number[]; name: string }[] = [
  { head: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], name: "7-Zip（.7z）" },
  { head: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], name: "RAR（.rar）" },
  { head: [0x1f, 0x8b], name: "gzip（.gz）" },
  { head: [0x42, 0x5a, 0x68], name: "bzip2（.bz2）" },
  { head: [0xfd, 0x37, 0x7a, 0x58, 0x5a], name: "xz（.xz）" },
];

/**
 * 固めたファイル（中の表や文書は、パスワードが付いていることも多い）を、字の読めない表と言わずに断る。
 * @throws AppError BAD_INPUT（固めたファイル。直し方を言う）
 */
export function refusePacked(bytes: Uint8Array): void {
  const found = marks.find(({ head }) => head.every((byte, at) => bytes[at] === byte));
  if (found)
    throw new AppError(
      "BAD_INPUT",
      `${found.name}で固めたファイルです。受け取ったパスワードで解凍し、中のファイルを選び直してください。`,
    );
}

/** OpenDocument（.odt .ods）の名。ZIP の初めの部品に、封をせずに書いてある。 */
export function openDocumentKind(bytes: Uint8Array): "odt" | "ods" | "odp" | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(30, 120));
  const kind = /^mimetypeapplication\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)/.exec(
    head,
  )?.[1];
  return kind === "text"
    ? "odt"
    : kind === "spreadsheet"
      ? "ods"
      : kind === "presentation"
        ? "odp"
        : undefined;
}
