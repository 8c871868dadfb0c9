import { z } from "zod";

const short = z.string().max(200).default("");
const long = z.string().max(8_000).default("");
const count = z.int().min(0).max(1_000_000).default(0);

export const seatNames = { chair: "座長", vice: "副座長", member: "委員" } as const;
type SeatName = keyof typeof seatNames;
const seatKeys = ["chair", "vice", "member"] as const;

/** 委員のこと（封じて置く）。 */
export const memberBody = z.object({
  name: z.string().max(100),
  kana: short,
  post: short,
  seat: z.enum(seatKeys).default("member"),
  /** この方が欠けては開けない（座長のほか）。 */
  required: z.boolean().default(false),
  /** いつもウェブ会議で参加する。 */
  remote: z.boolean().default(false),
  mail: short,
  phone: short,
  /** ウェブ会議が切れたときの電話。 */
  reserve: short,
  /** 委員ごとのウェブ会議のリンク。 */
  link: z.string().max(1_000).default(""),
  /** 謝金と旅費（一回、円）。 */
  fee: count,
  travel: count,
});
export type MemberBody = z.infer<typeof memberBody>;
export interface Member extends MemberBody {
  id: string;
  /** 名簿の順。 */
  number: number;
  active: boolean;
  edition: number;
}

/** 会場の使えない時間（日本の時）。 */
export const busySchema = z.object({
  day: z.string().max(10),
  start: z.string().max(5),
  end: z.string().max(5),
});
type Busy = z.infer<typeof busySchema>;

export const roomSchema = z.object({
  id: z.string().max(40),
  name: z.string().max(100),
  place: short,
  /** city=市の会議室（先に使う）、private=民間の会場（費用は市の負担）。 */
  kind: z.enum(["city", "private"]),
  capacity: count,
  cost: count,
  equipment: long,
  busy: z.array(busySchema).max(2_000).default([]),
});
export type Room = z.infer<typeof roomSchema>;

export const quorumNames = { majority: "過半数", twoThirds: "3分の2以上", half: "半数以上" } as const;
export type Quorum = keyof typeof quorumNames;

/** 会議体のこと（契約に一つ）。 */
export const councilBody = z.object({
  name: z.string().max(100).default("有識者会議"),
  organizerName: short,
  organizerMail: short,
  quorum: z.enum(["majority", "twoThirds", "half"]).default("majority"),
  /** 文字起こしの誤りを直す組（誤 → 正）。 */
  words: z
    .array(z.object({ wrong: z.string().max(60), right: z.string().max(60) }))
    .max(500)
    .default([]),
  rooms: z.array(roomSchema).max(30).default([]),
});
export type CouncilBody = z.infer<typeof councilBody>;

export const slotSchema = z.object({
  id: z.string().max(8),
  day: z.string().max(10),
  start: z.string().max(5),
  end: z.string().max(5),
  room: z.string().max(40).nullable().default(null),
});
export type Slot = z.infer<typeof slotSchema>;

export const paperSchema = z.object({
  number: z.string().max(30),
  title: z.string().max(200),
  version: z.int().min(1).max(999).default(1),
  pages: z.int().min(0).max(5_000).default(0),
  /** うちカラーのページ。 */
  colour: z.int().min(0).max(5_000).default(0),
  copies: z.int().min(0).max(5_000).default(0),
  duplex: z.boolean().default(true),
  /** 当日配布か、事前送付か。 */
  sent: z.boolean().default(true),
  /** 残したファイル（版の順）。 */
  files: z.array(z.object({ id: z.string(), name: z.string(), sha256: z.string() })).default([]),
});
export type Paper = z.infer<typeof paperSchema>;

export const sendHows = { mail: "電子メール", post: "郵送", hand: "持参" } as const;
type SendHow = keyof typeof sendHows;

export const sendingSchema = z.object({
  at: z.string(),
  how: z.enum(["mail", "post", "hand"]),
  /** 送った人数と、送った資料の番号。 */
  people: z.int().min(0).max(1_000),
  papers: z.string().max(400),
  note: short,
  /** 送った証し（控えのファイル）。 */
  proof: z.string().nullable().default(null),
  received: z.int().min(0).max(1_000).default(0),
});
export type Sending = z.infer<typeof sendingSchema>;

export const attendHows = { room: "会場", web: "ウェブ", absent: "欠席", late: "遅参・早退" } as const;
type AttendHow = keyof typeof attendHows;

export const attendanceSchema = z.object({
  member: z.string(),
  how: z.enum(["room", "web", "absent", "late"]),
  fee: count,
  travel: count,
  note: short,
});
export type AttendanceLine = z.infer<typeof attendanceSchema>;

export const decisionSchema = z.object({
  text: z.string().max(1_000),
  yes: count,
  no: count,
  kept: count,
  result: z.enum(["agreed", "passed", "rejected", "carried"]).default("agreed"),
});
export const resultNames = {
  agreed: "異議なく了承",
  passed: "賛成多数で可決",
  rejected: "否決",
  carried: "継続して検討",
} as const;
export type Decision = z.infer<typeof decisionSchema>;

