import { AppError } from "../base/error.ts";
import { readTables } from "../office/table-reader.ts";
import { type CodeFrameEntry, CodeSuggester, type CodeSuggestion } from "../tabulation/suggest-codes.ts";
import { readOpinions } from "./opinion-reader.ts";

export interface SuggestedFile {
  suggestions: { id: string; codes: CodeSuggestion[] }[];
  /** 符号の付いていた（学んだ）意見の数。 */
  learned: number;
  /** 学んだ意見を一つずつ抜いて当てたときの、はじめと五つまでに入った割合。学んだものがなければない。 */
  hits?: { top1: number; top5: number };
}

/**
 * 意見ごとに、符号の候補を五つ。意見の表に符号の列（codes、符号）があれば、そこから学ぶ
 * （その意見自身は、自分の候補には使わない）。事務所を開かない。
 */
export function suggestCommentsFile(
  opinions: { bytes: Uint8Array; name: string },
  codes: { bytes: Uint8Array; name: string },
  progress: (done: number, total: number) => void = () => {},
): SuggestedFile {
  const frame = readCodeFrame(codes.bytes, codes.name);
  const known = new Set(frame.map(({ code }) => code));
  const rows = readOpinions(opinions.bytes, opinions.name).map(({ id, text, more }) => ({
    ...{ id, text },
    codes: codesOf(more).map((code) => {
      if (!known.has(code))
        throw new AppError(
          "BAD_INPUT",
          `意見 ${id} の符号「${code}」が、符号の表にありません。どちらかを直してください。`,
        );
      return code;
    }),
  }));
  const suggester = new CodeSuggester(frame, rows);
  const coded = rows.filter((row) => row.codes.length > 0);
  let [first, five] = [0, 0];
  const suggestions = rows.map((row, at) => {
    if (at % 1000 === 0) progress(at, rows.length);
    suggester.forget(row.id);
    const found = suggester.suggest(row.text);
    suggester.learn(row);
    if (row.codes.length > 0) {
      if (row.codes.includes(found[0]?.code ?? "")) first += 1;
      if (found.some(({ code }) => row.codes.includes(code))) five += 1;
    }
    return { id: row.id, codes: found };
  });
  const hits = coded.length > 0 ? { hits: { top1: first / coded.length, top5: five / coded.length } } : {};
  return { suggestions, learned: coded.length, ...hits };
}

function codesOf(more: Readonly<Record<string, string>>): string[] {
  const text = more.codes ?? more.code ?? more.符号 ?? more.コード ?? more.分類 ?? "";
  return [
    ...new Set(
      text
        .split(/[;；、,\s]+/)
        .map((one) => one.trim())
        .filter(Boolean),
    ),
  ];
}

/**
 * 符号の表（CSV、.xlsx）: 1列目が符号、2列目が題、3列目があれば説明。見出しの行は、あってもなくてもよい。
 * @throws AppError BAD_INPUT（空、符号が重なる、題がない）
 */
export function readCodeFrame(bytes: Uint8Array, fileName: string): CodeFrameEntry[] {
  const rows = (readTables(bytes, fileName)[0]?.rows ?? []).map((row) => row.map((cell) => cell.text.trim()));
  const [head = []] = rows;
  const body = /^(code|符号|コード|番号)$/i.test((head[0] ?? "").normalize("NFKC")) ? rows.slice(1) : rows;
  const entries = body.flatMap(([code = "", title = "", description = ""]): CodeFrameEntry[] =>
    code === "" && title === "" ? [] : [{ code, title, ...(description ? { description } : {}) }],
  );
  const seen = new Set<string>();
  for (const { code, title } of entries) {
    if (code === "" || title === "")
      throw new AppError(
        "BAD_INPUT",
        "符号の表に、符号か題の空いている行があります。1列目に符号、2列目に題を書いてください。",
      );
    if (seen.has(code)) throw new AppError("BAD_INPUT", `符号の表に、符号「${code}」が二度書かれています。`);
    seen.add(code);
  }
  if (entries.length === 0)
    throw new AppError("BAD_INPUT", "符号の表に、符号がありません。1列目に符号、2列目に題を書いてください。");
  return entries;
}
