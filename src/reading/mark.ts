import { kanjiNumber } from "../japan/kanji-number.ts";

/** 行の頭の番号。scheme は番号の種類で、段の深さは決まっていない（文書の順から決める）。 */
export interface Mark {
  scheme: string;
  value: number;
  /** 道に入れる形（半角の数字と括弧）。 */
  label: string;
  /** 番号と、その後の空白の文字数。 */
  length: number;
  /** 文の途中の数字と見間違えにくい形。 */
  strong: boolean;
  /** 題のように短い行のときだけ番号とみなす。 */
  titleOnly?: boolean;
}

const D = "[0-9０-９]";
const NUMBER = `(?:${D}{1,3}|[〇一二三四五六七八九十百]{1,5})`;
const KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const HALF_KANA = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ";
const IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラム";
const CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿";
const BLACK = "❶❷❸❹❺❻❼❽❾❿";
const ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
/** 数字の後に来れば、番号でなく数量や日付。「個人情報」「部外者」のように語が続けば数量でない。 */
const UNITS =
  "(?:年度|か月|ヶ月|カ月|箇月|営業日|時間|週間|[年月日時分秒件名人円回％%条項号通台席週次つ部冊枚校種期階個点割倍歳字列社者箇度])(?=[\\s\\u30000-9０-９（(）)、。・/〜～]|$|から|まで|以|間|程|前|後|[のをはがにでと])|[年月日条項号次回％%〜～~：:/／\\-－・]";
const SPACE = "[\\s\\u3000]";
const AFTER_PARTICLE =
  /^[のはがをにでともへや～〜、。,・]|^(?:から|まで|及び|又は|について|により|における|並びに|若しくは)/;

/** 単位の字で始まっても、数量でなく語。「１ 日次報告」「２ 条件」。 */
const UNIT_WORDS =
  /^(?:[日週月年][次報間例程常]|日[時直]|年度[別計]|月[末初]|条[件例]|項目|号令|回[線答収覧路転]|次(?:[のにいは]|第|期|年度))/;

/** 行の頭（前の空白を除いたもの）から読める番号の候補。確かなものから。なければ空。 */
export function readMarks(line: string): Mark[] {
  const text = line.slice(0, 40);
  const found = [
    ...articleMarks(text),
    ...dottedMarks(text),
    ...digitMarks(text),
    ...bracketMarks(text),
    ...letterMarks(text),
    ...circledMarks(text),
  ];
  // 「(1)で定めた区域」のように、空けずに助詞が続けば文の途中。「１ はじめに」は見出し。
  return found.filter(
    (mark) => /[\s\u3000]$/.test(text.slice(0, mark.length)) || !AFTER_PARTICLE.test(text.slice(mark.length)),
  );
}

/** 全角の数字と英字を半角にする。 */
export function halfWidth(text: string): string {
  return text.replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
}

export function numberOf(text: string): number | undefined {
  const half = halfWidth(text);
  return /^\d+$/.test(half) ? Number(half) : kanjiNumber(half);
}

