import { deflateRawSync, inflateRawSync } from "node:zlib";
import { AppError } from "../base/error.ts";
import { type SurveyData, surveyDataOf } from "../tabulation/survey-data.ts";

/*
 * 回答の表をしまう形: 列ごとに、違う値の並びと、行ごとの番号。10万行×120列でも、文字列は違う値の数だけで済む。
 * 並びは 見出しの長さ(4) | 見出し(JSON) | 番号（列ごとに 1・2・4 バイト）を縮めたもの。
 */
const FORMAT = "madoguchi-answers/1";

interface Head {
  format: string;
  rows: number;
  columns: { name: string; values: string[]; width: 1 | 2 | 4; title?: string | undefined }[];
}

/** 回答の表を、封じる前のバイト列に。 */
export function packAnswers(data: SurveyData): Uint8Array {
  const columns: Head["columns"] = [];
  const parts: Buffer[] = [];
  for (const name of data.names) {
    const { values, codes } = indexed(data.raw(name) ?? []);
    const width = values.length <= 0x100 ? 1 : values.length <= 0x10000 ? 2 : 4;
    columns.push({ name, values, width, title: data.title(name) });
    const bytes = Buffer.alloc(codes.length * width);
    for (const [row, code] of codes.entries()) bytes.writeUIntLE(code, row * width, width);
    parts.push(bytes);
  }
  const head = Buffer.from(JSON.stringify({ format: FORMAT, rows: data.rows, columns } satisfies Head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return deflateRawSync(Buffer.concat([length, head, ...parts]), { level: 1 });
}

function indexed(raw: readonly string[]): { values: string[]; codes: Uint32Array } {
  const places = new Map<string, number>();
  const codes = new Uint32Array(raw.length);
  for (const [row, value] of raw.entries()) {
    const known = places.get(value);
    const place = known ?? places.size;
    if (known === undefined) places.set(value, place);
    codes[row] = place;
  }
  return { values: [...places.keys()], codes };
}

/** packAnswers の逆。 */
export function unpackAnswers(bytes: Uint8Array): SurveyData {
  const whole = inflateRawSync(bytes);
  const size = whole.readUInt32LE(0);
  const head = JSON.parse(whole.toString("utf8", 4, 4 + size)) as Head;
  if (head.format !== FORMAT)
    throw new AppError("BAD_INPUT", "しまってある回答の形が新しすぎます。このプログラムを更新してください。");
  const raws: string[][] = [];
  let at = 4 + size;
  for (const { values, width } of head.columns) {
    const raw = new Array<string>(head.rows);
    for (let row = 0; row < head.rows; row += 1)
      raw[row] = values[whole.readUIntLE(at + row * width, width)] ?? "";
    at += head.rows * width;
    raws.push(raw);
  }
  return surveyDataOf(
    head.columns.map(({ name }) => name),
    raws,
    head.rows,
    { titles: head.columns.map(({ title = "" }) => title) },
  );
}
