import { randomUUID } from "node:crypto";
import { z } from "zod";
import { splitAddress } from "../japan/address.ts";
import { lookUpPostalCode, placeText } from "../japan/postal.ts";
import { readBackText } from "../japan/read-back.ts";
import { AppError } from "../platform/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import { bookingNumber } from "../reception/booking.ts";
import { checkCaller } from "../reception/check-caller.ts";
import { holdSeat, keepHold, releaseHold } from "../reception/hold-seat.ts";
import { listSeats } from "../reception/list-seats.ts";
import { recordReveal } from "../reception/reveal-person.ts";
import { discardDraft, openDrafts, saveDraft } from "../reception/save-draft.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { undoBooking } from "../reception/undo-booking.ts";
import { openContract } from "../terms/open-contract.ts";
import { type DeskFields, type DeskSeat, deskPaths, type NewBooking, type SeatsBoard } from "./desk-api.ts";
import { deskBoard } from "./desk-board.ts";
import { DeskPage, deskIcons } from "./desk-page.tsx";
import { writeMoment } from "./desk-speech.ts";
import { emptyFields } from "./desk-state.ts";
import { isInPeriod, rankAlternatives } from "./seat-guide.ts";

const text = (max: number) => z.string().max(max).default("");
const fieldShape = {
  name: text(200),
  kana: text(200),
  postalCode: text(40),
  address: text(400),
  phone: text(100),
  care: text(800),
  memo: text(4000),
  callerNumber: text(100),
  callerWithheld: z.boolean().default(false),
};
const idText = z.string().min(1).max(64);
const instantText = z.iso.datetime().optional();
const draftBody = z.object({
  version: z.int().min(0),
  fields: z.object(fieldShape),
  classId: idText.optional(),
  callStartedAt: instantText,
  callEndedAt: instantText,
});
const bookingBody = z.object({ ...fieldShape, draftId: idText, classId: idText, holdId: idText.optional() });

async function board(ask: Ask): Promise<SeatsBoard> {
  const { blueprint } = await openContract(ask.office, ask.actor.contract);
  return deskBoard(await listSeats(ask.office, ask.actor.contract), ask.actor, blueprint);
}

/** 満席のときは、同じ講座の空きを添えて断る（仕様書６(2)ア）。 */
async function withAlternatives<T>(ask: Ask, classId: string, fn: () => Promise<T>): Promise<T> {
  try {
    return await fn();
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "CLASS_FULL") throw cause;
    const now = await board(ask);
    const asked = now.cells.find((c) => c.classId === classId);
    const alternatives = asked
      ? rankAlternatives(asked, now.cells, now.venues, now.now).map((a) => a.cell)
      : [];
    throw new AppError("CLASS_FULL", cause.message, { detail: { alternatives } });
  }
}

/** 住所の欄を、番地までと方書に分ける（通知書では別の行に印字する）。 */
function addressParts(address: string, postal: string): { address: string; building: string } {
  const { building } = splitAddress(address, postal);
  const at = building ? address.lastIndexOf(building) : -1;
  return at > 0
    ? { address: address.slice(0, at).trim(), building }
    : { address: address.trim(), building: "" };
}

async function book(ask: Ask, given: NewBooking, onceKey: string | undefined) {
  const receipt = await takeBooking(ask.office, ask.actor, {
    name: given.name,
    kana: given.kana,
    postal: given.postalCode,
    ...addressParts(given.address, given.postalCode),
    phone: given.phone,
    needs: given.care,
    memo: given.memo,
    largePrint: /大きな(文)?字|拡大文字|大活字/.test(given.care),
    classId: given.classId,
    draftId: given.draftId,
    ...(onceKey ? { onceKey } : {}),
  });
  const now = await board(ask);
  const cell = now.cells.find((c) => c.classId === receipt.classId);
  const venue = now.venues.find((v) => v.id === cell?.venueId);
  if (!cell || !venue)
    throw new AppError(
      "NOT_FOUND",
      "予約はできましたが、講習会が閉じられました。予約者リストで確かめてください。",
    );
  return {
    booking: {
      id: receipt.id,
      number: bookingNumber(receipt.number),
      classId: receipt.classId,
      posting: cell.posting,
      undoUntil: receipt.undoUntil,
    },
    readBack: readBackText({
      day: cell.date,
      start: cell.start,
      venue: venue.name,
      course: cell.course,
      name: given.name,
      phone: given.phone,
    }),
  };
}

