import type { Due, DueContext } from "./due.ts";
import { readDue } from "./due-rule.ts";
import type { Sentence } from "./masked-text.ts";

/** 「骨子の提出期限は…とする」「提出期限：…」から読んだ、出すもの。 */
export interface Deliverable {
  verb: string;
  object: string;
  due: Due;
}

const LABEL =
  /^(.{0,40}?)(?:の|[\s\u3000]+)?(提出期限|提出期日|提出時期|提出日|納入期限|納入期日|納入時期|納品期限|納品期日|納品日|納期|報告期限|完成期限|履行期限|業務完了期限|期限|提出)[\s\u3000]*(?:は、?|[：:]|[\s\u3000]+|(?=令和|平成|契約|[0-9０-９]))(.+)$/;
const VERBS: [RegExp, string][] = [
  [/納品|納期/, "納品"],
  [/納入/, "納入"],
  [/報告/, "報告"],
  [/完成|完了/, "完成"],
  [/履行/, "履行"],
  [/./, "提出"],
];

/** 期限を述べる一文なら、出すものと期限。title は、文に物の名がないときの条項の題。 */
export function readDeliverable(
  sentence: Sentence,
  title: string,
  context: DueContext,
): Deliverable | undefined {
  const text = sentence.text.replace(/。$/, "").trim();
  const found = LABEL.exec(text);
  if (!found) return undefined;
  const [, subject = "", label = "", rest = ""] = found;
  if (label === "提出" && !/[：:]/.test(text.slice(0, subject.length + 4))) return undefined;
  if (/(?:[うくぐすつぬぶむる]|こと|ない|よい)$/.test(rest) && !/とする(?:こと|ものとする)?$/.test(rest))
    return undefined;
  if (/(?:次|以下|下記|下表|別表|別紙)[^、]{0,12}(?:とおり|による)/.test(rest)) return undefined;
  const due = readDue(
    rest.replace(/(?:とする|とします)(?:こと|ものとする)?$/, "まで").replace(/([）)])まで$/, "$1"),
    context,
  );
  const exact =
    due.kind === "none" && due.text === ""
      ? { ...due, text: rest }
      : { ...due, text: due.text.replace(/まで$/, rest.includes(due.text) ? "まで" : "") };
  const object = subject.replace(/^[\s\u3000・※]+|(?:の|に係る)$/g, "").trim();
  return {
    verb: VERBS.find(([pattern]) => pattern.test(label))?.[1] ?? "提出",
    object: object || title || "成果品",
    due: exact,
  };
}

/** 履行期間・契約期間の条項か。 */
export function isPeriodTitle(title: string): boolean {
  return /^(?:本?(?:業務|委託|契約|事業|履行|実施|委託業務|業務委託)の?)?(?:契約|履行|委託|業務|事業|実施|委託契約|業務履行|業務委託)?(?:の)?(?:期間|期限|工期)$/.test(
    title.replace(/[\s\u3000]/g, ""),
  );
}

/** 表の見出しの列の番号。 */
export interface DeliverableColumns {
  name: number;
  due: number;
  format: number;
}

/** 表の見出しの行なら、成果物と期限の列。 */
export function deliverableColumns(cells: readonly string[]): DeliverableColumns | undefined {
  const plain = cells.map((cell) => cell.replace(/[\s\u3000]/g, ""));
  const due = plain.findIndex(
    (cell) =>
      /(?:提出|納入|納品|報告)?(?:期限|期日|時期|納期)$|^(?:提出|納品|納入|引渡し?|履行)日$|^納期$/.test(
        cell,
      ) && !/回数|頻度|周期/.test(cell),
  );
  const name = plain.findIndex((cell) =>
    /成果|納品物|納入物|提出物|提出書類|書類|図書|名称|品名|項目|種類|種別|帳票|報告書|資料|名$/.test(cell),
  );
  if (due < 0 || name < 0 || due === name || cells.length < 2) return undefined;
  return { name, due, format: plain.findIndex((cell) => /形式|形態|媒体|仕様/.test(cell)) };
}

/** 納めるものの一覧の一行「保守計画書（契約締結後10日以内）」「報告書　100部　12月11日まで」。期限がなければ undefined。 */
export function namedDeliverable(line: string, title: string, context: DueContext): Deliverable | undefined {
  const text = line.trim().replace(/^[\s\u3000・○●〇◎■□◆◇▼▽▲△▶※]+/, "");
  if (/。|(?:こと|する)$/.test(text)) return undefined;
  const bracketed = /^(.{2,60}?)[\s\u3000]*[（(]([^（()）]{2,40})[）)]$/.exec(text);
  const spaced = /^((?:[^\s\u3000、（(]|[（(][^（()）]{0,30}[）)]){2,40})[\s\u3000]+(.{2,60})$/.exec(text);
  const found = title === "" ? (bracketed ?? spaced) : [text, title, text];
  // 「令和８年９月18日　３部」の部数は、期限の後。
  const words = (found?.[2] ?? "").replace(
    /[\s\u3000]+[0-9０-９,，]{1,5}[\s\u3000]*(?:部|枚|冊|式|通|本|個|セット)$/,
    "",
  );
  const due = readDue(`${words}まで`, context);
  if (!found || due.kind === "none") return undefined;
  const exact = words.includes(due.text) ? due.text : due.text.replace(/まで$/, "");
  return { verb: "提出", object: found[1] ?? "", due: { ...due, text: exact } };
}
