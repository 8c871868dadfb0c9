import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { dueText, type Urgency, urgencyOf, urgencyText } from "../japan/deadline.ts";
import { maskPhone } from "../japan/phone.ts";
import { formatPostalCode } from "../japan/postal-code.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { findPersons, openPerson } from "../platform/person-store.ts";
import { openContract } from "../terms/open-contract.ts";
import { maskName } from "./booking-summary.ts";
import { contactMeans, type ProxyCaller, readProxy } from "./caller.ts";
import { receptionEvents } from "./event-kind.ts";
import { listSeats, type SeatBoard } from "./list-seats.ts";
import { listOffers, type StoredOffer } from "./offer-store.ts";
import { isRevealReason } from "./open-booking.ts";
import { requirePeople } from "./reception-right.ts";
import { recordReveal } from "./reveal-person.ts";
import { findWait, listSealedWaits, openWait, type SealedWait } from "./wait-store.ts";
import { compareWaits, isReachable, offerStates, type WaitState, wants } from "./waiting.ts";

/** 待機の一行。氏名と電話は伏せる。 */
export interface WaitLine {
  id: string;
  state: WaitState;
  maskedName: string;
  maskedPhone: string;
  contact: string;
  /** 「10月1日（水）10:00 北区民センター」「入門ならどの回でも」。 */
  wish: string;
  classId: string | null;
  reach: string;
  reachable: boolean;
  since: Instant;
  priority: number;
  passes: number;
  /** その方の希望に合い、いま空席のある回。 */
  open: OpenSeat[];
  offer: OfferLine | undefined;
}

export interface OpenSeat {
  classId: string;
  text: string;
  free: number;
  /** 通知書が間に合うか。 */
  inTime: boolean;
}

export interface OfferLine {
  id: string;
  text: string;
  due: string;
  dueAt: Instant;
  urgency: Urgency;
  urgencyText: string;
  byPhone: boolean;
  state: string;
}

export interface WaitBoard {
  now: Instant;
  /** 席を押さえて電話中（期限の早い順）。 */
  calling: WaitLine[];
  /** 待機中（案内の順）。 */
  waiting: WaitLine[];
  /** 予約になった数、やめた数。 */
  booked: number;
  ended: number;
}

/** 待機の一覧。 */
export async function listWaits(office: Office, actor: Actor): Promise<WaitBoard> {
  const rows = await listSealedWaits(office.read, actor.contract, [
    "waiting",
    "offered",
    "booked",
    "declined",
    "stopped",
  ]);
  const live = rows.filter(({ state }) => state === "waiting" || state === "offered");
  const lines = await linesOf(office, actor, live.sort(compareWaits));
  const due = (line: WaitLine) => line.offer?.dueAt ?? "";
  return {
    now: office.clock.officeNow(actor.contract),
    calling: lines.filter((line) => line.state === "offered").sort((a, b) => (due(a) < due(b) ? -1 : 1)),
    waiting: lines.filter((line) => line.state === "waiting"),
    booked: rows.filter(({ state }) => state === "booked").length,
    ended: rows.filter(({ state }) => state === "declined" || state === "stopped").length,
  };
}

/** 待機が一件でもあれば、その数（左のメニューに出す）。 */
export async function countWaits(office: Office, contract: string): Promise<number> {
  return (await listSealedWaits(office.read, contract, ["waiting", "offered"])).length;
}

export interface WaitDetail {
  line: WaitLine;
  offers: OfferLine[];
  history: { at: Instant; what: string }[];
}

/** 待機を一件、氏名と電話を伏せて。 */
export async function openWaitDetail(office: Office, actor: Actor, id: string): Promise<WaitDetail> {
  const row = await findWait(office.read, actor.contract, id);
  const [line] = row ? await linesOf(office, actor, [row]) : [];
  if (!row || !line) throw noWait();
  const [offers, board, events, { blueprint }] = await Promise.all([
    listOffers(office.read, actor.contract, { waitId: id }),
    listSeats(office, actor.contract),
    listEvents(office.read, { contract: actor.contract, about: id, limit: 100 }),
    openContract(office, actor.contract),
  ]);
  const labels = new Map(receptionEvents.map((kind) => [kind.kind, kind.label]));
  return {
    line,
    offers: offers.map((offer) => offerLine(offer, board, blueprint.calendar)),
    history: events.map((event) => ({ at: event.at, what: labels.get(event.kind) ?? event.kind })),
  };
}

/** 理由を記録して見る、待機の方の中身。 */
export interface RevealedWait {
  name: string;
  kana: string;
  phone: string;
  /** 郵便番号・住所・方書。 */
  address: string;
  proxy: ProxyCaller | undefined;
  /** 配慮事項（拡大文字を含む）。 */
  needs: string;
  companions: number;
  memo: string;
}

