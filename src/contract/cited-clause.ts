/**
 * 届出に書かれた条項が、その条項（または、その親）を指すか。書き方の違いは読みそろえる。
 * 「特記7(3)」「特記事項 第７条第３項」と「特記/第7条3」は同じ。「特記7」は、第7条の全部を指す。幾つかあれば「、」で並ぶ。
 */
export function citesClause(cited: string, number: string): boolean {
  const own = partsOf(number);
  return cited
    .normalize("NFKC")
    .split(/[、,;\n]|及び|並びに/)
    .map(partsOf)
    .some((one) => one.length > 0 && one.every((part, at) => part === own[at]));
}

/** 「特記事項 第7条第3項(1)」→ 特記・7・3・1。 */
function partsOf(text: string): string[] {
  const plain = text.normalize("NFKC").replace(/事項|仕様書|の(?=[0-9])/g, "");
  return plain.match(/[0-9]+|[ァ-ヶ]|[a-z]+|[一-龠々]+/gi)?.flatMap(bare) ?? [];
}

/** 番号のまわりの「第・条・項・号」は除く。 */
function bare(part: string): string[] {
  const left = part.replace(/[第条項号]/g, "");
  return left === "" ? [] : [left];
}
