import { AppError, type Fault } from "../base/error.ts";
import type { Cell } from "../office/table.ts";
import { readTables } from "../office/table-reader.ts";
import type { Codebook } from "./codebook.ts";
import { readPopulationTable } from "./read-population-table.ts";

export type WeightingPlan = NonNullable<Codebook["weighting"]>;

/**
 * 母集団の周辺の表（CSV、Excel）を読む。列は 設問（id か短い名）、区分（コードか名）、人数。
 * 設問を「性別×年代」のように書いた表は、組合せ（セル）に合わせる。
 * 統計のサイトの人口の表（区 × 年齢 × 男女）は、見出しを選択肢と突き合わせ、設問ごとの周辺にする。
 * @throws AppError BAD_INPUT（知らない設問・区分、数でない人数、同じ区分が二度）。行を言う
 */
export function readMargins(bytes: Uint8Array, name: string, codebook: Codebook): WeightingPlan {
  const rows = readTables(bytes, name)[0]?.rows ?? [];
  const population = isList(rows, codebook) ? undefined : readPopulationTable(rows, codebook);
  if (population) return rakeTo(population);
  const faults: Fault[] = [];
  const targets = new Map<string, Record<string, number>>();
  for (const [at, cells] of rows.entries()) {
    const [question = "", category = "", amount = ""] = cells.map(({ text }) =>
      text.normalize("NFKC").trim(),
    );
    if (question === "" || (at === 0 && !/^[\d.,]+$/.test(amount))) continue;
    const row = at + 1;
    const key = keyOf(question, codebook);
    const known = key && targets.get(key);
    const codes = key && codesOf(key, category, codebook);
    const number = Number(amount.replaceAll(",", ""));
    if (key === undefined)
      faults.push({
        row,
        message: `設問「${question}」が、コードブックにありません。id か短い名で書いてください。`,
      });
    else if (codes === undefined)
      faults.push({ row, message: `区分「${category}」が、設問「${question}」の選択肢にありません。` });
    else if (amount === "" || !Number.isFinite(number) || number < 0)
      faults.push({ row, message: "人数が、0 以上の数ではありません。" });
    else if (known && codes in known)
      faults.push({ row, message: `「${question}」の区分「${category}」が二度書かれています。` });
    else targets.set(key, { ...known, [codes]: number });
  }
  const [first] = faults;
  if (first)
    throw new AppError("BAD_INPUT", `母集団の表の${first.row}行目: ${first.message}`, {
      faults: faults.slice(0, 20),
    });
  if (targets.size === 0)
    throw new AppError(
      "BAD_INPUT",
      "母集団の表に周辺がありません。「設問,区分,人数」（例: F1,男性,940000）の行を並べてください。",
    );
  const cells = [...targets].find(([key]) => key.includes("×"));
  if (!cells) return rakeTo(targets);
  if (targets.size > 1)
    throw new AppError(
      "BAD_INPUT",
      "組合せ（設問×設問）の表と、一つの設問の表は、一緒には使えません。どちらかにしてください。",
    );
  return { cell: { questions: cells[0].split("×"), targets: cells[1] } };
}

/** 設問ごとの周辺に合わせる。 */
function rakeTo(margins: ReadonlyMap<string, Record<string, number>>): WeightingPlan {
  return { rake: [...margins].map(([question, targets]) => ({ question, targets })) };
}

/** 「設問,区分,人数」の三列の表か。 */
function isList(rows: readonly (readonly Cell[])[], codebook: Codebook): boolean {
  const written = rows.filter((row) => row.some(({ text }) => text.trim() !== ""));
  if (!written.every((row) => row.findLastIndex(({ text }) => text.trim() !== "") <= 2)) return false;
  const head = written[0]?.[0]?.text ?? "";
  if (/設問|question/i.test(head)) return true;
  return written.some(
    (row) => /^[\d.,]+$/.test(row[2]?.text.trim() ?? "") && keyOf(row[0]?.text ?? "", codebook) !== undefined,
  );
}

/** 区分の名（コードか選択肢の名。×で組合せ）から、コード（×でつないだもの）。 */
function codesOf(key: string, category: string, { questions }: Codebook): string | undefined {
  const ids = key.split("×");
  const parts = ids.length === 1 ? [category] : category.split(/\s*[×*]\s*/);
  const codes = ids.map((id, at) => {
    const wanted = plain(parts[at] ?? "");
    const options = questions.find((one) => one.id === id)?.options ?? [];
    return options.find(({ code, label, short = "" }) =>
      [code, label, short].some((one) => plain(one) === wanted),
    )?.code;
  });
  return codes.every((code) => code !== undefined) ? codes.join("×") : undefined;
}

function plain(name: string): string {
  return name.normalize("NFKC").replace(/\s/g, "").toLowerCase();
}

/** 書かれた設問の名（×で組合せ）から、id（×でつないだもの）。 */
function keyOf(text: string, { questions }: Codebook): string | undefined {
  const ids = text.split(/[×*]/).map((part) => {
    const wanted = plain(part);
    return questions.find(
      ({ id, short, text: whole }) =>
        plain(id) === wanted || plain(short ?? "") === wanted || plain(whole) === wanted,
    )?.id;
  });
  return ids.every((id) => id !== undefined) ? ids.join("×") : undefined;
}
