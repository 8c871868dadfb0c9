import { maskedWords } from "../opinions/mask-text.ts";
import type { ResultBook } from "../opinions/result-book.ts";
import type { Office } from "../platform/office.ts";
import { listOriginals } from "./letter-store.ts";
import type { CommentBook } from "./read-book.ts";

/**
 * 公表するものに、伏せた言葉が残っていないか（概要と考え方は人が書くので、書き写した氏名が残りうる）。
 * 原本を開いて、その場で比べるだけで、言葉は外に出さない。消去された原本は見られない。
 * @returns 残っている所（「No.3 の概要」）。残っていなければ空
 */
export async function leakedPlaces(
  office: Office,
  contract: string,
  book: CommentBook,
  result: ResultBook,
): Promise<string[]> {
  const masks = new Map(book.letters.map(({ row, masks: own }) => [row.original_id, own]));
  const originals = await listOriginals(office.read, contract, book.period.id, (ids) =>
    office.keys.get(contract, ids),
  );
  // 公表した案や分類にもある短い言葉（「みどり」「中央区」）は、人の名と見分けられず、隠すこともできない。
  const { title, checklist, frame } = book.period;
  const shown = [
    title,
    ...Object.values(checklist),
    ...frame.flatMap((one) => [one.title, one.description]),
  ].join("\n");
  const words = new Set(
    originals
      .flatMap(({ id, body }) => maskedWords(body, masks.get(id) ?? []))
      .filter((word) => word.length > 3 || !shown.includes(word)),
  );
  if (words.size === 0) return [];
  const found = (text: string) => [...words].some((word) => text.includes(word));
  return [
    ...result.rows.flatMap(({ no, summary, answer }) => [
      ...(found(summary) ? [`No.${no} の概要`] : []),
      ...(found(answer) ? [`No.${no} の考え方`] : []),
    ]),
    ...result.changes.flatMap(({ no, before, after, reason }) =>
      found(`${before}\n${after}\n${reason}`) ? [`No.${no} の修正箇所`] : [],
    ),
  ];
}
