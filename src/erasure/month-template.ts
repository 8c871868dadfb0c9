import { splitBoxName, tickOf } from "./template-name.ts";

/** 様式の中の名 → 差し込む値の見出し。差し込まない名は、ここにない。 */
export type TemplateMap = Readonly<Record<string, string>>;

/** 記号と、送り仮名・助詞（ひらがな）を除いた形。「取り扱った従業者」と「取扱従業者」は同じになる。 */
function flat(text: string): string {
  const plain = text.normalize("NFKC").replace(/[\s_・、()]/g, "");
  const bare = plain.replace(/\p{Script=Hiragana}/gu, "");
  return bare.length >= 2 ? bare : plain;
}

/**
 * 様式の名に、値の見出しを当てる。同じ名、片方がもう片方を含む名、二字ずつの並びの半分以上が重なる名
 * （Dice の係数、近い方）、同じことがらの言い換え（「従事者数」と「従業者の数」）の順。当たらなければ入れない。
 * 送り仮名・助詞と記号は見ない。「□有」の名は、その見出しで当てる。
 * @param names 様式の中の名
 * @param labels 差し込める値の見出し
 */
export function matchTemplate(names: readonly string[], labels: readonly string[]): Record<string, string> {
  const map: Record<string, string> = {};
  for (const name of names) {
    const wanted = splitBoxName(name)?.label ?? name;
    const label = labelFor(wanted, labels) ?? sameTopic(wanted, labels);
    if (label !== undefined) map[name] = label;
  }
  return map;
}

function labelFor(name: string, labels: readonly string[]): string | undefined {
  const wanted = flat(name);
  const same = labels.find((label) => flat(label) === wanted);
  if (same !== undefined || wanted.length < 2) return same;
  const inside = labels.filter((label) => {
    const own = flat(label);
    return own.length >= 2 && (own.includes(wanted) || wanted.includes(own));
  });
  const near = inside.length > 0 ? inside : labels.filter((label) => likeness(flat(label), wanted) >= 0.5);
  return near.sort((a, b) => likeness(flat(b), wanted) - likeness(flat(a), wanted))[0];
}

/** 市ごとに言い方の違う、同じことがら。先に合ったものを使う。 */
const topics: readonly RegExp[] = [
  /事故|漏えい|漏洩|違反|ヒヤリ/,
  /研修|教育/,
  /従業者|従事者|取扱者|担当者数/,
  /取扱?い?件数|取り扱.*件数|延べ件数|本人の?数/,
  /安全管理|管理措置/,
  /受渡|受け渡|持ち?出し|搬送|返還|廃棄/,
  /対象.*月|報告.*月|年月|月分|対象期間/,
  /備考|特記事項|その他/,
  /業務の?名|業務名|件名|契約名|委託業務/,
  /受託者|事業者名|会社名/,
  /作成日|報告日|提出日/,
  /委託者|宛先/,
];

function sameTopic(name: string, labels: readonly string[]): string | undefined {
  const plain = name.normalize("NFKC");
  const topic = topics.find((one) => one.test(plain));
  return topic && labels.find((label) => topic.test(label));
}

/** 二字ずつの並びの重なり（Dice の係数、0〜1）。 */
function likeness(a: string, b: string): number {
  const pairs = (text: string) =>
    new Set([...text].slice(1).map((letter, at) => `${[...text][at]}${letter}`));
  const [own, other] = [pairs(a), pairs(b)];
  const shared = [...own].filter((pair) => other.has(pair)).length;
  return own.size + other.size === 0 ? 0 : (2 * shared) / (own.size + other.size);
}

/** 様式の名ごとの値。当てていない名は空にする（印を残さない）。「□有」の名は、値に合えば ☑、合わなければ □。 */
export function templateValues(
  names: readonly string[],
  map: TemplateMap,
  values: ReadonlyMap<string, string>,
): Map<string, string> {
  return new Map(names.map((name) => [name, templateValue(name, values.get(map[name] ?? "") ?? "")]));
}

/** 一つの名に入る文字。 */
export function templateValue(name: string, value: string): string {
  const box = splitBoxName(name);
  return box ? tickOf(box.option, value) : value;
}
