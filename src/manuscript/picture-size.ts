/** PNG の大きさ（画素）。PNG でなければ undefined。 */
export function pngSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const mark = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  if (bytes.length < 33 || mark.some((one, at) => bytes[at] !== one)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  return width > 0 && height > 0 ? { width, height } : undefined;
}
