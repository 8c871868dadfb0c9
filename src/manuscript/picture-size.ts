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
