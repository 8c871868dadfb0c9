/** 日程表の列の意味。ignore は「知っているが講習会の枠には要らない」列。 */
export type ScheduleField =
  | "date"
  | "year"
  | "month"
  | "day"
  | "weekday"
  | "time"
  | "start"
  | "end"
  | "minutes"
  | "venue"
  | "address"
  | "ward"
  | "room"
  | "course"
  | "content"
  | "kind"
  | "bring"
  | "phone"
  | "contact"
  | "capacity"
  | "note"
  | "number"
  | "status"
  | "ignore";

/** 上から順に当てる。広い言葉（会場、講座、時間）は、狭い言葉（会場住所、受付時間）の後に置く。 */
const rules: [ScheduleField, RegExp][] = [
  [
    "ignore",
    /申込(者|人)?数|予約(者)?数|参加者数|受講者数|実績|残り?席|残数|残り|空き|空席|応募(者)?数|待ち/,
  ],
  [
    "capacity",
    /定員|(募集|受入|受け入れ|参加|受講|申込)(可能)?(人数|人員|数|定員|枠)|^人数$|^人員$|席数|^席$|^枠数?$|^(capacity|seats?)$/,
  ],
  ["phone", /電話|^tel|℡|でんわ/],
  ["contact", /問い?合わ?せ|照会先|連絡先|申し?込み?先|担当|主催/],
  [
    "ignore",
    /受付|申し?込み?|募集|応募|締切|〆切|締め切り|抽選|当選|予約|開場|入場|集合|更新|作成|公開|発送/,
  ],
  [
    "ignore",
    /対象|講師|参加費|受講料|料金|費用|url|ホームページ|地図|アクセス|交通|最寄|駐車|郵便番号|^〒$|fax/,
  ],
  ["bring", /持ち?物|持参|必要な(もの|物)|準備(する)?(もの|物)|用意|携行/],
  ["note", /備考|摘要|特記|注意|補足|その他|メモ|コメント/],
  ["status", /状況|状態|ステータス|可否/],
  ["kind", /種別|種類|区分|形態|タイプ|形式/],
  [
    "number",
    /^(no\.?|№|#|番号|項番|連番|通番|通し番号|項|回|回数|開催回|整理番号|コード|id|.*(講座|会場|管理|講習会?|イベント)(no\.?|番号|コード|id))$/,
  ],
  ["minutes", /所要時間|時間数|分数/],
  ["year", /^(開催|実施)?(年|年度|西暦)$/],
  ["month", /^(開催|実施)?月$/],
  ["weekday", /曜日?$/],
  [
    "date",
    /年月日|月日|月[/・]日|開催日|実施日|日程|日時|日付|期日|受講日|開講日|講習日|講座日|予定日|開始日|日にち|日取り|とき|いつ/,
  ],
  ["day", /^日$/],
  ["start", /開始|始まり|始業|開演|^始$|^自$|スタート|^from$|^start/],
  ["end", /終了|終わり|終業|^終$|^至$|^to$|^end|^まで$/],
  ["time", /時間|時刻|時限/],
  ["address", /住所|所在地|^所在$|番地|address/],
  ["ward", /^(会場|開催|実施|行政)?(区|区名|行政区|地区|地区名|区域|エリア|地域|市区町村|市町村)$/],
  ["room", /部屋|室名|会議室|^室$|使用室|^階$|階数|フロア|ルーム/],
  ["venue", /会場|場所|施設|開催地|ところ|どこ|館名|センター名|店舗|venue|place/],
  [
    "course",
    /講座|コース|講習|テーマ|科目|タイトル|教室|プログラム|メニュー|カリキュラム|イベント|件名|題名|演題|セミナー|course/,
  ],
  ["content", /内容|概要|なかみ|中身/],
  ["date", /^(開催|date)$/],
];

/** 「受付」「申込」の下にあれば、講習会そのものの欄ではない言葉。 */
const ambiguous = /^(開始日?|終了日?|自|至|時間帯?|時刻|日時|日|月日|期間|人数|場所|番号|方法)$/;

/** 見出しの文字をならす。幅、空白、囲み、末尾の括弧書き（単位や注）を除く。 */
export function foldLabel(text: string): string {
  const folded = text
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .toLowerCase()
    .replace(/^[※★☆●○■□◆◇▼【[(<「]+|[】\]>」:*※]+$/g, "");
  const bare = folded.replace(/\([^()]*\)?$/, "");
  return bare === "" ? folded : bare;
}

/** 見出し一つの意味。知らない言葉なら undefined。 */
export function fieldOf(label: string): ScheduleField | undefined {
  const folded = foldLabel(label);
  if (folded === "" || folded.length > 24) return undefined;
  return rules.find(([, pattern]) => pattern.test(folded))?.[0];
}

export interface PathMeaning {
  field: ScheduleField | undefined;
  /** 意味に使わなかった見出し（「午前の部」「8月5日」など）。 */
  rest: string[];
}

/** 上から下への見出しの道から意味を決める。「会場」の下の「名称」は会場、「受付」の下の「時間」は要らない列。 */
export function fieldOfPath(path: string[]): PathMeaning {
  const fields = path.map(fieldOf);
  const last = fields.findLastIndex((field) => field !== undefined);
  const parent = fields.slice(0, Math.max(0, last)).findLast((one) => one !== undefined);
  const rest = path.filter((label, at) => fields[at] === undefined && !(parentOfName(label) && at > last));
  const named = path.findIndex((label, at) => at > last && parentOfName(label));
  // 「会場」の下の「名称」「名」は、上の見出しそのもの。
  if (last >= 0 && named > last) return { field: fields[last], rest };
  // 「定員」の下の「講習会」「相談会」は、種別ごとの定員。
  if (
    parent &&
    ["capacity", "time", "start", "end"].includes(parent) &&
    ["course", "kind"].includes(fields[last] ?? "")
  ) {
    return { field: parent, rest: [...rest, path[last] ?? ""] };
  }
  if (parent === "ignore" && ambiguous.test(foldLabel(path[last] ?? ""))) return { field: "ignore", rest };
  return { field: fields[last], rest };
}

function parentOfName(label: string): boolean {
  return /^(名|名称|名前)$/.test(foldLabel(label));
}

/** 一つの欄に「会場：中央区民センター」と書かれたもの。 */
export function labelledValue(text: string): { field: ScheduleField; value: string } | undefined {
  const parts = /^[\s※・●■◆○【]*([^:：】]{1,12})[:：】]\s*([\s\S]+)$/.exec(text.trim());
  const field = parts ? fieldOf(parts[1] ?? "") : undefined;
  const value = parts?.[2]?.trim();
  return field && value ? { field, value } : undefined;
}
