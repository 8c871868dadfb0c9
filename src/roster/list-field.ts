/**
 * 名簿の欄。人の欄（person）は一人ごとで個人情報、行の欄（row）は一人ごとの受付の控え、
 * 講習会の欄（class）は一枚に一つ（一人ごとに書く様式もある）。
 */
export type FieldScope = "person" | "row" | "class";

interface KnownField {
  scope: FieldScope;
  /** セルの書式が何であれ、文字のまま入れる。 */
  plain?: true;
  /** 数字だけなら数として入れてよい。 */
  count?: true;
  names: string[];
}

const PERSON = "受講者 予約者 申込者 参加者 利用者 希望者".split(" ");
const withPerson = (name: string) => [name, ...PERSON.map((who) => who + name)];

/** 欄の名 → その欄を指して市が使う、ほかの名。 */
const knownFields: Record<string, KnownField> = {
  受付番号: {
    scope: "row",
    count: true,
    names: ["受付No", "予約番号", "予約No", "申込番号", "申込No", "整理番号", "登録番号", "受付ID"],
  },
  氏名: {
    scope: "person",
    plain: true,
    names: [
      ...withPerson("氏名"),
      ...withPerson("名"),
      "名前",
      "お名前",
      "ご氏名",
      "氏名漢字",
      "漢字氏名",
      ...PERSON,
    ],
  },
  フリガナ: {
    scope: "person",
    plain: true,
    names: [
      "カナ",
      "ヨミ",
      "ヨミガナ",
      "読み",
      "読み仮名",
      "氏名カナ",
      "カナ氏名",
      "氏名フリガナ",
      "氏名ヨミ",
      "カナ名",
      "受講者カナ",
      "受講者フリガナ",
      "予約者カナ",
      "申込者カナ",
    ],
  },
  姓: { scope: "person", plain: true, names: ["苗字", "名字", "氏"] },
  名: { scope: "person", plain: true, names: [] },
  セイ: { scope: "person", plain: true, names: ["姓カナ", "姓フリガナ", "カナ姓"] },
  メイ: { scope: "person", plain: true, names: ["名カナ", "名フリガナ"] },
  郵便番号: { scope: "person", plain: true, names: ["〒", "郵便", "〒番号", "郵便No", "zip"] },
  住所: {
    scope: "person",
    plain: true,
    names: [...withPerson("住所").slice(1), "現住所", "ご住所", "送付先", "送付先住所"],
  },
  住所1: { scope: "person", plain: true, names: ["町名番地", "住所上段"] },
  住所2: {
    scope: "person",
    plain: true,
    names: ["方書", "建物名", "建物", "マンション名", "住所下段", "建物名部屋番号"],
  },
  電話番号: {
    scope: "person",
    plain: true,
    names: [
      "電話",
      "TEL",
      "連絡先",
      "連絡先電話番号",
      "連絡先電話",
      "連絡先TEL",
      "日中連絡先",
      "日中の連絡先",
      "電話No",
      "ご連絡先",
      "受講者電話番号",
    ],
  },
  携帯電話: { scope: "person", plain: true, names: ["携帯", "携帯番号", "携帯電話番号"] },
  メール: { scope: "person", plain: true, names: ["メールアドレス", "Eメール", "email", "e-mail"] },
  生年月日: { scope: "person", names: [] },
  年齢: { scope: "person", count: true, names: ["齢"] },
  年代: { scope: "person", names: [] },
  性別: { scope: "person", names: [] },
  受付日時: {
    scope: "row",
    names: ["受付日", "申込日時", "申込日", "予約日時", "予約日", "受付年月日", "申込年月日", "登録日時"],
  },
  通知発送日: {
    scope: "row",
    names: [
      "発送日",
      "受講通知発送日",
      "通知書発送日",
      "受講通知書発送日",
      "通知日",
      "投函日",
      "発送年月日",
      "通知投函日",
    ],
  },
  状態: { scope: "row", names: ["状況", "ステータス", "予約状態", "予約状況", "受付状況"] },
  備考: { scope: "row", names: ["摘要", "特記事項", "配慮事項", "連絡事項", "メモ", "その他"] },
  会場: {
    scope: "class",
    names: ["会場名", "開催会場", "実施会場", "受講会場", "場所", "開催場所", "実施場所"],
  },
  会場所在地: { scope: "class", names: ["会場住所", "所在地"] },
  日時: {
    scope: "class",
    names: ["開催日時", "実施日時", "受講日時", "講習日時", "講座日時", "講習会日時", "日程", "開催日程"],
  },
  受講日: {
    scope: "class",
    names: [
      "開催日",
      "実施日",
      "講習日",
      "講座日",
      "講習会日",
      "日付",
      "年月日",
      "月日",
      "開催年月日",
      "実施年月日",
      "日にち",
    ],
  },
  開始時刻: { scope: "class", names: ["開始時間", "開始", "受講開始時刻", "始"] },
  終了時刻: { scope: "class", names: ["終了時間", "終了", "受講終了時刻", "終"] },
  時間: { scope: "class", names: ["時間帯", "時刻", "開催時間", "実施時間", "受講時間", "開催時刻"] },
  講座名: {
    scope: "class",
    names: [
      "講座",
      "講習会名",
      "講習名",
      "講習会",
      "コース",
      "コース名",
      "講座内容",
      "受講講座",
      "講習内容",
      "テーマ",
    ],
  },
  区分: { scope: "class", names: ["種別", "講習区分"] },
  定員: { scope: "class", count: true, names: ["定員数", "募集人数", "募集定員"] },
  区: { scope: "class", names: ["区名", "開催区"] },
  持ち物: { scope: "class", names: ["持物", "当日の持ち物"] },
  問合せ電話: {
    scope: "class",
    plain: true,
    names: ["問合せ先", "お問合せ先", "問い合わせ先", "問合せ先電話番号"],
  },
  予約数: {
    scope: "class",
    count: true,
    names: ["予約者数", "予約人数", "申込者数", "申込数", "参加者数", "受講者数", "人数", "名簿人数"],
  },
};