const page = async (
  ask: Ask,
  more: Partial<Parameters<typeof DeskPage>[0]> = {},
  status = 200,
): Promise<Response> => {
  const now = await board(ask);
  const { blueprint } = await openContract(ask.office, ask.actor.contract);
  const filter = {
    course: ask.query("course") ?? now.courses[0] ?? "",
    ward: ask.query("ward") ?? "",
    period: z.enum(["am", "pm", "all"]).catch("all").parse(ask.query("period")),
  };
  const wards = new Map(now.venues.map((v) => [v.id, v.ward]));
  const shown = now.cells.filter(
    (c) =>
      c.course === filter.course &&
      (!filter.ward || wards.get(c.venueId) === filter.ward) &&
      isInPeriod(c, filter.period),
  );
  const deskLabel =
    blueprint.desk.seats.find((s) => s.id === ask.actor.desk)?.label.replace(/番席.*$/, "番") ?? "－";
  return ask.page({
    title: "受付デスク",
    current: "desk.page",
    bare: true,
    ownDemoMark: true,
    islands: ["desk"],
    icons: deskIcons,
    status,
    body: (
      <DeskPage
        csrf={ask.seated.csrf}
        account={ask.actor.id}
        demo={ask.office.mode === "demo"}
        deskLabel={deskLabel}
        now={now.now}
        bookedToday={now.bookedToday}
        courses={now.courses}
        wards={now.wards}
        venues={now.venues}
        cells={shown}
        filter={filter}
        fields={emptyFields}
        faults={[]}
        idempotencyKey={randomUUID()}
        {...more}
      />
    ),
  });
};

/** JavaScript なしの予約。誤りがあれば、打たれたままを返して直してもらう。 */
async function bookByForm(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const value = (name: string) => form.get(name) ?? "";
  const fields: DeskFields = {
    ...emptyFields,
    name: value("name"),
    kana: value("kana"),
    postalCode: value("postalCode"),
    address: value("address"),
    phone: value("phone"),
    care: value("care"),
    memo: value("memo"),
  };
  const classId = value("classId");
  const key = value("idempotencyKey");
  const again = (faults: { field?: string; message: string }[], refusal?: string) =>
    page(ask, { fields, classId, faults, refusal, idempotencyKey: key || randomUUID() }, 422);
  if (!form.has("readBack"))
    return again([{ field: "readBack", message: "復唱してから、印を付けてください。" }]);
  try {
    const { booking } = await book(ask, { ...fields, draftId: `form-${key}`, classId }, key);
    return ask.go(
      deskPaths.page,
      `予約しました。受付番号 ${booking.number}　投函期限 ${writeMoment(booking.posting.deadline)}`,
    );
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    const names: Record<string, string> = { postal: "postalCode", needs: "care" };
    const faults = cause.faults.map((f) => ({ ...f, field: names[f.field ?? ""] ?? f.field ?? "" }));
    return again(faults, cause.message);
  }
}

/** 欄の名を、受付の室の名から画面の名へ。 */
function deskFaults(cause: unknown): never {
  if (!(cause instanceof AppError)) throw cause;
  const names: Record<string, string> = { postal: "postalCode", needs: "care", building: "address" };
  throw new AppError(cause.code, cause.message, {
    faults: cause.faults.map((f) => ({ ...f, ...(f.field ? { field: names[f.field] ?? f.field } : {}) })),
    detail: cause.detail,
  });
}

