import { expect, test } from "vitest";
import { openDocumentKind, refusePacked } from "./packed-kind.ts";
import { readTables } from "./table-reader.ts";

/** 7-Zip 23 で「7z a -pXXX -mhe=on」した一つのはじめの 32 バイト（見出しも暗号のもの）。 */
const locked7z = Buffer.from("377abcaf271c0004a68b470800010000000000002f000000000000009a93a947", "hex");
const gzip = Buffer.from("1f8b0808", "hex");
/** LibreOffice 7.4 がパスワードを付けて保存した .ods のはじめ。 */
const ods = Buffer.concat([
  Buffer.from("504b0304140000080000", "hex"),
  Buffer.alloc(20),
  Buffer.from("mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK"),
]);

test("固めたファイルを、字の読めない表や文と言わずに、何で固めたかと次にすることを言う", () => {
  for (const [bytes, name] of [
    [locked7z, "7-Zip（.7z）"],
    [gzip, "gzip（.gz）"],
    [Buffer.from("Rar!\u001a\u0007\u0001", "latin1"), "RAR（.rar）"],
  ] as const) {
    const said = `${name}で固めたファイルです。`;
    expect(() => refusePacked(bytes)).toThrow(said);
    expect(() => readTables(bytes, "表.csv")).toThrow(said);
  }
  expect(() => refusePacked(Buffer.from("番号,氏名\n"))).not.toThrow();
});

test("OpenDocument は、初めの部品に書いた名で分かる", () => {
  expect([openDocumentKind(ods), openDocumentKind(Buffer.from("PK"))]).toEqual(["ods", undefined]);
});
