import type { Day, Instant, Minute } from "../base/time.ts";

/**
 * 受付デスクの島とサーバーの約束。島もサーバーもこの型だけを見る。
 * POST・PUT・DELETE には `X-CSRF-Token`、予約には `Idempotency-Key` が付く。
 */
export const deskPaths = {
  /** 画面（GET）と、JavaScript なしの予約（POST, application/x-www-form-urlencoded）。 */
  page: "/desk",
  seats: "/api/desk/seats",
  holds: "/api/desk/holds",
  drafts: "/api/desk/drafts",
  postal: "/api/desk/postal",
  check: "/api/desk/check",
  bookings: "/api/desk/bookings",
  reveals: "/api/desk/reveals",
  guides: "/api/desk/guides",
  waits: "/api/desk/waits",
  answers: "/api/desk/answers",
  complaints: "/api/desk/complaints",
  questions: "/api/desk/questions",
} as const;

export type Period = "am" | "pm" | "all";

/** 聞き取る欄。名前は JSON と form で同じ。 */
export interface DeskFields {
  name: string;
  kana: string;
  postalCode: string;
  address: string;
  phone: string;
  /** 配慮事項。 */
  care: string;
  /** 話した内容のメモ。 */
  memo: string;
  /** 掛けてきた番号。連絡先（phone）と同じとは限らない（非通知、公衆電話、家族の電話）。 */
  callerNumber: string;
  callerWithheld: boolean;
  /** 代わりに申し込んだ方。受講通知書は受講する人（name）に届く。 */
  proxyName: string;
  proxyRelation: string;
  proxyPhone: string;
  /** 連絡の取り方（"" は電話、"fax"、"relay"、"family"）。 */
  contact: string;
  /** 付き添い（"" はなし、"1"）。 */
  companions: string;
  /** 待機のときに電話のつながる時間（"" はいつでも、"am"、"pm"）。 */
  reach: string;
  /** 待機のとき、同じ講座のほかの回でもよい（"1"）。 */
  wider: string;
  /** wider のとき、ほかの回の会場の id（"" はどこでもよい）と日の範囲（"" はいつでもよい）。 */
  wishVenue: string;
  wishFrom: string;
  wishTo: string;
}

export type FieldName = Exclude<keyof DeskFields, "callerWithheld">;

export interface SeatHold {
  /** 例: "2番"。人の名は入れない。 */
  deskLabel: string;
  mine: boolean;
  /** 機械の時計。 */
  expiresAt: Instant;
}

/** 受講通知書がいつまでに投函できて、間に合うか。 */
export interface CardPosting {
  /** 投函期限（取集めの時刻まで）。 */
  deadline: Instant;
  inTime: boolean;
  /** 投函期限までの営業日。0 は本日。間に合わないときは 0。 */
  daysLeft: number;
  /** 次の取集めで出したときに届く見込みの日。 */
  arrives: Day | null;
}

export interface SeatCell {
  classId: string;
  venueId: string;
  date: Day;
  start: Minute;
  end: Minute;
  course: string;
  /** 例: "講習会"、"相談会"。 */
  kind: string;
  capacity: number;
  /** だれもが今すぐ押さえられる席 = 定員 − 予約 − 生きている仮押さえ（自分のものを含む）。 */
  free: number;
  holds: SeatHold[];
  posting: CardPosting;
  started: boolean;
}

export interface SeatVenue {
  id: string;
  name: string;
  /** 例: "北24条駅 2分"。 */
  note: string;
  ward: string;
  lat: number | null;
  lng: number | null;
}

export interface SeatDay {
  date: Day;
  /** 例: "10/1"。 */
  label: string;
  /** 例: "水"。 */
  weekday: string;
}

/**
 * GET seats?since=版&live=1。全会場・全時間帯で、絞り込みは島の手元でする（案内に全会場が要るため）。
 * live は通話中だけ付け、そのあいだは操作がなくても画面を閉じない。
 */
export interface SeatsBoard {
  version: string;
  /** 事務所の時計。 */
  now: Instant;
  courses: string[];
  wards: string[];
  days: SeatDay[];
  venues: SeatVenue[];
  cells: SeatCell[];
  /** 本日この事務所で受けた予約の件数。 */
  bookedToday: number;
}

export type SeatsReply = SeatsBoard | { unchanged: true; now: Instant };

