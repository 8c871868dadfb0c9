import { readFile } from "node:fs/promises";
import { AppError } from "../base/error.ts";
import { readTables } from "../office/table-reader.ts";

/** 理由の鍵: 部分と、その中の文の一部。 */
function passageReason(block: string, passage: string): string {
  return passage === "" ? block : `${block}\u0000${passage}`;
}

/**
 * 直した理由の表（CSV・Excel）を読む: 部分の id → 「意見No.3　文を分かりやすくした」。見出しの行の列の名は、
 * 部分（block、id）、意見番号（意見、意見No.、opinion）、理由（reason）。同じ部分の行は、つなぐ。
 * 「文」（該当の文、箇所）の列に、変わった文の一部を書けば、その変わったところだけの理由になる（鍵は「部分\u0000文」）。
 * @throws AppError BAD_INPUT（開けない、部分の列がない）
 */
export async function readReasons(path: string): Promise<Map<string, string>> {
  const bytes = await readFile(path).catch(() => {
    throw new AppError("BAD_INPUT", "理由の表が開けません。場所をご確認ください。");
  });
  const [table] = readTables(new Uint8Array(bytes), path);
  const [head = [], ...rows] = table?.rows ?? [];
  const at = (names: RegExp) => head.findIndex((cell) => names.test(cell.text.trim()));
  const [block, opinion, reason, passage] = [
    at(/^(部分|block|id|ID)/i),
    at(/^(意見|opinion)/i),
    at(/^(理由|reason)/i),
    at(/^(文|該当の文|該当箇所|箇所|passage)/i),
  ];
  if (block < 0)
    throw new AppError(
      "BAD_INPUT",
      "理由の表に、部分の id の列がありません。一行目に「部分、意見番号、理由」と書いてください。",
    );
  const found = new Map<string, string>();
  for (const row of rows) {
    const text = (column: number) => (column < 0 ? "" : (row[column]?.text ?? "").trim());
    const [id, number, why] = [text(block), text(opinion), text(reason)];
    const line = [number === "" ? "" : /^\d+$/.test(number) ? `意見No.${number}` : number, why]
      .filter(Boolean)
      .join("　");
    const name = passageReason(id, text(passage));
    if (id !== "" && line !== "") found.set(name, [found.get(name), line].filter(Boolean).join("\n"));
  }
  return found;
}
