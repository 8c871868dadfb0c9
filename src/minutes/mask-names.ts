/** 氏名を出さない会議録で、言いかえる人。 */
export interface NamedPerson {
  name: string;
  /** 「座長」「委員」。 */
  role: string;
  /** ふりがな（「しらとり こういち」）。文字起こしが、かなで書いた呼び名も言いかえる。 */
  kana?: string;
}

/** 人が確かめるところ。masked=敬称のない姓を言いかえた、left=姓と同じ字を残した（地名かもしれない）。 */
export interface NameSpot {
  kind: "masked" | "left";
  around: string;
}

const TITLES =
  "(?:副?委員長|副?座長|副?会長|委員|議員|先生|名誉教授|教授|准教授|講師|部長|課長|係長|局長|次長|室長|所長|館長|社長|代表|理事長?|主査|主任|さん|さま|様|氏|君|くん)";
/** 文字起こしが別の字で書く、同じ姓の字。 */
const SAME = [
  "髙高",
  "﨑崎",
  "邊邉辺",
  "齋斎齊斉",
  "澤沢",
  "廣広",
  "濵濱浜",
  "櫻桜",
  "國国",
  "嶋嶌島",
  "眞真",
  "德徳",
  "惠恵",
  "榮栄",
  "龍竜",
  "瀨瀬",
  "栁柳",
  "𠮷吉",
  "條条",
  "藪薮",
  "籠篭",
  "塚塚",
];
/** 札幌の地名でもある姓は、「の」「に」などの前では残す（人が確かめる）。 */
const PLACES = new Set(
  "白石 豊平 厚別 手稲 清田 平岸 月寒 円山 山鼻 琴似 新川 発寒 中島 真駒内 石山 川沿 藤野 北野 福住 美園 菊水 東川 石狩 千歳 江別 恵庭 北見 旭川 函館 岩見沢 滝川 室蘭 苫小牧 福島 山口 石川 宮城 長野 千葉 岡山 香川 宮崎".split(
    " ",
  ),
);
const NOT_BEFORE = String.raw`(?<![\p{Script=Han}\p{Script=Katakana}ー々])`;
const SURE = String.raw`(?=が|は|も|です|でし|でござ|と申し|と言い|さえ|[、。，．」』）)！？…\s]|$)`;
const WEAK = String.raw`(?=の|に|へ|と|を|から|より|や|ら|って)`;

interface Shape {
  shape: RegExp;
  role: string;
  bare: boolean;
}

/**
 * 発言の中の委員の名を、役の名に替える（「佐藤委員」「佐藤 花子さん」「さとう先生」→「委員」）。
 * 敬称のない姓も、前が漢字でなく、後ろが助詞や文の切れ目なら替え、spots に挙げる。「佐藤町」のような地名らしいものは残し、left に数える。
 */
export function maskNames(
  text: string,
  people: readonly NamedPerson[],
): { text: string; masked: number; left: number; spots: NameSpot[] } {
  let masked = 0;
  let out = text;
  const spots: NameSpot[] = [];
  for (const { shape, role, bare } of shapesOf(people))
    out = out.replace(shape, (found, ...rest) => {
      masked += 1;
      const at: number = rest.find((one) => typeof one === "number") ?? 0;
      if (bare) spots.push({ kind: "masked", around: aroundOf(out, at, found.length) });
      return role;
    });
  let left = 0;
  for (const { name } of people) {
    const { family } = partsOf(name);
    if (family === "") continue;
    for (const found of out.matchAll(new RegExp(family, "gu"))) {
      left += 1;
      spots.push({ kind: "left", around: aroundOf(out, found.index, found[0].length) });
    }
  }
  return { text: out, masked, left, spots };
}

const known = new WeakMap<readonly NamedPerson[], Shape[]>();

/** 全部の人の氏名 → 敬称つきの姓 → 敬称つきの名 → 姓だけ、の順（長い形から）。 */
function shapesOf(people: readonly NamedPerson[]): Shape[] {
  const before = known.get(people);
  if (before) return before;
  const steps: ((one: NamedPerson) => [string, boolean][])[] = [
    ({ name }) => {
      const { family, given } = partsOf(name);
      return given === "" ? [] : [[`${family}[\\s　]*${given}[\\s　]*${TITLES}?`, false]];
    },
    ({ name, kana }) => {
      const { family } = partsOf(name);
      const spoken = kanaShapes(kana?.trim().split(/[\s　]+/)[0] ?? "");
      return [...(family === "" ? [] : [family]), ...spoken].map((one) => [`${one}[\\s　]?${TITLES}`, false]);
    },
    ({ name }) => {
      const { given, short } = partsOf(name);
      return short ? [] : [[`${NOT_BEFORE}${given}(?:先生|さん|様|氏|君|くん)`, false]];
    },
    ({ name }) => {
      const { family, letters } = partsOf(name);
      // 一字の姓（林、森）は、ふつうの言葉でもあるので、名のりだけ。
      if (family === "" || letters < 2)
        return family === "" ? [] : [[`(?<=^|[。、\\s])${family}(?=です。|と申し|でござ)`, true]];
      const place = PLACES.has(name.trim().split(/[\s　]+/)[0] ?? "");
      return [[`${NOT_BEFORE}${family}(?:${SURE}${place ? "" : `|${WEAK}`})`, true]];
    },
  ];
  const made = steps.flatMap((step) =>
    people.flatMap((one) =>
      step(one).map(([source, bare]) => ({ shape: new RegExp(source, "gu"), role: one.role, bare })),
    ),
  );
  known.set(people, made);
  return made;
}

function partsOf(name: string): { family: string; given: string; letters: number; short: boolean } {
  const [family = "", ...rest] = name.trim().split(/[\s　]+/);
  const given = rest.join("");
  return {
    ...{ family: [...family].map(letterShape).join(""), given: [...given].map(letterShape).join("") },
    ...{ letters: [...family].length, short: [...given].length < 2 },
  };
}

function letterShape(letter: string): string {
  const same = SAME.find((group) => group.includes(letter));
  return same === undefined ? letter.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&") : `[${same}]`;
}

/** ひらがなとカタカナの、二つの書き方。二字より短い姓は、ふつうの言葉と区別できない。 */
function kanaShapes(kana: string): string[] {
  if (!/^[ぁ-ゖァ-ヺー]{2,}$/u.test(kana)) return [];
  const move = (by: number, shape: RegExp) =>
    kana.replace(shape, (one) => String.fromCharCode(one.charCodeAt(0) + by));
  const hira = `(?<![ぁ-ゖー])${move(-0x60, /[ァ-ヶ]/gu)}`;
  const kata = `(?<![ァ-ヺー])${move(0x60, /[ぁ-ゖ]/gu)}`;
  return [hira, kata];
}

function aroundOf(text: string, at: number, size: number): string {
  const start = Math.max(0, at - 10);
  const end = Math.min(text.length, at + size + 10);
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`.replace(
    /\s+/g,
    " ",
  );
}
