import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { latestTemplate } from "../platform/client-template-store.ts";
import { openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { fillList } from "../roster/fill-list-file.ts";
import { putReveals } from "../tasks/record-reveal.ts";
import { openContract } from "../terms/open-contract.ts";
import {
  type BookingList,
  careText,
  isListPurpose,
  type ListHand,
  listFileName,
  listGroups,
  type MaskedList,
  screenPurposes,
} from "./booking-list.ts";
import { summaryOf } from "./booking-summary.ts";
import { listClasses } from "./class-store.ts";
import { listBookings } from "./list-bookings.ts";
import { requireClassChange, requirePeople } from "./reception-right.ts";
import { listVenues } from "./venue-store.ts";

export interface ListRequest {
  classIds: readonly string[];
  /** 取り消された予約も載せる。 */
  cancelled?: boolean;
}

export interface MadeWorkbook {
  fileName: string;
  media: string;
  bytes: Uint8Array;
  sha256: string;
  rows: number;
  sheets: number;
  warnings: string[];
}

const MEDIA = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  xlsm: "application/vnd.ms-excel.sheet.macroEnabled.12",
} as const;

/**
 * 予約者リストを開く（仕様書６(2)イ、講習会の日時・会場ごと）。氏名と連絡先が見えるので、
 * 開くたびに、どの講習会の何人分かを list.made に残す。残せなければ見せない。画面では、何のために見るかも残す。
 * @throws AppError NOT_FOUND（知らない講習会）、BAD_INPUT（一つも選ばれていない、画面で目的がない）
 */
export async function openLists(
  office: Office,
  actor: Actor,
  request: ListRequest & ({ form: "screen"; purpose: string } | { form: "print" }),
): Promise<BookingList[]> {
  requirePeople(actor);
  if (request.form === "screen" && !Object.hasOwn(screenPurposes, request.purpose)) {
    const message = "何のために見るかを選んでください。記録に残ります。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "purpose", message }] });
  }
  const lists = await readLists(office, actor, request);
  const purpose = request.form === "screen" ? { purpose: request.purpose } : {};
  const reason = request.form === "screen" ? request.purpose : "print";
  const { blueprint } = await openContract(office, actor.contract);
  await office.act(actor, async (tx) => {
    // each: 一人ずつの記録もあるので、件数を数えるときに足さない。
    const payload = { form: request.form, ...purpose, ...countsOf(lists), each: true };
    await tx.record({ kind: "list.made", payload });
    const reveals = lists.flatMap(({ entries }) =>
      entries.map(({ booking, person }) => ({
        ...{ subject: person.id, about: booking.id, field: "list", reason },
      })),
    );
    await putReveals(tx, blueprint, reveals);
  });
  return lists;
}

/** 予約者リストを、氏名・電話・住所・配慮を伏せて見る。だれも見えないので、記録はしない。 */
export async function maskLists(office: Office, actor: Actor, request: ListRequest): Promise<MaskedList[]> {
  requirePeople(actor);
  return (await readLists(office, actor, request)).map(({ cls, venue, entries }) => ({
    ...{ cls, venue },
    entries: entries.map((entry) => ({ ...summaryOf(entry), needing: careText(entry.booking) !== "" })),
  }));
}

/**
 * 委託者の様式に予約者リストを書く。purpose は listPurposes の符号。通知の発送日は hand から。
 * 委託者へ渡すもの（deliver）は、パスワード付きの写しだけ（deliverList）なので、ここでは断る。
 * @throws AppError REFUSED（様式がない）、BAD_INPUT（目的がない、渡すもの、様式に書けない）
 */
export async function makeListWorkbook(
  office: Office,
  actor: Actor,
  request: ListRequest & { purpose: string },
  hand: ListHand = {},
): Promise<MadeWorkbook> {
  if (request.purpose === "deliver")
    throw new AppError(
      "BAD_INPUT",
      "委託者へ渡す予約者リストは、パスワード付きの写しだけを作れます。渡す相手を入れて、もう一度お試しください。",
      { faults: [{ field: "recipient", message: "渡す相手（課・係）を入れてください。" }] },
    );
  const { counts, template, ...made } = await writeList(office, actor, request, hand);
  await office.act(actor, (tx) =>
    tx.record({
      kind: "list.made",
      about: template,
      payload: { form: "workbook", purpose: request.purpose, sha256: made.sha256, ...counts },
    }),
  );
  return made;
}

/** 様式に書いたもの。まだ記録されていないので、記録するまで誰にも渡さない。 */
interface WrittenList extends MadeWorkbook {
  template: string;
  counts: { classes: string[]; rows: number };
}

/** 様式に書く。記録は、呼んだ行いが渡し方とともに残す。 */
export async function writeList(
  office: Office,
  actor: Actor,
  request: ListRequest & { purpose: string },
  hand: ListHand,
): Promise<WrittenList> {
  requireClassChange(actor);
  if (!isListPurpose(request.purpose))
    throw new AppError("BAD_INPUT", "何のために作るかを選んでください。記録に残ります。", {
      faults: [{ field: "purpose", message: "何のために作るかを選んでください。" }],
    });
  const { blueprint } = await openContract(office, actor.contract);
  const template = await latestTemplate(office.read, actor.contract, "booking-list");
  if (!template)
    throw new AppError(
      "REFUSED",
      "委託者の様式（.xlsx）がまだ登録されていません。予約者リストの画面で様式を登録してから、もう一度お試しください。",
    );
  const lists = await readLists(office, actor, request);
  const { bytes: form } = await openFile(office, actor.contract, template.blob_id);
  const sentOn = (await hand.sentOn?.(office, actor.contract)) ?? new Map();
  const filled = fillList(form, listGroups(lists, sentOn));
  const sha256 = createHash("sha256").update(filled.xlsx).digest("hex");
  const today = dayOf(office.clock.officeNow(actor.contract));
  const classes = lists.map(({ cls }) => cls);
  return {
    template: template.id,
    counts: countsOf(lists),
    fileName: listFileName(blueprint, classes, today, filled.extension),
    media: MEDIA[filled.extension],
    bytes: filled.xlsx,
    sha256,
    rows: filled.rows,
    sheets: filled.sheets,
    warnings: filled.warnings,
  };
}

async function readLists(office: Office, actor: Actor, request: ListRequest): Promise<BookingList[]> {
  const wanted = new Set(request.classIds);
  if (wanted.size === 0) throw new AppError("BAD_INPUT", "予約者リストにする講習会を選んでください。");
  const [classes, venues] = await Promise.all([
    listClasses(office.read, actor.contract),
    listVenues(office.read, actor.contract),
  ]);
  const chosen = classes.filter((cls) => wanted.has(cls.id));
  if (chosen.length !== wanted.size)
    throw new AppError(
      "NOT_FOUND",
      "選んだ講習会のうち、見つからないものがあります。一覧を開き直して、選び直してください。",
    );
  const details = await listBookings(office, actor, {
    classIds: chosen.map((cls) => cls.id),
    states: request.cancelled ? ["booked", "cancelled"] : ["booked"],
  });
  const byClass = Map.groupBy(details, ({ booking }) => booking.class_id);
  return chosen.flatMap((cls) => {
    const venue = venues.find((each) => each.id === cls.venue_id);
    return venue ? [{ cls, venue, entries: byClass.get(cls.id) ?? [] }] : [];
  });
}

function countsOf(lists: readonly BookingList[]) {
  return {
    classes: lists.map(({ cls }) => cls.id),
    rows: lists.reduce((sum, { entries }) => sum + entries.length, 0),
  };
}
