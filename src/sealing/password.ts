import { hash, parseOptions, verify } from "@node-rs/argon2";
import { AppError } from "../base/error.ts";
import { inHashSlot, STRETCH_COST } from "./stretch.ts";

/*
 * パスワード（別紙1 5(8)）。長さは 15 字から、定期的な変更は求めず、ありがちな語と個人・事務所に結びつく語を断る。
 */
const OPTIONS = {
  memoryCost: STRETCH_COST.memoryKiB,
  timeCost: STRETCH_COST.passes,
  parallelism: STRETCH_COST.lanes,
};
const MAX_LENGTH = 256;
/** ありがちな語を除いたあとに残っていてほしい字数。 */
const MIN_LEFT = 8;

/** 登録のない人の確かめに使う、だれのものでもないハッシュ（手間は OPTIONS と同じ。捨てた乱数から作った）。 */
const NOBODY =
  "$argon2id$v=19$m=65536,t=3,p=1$js501mQAxvlWQeaMF2sXcQ$D3+vXuuSX2epeE/HIkBoMvK3YQvi6MAfRdDnvEf7Qb4";

/** パスワードの規則。personal は従業者番号・事務所名・利用者名など、入っていてはならない語。 */
export interface PasswordRule {
  readonly minLength?: number;
  readonly personal?: readonly string[];
}

/** 使えない理由（利用者に見せる文）。空なら使える。 */
export function checkPassword(password: string, rule: PasswordRule = {}): string[] {
  const { minLength = 15, personal = [] } = rule;
  const text = password.normalize("NFKC");
  const length = [...text].length;
  if (length < minLength)
    return [`パスワードは ${minLength} 字以上にしてください（今は ${length} 字です）。`];
  if (length > MAX_LENGTH) return [`パスワードは ${MAX_LENGTH} 字までにしてください。`];
  const reasons: string[] = [];
  const bare = bareOf(text);
  if (personal.map(bareOf).some((word) => [...word].length >= 3 && bare.includes(word))) {
    reasons.push(
      "従業者番号・利用者名・事務所名など、ほかの人に分かる語が入っています。別の語にしてください。",
    );
  }
  if (isRepeated(text) || new Set(text).size < 5) {
    reasons.push("同じ並びのくり返しか、使っている字の種類が少なすぎます。");
  }
  if (Math.min(leftOf(bare), leftOf(unleet(bare))) < MIN_LEFT) {
    reasons.push(
      "よく使われる語や並び（password、12345、sakura など）がほとんどです。関係のない語を三つ四つ並べると、覚えやすく強くなります。",
    );
  }
  return reasons;
}

/** 規則に合わなければ BAD_INPUT（欄は password）。 */
export function requirePassword(password: string, rule: PasswordRule = {}): void {
  const [first, ...more] = checkPassword(password, rule);
  if (first === undefined) return;
  throw new AppError("BAD_INPUT", first, {
    faults: [first, ...more].map((message) => ({ field: "password", message })),
  });
}

/** 保管する形（PHC 文字列、Argon2id 64 MiB・3回）。全角と半角の打ち分けは区別しない（NFKC）。 */
export async function hashPassword(password: string): Promise<string> {
  return inHashSlot(() => hash(password.normalize("NFKC"), OPTIONS));
}

/**
 * 合っているか。stored が undefined（その利用者がいない）でも同じ手間をかけてから偽を返すので、
 * かかった時間から利用者の有無は分からない。
 */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  // 長すぎる入力は、読む前に切らずに断る（正しいパスワードは MAX_LENGTH を超えない）。
  const given = password.length > MAX_LENGTH * 8 ? "" : password.normalize("NFKC");
  const same = await inHashSlot(() => verify(stored ?? NOBODY, given));
  return same && stored !== undefined;
}

/** 今の手間より軽いハッシュか（合っていたときに作り直すため）。 */
export function needsRehash(stored: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(stored);
  return (
    memoryCost < OPTIONS.memoryCost || timeCost < OPTIONS.timeCost || parallelism !== OPTIONS.parallelism
  );
}

