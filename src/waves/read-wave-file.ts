import { AppError } from "../base/error.ts";
import { decodeText } from "../office/csv-encoding.ts";
import { readTables } from "../office/table-reader.ts";
import { type WaveOption, type WaveQuestion, type WaveTables, waveQuestion } from "./wave.ts";

/*
 * 前回の調査の単純集計を読む。個票が残っていなくても、報告書の集計表（設問・選択肢・人数・％）があれば比べられる。
 * このプログラムが書いた集計表（Excel）と tables.json も、そのまま読める。
 */

const heads = {
  id: /^(設問|設問番号|問|問番号|質問番号|設問no\.?|question|id)$/i,
  text: /^(設問文|質問文|設問内容|質問|設問名|項目名|text)$/i,
  label: /^(選択肢|選択肢名|区分|回答|カテゴリー?|項目|label|option)$/i,
  count: /^(人数|件数|度数|回答数|実数|回答件数|人|count)$/i,
  percent: /^(%|割合|割合\(%\)|構成比|構成比\(%\)|比率|回答率|percent)$/i,
  n: /^(n|分母|回答者数|母数|有効回答数?|集計対象|base)$/i,
} as const;
type Head = keyof typeof heads;

/**
 * 前回の単純集計（.xlsx、CSV、tables.json）を読む。
 * @throws AppError BAD_INPUT（見出しがない、分母が分からない、割合が 100 を超える）。行を言う
 */
export function readWaveFile(bytes: Uint8Array, name: string, label: string): WaveTables {
  if (/\.json$/i.test(name) || bytes[0] === 0x7b) return { label, questions: readJson(bytes) };
  for (const table of readTables(bytes, name)) {
    const rows = table.rows.map((row) => row.map(({ text }) => text.normalize("NFKC").trim()));
    const top = rows.findIndex(isHead);
    if (top >= 0) return { label, questions: readRows(rows, top) };
  }
  throw new AppError(
    "BAD_INPUT",
    "前回の集計の見出しが見つかりません。「設問・選択肢・人数・％」（分母の人数は「n」か「回答者数」）の見出しを付けてください。",
  );
}

function isHead(row: readonly string[]): boolean {
  const has = (head: Head) => row.some((text) => heads[head].test(plain(text)));
  return has("id") && has("label") && (has("percent") || has("count"));
}

function plain(text: string): string {
  return text.replace(/[\s（）]/g, (one) => ({ "（": "(", "）": ")" })[one] ?? "");
}

interface Draft {
  id: string;
  text: string;
  row: number;
  n: number | undefined;
  options: { label: string; count: number | undefined; percent: number | undefined; row: number }[];
}

function readRows(rows: readonly (readonly string[])[], top: number): WaveQuestion[] {
  const place = Object.fromEntries(
    Object.entries(heads).map(([key, pattern]) => [
      key,
      (rows[top] ?? []).findIndex((text) => pattern.test(plain(text))),
    ]),
  ) as Record<Head, number>;
  const drafts: Draft[] = [];
  for (const [at, row] of rows.entries()) {
    if (at <= top || row.every((text) => text === "")) continue;
    addRow(drafts, (key) => (place[key] < 0 ? "" : (row[place[key]] ?? "")), at + 1, place.percent >= 0);
  }
  return drafts.flatMap(settle);
}

function numberIn(text: string): number | undefined {
  const match = /^-?[\d,]+(\.\d+)?/.exec(text.replace(/[%人件]$/, ""));
  return match && /^[-\d,.%人件]+$/.test(text) ? Number(match[0].replaceAll(",", "")) : undefined;
}

/** 「（n=1,234）」「n＝1234」。 */
function nIn(text: string): number | undefined {
  const match = /[nN]\s*[=:]\s*([\d,]+)/.exec(text);
  return match ? Number((match[1] ?? "").replaceAll(",", "")) : undefined;
}

