import { withoutFurigana } from "./furigana.ts";
import { allBlocks, type Manuscript, type ManuscriptBlock, type Place } from "./manuscript.ts";
import { knownNames, type PlainProfile, plainRules, plainTargets } from "./plain-rule.ts";
import { type Readability, readabilityOf, sentencesOf } from "./readability.ts";
import { unreadWords } from "./unread-word.ts";

/** 一つの注意。どこの、どの字が、なぜ、どう直すか。 */
export interface PlainRemark {
  rule: string;
  block: string;
  place: Place;
  quote: string;
  why: string;
  instead: string;
}

export interface PlainReport {
  profile: PlainProfile;
  readability: Readability;
  /** 目標に届いているか。届かなければ、直すか、責任者が認める。 */
  met: boolean;
  /** 届いていない目標（文）。 */
  unmet: string[];
  remarks: PlainRemark[];
}

/** 調べる文と、その場所。 */
export interface PlainText {
  block: string;
  place: Place;
  text: string;
}

/** 文の並びを、文章の種類の決まりで調べる。allow の言葉は、漢字の続きと外来語の注意をしない。 */
export function checkPlain(
  texts: readonly PlainText[],
  profile: PlainProfile,
  allow: readonly string[] = [],
): PlainReport {
  const target = plainTargets[profile];
  // ふりがなの印は、文の長さや漢字の続きには数えない。
  const bare = texts.map((one) => ({ ...one, text: withoutFurigana(one.text) }));
  const unread = texts.flatMap((one) => unreadRemarks(one, profile));
  const remarks = [...bare.flatMap((one) => remarksOf(one, profile, allow)), ...unread];
  const readability = readabilityOf(bare.map(({ text }) => text).join("\n"));
  const long = remarks.filter(({ rule }) => rule === "sentence").length;
  const unmet = [
    readability.score !== undefined && readability.score < target.score
      ? `読みやすさの点が ${readability.score.toFixed(1)} です（目標は ${target.score} 以上）。漢字の続きを短くし、文を分けると上がります。`
      : "",
    long > 0 && profile !== "body" ? `${target.sentence}字を超える文が ${long} あります。` : "",
    unread.length > 0 ? `ふりがなの要る言葉が ${unread.length} あります。` : "",
  ].filter(Boolean);
  return { profile, readability, met: unmet.length === 0, unmet, remarks };
}

/** 原稿の本文を調べる。表・図の題は含めない（文ではないため）。 */
export function checkPlainManuscript(manuscript: Manuscript, profile: PlainProfile = "body"): PlainReport {
  const texts = allBlocks(manuscript.blocks).flatMap((block) => plainTextsOf(block));
  return checkPlain(texts, profile, [
    ...(manuscript.meta.allow ?? []),
    ...Object.keys(manuscript.meta.glossary),
  ]);
}

/** 部分の中の、文として書かれたところ。印（参照、注、太字）は除く。 */
export function plainTextsOf(block: ManuscriptBlock): PlainText[] {
  const bare = (text: string) =>
    text
      .replace(/\[\[@[^\]]+\]\]/g, "第１章")
      .replace(/\{\{[^}]+\}\}/g, "１")
      .replace(/\[\^[^\]]+\]/g, "")
      .replace(/\*\*/g, "");
  const one = (text: string): PlainText => ({ block: block.id, place: block.place, text: bare(text) });
  if (block.kind === "paragraph") return [one(block.text)];
  return block.kind === "list" ? block.items.map(one) : [];
}

/** 子ども版: まだ習わない漢字を含む、ふりがなのない言葉。 */
function unreadRemarks({ block, place, text }: PlainText, profile: PlainProfile): PlainRemark[] {
  const { grade, name } = plainTargets[profile];
  if (grade === undefined) return [];
  return unreadWords(text, grade).map((quote) => ({
    ...{ rule: "furigana", block, place, quote },
    why: `小学校${grade}年生までに習わない漢字があります。${name}では、ふりがなを付けます。`,
    instead: `「{${quote}|よみ}」と書くか、やさしい言葉やひらがなにする`,
  }));
}

function remarksOf(one: PlainText, profile: PlainProfile, allow: readonly string[]): PlainRemark[] {
  const { block, place } = one;
  const target = plainTargets[profile];
  const remark = (rule: string, quote: string, why: string, instead: string): PlainRemark => ({
    ...{ rule, block, place, quote, why, instead },
  });
  const found = plainRules
    .filter((rule) => rule.in.includes(profile))
    .flatMap((rule) =>
      (one.text.match(rule.find) ?? [])
        .filter((quote) => !allow.includes(quote))
        .map((quote) =>
          remark(
            rule.id,
            quote,
            rule.why,
            typeof rule.instead === "string" ? rule.instead : rule.instead(quote),
          ),
        ),
    );
  for (const sentence of sentencesOf(one.text)) {
    const count = [...sentence].length;
    if (count > target.sentence)
      found.push(
        remark(
          "sentence",
          `${[...sentence].slice(0, 24).join("")}…`,
          `一文が ${count} 字です。${target.name}では ${target.sentence} 字までが目標です。`,
          "接続のところで文を分ける",
        ),
      );
    found.push(...conjunctions(sentence, remark));
  }
  const rest = [...knownNames, ...allow].reduce((text, word) => text.split(word).join("、"), one.text);
  for (const run of rest.match(/[\p{Script=Han}々]+/gu) ?? [])
    if ([...run].length > target.kanji)
      found.push(
        remark(
          "kanji-run",
          run,
          `漢字が ${[...run].length} 字続きます。${target.name}では ${target.kanji} 字までが目標です。`,
          "「の」「を」「する」などを補って切る（決まった名なら、使ってよい言葉に足す）",
        ),
      );
  return found;
}

/** 「並びに」は「及び」の上、「若しくは」は「又は」の下で使う。 */
function conjunctions(
  sentence: string,
  remark: (rule: string, quote: string, why: string, instead: string) => PlainRemark,
): PlainRemark[] {
  const out: PlainRemark[] = [];
  if (sentence.includes("並びに") && !sentence.includes("及び"))
    out.push(
      remark(
        "narabini",
        "並びに",
        "「並びに」は、「及び」でつないだものを更に大きくつなぐときに使います。",
        "及び",
      ),
    );
  if (sentence.includes("若しくは") && !sentence.includes("又は"))
    out.push(
      remark(
        "moshikuha",
        "若しくは",
        "「若しくは」は、「又は」でつないだ中を更に小さく分けるときに使います。",
        "又は",
      ),
    );
  return out;
}
