import type { BookingInput } from "../src/reception/booking.ts";
import type { Random } from "./random.ts";

/** 作りものの人の部品。姓・名・読みはよくあるもので、実在の人とは関わりがない。電話は使われない 011-000 番。 */
const families: readonly (readonly [string, string])[] = [
  ["佐藤", "サトウ"],
  ["鈴木", "スズキ"],
  ["高橋", "タカハシ"],
  ["髙橋", "タカハシ"],
  ["田中", "タナカ"],
  ["伊藤", "イトウ"],
  ["渡辺", "ワタナベ"],
  ["山本", "ヤマモト"],
  ["中村", "ナカムラ"],
  ["小林", "コバヤシ"],
  ["加藤", "カトウ"],
  ["吉田", "ヨシダ"],
  ["山田", "ヤマダ"],
  ["佐々木", "ササキ"],
  ["山口", "ヤマグチ"],
  ["松本", "マツモト"],
  ["井上", "イノウエ"],
  ["木村", "キムラ"],
  ["斎藤", "サイトウ"],
  ["齋藤", "サイトウ"],
  ["林", "ハヤシ"],
  ["清水", "シミズ"],
  ["阿部", "アベ"],
  ["山崎", "ヤマザキ"],
  ["池田", "イケダ"],
  ["橋本", "ハシモト"],
  ["石川", "イシカワ"],
  ["小野寺", "オノデラ"],
  ["工藤", "クドウ"],
  ["三浦", "ミウラ"],
  ["岡田", "オカダ"],
  ["長谷川", "ハセガワ"],
  ["村上", "ムラカミ"],
  ["近藤", "コンドウ"],
  ["遠藤", "エンドウ"],
  ["青木", "アオキ"],
  ["坂本", "サカモト"],
  ["西村", "ニシムラ"],
  ["福田", "フクダ"],
  ["太田", "オオタ"],
  ["藤井", "フジイ"],
  ["千葉", "チバ"],
  ["菅原", "スガワラ"],
  ["成田", "ナリタ"],
  ["相馬", "ソウマ"],
  ["本間", "ホンマ"],
  ["蠣崎", "カキザキ"],
  ["越後谷", "エチゴヤ"],
];
const givens: readonly (readonly [string, string])[] = [
  ["光子", "ミツコ"],
  ["キヨ子", "キヨコ"],
  ["和子", "カズコ"],
  ["節子", "セツコ"],
  ["幸子", "サチコ"],
  ["洋子", "ヨウコ"],
  ["文子", "フミコ"],
  ["敏子", "トシコ"],
  ["恵子", "ケイコ"],
  ["久美子", "クミコ"],
  ["美智子", "ミチコ"],
  ["京子", "キョウコ"],
  ["悦子", "エツコ"],
  ["トミ", "トミ"],
  ["ハル", "ハル"],
  ["清", "キヨシ"],
  ["勇", "イサム"],
  ["茂", "シゲル"],
  ["正雄", "マサオ"],
  ["一郎", "イチロウ"],
  ["次郎", "ジロウ"],
  ["三郎", "サブロウ"],
  ["博", "ヒロシ"],
  ["隆", "タカシ"],
  ["進", "ススム"],
  ["健一", "ケンイチ"],
  ["幸雄", "ユキオ"],
  ["昭", "アキラ"],
  ["誠", "マコト"],
  ["豊", "ユタカ"],
  ["勝", "マサル"],
  ["道雄", "ミチオ"],
];

export interface Town {
  ward: string;
  postal: string;
  address: string;
  /** 丁目の書き方があるか。 */
  chome: boolean;
}

export const towns: readonly Town[] = [
  { ward: "北区", postal: "001-0031", address: "札幌市北区北三十一条西", chome: true },
  { ward: "北区", postal: "001-0045", address: "札幌市北区麻生町", chome: true },
  { ward: "北区", postal: "001-0907", address: "札幌市北区新琴似七条", chome: true },
  { ward: "北区", postal: "002-0859", address: "札幌市北区屯田九条", chome: true },
  { ward: "北区", postal: "002-8023", address: "札幌市北区篠路三条", chome: true },
  { ward: "北区", postal: "002-8071", address: "札幌市北区あいの里一条", chome: true },
  { ward: "中央区", postal: "064-0804", address: "札幌市中央区南四条西", chome: true },
  { ward: "豊平区", postal: "062-0003", address: "札幌市豊平区美園三条", chome: true },
  { ward: "西区", postal: "063-0061", address: "札幌市西区西町北", chome: true },
  { ward: "厚別区", postal: "004-0052", address: "札幌市厚別区厚別中央二条", chome: true },
  { ward: "南区", postal: "005-0006", address: "札幌市南区澄川六条", chome: true },
  { ward: "東区", postal: "007-0840", address: "札幌市東区北四十条東", chome: true },
  { ward: "手稲区", postal: "006-0022", address: "札幌市手稲区手稲本町二条", chome: true },
];

const buildings = [
  "メゾン北",
  "コーポ白樺",
  "ライラックハイツ",
  "ビューハイム・緑",
  "第２すずらん荘",
  "グランドコート１０３",
];
const needs = [
  "右耳が聞こえにくい。前の席を希望",
  "車いすで来場",
  "手話通訳を希望",
  "補聴器を使用",
  "杖を使用。出入口に近い席を希望",
];
const memos = [
  "孫に勧められた。機種はらくらくホン。",
  "ＬＩＮＥを使えるようになりたい。",
  "機種は不明。当日持参。",
  "前回は満席で申し込めなかった。",
  "電話の掛け直しは午前を希望。",
];

/** 作りものの申込者を一人。near があれば、その区に住んでいることが多い。 */
export function inventCaller(random: Random, n: number, near?: string): BookingInput {
  const [family, familyKana] = random.pick(families);
  const [given, givenKana] = random.pick(givens);
  const local = towns.filter((t) => t.ward === near);
  const town = local.length > 0 && random.chance(0.75) ? random.pick(local) : random.pick(towns);
  const block = `${random.int(1, 18)}-${random.int(1, 40)}`;
  return {
    name: `${family}　${given}`,
    kana: `${familyKana} ${givenKana}`,
    postal: town.postal,
    address: `${town.address}${town.chome ? `${random.int(1, 9)}丁目` : ""}${block}`,
    building: random.chance(0.25) ? `${random.pick(buildings)}${random.int(1, 9)}0${random.int(1, 8)}号` : "",
    phone: `011-000-${String(1000 + (n % 9000)).padStart(4, "0")}`,
    needs: random.chance(0.06) ? random.pick(needs) : "",
    memo: random.chance(0.2) ? random.pick(memos) : "",
    largePrint: random.chance(0.01),
  };
}