/** 受付デスクの道。 */
export const deskRoutes: Route[] = [
  {
    id: "desk.page",
    method: "GET",
    path: deskPaths.page,
    kind: "page",
    summary: "受付デスク",
    handle: (ask) => page(ask),
  },
  {
    id: "desk.form",
    method: "POST",
    path: deskPaths.page,
    kind: "page",
    summary: "予約を受ける（素の form）",
    handle: bookByForm,
  },
  {
    id: "desk.seats",
    method: "GET",
    path: deskPaths.seats,
    kind: "api",
    summary: "空席。since の版から変わっていなければ unchanged",
    handle: async (ask) => {
      const now = await board(ask);
      return ask.reply(ask.query("since") === now.version ? { unchanged: true, now: now.now } : now);
    },
  },
  {
    id: "desk.hold",
    method: "POST",
    path: deskPaths.holds,
    kind: "api",
    summary: "席を仮に押さえる",
    input: z.object({ classId: idText, draftId: idText }),
    handle: async (ask) => {
      const { classId, draftId } = await ask.json(z.object({ classId: idText, draftId: idText }));
      return ask.reply(
        {
          hold: await withAlternatives(ask, classId, () =>
            holdSeat(ask.office, ask.actor, { classId, draftId }),
          ),
        },
        201,
      );
    },
  },
  {
    id: "desk.hold.extend",
    method: "POST",
    path: `${deskPaths.holds}/:id/extend`,
    kind: "api",
    summary: "仮押さえを延ばす",
    handle: async (ask) => ask.reply({ hold: await keepHold(ask.office, ask.actor, ask.param("id")) }),
  },
  {
    id: "desk.hold.release",
    method: "DELETE",
    path: `${deskPaths.holds}/:id`,
    kind: "api",
    summary: "仮押さえを放す",
    handle: async (ask) => {
      await releaseHold(ask.office, ask.actor, ask.param("id"));
      return ask.reply({ released: true });
    },
  },
  {
    id: "desk.drafts",
    method: "GET",
    path: deskPaths.drafts,
    kind: "api",
    summary: "自分の途中の受付",
    handle: async (ask) => {
      const drafts = (await openDrafts(ask.office, ask.actor)).map(
        ({ classId, callStartedAt, callEndedAt, ...draft }) => ({
          ...draft,
          ...(classId ? { classId } : {}),
          ...(callStartedAt ? { callStartedAt } : {}),
          ...(callEndedAt ? { callEndedAt } : {}),
        }),
      );
      const seat: DeskSeat = { csrf: ask.seated.csrf, account: ask.actor.id };
      return ask.reply({ drafts, seat });
    },
  },
  {
    id: "desk.draft.save",
    method: "PUT",
    path: `${deskPaths.drafts}/:id`,
    kind: "api",
    summary: "受付の途中を残す",
    input: draftBody,
    handle: async (ask) => {
      const { version, fields, classId, callStartedAt, callEndedAt } = await ask.json(draftBody);
      const saved = await saveDraft(ask.office, ask.actor, {
        id: ask.param("id"),
        version,
        fields,
        classId: classId ?? null,
        callStartedAt: callStartedAt ?? null,
        callEndedAt: callEndedAt ?? null,
      });
      return ask.reply(saved);
    },
  },
  {
    id: "desk.draft.drop",
    method: "DELETE",
    path: `${deskPaths.drafts}/:id`,
    kind: "api",
    summary: "途中の受付をやめる",
    handle: async (ask) => {
      await discardDraft(ask.office, ask.actor, ask.param("id"));
      return ask.reply({ dropped: true });
    },
  },
  {
    id: "desk.postal",
    method: "POST",
    path: deskPaths.postal,
    kind: "api",
    summary: "郵便番号から住所の候補（番号は URL に残さない）",
    input: z.object({ code: z.string().max(20) }),
    handle: async (ask) => {
      const { code } = await ask.json(z.object({ code: z.string().max(20) }));
      const { places } = lookUpPostalCode(code);
      // 道内の宛名は「札幌市…」から書く習わしなので、都道府県は町名の方にだけ出す。
      const candidates = places.map((p) => ({ address: `${p.city}${p.town}`, town: placeText(p) }));
      return ask.reply({ candidates });
    },
  },
  {
    id: "desk.check",
    method: "POST",
    path: deskPaths.check,
    kind: "api",
    summary: "聞き取りの途中の確かめ（受付は止めない）",
    input: z.object({ ...fieldShape, classId: idText.optional() }),
    handle: async (ask) => {
      const given = await ask.json(z.object({ ...fieldShape, classId: idText.optional() }));
      const { warnings, formatted } = await checkCaller(ask.office, ask.actor, {
        kana: given.kana,
        postal: given.postalCode,
        address: given.address,
        phone: given.phone,
        callerNumber: given.callerNumber,
        classId: given.classId,
      });
      const { postal, ...rest } = formatted;
      return ask.reply({
        warnings: warnings.map((w) => ({ ...w, field: w.field === "postal" ? "postalCode" : w.field })),
        formatted: { ...rest, ...(postal ? { postalCode: postal } : {}) },
      });
    },
  },
  {
    id: "desk.book",
    method: "POST",
    path: deskPaths.bookings,
    kind: "api",
    summary: "予約を受ける（Idempotency-Key で、送り直しても一つ）",
    input: bookingBody,
    handle: async (ask) => {
      const { holdId: _, ...given } = await ask.json(bookingBody);
      const booked = await withAlternatives(ask, given.classId, () =>
        book(ask, given, ask.header("Idempotency-Key")),
      ).catch(deskFaults);
      return ask.reply(booked, 201);
    },
  },
  {
    id: "desk.undo",
    method: "POST",
    path: `${deskPaths.bookings}/:id/undo`,
    kind: "api",
    summary: "受けたばかりの予約を元に戻す",
    handle: async (ask) => {
      await undoBooking(ask.office, ask.actor, ask.param("id"));
      return ask.reply({ undone: true });
    },
  },
  {
    id: "desk.reveal",
    method: "POST",
    path: deskPaths.reveals,
    kind: "api",
    summary: "電話番号を見せることを記録する",
    input: z.object({ draftId: idText, field: z.literal("phone") }),
    handle: async (ask) => {
      const { draftId, field } = await ask.json(z.object({ draftId: idText, field: z.literal("phone") }));
      await recordReveal(ask.office, ask.actor, { about: draftId, field, reason: "受付中の確認" });
      return ask.reply({ recorded: true });
    },
  },
];
