import { create } from "qrcode";

/** 照合番号の二次元コードの目（行ごとの明暗）。宛先も氏名も入れない。 */
export function codeCells(text: string): boolean[][] {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  return Array.from({ length: modules.size }, (_, y) =>
    Array.from({ length: modules.size }, (_, x) => modules.get(y, x) !== 0),
  );
}
