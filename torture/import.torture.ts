import { fuzzImports } from "../src/testing/fuzz-import.ts";
import { rowOf, type TortureRow } from "./torture-row.ts";

export const name = "壊れたファイルの取り込み";

const FILES = 100_000;
const LIMIT_MS = 40 * 60_000;

export async function run(): Promise<TortureRow[]> {
  // 日ごとに違う種から始める。見つけた種は結果に残るので、同じファイルをもう一度作れる。
  const from = Math.floor(Date.now() / 86_400_000) * 1_000_000;
  const told = await fuzzImports(from, FILES, performance.now() + LIMIT_MS);
  const megabytes = Math.round(told.peak / 1_000_000);
  const result = `読めた ${told.read}、一文で断った ${told.refused}、記憶の最大 ${megabytes} MB`;
  return [
    rowOf(
      `種 ${from} から、表・日程表・Word・ZIP・PDF・仕様書・文字起こし・意見・メール・調査の回答・電話の記録と知らせ・コードブック・原稿・スライド・照会の紙・統計表・上位計画・絵・回答・証明書・記録・控えを壊して読む`,
      told.files,
      result,
      told.faults,
      told.files > 0,
    ),
  ];
}