/** 送った招集状（ICS）の控え。 */
export const invitationSchema = z.object({
  method: z.enum(["REQUEST", "CANCEL"]),
  sequence: z.int().min(0),
  stamp: z.string(),
  day: z.string(),
  start: z.string(),
  end: z.string(),
  place: short,
  reason: short,
});
export type Invitation = z.infer<typeof invitationSchema>;

export const rsvpNames = { accepted: "出席", tentative: "未定", declined: "欠席" } as const;
export type RsvpAnswer = keyof typeof rsvpNames;

/** 招集状への出欠の返事。sequence は、どの招集状への返事か。 */
export const rsvpSchema = z.object({
  member: z.string(),
  answer: z.enum(["accepted", "tentative", "declined"]),
  sequence: z.int().min(0),
  at: z.string(),
  channel: z.enum(["page", "phone", "mail"]),
  note: short,
});
export type Rsvp = z.infer<typeof rsvpSchema>;

export const agendaSchema = z.object({
  title: z.string().max(300),
  minutes: z.int().min(0).max(600).default(0),
  paper: z.string().max(100).default(""),
  /** どこから来た議題か（topic、action/3、duty/…、plan/…）。手で書いたものは空。 */
  source: z.string().max(200).default(""),
});
export type AgendaItem = z.infer<typeof agendaSchema>;

/** 会議一回のこと（封じて置く）。 */
export const meetingBody = z.object({
  title: short,
  /** 論点（一行に一つ）、到達点、事前説明。 */
  topics: long,
  goal: long,
  briefing: long,
  slots: z.array(slotSchema).max(40).default([]),
  /** 日程の回答をいただきたい日。 */
  pollBy: z.string().max(10).default(""),
  start: z.string().max(5).default(""),
  end: z.string().max(5).default(""),
  room: z.string().max(40).nullable().default(null),
  equipment: z
    .array(z.object({ name: z.string().max(100), ok: z.boolean() }))
    .max(60)
    .default([]),
  calls: z
    .array(z.object({ member: z.string(), at: z.string(), ok: z.boolean(), note: short }))
    .max(200)
    .default([]),
  agenda: z.array(agendaSchema).max(60).default([]),
  papers: z.array(paperSchema).max(100).default([]),
  sendings: z.array(sendingSchema).max(200).default([]),
  /** 環境の数に入れた紙（枚）。 */
  printed: z.object({ at: z.string(), sheets: count, duplex: count, saved: count }).nullable().default(null),
  invitations: z.array(invitationSchema).max(100).default([]),
  rsvps: z.array(rsvpSchema).max(200).default([]),
  open: z.boolean().default(true),
  closedReason: short,
  visitors: count,
  secretariat: long,
  attendance: z.array(attendanceSchema).max(200).default([]),
  decisions: z.array(decisionSchema).max(100).default([]),
  recorded: z.boolean().default(false),
  /** 録音の同意（だれに、どう得たか）と消去の予定日、消した日。 */
  consent: long,
  eraseBy: z.string().max(10).default(""),
  erasedOn: z.string().max(10).default(""),
  /** 録音を消す仕事。消すまで残る。 */
  eraseTask: z.string().max(60).default(""),
});
export type MeetingBody = z.infer<typeof meetingBody>;

export const meetingStates = {
  planned: "予定",
  polling: "日程調整中",
  fixed: "日程確定",
  held: "開催済み",
  cancelled: "取消し",
} as const;
export type MeetingState = keyof typeof meetingStates;

export interface Meeting extends MeetingBody {
  id: string;
  number: number;
  state: MeetingState;
  /** 工程表の作業の記号。なければ空。 */
  task: string;
  day: string | null;
  /** 招集状の SEQUENCE。まだ出していなければ -1。 */
  sequence: number;
  edition: number;
}

export const markNames = { yes: "○", maybe: "△", no: "×" } as const;
export type Mark = keyof typeof markNames;
export const channelNames = { page: "画面", phone: "電話", mail: "メール" } as const;
export type Channel = keyof typeof channelNames;

/** 委員一人の、日程の回答。marks は候補の番号ごと。 */
export interface PollAnswer {
  member: string;
  marks: Readonly<Record<string, Mark>>;
  note: string;
  channel: Channel;
  at: string;
}

/** 「第3回有識者会議」。 */
export function meetingName(council: Pick<CouncilBody, "name">, meeting: Pick<Meeting, "number">): string {
  return `第${meeting.number}回${council.name}`;
}

/** 名簿の並び: 座長、副座長、委員、それぞれ名簿の番号の順。 */
export function inSeatOrder(members: readonly Member[]): Member[] {
  return [...members].sort(
    (a, b) => seatKeys.indexOf(a.seat) - seatKeys.indexOf(b.seat) || a.number - b.number,
  );
}

/** 定足数（人）。 */
export function quorumOf(rule: Quorum, members: number): number {
  if (rule === "majority") return Math.floor(members / 2) + 1;
  return rule === "half" ? Math.ceil(members / 2) : Math.ceil((members * 2) / 3);
}