/** 待機の方の個人情報を、理由を記録して見る。 */
export async function revealWait(
  office: Office,
  actor: Actor,
  id: string,
  reason: string,
): Promise<RevealedWait> {
  requirePeople(actor);
  if (!isRevealReason(reason))
    throw new AppError("BAD_INPUT", "見る理由を選んでください。記録に残ります。", {
      faults: [{ field: "reason", message: "見る理由を選んでください。" }],
    });
  const row = await findWait(office.read, actor.contract, id);
  const [sealed] = row ? await findPersons(office.read, actor.contract, [row.person_id]) : [];
  if (!row || !sealed) throw noWait();
  const key = (await office.keys.get(actor.contract, [row.person_id])).get(row.person_id);
  await recordReveal(office, actor, { subject: row.person_id, about: id, field: "all", reason });
  const { name, kana, phone, postal, address, building } = openPerson(key, sealed);
  const wait = openWait(key, row);
  const join = (parts: string[], by: string) => parts.filter((part) => part !== "").join(by);
  return {
    ...{ name, kana, phone },
    address: join([postal && formatPostalCode(postal), address, building], "　"),
    proxy: readProxy(wait.proxy),
    needs: join([wait.large_print === 1 ? "拡大文字" : "", wait.needs], "、"),
    companions: wait.companions,
    memo: wait.memo,
  };
}

async function linesOf(office: Office, actor: Actor, rows: readonly SealedWait[]): Promise<WaitLine[]> {
  const { contract } = actor;
  const ids = rows.map((row) => row.person_id);
  const [persons, keys, board, offers, { blueprint }] = await Promise.all([
    findPersons(office.read, contract, ids),
    office.keys.get(contract, ids),
    listSeats(office, contract),
    listOffers(office.read, contract, { states: ["open"] }),
    openContract(office, contract),
  ]);
  const personOf = new Map(persons.map((one) => [one.id, one]));
  const offerOf = new Map(offers.map((one) => [one.wait_id, one]));
  return rows.flatMap((row): WaitLine[] => {
    const sealed = personOf.get(row.person_id);
    if (!sealed) return [];
    const person = openPerson(keys.get(row.person_id), sealed);
    const offer = offerOf.get(row.id);
    return [
      {
        id: row.id,
        state: row.state,
        maskedName: maskName(person.name),
        maskedPhone: person.phone.startsWith("（") ? person.phone : maskPhone(person.phone),
        contact: contactMeans[row.contact],
        wish: wishText(row, board),
        classId: row.class_id,
        reach: `${row.reach_from.replace(/^0/, "")}～${row.reach_to.replace(/^0/, "")}`,
        reachable: isReachable(row, board.now),
        since: row.created_at,
        priority: row.priority,
        passes: row.passes,
        open: openSeatsOf(row, board),
        offer: offer && offerLine(offer, board, blueprint.calendar),
      },
    ];
  });
}

function openSeatsOf(row: SealedWait, board: SeatBoard): OpenSeat[] {
  return board.classes
    .filter(({ cls, free, started }) => free > 0 && !started && wants(row, cls))
    .map(({ cls, free, card }) => ({
      classId: cls.id,
      text: classText(board, cls.id),
      free,
      inTime: card.inTime,
    }));
}

function wishText(row: SealedWait, board: SeatBoard): string {
  const own = row.class_id === null ? "" : classText(board, row.class_id);
  if (own === "") return `「${row.course}」のどの回でも${limitText(row, board)}`;
  return row.course === "" ? own : `${own}、または「${row.course}」のほかの回${limitText(row, board)}`;
}

/** 「（北区民センター、10月1日～10月5日）」。どこでも、いつでもよければ空。 */
function limitText({ venue_ids, from_day, to_day }: SealedWait, board: SeatBoard): string {
  const names = new Map(board.classes.map(({ venue }) => [venue.id, venue.name]));
  const venues = venue_ids.split(" ").flatMap((id) => names.get(id) ?? []);
  const days = [from_day && formatMonthDay(from_day), to_day && formatMonthDay(to_day)];
  const range = from_day === null && to_day === null ? [] : [days.map((one) => one ?? "").join("～")];
  const parts = [...venues, ...range];
  return parts.length === 0 ? "" : `（${parts.join("、")}）`;
}

function classText(board: SeatBoard, id: string): string {
  const found = board.classes.find(({ cls }) => cls.id === id);
  if (!found) return "受け付けを終えた回";
  const { cls, venue } = found;
  return `${formatMonthDay(cls.day, { weekday: true })} ${cls.start.replace(/^0/, "")} ${venue.name}`;
}

function offerLine(
  offer: StoredOffer,
  board: SeatBoard,
  calendar: Parameters<typeof urgencyText>[0],
): OfferLine {
  return {
    id: offer.id,
    text: classText(board, offer.class_id),
    due: dueText(offer.due, board.now),
    dueAt: offer.due,
    urgency: urgencyOf(offer.due, board.now),
    urgencyText: urgencyText(calendar, offer.due, board.now),
    byPhone: offer.by_phone === 1,
    state: offerStates[offer.state],
  };
}

function noWait(): AppError {
  return new AppError("NOT_FOUND", "その待機はありません。待機の一覧から選び直してください。");
}
