import { z } from "zod";
import { lookUpPostalCode, placeText } from "../japan/postal.ts";
import { warnReturned } from "../notices/returned-before.ts";
import type { Route } from "../platform/route.ts";
import { checkCaller } from "../reception/check-caller.ts";
import { guideSeat } from "../reception/guide-seat.ts";
import { holdSeat, keepHold, releaseHold } from "../reception/hold-seat.ts";
import { recordReveal } from "../reception/reveal-person.ts";
import { discardDraft, openDrafts, saveDraft } from "../reception/save-draft.ts";
import { undoBooking } from "../reception/undo-booking.ts";
import { deskAnswerRoutes } from "./desk-answer-routes.ts";
import { type DeskSeat, deskPaths } from "./desk-api.ts";
import { deskFormRoutes } from "./desk-form-routes.tsx";
import { readBoard, takeDeskBooking, takeDeskWait, withAlternatives } from "./take-desk-booking.ts";

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
  proxyName: text(200),
  proxyRelation: text(100),
  proxyPhone: text(100),
  contact: z.enum(["", "phone", "fax", "relay", "family"]).default(""),
  companions: z.enum(["", "1"]).default(""),
  reach: z.enum(["", "am", "pm"]).default(""),
  wider: z.enum(["", "1"]).default(""),
  wishVenue: text(64),
  wishFrom: text(10),
  wishTo: text(10),
};
const idText = z.string().min(1).max(64);
const instantText = z.iso.datetime().optional();
const draftBody = z.object({
  version: z.int().min(0),
  /** 画面の名と、その画面の何通めか。自分の前の保存を、ほかの画面の変更と取り違えない。 */
  screen: z.string().max(64).optional(),
  saveNo: z.int().min(0).optional(),
  fields: z.object(fieldShape),
  classId: idText.optional(),
  callStartedAt: instantText,
  callEndedAt: instantText,
});
const bookingBody = z.object({
  ...fieldShape,
  draftId: idText,
  classId: idText,
  holdId: idText.optional(),
  askedClassId: idText.optional(),
});
const waitBody = z.object({ ...fieldShape, draftId: idText, classId: idText });
const guideBody = z.object({ draftId: idText, classId: idText });

/** 受付デスクの道。 */
export const deskRoutes: Route[] = [
  ...deskFormRoutes,
  ...deskAnswerRoutes,
  {
    id: "desk.seats",
    method: "GET",
    path: deskPaths.seats,
    kind: "api",
    summary: "空席。since の版から変わっていなければ unchanged",
    handle: async (ask) => {
      const now = await readBoard(ask);
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
      const { classId, callStartedAt, callEndedAt, ...given } = await ask.json(draftBody);
      const saved = await saveDraft(ask.office, ask.actor, {
        ...given,
        id: ask.param("id"),
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
      const returned = await warnReturned(ask.office, ask.actor, given);
      const { postal, ...rest } = formatted;
      return ask.reply({
        warnings: [...warnings, ...returned].map((w) => ({
          ...w,
          field: w.field === "postal" ? "postalCode" : w.field,
        })),
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
        takeDeskBooking(ask, given, ask.header("Idempotency-Key")),
      );
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
    id: "desk.guide",
    method: "POST",
    path: deskPaths.guides,
    kind: "api",
    summary: "満席の回の希望に、ほかの回を案内したことを数える",
    input: guideBody,
    handle: async (ask) => {
      await guideSeat(ask.office, ask.actor, await ask.json(guideBody));
      return ask.reply({ counted: true });
    },
  },
  {
    id: "desk.wait",
    method: "POST",
    path: deskPaths.waits,
    kind: "api",
    summary: "満席の回の待機に入れる",
    input: waitBody,
    handle: async (ask) => ask.reply(await takeDeskWait(ask, await ask.json(waitBody)), 201),
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
