import { type ClauseNode, flatten } from "./clause.ts";
import { isPeriodTitle } from "./deliverable.ts";
import type { DueContext } from "./due.ts";
import { readDue } from "./due-rule.ts";

/** 背景や定義を述べる条項。言い切りの文があっても、務めではない。 */
const NARRATIVE =
  /背景|目的|趣旨|定義|用語|現状|経緯|前文|はじめに|概況|沿革|前書き|連絡先|問合せ先|問い合わせ先|提出先|課題/;
/** 背景や目的を述べる条項の題か。「課題の整理」のように、行いの名で終わる題は違う。 */
export function isNarrative(title: string): boolean {
  return (
    NARRATIVE.test(title) && !/(?:整理|分析|把握|抽出|検討|調査|設定|確認|作成|対応)(?:等|業務)?$/.test(title)
  );
}

/** 名前だけを書く条項。「清掃業務」とあっても、務めでない。 */
export const NAMES = /^(?:本?業務|委託|件|事業|契約)?の?(?:業務|委託|件|事業)?名称?$|^件名$/;
/** 納めるものを並べる条項の題。 */
export const DELIVERABLES =
  /(?:納品物|納入物|成果品|成果物|提出物|提出書類|納入品|納入図書|提出図書)(?:等|の?一覧|及び納期|及び提出期限)*$|^(?:成果品|成果物|業務)?の?(?:納品|納入|提出)$/;

/** 履行期間。年のない日付を補うのに使う。 */
export function periodOf(roots: readonly ClauseNode[], source: string): DueContext {
  for (const node of flatten(roots)) {
    if (!isPeriodTitle(node.clause.title)) continue;
    const text = node.clause.text || source;
    const due = readDue(text.replace(/\n/g, " "));
    if (due.date) return { within: { to: due.date } };
  }
  return {};
}