/** 第1条、第1条の2、第1章、第１（官公庁の様式）。 */
function articleMarks(text: string): Mark[] {
  // 「Q1」「Ｑ１」「問１」。
  const question = new RegExp(
    `^(?:[QＱ]|問|質問)${SPACE}?(${D}{1,3})(?:[.．:：、)）]${SPACE}*|${SPACE}+|$)`,
  ).exec(text);
  if (question) {
    const value = numberOf(question[1] ?? "") ?? 0;
    return [{ scheme: "Q", value, label: `Q${value}`, length: question[0].length, strong: true }];
  }
  const article = new RegExp(
    `^第${SPACE}?(${NUMBER})${SPACE}?([条章節編款部項号])((?:の${NUMBER})*)${SPACE}*`,
  ).exec(text);
  if (article) {
    const value = numberOf(article[1] ?? "");
    const kind = article[2] ?? "";
    const branches = (article[3] ?? "")
      .split("の")
      .slice(1)
      .map((one) => numberOf(one) ?? 0);
    if (value === undefined || value > 999) return [];
    // 「第３項の規定により」は本文。条のほかは、題が続くときだけ見出し。
    const strong =
      kind === "条" || /\s|\u3000/.test(article[0].slice(-1)) || article[0].length === text.length;
    return [
      {
        scheme: `第${kind}`,
        value: branches.reduce((sum, one, at) => sum + one / 1000 ** (at + 1), value),
        label: `第${value}${kind}${branches.map((one) => `の${one}`).join("")}`,
        length: article[0].length,
        strong,
        ...(strong ? {} : { titleOnly: true }),
      },
    ];
  }
  const section = new RegExp(`^第${SPACE}?(${NUMBER})(?:${SPACE}+(?![回次期号種位者代年月])|$)`).exec(text);
  const value = section ? numberOf(section[1] ?? "") : undefined;
  if (!section || value === undefined) return [];
  return [{ scheme: "第", value, label: `第${value}`, length: section[0].length, strong: true }];
}

/** 1.1、1-1、1.1.1、２－１。 */
function dottedMarks(text: string): Mark[] {
  const found = new RegExp(`^(${D}{1,2}(?:[.．\\-－‐–−]${D}{1,2}){1,4})[.．)）]?(${SPACE}*)`).exec(text);
  if (!found) return [];
  const parts = halfWidth(found[1] ?? "").split(/[.\-‐–−]/);
  const separator = /[.．]/.test(found[1] ?? "") ? "." : "-";
  const spaced = (found[2] ?? "") !== "" || found[0].length === text.length;
  if (!spaced && new RegExp(`^(?:${UNITS}|[()（）]|${D})`).test(text.slice(found[0].length))) return [];
  return [
    {
      scheme: `dotted${separator}${parts.length}`,
      value: Number(parts.at(-1)),
      label: parts.map(Number).join(separator),
      length: found[0].length,
      strong: spaced,
      ...(spaced ? {} : { titleOnly: true }),
    },
  ];
}

/** １、1.、1)、一、一．。区切りのない「1業務名」は、題のときだけ。 */
function digitMarks(text: string): Mark[] {
  const digits = new RegExp(`^(${D}{1,2})([.．、,，)）]?)(${SPACE}*)(?!${D}|[.．\\-－‐–−]${D})`).exec(text);
  const marks: Mark[] = [];
  if (digits) {
    const [all, number = "", separator = "", space = ""] = digits;
    const next = text.slice(all.length);
    const value = Number(halfWidth(number));
    // 「４　次の…」: 全角の空きの後は、数量でない。
    const isWord = /\u3000|[\s]{2}/.test(space) || (space !== "" && UNIT_WORDS.test(next));
    const isQuantity = separator === "" && !isWord && new RegExp(`^(?:${UNITS})`).test(next);
    const closes = /[)）]/.test(separator);
    if (!isQuantity && value > 0 && !(separator !== "" && space === "" && new RegExp(`^${D}`).test(next)))
      marks.push({
        scheme: closes ? "1)" : "1",
        value,
        label: closes ? `${value})` : String(value),
        length: all.length,
        strong: separator !== "" && separator !== "," && separator !== "，",
        ...(separator === "" && space === "" && next !== "" ? { titleOnly: true } : {}),
      });
  }
  const kanji = new RegExp(`^([一二三四五六七八九十]{1,3})([.．、]${SPACE}*|${SPACE}+|$)`).exec(text);
  const value = kanji ? kanjiNumber(kanji[1] ?? "") : undefined;
  if (kanji && value !== undefined)
    marks.push({ scheme: "一", value, label: kanji[1] ?? "", length: kanji[0].length, strong: false });
  return marks;
}

