import type { Day, Minute } from "../base/time.ts";

/** 市の日程表の一枠。文字は前後の空白を除いたほかは書かれたまま。 */
export interface ClassRow {
  date: Day;
  start: Minute;
  end: Minute;
  venue: string;
  venueAddress?: string;
  ward?: string;
  room?: string;
  course: string;
  /** 講習会、相談会などの種別。 */
  kind?: string;
  bring?: string;
  /** 問合せ先の電話。数字とハイフンは半角。 */
  phone?: string;
  contact?: string;
  /** 席の数。1 以上。 */
  capacity: number;
  note?: string;
  /** 市の付けた番号（回、No.）。 */
  number?: string;
  /** どこから読んだか。CSV では sheet がない。 */
  source: { sheet?: string; cell: string };
}

/** 日程表の直すところ。cell は「B5」の形。 */
export interface ClassFault {
  sheet?: string;
  cell: string;
  message: string;
}

/** 日程表を読んだ結果。誤りのある行は classes に入らない。notes は補ったこと・読み飛ばしたこと。 */
export interface ClassSchedule {
  classes: ClassRow[];
  errors: ClassFault[];
  notes: string[];
}

/** 枠を決める値。 */
export type ClassIdentity = Pick<ClassRow, "date" | "start" | "venue" | "course" | "room" | "kind">;

/** 同じ枠かどうかを決める鍵（日・開始・会場・講座）。字の幅と空白の違いは無視する。 */
export function classKey(row: ClassIdentity): string {
  return [row.date, row.start, row.venue, row.course].map(foldText).join("\u0000");
}

/** 部屋や種別だけが違う枠も分ける鍵。 */
export function fullClassKey(row: ClassIdentity): string {
  return [classKey(row), foldText(row.room ?? ""), foldText(row.kind ?? "")].join("\u0000");
}

/** 全角・半角、空白、大文字・小文字の違いをならす。 */
export function foldText(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
}
