/** 文章の種類。文化審議会「公用文作成の考え方」（令和4年）は、種類ごとに書き方を分けている。 */
export type PlainProfile = "body" | "digest" | "children";

/** 種類ごとの目標。字数は一文、漢字は続きの字数、score は建石式の点。grade は、ふりがななしで使える漢字を習う学年（札幌市のキッズコメントのように、上の学年の字にはふりがなを付ける）。 */
export const plainTargets: Readonly<
  Record<PlainProfile, { name: string; sentence: number; kanji: number; score: number; grade?: number }>
> = {
  body: { name: "計画の本文", sentence: 100, kanji: 8, score: 10 },
  digest: { name: "概要版", sentence: 60, kanji: 7, score: 35 },
  children: { name: "子ども版", sentence: 40, kanji: 4, score: 50, grade: 4 },
};

/** 書き方の決まりの一つ。見つけた字（$0）に、わけと、代わりの書き方を言う。 */
export interface PlainRule {
  id: string;
  in: readonly PlainProfile[];
  find: RegExp;
  why: string;
  /** 代わりの書き方。関数なら、見つけた字から作る。 */
  instead: string | ((found: string) => string);
}

const all: readonly PlainProfile[] = ["body", "digest", "children"];
const kanjiDigits = "〇一二三四五六七八九";

/** 公用文の決まりのうち、辞書なしで確かに見つけられるもの（「公用文作成の考え方」I・II から）。 */
export const plainRules: readonly PlainRule[] = [
  {
    ...{ id: "comma", in: all, find: /，/g, why: "読点は「、」を使うのが、いまの公用文の書き方です。" },
    instead: "、",
  },
  {
    ...{ id: "full-stop", in: all, find: /(?<=[ぁ-ん\p{Script=Han}])．/gu, why: "文の終わりは「。」です。" },
    instead: "。",
  },
  {
    ...{ id: "oyobi", in: ["body"], find: /および|ならびに|または|もしくは/g },
    why: "公用文では、接続詞のうち「及び・並びに・又は・若しくは」は漢字で書きます。",
    instead: (found) =>
      ({ および: "及び", ならびに: "並びに", または: "又は", もしくは: "若しくは" })[found] ?? found,
  },
  {
    ...{ id: "oyobi-plain", in: ["digest", "children"], find: /及び|並びに|又は|若しくは/g },
    why: "広報の文章では、法令の接続詞より、ふだんの言葉が伝わります。",
    instead: (found) => (found === "及び" || found === "並びに" ? "「と」「や」" : "「か」「または」"),
  },
  {
    ...{ id: "go", in: ["body"], find: /ご(?=意見|案内|利用|理解|協力|相談|連絡|参加|確認|質問)/g },
    why: "公用文では、漢語に付く「ご」は「御」と書きます。",
    instead: "御",
  },
  {
    ...{ id: "counter", in: all, find: /[0-9０-９]つ(?!き)/g },
    why: "「ひとつ、ふたつ」と読む数は、漢数字で書きます。",
    instead: (found) => `${kanjiDigits[Number(found[0]?.normalize("NFKC"))] ?? ""}つ`,
  },
  {
    ...{
      id: "big-number",
      in: all,
      find: /(?<![\d.,０-９\-－―‐第]|番号|電話)[1-9]\d{4,}(?![\d年号番\-－―‐])/g,
    },
    why: "桁の大きい数は、区切りがないと読み取れません。",
    instead: (found) => Number(found).toLocaleString("ja-JP"),
  },
  {
    ...{ id: "koto-dekiru", in: all, find: /することが(?:できる|できます|可能)/g },
    why: "「することができる」は、「できる」で足ります。",
    instead: (found) => (found.endsWith("ます") ? "できます" : "できる"),
  },
  {
    ...{ id: "okonau", in: ["digest", "children"], find: /(?:の|を)実施(?:する|します|いたします)/g },
    why: "「実施する」は、何をするのかを動詞で言うと伝わります。",
    instead: "「行います」か、その動作の動詞",
  },
  {
    ...{
      id: "aux",
      in: all,
      find: /(?<=て|で)下さい|(?<=て|で)頂きたい|(?<=(?<!持っ|連れ|出|付い|つい|歩い|乗っ|帰っ|走っ|通っ|見|買い?っ?|遊ん)[てで])行く/g,
    },
    why: "「…てください」「…ていただく」「…ていく」のような補助の動詞は、ひらがなで書きます。",
    instead: (found) => ({ 下さい: "ください", 頂きたい: "いただきたい", 行く: "いく" })[found] ?? found,
  },
  {
    ...{
      id: "formal-noun",
      in: all,
      find: /(?<=する|した|ある|いる)事(?=が|を|は|も|に|と|。)|出来る|出来ます|為に/g,
    },
    why: "形だけの名詞と「できる」は、ひらがなで書きます。",
    instead: (found) =>
      ({ 事: "こと", 出来る: "できる", 出来ます: "できます", 為に: "ために" })[found] ?? found,
  },
  {
    ...{ id: "double-negative", in: all, find: /ないわけではな|なくはな|ないものでもな|ないとは言えな/g },
    why: "二重の否定は、読み違えられます。",
    instead: "肯定の言い方（「…することがある」など）",
  },
  {
    ...{
      id: "chain-no",
      in: all,
      find: /[^、。\s]{1,12}の[^、。\s]{1,8}の[^、。\s]{1,8}の[^、。\s]{1,8}の/g,
    },
    why: "「の」が四つ続くと、何が何に掛かるか分かりません。",
    instead: "動詞を使って文を分ける",
  },
  {
    ...{
      id: "foreign",
      in: ["digest", "children"],
      find: /イノベーション|スキーム|アジェンダ|コンセンサス|エビデンス|ソリューション|シームレス|プラットフォーム|リテラシー|ステークホルダー|レジリエンス|インセンティブ/g,
    },
    why: "定着していない外来語は、説明か言い換えが要ります。",
    instead: (found) => foreignWords[found] ?? "日本語で言い換える",
  },
];

/** 漢字が長く続いても、切れない名（法律で定まった機関・団体・制度）。 */
export const knownNames: readonly string[] = [
  ...["民生委員児童委員協議会", "特定非営利活動法人", "地方公共団体情報システム機構", "地方独立行政法人"],
  ...["独立行政法人", "後期高齢者医療広域連合", "後期高齢者医療制度", "国民健康保険団体連合会"],
  ...[
    "社会福祉協議会",
    "認定特定非営利活動法人",
    "公益社団法人",
    "公益財団法人",
    "一般社団法人",
    "一般財団法人",
  ],
  ...["個人情報保護委員会", "官民データ活用推進基本法", "障害者総合支援法", "都道府県公安委員会"],
  ...[
    "地域包括支援センター",
    "指定管理者制度",
    "住民基本台帳",
    "都市計画審議会",
    "情報公開個人情報保護審査会",
  ],
];

const foreignWords: Readonly<Record<string, string>> = {
  イノベーション: "技術革新、新しい取組",
  スキーム: "仕組み、枠組み",
  アジェンダ: "議題、課題",
  コンセンサス: "合意",
  エビデンス: "根拠、証拠",
  ソリューション: "解決策",
  シームレス: "切れ目のない",
  プラットフォーム: "基盤、土台",
  リテラシー: "使いこなす力",
  ステークホルダー: "関係する人",
  レジリエンス: "立ち直る力",
  インセンティブ: "やる気を促す仕組み",
};
