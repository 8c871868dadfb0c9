import type { DeliverableColumns } from "./deliverable.ts";
import type { Sentence } from "./masked-text.ts";
import type { Duty } from "./read-duties.ts";

/** 「以下の調査・分析を実施」「次の業務を行う」。文書に書く事項の一覧（記載・添付）は、務めの一覧でない。 */
export function introducesList(masked: string): boolean {
  const found =
    /(?:以下|次|下記|次の各号|各号|上記)(?:に掲げる|に示す|に定める|のとおり|の)?[^。]{0,30}/.exec(masked);
  if (!found) return false;
  const rest = masked.slice(found.index);
  // 「次に掲げる事態が生じたときは」の項目は、務めでなく場合。
  if (/^.{0,16}?(?:事態|場合|事由|事故|状況|いずれか|要件|基準|条件|者(?:を|に|は|が))/.test(rest))
    return false;
  if (
    /記載|明記|記入|添付|含む|書面|証明|様式|書類|データを|期間|表[0-9０-９一-九]|資料|フォーマット|場合を除/.test(
      rest,
    )
  )
    return false;
  return (
    /(?:支援|業務|調査|分析|作業|対応|事項|措置|対策|役割|職務|任務|事務|内容|とおり|掲げる|もの)/.test(
      rest,
    ) && /(?:行う|行い|行って|実施|する|します|とおり|し、|担う|担い|お願い|願い|委託|依頼)/.test(rest)
  );
}

/** 「次の成果品を提出しなければならない」: 下の名詞の項目は、出すもの。 */
export function introducesDeliverables(masked: string): boolean {
  return /(?:以下|次|下記|次の各号)(?:に掲げる|に示す|に定める|のとおり|の)?[^。、を]{0,16}(?:成果品|成果物|納品物|納入品|納入物|提出物|提出書類)(?:等)?を[^。]{0,24}(?:提出|納品|納入|納め|引き渡|作成|送付|届け)/.test(
    masked,
  );
}

/** 成果物の表の行か。空白で区切った行は、見出しと同じ数の欄があるときだけ。 */
export function isDeliverableRow(
  kind: string,
  cells: string[],
  columns: DeliverableColumns & { count: number },
): boolean {
  return kind === "cell"
    ? cells.length > Math.max(columns.due, columns.name)
    : cells.length === columns.count;
}

/** 「次に掲げる行為をしてはならない。」 */
export function forbidsList(text: string): boolean {
  return /(?:次|以下|下記|各号)[^。]{0,30}(?:行為|事項|こと)[^。]{0,10}(?:してはならない|行ってはならない|行わない|禁止する|禁じる|禁ずる|しないこと)/.test(
    text,
  );
}

/** 題が、務めの名を並べる条項か（業務内容、役割など）。 */
export function listingTitle(title: string, above: Duty | undefined): Duty | undefined {
  if (
    /(?:業務|委託|作業|事業)の?(?:内容|範囲|項目)(?:[（(][^（()）]{1,12}[）)])?$|^(?:役割|職務|業務)$/.test(
      title,
    )
  )
    return (
      above ?? {
        actor: undefined,
        verb: "",
        object: title,
        due: { kind: "none", text: "" },
        prohibited: false,
        plain: false,
      }
    );
  return above;
}

/** 句点で終わらない名詞の項目か。 */
export function isItem(paragraph: string, sentence: Sentence): boolean {
  // 「機材の設置・撤去。」も、名詞の項目。
  const plain = paragraph.trim().replace(/[。．｡]$/, "");
  return !/[。．｡]/.test(plain) && sentence.text.length <= 60 && !/[：:]/.test(sentence.text);
}

/** 「納期」「提出期限」だけの題。下の「納税通知書　2026年５月29日」は、納めるもの。 */
export function handedTitle(title: string): Duty | undefined {
  const found =
    /^(?:各?成果[品物]の)?(納期限?|納[入品]期[限日]|納[入品]時期|提出期[限日]|提出時期)(?:等|一覧)?$/.exec(
      title,
    );
  if (!found) return undefined;
  const verb = found[1]?.startsWith("提出") ? "提出" : "納品";
  return {
    actor: undefined,
    verb,
    object: "",
    due: { kind: "none", text: "" },
    prohibited: false,
    plain: false,
  };
}

/** 主体の書かれていない「支払は、請求書を受理した日から30日以内に行う」は、委託者の務め。 */
export function isPayment({ verb, object }: Duty, sentence: string): boolean {
  const pays = /^支払/.test(verb);
  return pays && /請求/.test(sentence) && !/(?:再委託|賃金|給与|料金|従業)/.test(object);
}