/** 全角と半角、ひらがなとカタカナ、空白・改行・中点、横棒の違いをならした名。 */
export function foldName(name: string): string {
  return name
    .normalize("NFKC")
    .replace(/[\s・･.,:：*※＊]/g, "")
    .replace(/[‐‑‒–—―−ｰ-]/g, "-")
    .replace(/[ぁ-ゖ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60))
    .toLowerCase();
}

const byName = new Map<string, string>();
for (const [key, field] of Object.entries(knownFields)) {
  byName.set(foldName(key), key);
  for (const name of field.names) if (!byName.has(foldName(name))) byName.set(foldName(name), key);
}

/** 名が指す欄。括弧の補い（電話番号（半角）、氏名【必須】）は除いて見る。知らなければ undefined。 */
export function fieldKey(name: string): string | undefined {
  const folded = foldName(name);
  return (
    byName.get(folded) ??
    byName.get(
      foldName(name.normalize("NFKC").replace(/\([^)]*\)|【[^】]*】|\[[^\]]*\]|〔[^〕]*〕|必須$|任意$/g, "")),
    )
  );
}

function known(key: string): KnownField | undefined {
  return Object.hasOwn(knownFields, key) ? knownFields[key] : undefined;
}

/** 欄の広さ。知らない欄は undefined。 */
export function scopeOf(key: string): FieldScope | undefined {
  return known(key)?.scope;
}

/** 書式が何であれ文字のまま入れる欄か。 */
export function isPlain(key: string): boolean {
  return known(key)?.plain === true;
}

/** 数字だけなら数として入れてよい欄か。 */
export function isCount(key: string): boolean {
  return known(key)?.count === true;
}

/** 通し番号の見出しか（№、No.、番号 …）。 */
export function isSerial(name: string): boolean {
  return /^(no|n0|#|番号|連番|通番|通し番号|項番|行番号|№)$/.test(foldName(name));
}