function addRow(drafts: Draft[], cell: (key: Head) => string, row: number, hasPercent: boolean): void {
  const [id, label, count, percent] = [
    cell("id"),
    cell("label"),
    numberIn(cell("count")),
    numberIn(cell("percent")),
  ];
  const last = drafts.at(-1);
  if (id !== "" && id !== last?.id) {
    const name = id.replace(/[(（]\s*n\s*[=:].*$/i, "").trim();
    const match = /^((?:問|設問|質問|Q|F)\s*\d+(?:[-_.]\d+)?)[\s.:、)]*(.*)$/iu.exec(name);
    // 設問文と分母の人数だけの行（割合の列があるのに空）は、設問の頭で、選択肢ではない。
    const head = hasPercent && percent === undefined && cell("text") === "" && count !== undefined;
    const text = cell("text") || match?.[2] || (head ? label : "");
    drafts.push({
      ...{ id: match?.[1]?.replace(/\s/g, "") ?? name, text, row, options: [] },
      n:
        numberIn(cell("n")) ??
        nIn(`${id} ${label} ${cell("text")}`) ??
        (head || label === "" ? count : undefined),
    });
    if (head) return;
  }
  const now = drafts.at(-1);
  if (!now) return;
  now.n ??= numberIn(cell("n")) ?? nIn(label);
  if (label === "" || (count === undefined && percent === undefined)) return;
  if (/^(計|合計|全体|総数|回答者数|有効回答数?|n|分母.*|計\(分母\))$/i.test(plain(label))) {
    now.n ??= count;
    return;
  }
  now.options.push({ label: label.replace(/^\s*\d{1,2}\s*[.:)、]\s*/, ""), count, percent, row });
}

/** 分母を定め、割合にする。 */
function settle(draft: Draft): WaveQuestion[] {
  const { id, text, options, row } = draft;
  if (options.length === 0) return [];
  const sums = options.reduce(
    (sum, one) => ({ count: sum.count + (one.count ?? 0), percent: sum.percent + (one.percent ?? 0) }),
    { count: 0, percent: 0 },
  );
  const widest = options.toSorted((a, b) => (b.percent ?? 0) - (a.percent ?? 0))[0];
  const guessed =
    widest?.count && widest.percent
      ? Math.round((widest.count * 100) / widest.percent)
      : options.every(({ percent }) => percent === undefined)
        ? sums.count
        : undefined;
  const n = draft.n ?? guessed;
  if (n === undefined || n <= 0)
    throw new AppError(
      "BAD_INPUT",
      `前回の集計の${row}行目（${id}）の分母の人数が分かりません。「n」の列か、人数の列を足してください。`,
    );
  const over = options.find((one) => (one.percent ?? 0) > 100.05 || (one.count ?? 0) > n);
  if (over)
    throw new AppError(
      "BAD_INPUT",
      `前回の集計の${over.row}行目（${id}「${over.label}」）が、分母${n.toLocaleString("ja-JP")}を超えています。列の取り違えでないか、ご確認ください。`,
    );
  const made = options.map(({ label, count, percent }, at): WaveOption => {
    // 人数があれば、丸めた割合より確か。ウエイトつきの表では割合を使う（人数から求めた割合と 0.1 を超えて違う）。
    const exact = count === undefined ? undefined : (count * 100) / n;
    const share =
      percent === undefined || (exact !== undefined && Math.abs(exact - percent) <= 0.0501) ? exact : percent;
    const value = share ?? 0;
    return {
      code: String(at + 1),
      label,
      percent: value,
      se: Math.sqrt((value * (100 - value)) / Math.max(1, n - 1)),
    };
  });
  return [{ id, text, n, options: made }];
}

/** tables.json（survey tabulate が書いたもの）か、同じ形のもの。 */
function readJson(bytes: Uint8Array): WaveQuestion[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decodeText(bytes).text);
  } catch {
    throw new AppError(
      "BAD_INPUT",
      "前回の集計が JSON として読めません。tables.json をそのまま選んでください。",
    );
  }
  const questions = (parsed as { questions?: unknown }).questions;
  if (!Array.isArray(questions) || questions.length === 0)
    throw new AppError("BAD_INPUT", "前回の集計の JSON に questions がありません。");
  return questions.flatMap((one: Record<string, unknown>): WaveQuestion[] => {
    const read = waveQuestion.safeParse({
      ...{
        id: String(one.id ?? ""),
        text: String(one.text ?? ""),
        n: one.unweightedBase ?? one.base ?? one.n,
      },
      ...{ options: one.options ?? [], mean: one.mean },
    });
    return read.success && (read.data.options.length > 0 || read.data.mean) && read.data.n > 0
      ? [read.data]
      : [];
  });
}
