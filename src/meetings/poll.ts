import type { Day, Minute } from "../base/time.ts";
import { type BusinessCalendar, isBusinessDay } from "../japan/business-day.ts";
import { addDays, daysBetween } from "../japan/day.ts";
import { type Member, type PollAnswer, type Quorum, quorumOf, type Room, type Slot } from "./meeting.ts";

/** 会場の支度と片づけに要る時間（分）。 */
const PREPARE = 30;
const MOST_DAYS = 400;

export interface SlotWish {
  from: Day;
  to: Day;
  /** 始まりの時刻（先に書いたものから）。 */
  starts: readonly Minute[];
  /** 会議の長さ（分）。 */
  length: number;
  /** 候補の数。 */
  limit: number;
}

function minutesOf(minute: Minute): number {
  return Number(minute.slice(0, 2)) * 60 + Number(minute.slice(3));
}

export function addMinutes(minute: Minute, more: number): Minute {
  const all = Math.min(minutesOf(minute) + more, 24 * 60 - 1);
  return `${String(Math.floor(all / 60)).padStart(2, "0")}:${String(all % 60).padStart(2, "0")}`;
}

/** 会場が、支度と片づけを含めて空いているか。 */
export function isFree(room: Pick<Room, "busy">, { day, start, end }: Omit<Slot, "id" | "room">): boolean {
  const from = minutesOf(start) - PREPARE;
  const to = minutesOf(end) + PREPARE;
  return room.busy.every(
    (one) => one.day !== day || minutesOf(one.end) <= from || minutesOf(one.start) >= to,
  );
}

/** 使う会場: 市の会議室が空いていればそれ、なければ民間の会場の安い順、どこもなければ null。 */
export function roomFor(rooms: readonly Room[], when: Omit<Slot, "id" | "room">): Room | null {
  const order = [...rooms].sort(
    (a, b) => Number(a.kind === "private") - Number(b.kind === "private") || a.cost - b.cost,
  );
  return order.find((room) => isFree(room, when)) ?? null;
}

/**
 * 候補の日時: 業務の暦の開いた日に、始まりの時刻を回しながら散らす。市の会議室の空いた時を先に取り、足りなければ民間の会場、
 * 会場のない時は候補にしない（会場が一つも登録されていなければ、会場なしで出す）。日の順に、番号は 1 から。
 */
export function candidateSlots(
  calendar: BusinessCalendar,
  rooms: readonly Room[],
  { from, to, starts, length, limit }: SlotWish,
): Slot[] {
  const days: Day[] = [];
  for (let at = 0; at <= Math.min(daysBetween(from, to), MOST_DAYS); at += 1) {
    const day = addDays(from, at);
    if (isBusinessDay(calendar, day)) days.push(day);
  }
  const all = starts.flatMap((_, turn) =>
    days.flatMap((day, at) => {
      const start = starts[(at + turn) % starts.length] ?? "14:00";
      const when = { day, start, end: addMinutes(start, length) };
      const room = roomFor(rooms, when);
      return room === null && rooms.length > 0 ? [] : [{ ...when, room }];
    }),
  );
  const city = all.filter(({ room }) => room?.kind !== "private");
  const other = all.filter(({ room }) => room?.kind === "private");
  return spread(city, limit)
    .concat(spread(other, Math.max(0, limit - city.length)))
    .sort((a, b) => (`${a.day}${a.start}` < `${b.day}${b.start}` ? -1 : 1))
    .map(({ room, ...when }, at) => ({ id: String(at + 1), ...when, room: room?.id ?? null }));
}

/** 期間のはじめに偏らないように、等しい間で選ぶ。 */
function spread<One>(all: readonly One[], limit: number): One[] {
  if (all.length <= limit) return [...all];
  return Array.from({ length: limit }, (_, at) => all[Math.floor((at * all.length) / limit)] as One);
}

/** ready=このまま開ける、open=回答しだい、blocked=開けない。 */
export type SlotStanding = "ready" | "open" | "blocked";

export interface RankedSlot {
  slot: Slot;
  standing: SlotStanding;
  yes: string[];
  maybe: string[];
  no: string[];
  /** まだ答えのない委員。 */
  silent: string[];
  /** 開けない・まだ決められない理由。 */
  reasons: string[];
}

/**
 * 候補を、よい順に並べる: 開けるか（座長・必須の委員・定足数）→ ○ の数 → △ の数 → 会場のあるもの → 早い日。
 * ○ だけを出席と数え、△ と未回答は「回答しだい」とする。
 */
export function rankSlots(
  slots: readonly Slot[],
  members: readonly Member[],
  answers: readonly PollAnswer[],
  quorum: Quorum,
): RankedSlot[] {
  const need = quorumOf(quorum, members.length);
  const byMember = new Map(answers.map((one) => [one.member, one]));
  const ranked = slots.map((slot): RankedSlot => {
    const groups = { yes: [] as string[], maybe: [] as string[], no: [] as string[], silent: [] as string[] };
    for (const { id } of members) groups[byMember.get(id)?.marks[slot.id] ?? "silent"].push(id);
    const must = members.filter((one) => one.seat === "chair" || one.required);
    const called = (one: Member) => (one.seat === "chair" ? "座長" : "必須の委員");
    const lost = must.filter(({ id }) => groups.no.includes(id));
    const unsure = must.filter(({ id }) => groups.maybe.includes(id) || groups.silent.includes(id));
    const reachable = members.length - groups.no.length;
    const reasons = [
      ...new Set(lost.map((one) => `${called(one)}が欠席`)),
      ...(reachable < need ? [`定足数${need}人に届かない`] : []),
    ];
    const blocked = reasons.length > 0;
    if (!blocked) {
      reasons.push(...new Set(unsure.map((one) => `${called(one)}の回答しだい`)));
      if (groups.yes.length < need) reasons.push(`定足数まで、あと${need - groups.yes.length}人`);
    }
    return {
      slot,
      ...groups,
      reasons,
      standing: blocked ? "blocked" : reasons.length > 0 ? "open" : "ready",
    };
  });
  return ranked.sort(better);
}

const standings: readonly SlotStanding[] = ["ready", "open", "blocked"];

function better(a: RankedSlot, b: RankedSlot): number {
  return (
    standings.indexOf(a.standing) - standings.indexOf(b.standing) ||
    b.yes.length - a.yes.length ||
    b.maybe.length - a.maybe.length ||
    Number(a.slot.room === null) - Number(b.slot.room === null) ||
    (`${a.slot.day}${a.slot.start}` < `${b.slot.day}${b.slot.start}` ? -1 : 1)
  );
}
