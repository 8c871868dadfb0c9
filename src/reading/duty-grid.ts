import { canonical } from "./actor.ts";

/** 務めを並べた表の列。 */
export interface Grid {
  /** 務めの書いてある列。 */
  contents: number[];
  /** 回数や時期の列。なければ -1。 */
  time: number;
  /** 役の名の列。なければ -1。 */
  actor: number;
}

const CONTENT =
  /^(?:主な|具体的な|主たる)?(?:業務|作業|実施|清掃|点検|対応|処理|委託|支援|担当)?(?:の)?(?:内容|事項|務め|職務|任務|役割|責務|作業|業務|仕様|要件|方法|要求事項|遵守事項|実施事項)$/;
const TIME =
  /^(?:実施|作業|清掃|点検|提出|報告)?(?:回数|頻度|周期|時期|期限|期日|サイクル|日時)(?:[・及び]+.{1,6})?$/;
const ACTOR = /^(?:役割|職名|役職|役職名|担当|担当者|要員|主体|実施者|配置者|従事者|区分|職種|ポスト)$/;

/** 表の見出しの行なら、務めの列と時の列。「役割｜務め」では、役割は役の名。 */
export function gridColumns(cells: readonly string[]): Grid | undefined {
  const plain = cells.map((cell) => cell.replace(/[\s\u3000]/g, ""));
  if (plain.length < 2 || plain.some((cell) => cell.length > 14)) return undefined;
  const time = plain.findIndex((cell) => TIME.test(cell));
  const actor = plain.findIndex((cell, at) => ACTOR.test(cell) && at < plain.length - 1);
  const found = plain.flatMap((cell, at) => (CONTENT.test(cell) && at !== actor ? [at] : []));
  // 「項目」「業務」の列は、右に内容の列があれば名前。
  const contents = found.filter(
    (at) => !(/^(?:業務|作業|仕様)$/.test(plain[at] ?? "") && found.some((one) => one > at)),
  );
  return contents.length > 0 && (time >= 0 || actor >= 0) ? { contents, time, actor } : undefined;
}

/** 表の一行。務めの升は、段落の中の位置で返す。列の足りない行（升の中の改行の続き）は undefined。 */
export function gridRow(
  text: string,
  grid: Grid,
): { actor: string | undefined; time: string; contents: { from: number; to: number }[] } | undefined {
  const cells: { from: number; to: number; text: string }[] = [];
  let from = 0;
  for (const cell of text.split("\t")) {
    const lead = /^[\s"]*/.exec(cell)?.[0].length ?? 0;
    const body = cell.trim().replace(/^"|"$/g, "").trim();
    cells.push({ from: from + lead, to: from + lead + body.length, text: body });
    from += cell.length + 1;
  }
  const contents = grid.contents.flatMap((at) => {
    const cell = cells[at];
    return cell && cell.text !== "" ? [{ from: cell.from, to: cell.to }] : [];
  });
  if (contents.length === 0) return undefined;
  const name = grid.actor >= 0 ? (cells[grid.actor]?.text ?? "") : "";
  const isRole =
    /(?:者|員|人|長|役|士|SV|OP|ＳＶ|ＯＰ|バイザー|レーター|リーダー|マネージャー?|担当|市|町|村|県|区|甲|乙)$/.test(
      name,
    );
  return { actor: isRole ? canonical(name) : undefined, time: cells[grid.time]?.text ?? "", contents };
}
