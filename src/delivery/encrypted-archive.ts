import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { AppError } from "../base/error.ts";

// 裏の糸（ブラウザーの Web Worker）は使わない。
configure({ useWebWorkers: false });

export interface ArchiveEntry {
  /** 半角の名（管理番号）。中身を開かなくても見えるので、氏名や件名は入れない。 */
  fileName: string;
  bytes: Uint8Array;
}

/**
 * AES-256 の ZIP（WinZip AE-2）。7-Zip などで開ける。Windows のエクスプローラーは開けない。
 * @throws AppError BAD_INPUT（短いパスワード、同じ名が二つ）
 */
export async function writeEncryptedArchive(
  entries: readonly ArchiveEntry[],
  password: string,
  at: Date,
): Promise<Uint8Array> {
  if (password.length < 12) throw new AppError("BAD_INPUT", "パスワードは12字以上にしてください。");
  if (new Set(entries.map((one) => one.fileName)).size !== entries.length)
    throw new AppError("BAD_INPUT", "同じ名のファイルが二つあります。記号を直してください。");
  const writer = new ZipWriter(new Uint8ArrayWriter(), { password, encryptionStrength: 3 });
  for (const { fileName, bytes } of entries)
    await writer.add(fileName, new Uint8ArrayReader(bytes), { lastModDate: at });
  return writer.close();
}
