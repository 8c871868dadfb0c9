import { expect, test } from "vitest";
import { readSpecFile } from "./read-spec-file.ts";

test("OpenDocument・パスワード付き・固めたファイルの仕様書は、その名で断る", async () => {
  const ods = Buffer.concat([
    Buffer.from("504b0304140000080000", "hex"),
    Buffer.alloc(20),
    Buffer.from("mimetypeapplication/vnd.oasis.opendocument.textPK"),
  ]);
  await expect(readSpecFile(ods)).rejects.toThrow("OpenDocument 形式（.odt）のため読めません");
  const ole = Buffer.concat([
    Buffer.from("d0cf11e0a1b11ae1", "hex"),
    Buffer.alloc(504),
    Buffer.from("EncryptedPackage", "utf16le"),
  ]);
  await expect(readSpecFile(ole)).rejects.toThrow("パスワードのかかったファイルのため読めません");
  await expect(readSpecFile(ole.subarray(0, 512))).rejects.toThrow("古い Word 形式（.doc）のため読めません");
  const packed = Buffer.from("377abcaf271c0004a68b4708", "hex");
  await expect(readSpecFile(packed)).rejects.toThrow("7-Zip（.7z）で固めたファイルです");
});
