import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** 見慣れない字の並び。どこかに平文で残れば、必ずこれだと分かる。 */
export const canary = {
  name: "鸚哥ヶ淵　鵺之介",
  kana: "オウムガフチ　ヌエノスケ",
  address: "札幌市北区北三十一条西5丁目77-7199",
  building: "鶺鴒閣ツェッペリン館8086号",
  phone: "011-986-7193",
  needs: "翡翠色の杖を左脇に",
  memo: "蜻蛉玉の件で折り返し",
  callerNumber: "090-9867-1932",
  proxyName: "鸚哥ヶ淵　鳰子",
  proxyRelation: "義従姉妹の乳母",
  proxyPhone: "080-9867-1933",
  note: "黒歌鳥の間は靴を脱ぐ",
} as const;

/** 平文で残りうる形: 書いたまま、空白なし、数字だけ、URL の中の形。 */
function shapesOf(text: string): string[] {
  const digits = text.replace(/[^0-9]/g, "");
  const phone = /^[0-9-]+$/.test(text) ? [digits] : [];
  const plain = [text, text.replace(/\s/gu, ""), text.normalize("NFKC"), ...text.split(/\s/u), ...phone];
  return [...new Set([...plain, ...plain.map((one) => encodeURIComponent(one))])];
}

const needles = Object.entries(canary).flatMap(([field, text]) =>
  shapesOf(text).flatMap((shape) => {
    const le = Buffer.from(shape, "utf16le");
    return [Buffer.from(shape, "utf8"), le, Buffer.from(le).swap16()].map((bytes) => ({ field, bytes }));
  }),
);

/** bytes の中にある、見慣れない字の欄。なければ空。 */
export function canariesIn(bytes: Uint8Array): string[] {
  const hay = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [...new Set(needles.filter((needle) => hay.includes(needle.bytes)).map(({ field }) => field))];
}

/** フォルダーの下の全部のファイルの、名と中身から探す。見つかった「ファイル: 欄」。 */
export function canariesUnder(folder: string): { files: number; found: string[] } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const search = (file: Dirent) => {
    const path = join(file.parentPath, file.name);
    return [...canariesIn(Buffer.from(path)), ...canariesIn(readFileSync(path))].map(
      (field) => `${file.name}: ${field}`,
    );
  };
  return { files: files.length, found: files.flatMap(search) };
}
