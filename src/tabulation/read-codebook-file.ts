import { AppError, type Fault } from "../base/error.ts";
import { decodeText } from "../office/csv-encoding.ts";
import { readTables } from "../office/table-reader.ts";
import { type Codebook, readCodebook } from "./codebook.ts";
import { missingNamed, optionLines, typeNamed } from "./codebook-spelling.ts";

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
  id: /^(設問|設問番号|問|問番号|問no\.?|質問番号|設問id|設問no\.?|id|question|no\.?)$/i,
  text: /^(問|設問|設問文|質問文|質問|設問内容|質問内容|問の文|設問名|項目名?|text)$/i,
  type: /^(種類|種別|型|回答形式|回答方法|設問形式|形式|タイプ|type)$/i,
  column: /^(列|列名|列の名|カラム名?|変数|変数名|column|columns|variable)$/i,
  code: /^(コード|番号|値|選択肢番号|選択肢コード|code|value)$/i,
  label: /^(選択肢|選択肢名|選択肢文|ラベル|値ラベル|カテゴリー?|label|options?)$/i,
  short: /^(短い名|略称|短縮|short)$/i,
  score: /^(点|得点|配点|スコア|score)$/i,
  noAnswer: /^(無回答|無回答コード|無回答の印|欠損値?|missing|missing\s?codes?)$/i,
  notApplicable: /^(非該当|非該当コード|対象外)$/,
  unknown: /^(不明|不明コード)$/,
  axis: /^(軸|集計軸|クロス軸|表側|axis)$/i,
  base: /^(対象|対象者|回答条件|条件|分岐|回答者|限定|分母|base|filter)$/i,
} as const;
type Head = keyof typeof heads;

interface Draft {
  id: string;
  text: string;
  type: string;
  columns: string[];
  options: { code: string; label: string; short?: string; score?: number }[];
  missing: Record<string, string[]>;
  base: string;
  axis: boolean;
}

function readCodebookTable(bytes: Uint8Array, name: string, title: string): Codebook {
  const rows = (readTables(bytes, name)[0]?.rows ?? []).map((cells) =>
    // 丸数字の②を 2 と書き換えないよう、字はそのままにして、前後の空白だけを除く。
    cells.map(({ text }) => text.replace(/\r\n?/g, "\n").trim()),
  );
  const top = rows.findIndex(
    (row) => row.some((text) => heads.id.test(plain(text))) && row.filter((text) => text !== "").length > 1,
  );
  if (top < 0)
    throw new AppError(
      "BAD_INPUT",
      "コードブックの表に、見出し「設問」がありません。設問・設問文・種類・列・コード・選択肢の見出しを付けてください。",
    );
  const place = Object.fromEntries(
    Object.entries(heads).map(([key, pattern]) => [
      key,
      (rows[top] ?? []).findIndex((text) => pattern.test(plain(text))),
    ]),
  ) as Record<Head, number>;
  if (place.text === place.id) place.text = (rows[top] ?? []).findIndex((text) => isTextHead(plain(text)));
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
  const axes = questions.flatMap(({ id, axis }) => (axis ? [id] : []));
  return readCodebook(JSON.stringify({ title, questions: questions.map(typed), axes }));
}

/** 「設問」の列が一つだけなら、それは番号。文の列は、ほかの名で。 */
function isTextHead(text: string): boolean {
  return heads.text.test(text) && !heads.id.test(text);
}

function plain(text: string): string {
  return text.normalize("NFKC").replace(/\s/g, "");
}

function addRow(questions: Draft[], cell: (key: Head) => string): string | undefined {
  const id = cell("id").normalize("NFKC");
  const last = questions.at(-1);
  if (id !== "" && id !== last?.id) {
    const word = cell("type");
    const type = word === "" ? "" : typeNamed(word);
    if (type === undefined)
      return `種類「${word}」が分かりません。単一・複数・数値・順位・自由・表のどれかを書いてください。`;
    questions.push({
      id,
      text: cell("text"),
      type,
      columns: [],
      options: [],
      missing: {},
      base: "",
      axis: false,
    });
  }
  const now = questions.at(-1);
  if (!now) return "設問の番号がありません。";
  for (const column of cell("column").split(/[,、\n]/))
    if (column.trim() !== "" && !now.columns.includes(column.trim())) now.columns.push(column.trim());
  for (const kind of ["noAnswer", "notApplicable", "unknown"] as const)
    for (const code of cell(kind).split(/[,、\n]/))
      if (code.trim() !== "") now.missing[kind] = [...(now.missing[kind] ?? []), code.trim()];
  if (cell("base") !== "") now.base = cell("base");
  if (!["", "0", "-", "×"].includes(cell("axis"))) now.axis = true;
  return addOptions(now, cell);
}

/** 選択肢の一行か、一つのます目に並べた選択肢（「1=男性」を改行や「;」で）。 */
function addOptions(now: Draft, cell: (key: Head) => string): string | undefined {
  const [code, label, short, score] = [cell("code"), cell("label"), cell("short"), cell("score")];
  if (code === "" && label === "") return undefined;
  if (score !== "" && !Number.isFinite(Number(score))) return `点「${score}」が数ではありません。`;
  const lines = optionLines(label.split(/[\n;；]/));
  if (code === "" && (lines.length > 1 || typeof lines[0] === "object")) {
    for (const line of lines)
      if (typeof line === "string") pushOption(now, String(now.options.length + 1), line);
      else pushOption(now, line.code, line.label);
    return undefined;
  }
  pushOption(now, code.normalize("NFKC") || String(now.options.length + 1), label || code, {
    ...(short === "" ? {} : { short }),
    ...(score === "" ? {} : { score: Number(score) }),
  });
  return undefined;
}

/** 「無回答」「非該当」と名づけた行は、選択肢でなく、答えのない印。 */
function pushOption(now: Draft, code: string, label: string, more: object = {}): void {
  const kind = missingNamed(label);
  if (kind && kind !== "dontKnow") now.missing[kind] = [...(now.missing[kind] ?? []), code];
  else now.options.push({ code, label, ...more });
}

/** 種類が書かれていなければ、選択肢と列の数から。 */
function typed({
  type,
  columns,
  options,
  missing,
  base,
  axis: _axis,
  ...rest
}: Draft): Record<string, unknown> {
  const guessed = options.length === 0 ? "text" : columns.length > 1 ? "ma" : "sa";
  return {
    ...{ ...rest, type: type || guessed, options, missing },
    ...(base === "" ? {} : { base }),
    ...(columns.length > 0 ? { columns } : {}),
  };
}
