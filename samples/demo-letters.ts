import type { NewLetter } from "../src/comments/receive-letters.ts";
import { type Age, ageNames, type Channel } from "../src/opinions/period-rule.ts";
import {
  asides,
  campaign,
  closings,
  greetings,
  kidsLines,
  leads,
  reasons,
  slots,
  topics,
} from "./comment-texts.ts";
import { Random } from "./random.ts";

/** 作った一通と、その答え合わせ（分けるべき文と符号）。 */
export interface InventedLetter {
  letter: NewLetter;
  opinions: { text: string; code: string }[];
}

const families = [
  "佐藤",
  "鈴木",
  "高橋",
  "髙橋",
  "田中",
  "伊藤",
  "渡邉",
  "中村",
  "小林",
  "越後谷",
  "本間",
  "工藤",
];
const givens = [
  "和子",
  "キヨ子",
  "清",
  "茂",
  "健一",
  "美智子",
  "誠",
  "博",
  "京子",
  "隆",
  "進",
  "文子",
  "道雄",
];

/**
 * 意見書を count 通つくる（種が同じなら同じ）。四つの送り方、ひな形の写し、ほぼ同じ文、表記だけ違う文、足された一文、
 * キッズコメント、連名、無記名、同じ方の二通、期間のあと、白紙、式で始まる文、絵文字、機械読み取りの行替え、氏名や電話の書かれた文。
 */
export function inventLetters(seed: number, count: number, first: string, last: string): InventedLetter[] {
  const random = new Random(seed);
  const days = daysOf(first, last);
  const letters = Array.from({ length: count }, (_, at) => invent(random, at, days));
  return special(letters, days);
}

function daysOf(first: string, last: string): string[] {
  const from = Date.parse(`${first}T00:00:00Z`);
  const size = Math.round((Date.parse(`${last}T00:00:00Z`) - from) / 86_400_000) + 1;
  return Array.from({ length: size }, (_, at) => new Date(from + at * 86_400_000).toISOString().slice(0, 10));
}

function invent(random: Random, at: number, days: readonly string[]): InventedLetter {
  const channel =
    (["post", "post", "hand", "fax", "mail", "mail", "form", "form", "form"] as Channel[])[at % 9] ?? "post";
  const kids = channel !== "fax" && random.chance(0.07);
  const opinions = kids ? kidsOpinions(random) : ownOpinions(random, at);
  const age: Age = kids ? "u20" : random.chance(0.12) ? "none" : (random.pick(ageNames.slice(1, 7)) as Age);
  const ward = random.pick(slots.区 ?? []);
  const text = letterText(random, opinions, channel);
  const name = `${random.pick(families)} ${random.pick(givens)}`;
  const unnamed = random.chance(0.05);
  const letter: NewLetter = {
    ...{ channel, day: random.pick(days), age, ward, kids, signers: 1, text, source: `demo ${at}` },
    senders: unnamed
      ? []
      : [
          {
            name,
            address: `雪見市${ward}${random.int(1, 9)}条${random.int(1, 30)}丁目${at + 1}`,
            contact: `011-000-${String(1000 + at)}`,
          },
        ],
  };
  return { letter, opinions };
}

function kidsOpinions(random: Random): { text: string; code: string }[] {
  const [code, text] = random.pick(kidsLines);
  return [{ code, text }];
}

function ownOpinions(random: Random, at: number): { text: string; code: string }[] {
  if (at % 11 === 3) {
    // ひな形: そのまま、言い方を少し変えたもの、全角・空白だけ違うもの、一文を足したもの。
    const kind = ((at / 11) % 4) | 0;
    const text =
      kind === 1 ? campaign.near : kind === 2 ? campaign.text.replaceAll("、", "､ ") : campaign.text;
    const base = { text, code: campaign.code };
    return kind === 3 ? [base, line(random, topics[2])] : [base];
  }
  const size = random.int(1, 3);
  const chosen = random.shuffle(topics).slice(0, size);
  return chosen.map((topic) => line(random, topic));
}

function line(random: Random, topic: (typeof topics)[number] | undefined): { text: string; code: string } {
  const said = `${random.pick(leads)}${random.pick(topic?.lines ?? ["意見です。"])}${random.pick(reasons)}`;
  const text = said.replace(/〈(.+?)〉/g, (_, kind: string) =>
    kind === "頁" ? String(random.int(12, 71)) : random.pick(slots[kind] ?? [""]),
  );
  return { text, code: topic?.code ?? "9" };
}

function letterText(random: Random, opinions: readonly { text: string }[], channel: Channel): string {
  const parts = [
    random.pick(greetings),
    ...opinions.flatMap(({ text }, at) => [at > 0 && random.chance(0.4) ? random.pick(asides) : "", text]),
    random.pick(closings),
  ].filter(Boolean);
  return parts.join(channel === "form" ? "\n" : "");
}

/** 変わった通を、決まった場所に置く。 */
function special(letters: readonly InventedLetter[], days: readonly string[]): InventedLetter[] {
  const out = [...letters];
  const put = (at: number, change: Partial<NewLetter>, opinions?: InventedLetter["opinions"]) => {
    const before = out[at];
    if (before) out[at] = { letter: { ...before.letter, ...change }, opinions: opinions ?? before.opinions };
  };
  const say = (at: number, text: string, code: string, change: Partial<NewLetter> = {}) =>
    put(at, { ...change, text }, text.trim() === "" ? [] : [{ text, code }]);
  const last = days.at(-1) ?? "";
  say(20, "", "9");
  say(31, "=1+2 の答えが出る欄は、入力の誤りを先に知らせてほしいです。", "1-1");
  say(42, "除雪車の位置を地図で見せてください☃️🚜 みんな助かります👨‍👩‍👧‍👦", "2-3");
  const named = out[53]?.letter.senders[0]?.name.replace(" ", "") ?? "";
  const own = "スマートフォンの相談を、まちづくりセンターでも受けられるようにしてください。";
  put(
    53,
    { text: `${named}と申します。電話は011-000-1053です。${own}担当の山口課長に話しても進みませんでした。` },
    [{ text: own, code: "2-1" }],
  );
  const scanned = "紙の申請書と窓口は残してほ\nしいです。目が悪いので、画面\nの字は読めません。";
  put(64, { channel: "fax", text: scanned }, [{ text: scanned, code: "1-2" }]);
  put(75, { signers: 24 });
  // 郵送と FAX で、同じ方から二通。
  const twin = out[86]?.letter.senders;
  if (twin) put(87, { senders: twin, channel: "fax" });
  put(98, { day: nextDay(last, 3) });
  put(99, { day: nextDay(last, 6), channel: "post" });
  return out;
}

function nextDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}
