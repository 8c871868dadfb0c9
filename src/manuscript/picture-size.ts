/** 画像の種類と大きさ（画素）。 */
export interface Picture {
  bytes: Uint8Array;
  extension: "png" | "jpeg";
  width: number;
  height: number;
}

/** 一つの画像に許す大きさ。これを超えるものは置かない（知らせて、本文は失わない）。 */
const BYTES = 20 * 1024 * 1024;
const PIXELS = 100_000_000;

/** PNG か JPEG なら、その大きさ。壊れている、ほかの形、大きすぎるときは undefined。 */
export function pictureOf(bytes: Uint8Array | undefined): Picture | undefined {
  if (!bytes || bytes.length > BYTES) return undefined;
  const png = pngSize(bytes);
  const size = png ?? jpegSize(bytes);
  if (!size || size.width * size.height > PIXELS) return undefined;
  return { bytes, extension: png ? "png" : "jpeg", ...size };
}

/** 置けない画像の、わけと直し方（「は、…」に続く文）。置けるなら空。 */
export function pictureFault(bytes: Uint8Array | undefined): string {
  if (!bytes) return "が、原稿のフォルダーにありません。名前と場所をご確認ください。";
  if (pictureOf(bytes)) return "";
  const size = `${Math.ceil(bytes.length / 1024 / 1024).toLocaleString("ja-JP")} MB`;
  if (bytes.length > BYTES)
    return `は ${size} あり、大きすぎます（一枚 20 MB まで）。幅 2,000 画素ほどに縮めてから置いてください。`;
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 400));
  const other = /<svg[\s>]/.test(start)
    ? "SVG"
    : /^GIF8/.test(start)
      ? "GIF"
      : /^RIFF....WEBP/s.test(start)
        ? "WebP"
        : /^....ftyp(?:heic|heix|mif1|avif)/s.test(start)
          ? "HEIC・AVIF"
          : /^(?:II\*\0|MM\0\*)/.test(start)
            ? "TIFF"
            : /^BM/.test(start)
              ? "BMP"
              : "";
  if (other !== "") return `は ${other} です。PNG か JPEG に書き出してから置いてください。`;
  if (pngSize(bytes) ?? jpegSize(bytes))
    return "は画素が多すぎます（1億画素まで）。縮めてから置いてください。";
  return "は、PNG・JPEG として読めません（壊れているか、ほかの形です）。書き出し直してください。";
}

function pngSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const mark = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  if (bytes.length < 33 || mark.some((one, at) => bytes[at] !== one)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/** JPEG の枠（SOF）から大きさを読む。ITU-T T.81 の印の並び。 */
function jpegSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const kind = bytes[at + 1] ?? 0;
    const frame = kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind);
    if (frame) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return width > 0 && height > 0 ? { width, height } : undefined;
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
