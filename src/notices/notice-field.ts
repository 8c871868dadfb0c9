/** 受講通知書に載る項目。委託者ごとに呼び名が違っても、中身はこのどれか。 */
export type NoticeFieldKey =
  | "postalCode"
  | "address"
  | "addressLine1"
  | "addressLine2"
  | "name"
  | "kana"
  | "kind"
  | "day"
  | "dayAndTime"
  | "time"
  | "start"
  | "end"
  | "venue"
  | "venueAddress"
  | "course"
  | "number"
  | "bring"
  | "contactPhone"
  | "issueDay";

export interface NoticeField {
  key: NoticeFieldKey;
  /** 標準の呼び名（見本のひな形と同じ）。 */
  name: string;
  /** ほかの市で見られる呼び名。 */
  aliases: string[];
}

/** 標準の項目。並びは、はがきに出てくる順。 */
export const noticeFields: NoticeField[] = [
  {
    key: "postalCode",
    name: "郵便番号",
    aliases: ["〒", "〒番号", "郵便", "郵便No", "郵便番号7桁", "zip", "zipcode", "postalcode"],
  },
  {
    key: "addressLine1",
    name: "住所１",
    aliases: ["住所一", "住所①", "住所上段", "住所（市区町村番地）", "町名番地", "番地まで", "address1"],
  },
  {
    key: "addressLine2",
    name: "住所２",
    aliases: [
      "住所二",
      "住所②",
      "住所下段",
      "方書",
      "建物名",
      "建物",
      "建物名部屋番号",
      "建物名等",
      "マンション名",
      "アパートマンション名",
      "アパート名",
      "部屋番号",
      "address2",
    ],
  },
  { key: "address", name: "住所", aliases: ["現住所", "住所全体", "ご住所", "御住所", "居所", "address"] },
  {
    key: "name",
    name: "氏名",
    aliases: [
      "名前",
      "お名前",
      "ご氏名",
      "御氏名",
      "宛名",
      "あて名",
      "姓名",
      "受講者",
      "受講者名",
      "参加者名",
      "申込者名",
      "予約者名",
      "name",
    ],
  },
  {
    key: "kana",
    name: "フリガナ",
    aliases: [
      "ふりがな",
      "カナ",
      "かな",
      "氏名カナ",
      "カナ氏名",
      "氏名フリガナ",
      "氏名（フリガナ）",
      "ヨミ",
      "よみがな",
      "kana",
    ],
  },
  { key: "kind", name: "区分", aliases: ["種別", "講習種別", "事業区分", "講習会区分", "開催区分", "種類"] },
  { key: "dayAndTime", name: "日時", aliases: ["開催日時", "受講日時", "講習日時", "実施日時", "日程"] },
  {
    key: "day",
    name: "受講日",
    aliases: [
      "開催日",
      "実施日",
      "講習日",
      "日付",
      "年月日",
      "開催年月日",
      "受講年月日",
      "参加日",
      "月日",
      "日にち",
      "date",
    ],
  },
  { key: "start", name: "開始時刻", aliases: ["開始時間", "開始", "開始時", "始まり", "starttime", "start"] },
  { key: "end", name: "終了時刻", aliases: ["終了時間", "終了", "終了時", "終わり", "endtime", "end"] },
  { key: "time", name: "時間", aliases: ["時刻", "受講時間", "開催時間", "講習時間", "実施時間"] },
  {
    key: "venue",
    name: "会場",
    aliases: ["会場名", "場所", "開催場所", "実施場所", "開催会場", "受講会場", "ところ", "施設名", "venue"],
  },
  {
    key: "venueAddress",
    name: "会場所在地",
    aliases: ["会場住所", "会場の住所", "所在地", "場所住所", "開催場所住所", "会場の所在地"],
  },
  {
    key: "course",
    name: "講座名",
    aliases: [
      "講座",
      "コース",
      "コース名",
      "講習名",
      "講習会名",
      "教室名",
      "講座コース",
      "内容",
      "テーマ",
      "course",
    ],
  },
  {
    key: "number",
    name: "受付番号",
    aliases: [
      "受付No",
      "受付",
      "整理番号",
      "予約番号",
      "受講番号",
      "申込番号",
      "管理番号",
      "番号",
      "No",
      "No.",
      "№",
    ],
  },
  {
    key: "bring",
    name: "持ち物",
    aliases: ["持物", "もちもの", "当日の持ち物", "持参物", "持参品", "お持ちいただくもの", "必要なもの"],
  },
  {
    key: "contactPhone",
    name: "問合せ電話",
    aliases: [
      "問合せ先電話番号",
      "問合せ先電話",
      "問い合わせ電話",
      "問い合わせ先電話番号",
      "お問合せ電話番号",
      "問合せ先",
      "問い合わせ先",
      "お問合せ先",
      "お問い合わせ先",
      "コールセンター電話番号",
      "連絡先電話番号",
    ],
  },
  { key: "issueDay", name: "発行日", aliases: ["通知日", "発送日", "送付日", "作成日", "発行年月日"] },
];

/**
 * 項目名の書き方の違い（全角半角、空白、下線、かっこや中点）を取り除いた、比べるための形。
 * Word は見出しの空白を下線に変えるので、「住所 1」と「住所_1」と「住所１」は同じになる。
 */
export function foldFieldName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_・･･,、.。:：;()（）[\]「」【】＜＞<>*※/／\\-]/g, "");
}

const byFoldedName = new Map<string, NoticeField>();
for (const field of noticeFields) {
  for (const name of [field.name, ...field.aliases]) {
    const folded = foldFieldName(name);
    if (!byFoldedName.has(folded)) byFoldedName.set(folded, field);
  }
}

/** 「受講者氏名」「宛先住所1」のように、だれの・どこのを付けた呼び名の頭。 */
const owners =
  /^(受講者|参加者|申込者|予約者|対象者|利用者|送付先|送り先|宛先|あて先|お客様|本人)(の|様)?(?=.)/;

/** 項目名から、受講通知書の標準の項目。知らない名前なら undefined（利用者が対応を選ぶ）。 */
export function resolveField(name: string): NoticeField | undefined {
  const folded = foldFieldName(name);
  return byFoldedName.get(folded) ?? byFoldedName.get(folded.replace(owners, ""));
}
