import { AppError, type Fault } from "../base/error.ts";
import { decodeText } from "../office/csv-encoding.ts";
import { readTables } from "../office/table-reader.ts";
import { type Codebook, readCodebook } from "./codebook.ts";

/**
 * コードブックのファイルを読む。YAML・JSON（docs/schemas/codebook.schema.json）か、表（Excel、CSV）。
 * 表は、選択肢ごとに一行。列は 設問・設問文・種類・列・コード・選択肢・短い名・点（なくてよいものは省ける）。
 * @throws AppError BAD_INPUT（形、知らない種類、設問のない行）。行を言う
 */
export function readCodebookFile(bytes: Uint8Array, name: string, title: string): Codebook {
  const sheet = /\.(xlsx|xlsm|xls|csv|tsv)$/i.test(name) || (bytes[0] === 0x50 && bytes[1] === 0x4b);
  return sheet ? readCodebookTable(bytes, name, title) : readCodebook(decodeText(bytes).text);
}

const heads = {
  id: /^(設問|設問番号|問|質問番号|id|question)$/i,
  text: /^(設問文|質問文|質問|問の文|text)$/i,
  type: /^(種類|種別|型|回答形式|形式|type)$/i,
  column: /^(列|列名|列の名|変数|変数名|column|columns|variable)$/i,
  code: /^(コード|値|code|value)$/i,
  label: /^(選択肢|選択肢名|ラベル|label)$/i,
  short: /^(短い名|略称|短縮|short)$/i,
  score: /^(点|得点|配点|score)$/i,
} as const;
type Head = keyof typeof heads;

const types: readonly (readonly [RegExp, string])[] = [
  [/^(sa|単一|単数|一つ|択一|単一回答|一つだけ)/i, "sa"],
  [/^(ma|複数|いくつでも|複数回答)/i, "ma"],
  [/^(number|数|数値|数量|実数)/i, "number"],
  [/^(rank|順位)/i, "rank"],
  [/^(text|自由|文|記述|fa|oa)/i, "text"],
  [/^(matrix|表|マトリクス)/i, "matrix"],
];

interface Draft {
  id: string;
  text: string;
  type: string;
  columns: string[];
  options: { code: string; label: string; short?: string; score?: number }[];
}

function readCodebookTable(bytes: Uint8Array, name: string, title: string): Codebook {
  const rows = (readTables(bytes, name)[0]?.rows ?? []).map((cells) =>
    cells.map(({ text }) => text.normalize("NFKC").trim()),
  );
  const top = rows.findIndex((row) => row.some((text) => heads.id.test(text)));
  if (top < 0)
    throw new AppError(
      "BAD_INPUT",
      "コードブックの表に、見出し「設問」がありません。設問・設問文・種類・列・コード・選択肢の見出しを付けてください。",
    );
  const place = Object.fromEntries(
    Object.entries(heads).map(([key, pattern]) => [
      key,
      (rows[top] ?? []).findIndex((text) => pattern.test(text)),
    ]),
  ) as Record<Head, number>;
  const questions: Draft[] = [];
  const faults: Fault[] = [];
  for (const [at, row] of rows.entries()) {
    if (at <= top || row.every((text) => text === "")) continue;
    const cell = (key: Head) => (place[key] < 0 ? "" : (row[place[key]] ?? ""));
    const fault = addRow(questions, cell);
    if (fault) faults.push({ row: at + 1, message: fault });
  }
  const [first] = faults;
  if (first)
    throw new AppError("BAD_INPUT", `コードブックの表の${first.row}行目: ${first.message}`, {
      faults: faults.slice(0, 20),
    });
  return readCodebook(JSON.stringify({ title, questions: questions.map(typed) }));
}

function addRow(questions: Draft[], cell: (key: Head) => string): string | undefined {
  const id = cell("id");
  const last = questions.at(-1);
  if (id !== "" && id !== last?.id) {
    const word = cell("type");
    const type = word === "" ? "" : types.find(([pattern]) => pattern.test(word))?.[1];
    if (type === undefined)
      return `種類「${word}」が分かりません。単一・複数・数値・順位・自由・表のどれかを書いてください。`;
    questions.push({ id, text: cell("text"), type, columns: [], options: [] });
  }
  const now = questions.at(-1);
  if (!now) return "設問の番号がありません。";
  for (const column of cell("column").split(/[,、\n]/))
    if (column.trim() !== "" && !now.columns.includes(column.trim())) now.columns.push(column.trim());
  const [code, label, short, score] = [cell("code"), cell("label"), cell("short"), cell("score")];
  if (code === "" && label === "") return undefined;
  if (score !== "" && !Number.isFinite(Number(score))) return `点「${score}」が数ではありません。`;
  now.options.push({
    ...{ code: code || String(now.options.length + 1), label: label || code },
    ...(short === "" ? {} : { short }),
    ...(score === "" ? {} : { score: Number(score) }),
  });
  return undefined;
}

/** 種類が書かれていなければ、選択肢と列の数から。 */
function typed({ type, columns, options, ...rest }: Draft): Record<string, unknown> {
  const guessed = options.length === 0 ? "text" : columns.length > 1 ? "ma" : "sa";
  return { ...rest, type: type || guessed, options, ...(columns.length > 0 ? { columns } : {}) };
}
