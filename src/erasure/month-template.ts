import { circleOf, splitBoxName, splitCountName, splitMonthName, tickOf } from "./template-name.ts";

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
    const wanted = splitBoxName(name)?.label ?? splitCountName(name) ?? name;
    const label = sameNumber(name, wanted, labels) ?? labelFor(wanted, labels) ?? sameTopic(wanted, labels);
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
    // 「報告」のような短い見出しを、基準の長い題の一部と取り違えない。
    if (label.startsWith("基準") && wanted.length < 4) return false;
    return own.length >= 2 && (own.includes(wanted) || wanted.includes(own));
  });
  const near = inside.length > 0 ? inside : labels.filter((label) => likeness(flat(label), wanted) >= 0.5);
  return near.sort((a, b) => likeness(flat(b), wanted) - likeness(flat(a), wanted))[0];
}

/** 数だけの欄に入れる数（数えたものの名）。先に合ったものを使う。 */
const numbers: readonly (readonly [RegExp, string])[] = [
  [/従業者|従事者|取扱者|担当者/, "個人情報を取り扱った従業者"],
  [/研修|教育/, "研修の修了"],
  [/事故|漏えい|漏洩|違反|インシデント/, "事故・違反（兆候を含む）"],
  [/廃棄|消去|削除/, "消去"],
  [/受渡|受け渡|持ち?出|貸与|返還|搬送/, "受渡し・持出し・貸与の記録"],
  [/受付|申込|新規/, "新しく受け付けた方"],
  [/表示|閲覧|照会/, "個人情報を表示した方"],
  [/取扱|取り扱|個人情報|本人/, "取り扱った方"],
];

/** 「件数」「（　　　人）」のように、数だけを入れる欄の当て先。 */
function sameNumber(name: string, wanted: string, labels: readonly string[]): string | undefined {
  const plain = wanted.normalize("NFKC");
  const isNumber = splitCountName(name) !== undefined || /(件数|人数|者数|回数|数)([(（].*)?$/.test(plain);
  if (!isNumber || labels.includes(wanted)) return undefined;
  return numbers.find(([words, label]) => words.test(plain) && labels.includes(label))?.[1];
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

/**
 * 差し込む所ごとの値。当てていない所は空にする（印を残さない）。「□有」は値に合えば ☑、「有・無」は合う方に ○。
 * @param months 月が横に並ぶ表の、その月の値。まだ報告しない月は undefined（空のまま）
 */
export function templateValues(
  places: readonly string[],
  map: TemplateMap,
  values: ReadonlyMap<string, string>,
  months: ReadonlyMap<number, ReadonlyMap<string, string>> = new Map(),
): Map<string, string> {
  return new Map(
    places.map((place) => {
      const of = splitMonthName(place);
      const name = of?.base ?? place;
      const own = of === undefined ? values : months.get(of.month);
      return [place, templateValue(name, own?.get(map[name] ?? "") ?? "")];
    }),
  );
}

/** 一つの名に入る文字。数だけの欄では、値の中の数が一つなら、それだけ。 */
export function templateValue(name: string, value: string): string {
  const box = splitBoxName(name);
  if (box) return box.circle ? circleOf(box.option, value) : tickOf(box.option, value);
  const found = splitCountName(name) === undefined ? [] : [...value.matchAll(/\d[\d,]*/g)];
  return found.length === 1 ? (found[0]?.[0] ?? value) : value;
}