/** (1)、（１）、［1］、(一)、(ｱ)、（ア）、(a)、⑴。 */
function bracketMarks(text: string): Mark[] {
  const compat = /^([⑴-⒇])[\s\u3000]*/.exec(text);
  if (compat) {
    const value = (compat[1] ?? "").charCodeAt(0) - 0x2473;
    return [{ scheme: "(1)", value, label: `(${value})`, length: compat[0].length, strong: true }];
  }
  const found = new RegExp(
    `^([(（［\\[〔<＜])${SPACE}?([^\\s)）］\\]〕>＞]{1,4})${SPACE}?[)）］\\]〕>＞]${SPACE}*`,
  ).exec(text);
  if (!found) return [];
  const open = halfWidth(found[1] ?? "(");
  const close = { "(": ")", "[": "]", "〔": "〕", "<": ">" }[open] ?? ")";
  const inner = found[2] ?? "";
  return innerMarks(inner).map(({ scheme, value, label }) => ({
    scheme: `${open}${scheme}${close}`,
    value,
    label: `${open}${label}${close}`,
    length: found[0].length,
    strong: true,
  }));
}

function innerMarks(inner: string): { scheme: string; value: number; label: string }[] {
  const half = halfWidth(inner);
  if (/^\d{1,3}$/.test(half)) return [{ scheme: "1", value: Number(half), label: String(Number(half)) }];
  const kanji = kanjiNumber(inner);
  if (kanji !== undefined) return [{ scheme: "一", value: kanji, label: inner }];
  return letters(inner);
}

/** 一字の番号: カナ（あいうえお順、いろは順）、英字、ローマ数字。 */
function letters(inner: string): { scheme: string; value: number; label: string }[] {
  const label = /^[Ａ-Ｚａ-ｚ]+$/.test(inner)
    ? halfWidth(inner)
    : inner.normalize(/^[Ⅰ-ⅿ]$/.test(inner) ? "NFKC" : "NFC");
  const found: { scheme: string; value: number; label: string }[] = [];
  const add = (scheme: string, value: number) => {
    if (value > 0) found.push({ scheme, value, label });
  };
  if (label.length === 1) {
    add("ア", KANA.indexOf(label) + 1);
    add("ｱ", HALF_KANA.indexOf(label) + 1);
    add("イ", IROHA.indexOf(label) + 1);
    if (/^[a-z]$/.test(label)) add("a", label.charCodeAt(0) - 96);
    if (/^[A-Z]$/.test(label)) add("A", label.charCodeAt(0) - 64);
  }
  add("i", ROMAN.map((one) => one.toLowerCase()).indexOf(label) + 1);
  add("I", ROMAN.indexOf(label) + 1);
  return found;
}

/** ア、ア．、ア)、a.、A、Ⅰ。 */
function letterMarks(text: string): Mark[] {
  const found = new RegExp(
    `^([ァ-ンｱ-ﾝA-Za-zＡ-Ｚａ-ｚ]|[Ⅰ-Ⅻⅰ-ⅻ]|[IVXivx]{2,4})(?:([.．、,)）:：])${SPACE}*|(${SPACE}+)|$)`,
  ).exec(text);
  if (!found) return [];
  const closes = /[)）]/.test(found[2] ?? "");
  return letters(found[1] ?? "").map(({ scheme, value, label }) => ({
    scheme: closes ? `${scheme})` : scheme,
    value,
    label: closes ? `${label})` : label,
    length: found[0].length,
    strong: (found[2] ?? "") !== "" || !/[A-Za-zＡ-Ｚａ-ｚ]/.test(found[1] ?? ""),
  }));
}

function circledMarks(text: string): Mark[] {
  const char = text.charAt(0);
  const white = char === "" ? -1 : CIRCLED.indexOf(char);
  const black = char === "" ? -1 : BLACK.indexOf(char);
  const value = Math.max(white, black) + 1;
  if (value === 0) return [];
  const space = /^[\s\u3000]*/.exec(text.slice(1))?.[0].length ?? 0;
  return [{ scheme: white >= 0 ? "①" : "❶", value, label: char, length: 1 + space, strong: true }];
}
