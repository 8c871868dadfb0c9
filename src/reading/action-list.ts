import { actionAtEnd } from "./action-word.ts";

/** 列挙された行いの一つ。 */
export interface ListedAction {
  verb: string;
  object: string;
}

const SEPARATOR =
  /(?:、(?:及び|並びに|又は|若しくは|かつ)?|及び|並びに|又は|若しくは|・|と(?=[一-龠]{2}(?:等|など)?(?:、|及び|並びに|$))|や)/g;
/** 前の項目を一緒に受ける言い方。「進行管理、内容整理に関する助言」の進行管理は、行いでない。 */
const GATHERS =
  /(?:に関する|に係る|に関わる|に伴う|についての|に必要な|その他|のための|に資する|をはじめとする|等に対する)/;
const SUFFIX = /(?:等|など|ほか|業務|作業|事務|一式|の実施)?(?:〓+)?(?:等|など)?$/;

/**
 * 「AのX、Bのy及びCのZ」を行いごとに分ける。行いの名で終わらない項目は、次の項目の目的語の一部。
 * 一つも行いの名がなければ空。text と masked は同じ長さ。
 */
export function listActions(text: string, masked: string): ListedAction[] {
  const items = mergeGathered(splitItems(text, masked));
  const out: ListedAction[] = [];
  let pending = "";
  for (const item of items) {
    const whole = item.masked.replace(/〓+$/, "");
    const head = actionAtEnd(whole) ? whole : item.masked.replace(SUFFIX, "");
    const found = actionAtEnd(head);
    // 「地区別」の「区別」は、行いでない。
    const action = found === "区別" && /[一-龠]区別$/.test(head) ? undefined : found;
    if (!action && isParallelTail(item, out, items)) {
      out.push({ verb: item.text, object: out.at(-1)?.object ?? "" });
      continue;
    }
    if (!action) {
      pending += `${item.text}${item.separator}`;
      continue;
    }
    const own = item.text
      .slice(0, head.length - action.length)
      .replace(/(?:の|に関する|に対する|に係る|についての|に関わる)$/, "");
    const object = `${pending}${own}`.trim();
    out.push({ verb: action, object: object === "" ? (out.at(-1)?.object ?? "") : object });
    pending = "";
  }
  return out;
}

/** 「国旗の掲揚並びに降納」の「降納」: 前の行いに並ぶ、二字の終わりの語。 */
function isParallelTail(item: Item, out: ListedAction[], items: Item[]): boolean {
  const before = items[items.indexOf(item) - 1];
  return (
    item === items.at(-1) &&
    out.length > 0 &&
    /^[一-龠]{2}$/.test(item.text) &&
    /(?:並びに|及び|と)$/.test(before?.separator ?? "") &&
    /の[一-龠]{2}$/.test(before?.text ?? "")
  );
}

interface Item {
  text: string;
  masked: string;
  separator: string;
}

function splitItems(text: string, masked: string): Item[] {
  const items: Item[] = [];
  let start = 0;
  for (const found of masked.matchAll(SEPARATOR)) {
    items.push({
      text: text.slice(start, found.index),
      masked: masked.slice(start, found.index),
      separator: found[0],
    });
    start = found.index + found[0].length;
  }
  items.push({ text: text.slice(start), masked: masked.slice(start), separator: "" });
  return items;
}

/** 後の項目が前の項目ごと受けるとき、一つにする。 */
function mergeGathered(items: Item[]): Item[] {
  const at = items.findLastIndex((item) => GATHERS.test(item.masked));
  const relative = items.findLastIndex((item, index) => {
    const before = items[index - 1]?.separator;
    // 「受付や対応を行う窓口の運営」の「受付」は、窓口に掛かる。
    return before === "や" && /を[^を]{0,12}(?:する|行う|図る|した|う)[一-龠ァ-ヶ]/.test(item.masked);
  });
  const upto = Math.max(at, relative);
  if (upto <= 0) return items;
  const head = items.slice(0, upto + 1);
  const joined: Item = {
    text: head.map((item, index) => item.text + (index < upto ? item.separator : "")).join(""),
    masked: head.map((item, index) => item.masked + (index < upto ? item.separator : "")).join(""),
    separator: items[upto]?.separator ?? "",
  };
  return [joined, ...items.slice(upto + 1)];
}

/** 「返還、消去又は廃棄する」「管理・監督する」: 動詞のすぐ前に並ぶ行いの名。後ろから前へ。 */
export function joinedVerbs(masked: string, at: number): string[] {
  const out: string[] = [];
  let end = at;
  for (;;) {
    const separator = /(?:、(?:又は|若しくは|及び|並びに)?|又は|若しくは|及び|並びに|・)$/.exec(
      masked.slice(0, end),
    );
    if (!separator) return out;
    const before = masked.slice(0, end - separator[0].length);
    const run = /[一-龠々ァ-ヶー]+$/.exec(before)?.[0] ?? "";
    const action = actionAtEnd(run);
    if (!action || action !== run) return out;
    out.unshift(action);
    end = before.length - run.length;
  }
}