function bareOf(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/[\s\p{Pd}_.,/\\|'"()[\]{}:;~^`]/gu, "");
}

const LEET: Record<string, string> = {
  "@": "a",
  "4": "a",
  "0": "o",
  "1": "i",
  "!": "i",
  "3": "e",
  "5": "s",
  $: "s",
  "7": "t",
};

function unleet(text: string): string {
  return text.replace(/[@401!35$7]/g, (letter) => LEET[letter] ?? letter);
}

/** ありがちな語・年・並び・連続を除いて残る字数。 */
function leftOf(bare: string): number {
  let rest = bare;
  for (const word of COMMON) rest = rest.replaceAll(word, " ");
  rest = rest.replace(/(?:19|20)\d\d(?:[01]\d[0-3]\d)?/g, " ").replace(/(.)\1{2,}/gu, " ");
  return rest.split(" ").reduce((sum, part) => sum + [...part].length - runsIn(part), 0);
}

/** 4字以上続く、字の順（abcd、4321）か鍵盤の順（qwer）に入っている字数。 */
function runsIn(part: string): number {
  const letters = [...part];
  let inRuns = 0;
  let length = 1;
  for (let i = 1; i <= letters.length; i++) {
    const here = letters[i];
    const before = letters[i - 1];
    if (here !== undefined && before !== undefined && isNext(before, here)) {
      length += 1;
      continue;
    }
    if (length >= 4) inRuns += length;
    length = 1;
  }
  return inRuns;
}

const ROWS = [
  "1234567890",
  "qwertyuiop@[",
  "asdfghjkl;:]",
  "zxcvbnm,./",
  "あいうえお",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.",
];

function isNext(a: string, b: string): boolean {
  const step = (b.codePointAt(0) ?? 0) - (a.codePointAt(0) ?? 0);
  return Math.abs(step) === 1 || ROWS.some((row) => row.includes(a + b) || row.includes(b + a));
}

/** 全体が、半分以下の長さの並びのくり返しか。 */
function isRepeated(text: string): boolean {
  const letters = [...text];
  for (let period = 1; period * 2 <= letters.length; period++) {
    if (letters.every((letter, i) => i < period || letter === letters[i - period])) return true;
  }
  return false;
}

// 漏えいした一覧の上位に並ぶ語と、日本語のローマ字・かなで多いもの。長い語から除く。
const COMMON = `
password passwort passw0rd passcode pass pasuwado ぱすわーど パスワード 暗証番号 暗号 ひみつ 秘密 himitsu angou qwerty qwertz azerty asdf zxcv
1q2w3e4r 1qaz2wsx q1w2e3r4 letmein welcome login logon admin administrator root guest user test testtest changeme default secret
master superman batman dragon monkey shadow sunshine princess football baseball soccer michael jordan charlie
iloveyou loveme lovely love hello freedom whatever trustno1 starwars computer internet samsung google apple iphone windows microsoft
access hunter killer pepper cookie summer winter spring autumn flower
sakura さくら 桜 doraemon どらえもん pokemon ぽけもん pikachu naruto onepiece totoro となりのととろ gundam がんだむ anpanman hellokitty kitty
arigatou arigato ありがとう konnichiwa konnitiwa こんにちは ohayou おはよう sayonara さよなら aishiteru あいしてる daisuki だいすき
nippon nihon にほん にっぽん 日本 tokyo toukyou とうきょう 東京 osaka oosaka おおさか 大阪 kyoto nagoya fukuoka
sapporo さっぽろ 札幌 hokkaido hokkaidou ほっかいどう 北海道 susukino odori ainu
suzuki すずき satou sato さとう tanaka たなか takahashi yamada yamamoto watanabe nakamura kobayashi itou tarou taro hanako はなこ takuya
kaisha かいしゃ 会社 jimusho 事務所 jimukyoku 事務局 shiyakusho しやくしょ 市役所 yakusho madoguchi まどぐち 窓口 callcenter coalcenter こーるせんたー
kanrisha 管理者 tantou 担当 yoyaku 予約 koushuukai 講習会 sumaho すまほ smartphone hogehoge hoge fuga foobar nyan neko inu
january february march april june july august september october november december
`
  .split(/\s+/)
  .filter((word) => word !== "")
  .map(bareOf)
  .sort((a, b) => b.length - a.length);