/**
 * POST holds {classId, draftId}。受付（draft）ひとつに仮押さえはひとつ。すでにあれば、新しい席を取ってから
 * 前の席を放す（一つのトランザクション。満席なら前の席はそのまま残る）。
 */
export interface Hold {
  id: string;
  classId: string;
  /** 機械の時計（事務所の時計ではない）。島は答えの Date の見出しと比べて、残りを数える。 */
  expiresAt: Instant;
}

export interface SaveDraft {
  /**
   * 最後に受け取った版。はじめは 0。ほかの画面が書いていれば 409 CONFLICT（detail.version に今の版、screen に書いた画面）。
   * 同じ画面（screen）の新しい通（saveNo）は、前の通の答えが届いていなくても書ける。
   */
  version: number;
  screen?: string;
  saveNo?: number;
  fields: DeskFields;
  classId?: string;
  callStartedAt?: Instant;
  callEndedAt?: Instant;
}

export interface DraftSaved {
  savedAt: Instant;
  version: number;
}

/**
 * いま着席している人の席。着席し直すと合い札が替わるので、島はこれで持ち直す。
 * account は名前のない id で、別の人が着席したことを見分ける。
 */
export interface DeskSeat {
  csrf: string;
  account: string;
}

/** GET drafts → {drafts, seat}。自分の途中の受付。仮押さえが生きていれば添える。 */
export interface OpenDraft extends SaveDraft {
  id: string;
  savedAt: Instant;
  hold?: Hold;
  /** この画面が置いたとき、まだ預けきれていなかった（サーバーは付けない）。 */
  unsent?: true;
}

/** POST postal {code} → {candidates}。ひとつの番号に町がいくつもあるときは全部。 */
export interface PostalCandidate {
  /** 欄に入る住所。例: "札幌市北区北三十一条西"。 */
  address: string;
  /** 選ぶときに見せる町の名。例: "北三十一条西（１～１３丁目）"。 */
  town: string;
}

/** POST check の結果。受付を止めない。 */
export interface FieldWarning {
  field: FieldName | "classId";
  message: string;
}

export interface CheckReply {
  warnings: FieldWarning[];
  /** 書き方だけを整えた値（電話の区切り、カナ、郵便番号）。意味は変えない。 */
  formatted: Partial<Record<FieldName, string>>;
}

/** POST bookings。draft の欄に、席と合図を添える。 */
export interface NewBooking extends DeskFields {
  draftId: string;
  classId: string;
  holdId?: string;
  /** はじめに希望した、満席の回。 */
  askedClassId?: string | undefined;
}

/** POST waits。満席の回の待機に入れる。 */
export interface NewWait extends DeskFields {
  draftId: string;
  classId: string;
}
export interface WaitReply {
  id: string;
  /** 先に待っている人の数。 */
  ahead: number;
}

export interface BookingReceipt {
  id: string;
  /** 例: "K2-0312"。 */
  number: string;
  classId: string;
  posting: CardPosting;
  /** ここまでなら取り消せる（10分）。 */
  undoUntil: Instant;
}

export interface BookingReply {
  booking: BookingReceipt;
  readBack: string;
}

/** GET /api/calls/pop の一件。番号は伏せてある。 */
export interface DeskRing {
  id: string;
  state: "waiting" | "talking";
  arrivedAt: Instant;
  caller?: string;
  /** この番号の前の予約（受付番号）。 */
  earlier: { id: string; number: string }[];
}

/** 件数の鍵の一つ。 */
export interface DeskTally {
  code: string;
  label: string;
  n: number;
}

/** 前の予約の一行（POST /api/bookings/search）。氏名は伏せてある。 */
export interface EarlierBooking {
  id: string;
  number: number;
  state: "booked" | "cancelled" | "undone";
  maskedName: string;
  day: Day;
  start: Minute;
  venue: string;
  course: string;
}

export interface FieldFault {
  field?: string;
  message: string;
}

/** 失敗の形。CLASS_FULL のときは detail.alternatives に、同じ講座の空き（よい順）が入る。 */
export interface DeskError {
  error: {
    code: string;
    message: string;
    faults?: FieldFault[];
    detail?: {
      alternatives?: SeatCell[];
      version?: number;
      /** 途中の受付を最後に書いた画面（CONFLICT のとき）。 */
      screen?: string;
      /** 合い札が違う（FORBIDDEN のとき "csrf"）。 */
      reason?: string;
      /** 画面を閉じている（NOT_SIGNED_IN のとき）。 */
      locked?: boolean;
    };
  };
}
