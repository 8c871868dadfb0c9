import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import {
  BookingCancelPage,
  type BookingChangeProps,
  BookingMoveConfirm,
  BookingMovePage,
} from "./booking-change-page.tsx";
import type { ListHand } from "./booking-list.ts";
import { cancelBooking } from "./cancel-booking.ts";
import { changeBooking } from "./change-booking.ts";
import { previewChange } from "./preview-change.ts";
import { seatWord } from "./wait-routes.tsx";
import { warnOverlap } from "./warn-overlap.ts";

const changeBody = z.object({
  classId: z.string().min(1).max(64),
  version: z.int().min(1).optional(),
  /** 話している間に押さえた席があれば、その受付。 */
  draftId: z.string().max(64).optional(),
});
const cancelBody = z.object({ reason: z.string().max(40), version: z.int().min(1).optional() });

type Draw = (props: BookingChangeProps) => ReturnType<typeof BookingMovePage>;

/** 予約の変更と取消の道（６(2)ウ）。通知書を投函した日は上の室から。 */
export function bookingChangeRoutes(hand: ListHand): Route[] {
  async function draw(ask: Ask, Page: Draw, to?: string, fault?: string): Promise<Response> {
    const preview = await previewChange(ask.office, ask.actor, ask.param("id"), hand, to);
    return ask.page({
      title: "予約の変更・取消",
      current: "lists.page",
      status: fault === undefined ? 200 : 422,
      body: Page({ csrf: ask.seated.csrf, preview, fault }),
    });
  }

  async function orAgain(ask: Ask, Page: Draw, act: () => Promise<Response>): Promise<Response> {
    try {
      return await act();
    } catch (cause) {
      if (!(cause instanceof AppError) || cause.code === "NOT_FOUND") throw cause;
      return draw(ask, Page, undefined, cause.message);
    }
  }

  async function changeByForm(ask: Ask): Promise<Response> {
    const form = await ask.form();
    const classId = form.get("classId") ?? "";
    const id = ask.param("id");
    if (form.get("confirmed") === "yes") {
      const version = Number(form.get("version")) || undefined;
      const { seat } = await changeBooking(ask.office, ask.actor, id, { classId, version });
      return ask.go(`/bookings/${id}`, `別の回に変えました。${seatWord(seat)}`);
    }
    const preview = await previewChange(ask.office, ask.actor, id, hand, classId);
    const to = preview.alternatives.find(({ cls }) => cls.id === classId);
    if (!to) throw new AppError("BAD_INPUT", "移る先の回を選んでください。満席になった回は選べません。");
    return ask.page({
      title: "予約の変更",
      current: "lists.page",
      body: <BookingMoveConfirm csrf={ask.seated.csrf} preview={preview} to={to} />,
    });
  }

  async function cancelByForm(ask: Ask): Promise<Response> {
    const form = await ask.form();
    const id = ask.param("id");
    const version = Number(form.get("version")) || undefined;
    const { seat } = await cancelBooking(ask.office, ask.actor, id, {
      reason: form.get("reason") ?? "",
      version,
    });
    return ask.go(`/bookings/${id}`, `予約を取り消しました。${seatWord(seat)}`);
  }

  return [
    {
      id: "booking.change.page",
      method: "GET",
      path: "/bookings/:id/change",
      kind: "page",
      summary: "予約を別の回に変える画面",
      handle: (ask) => draw(ask, BookingMovePage),
    },
    {
      id: "booking.change",
      method: "POST",
      path: "/bookings/:id/change",
      kind: "page",
      summary: "予約を別の回に変える（新しい席を取ってから前の席を空ける）",
      handle: (ask) => orAgain(ask, BookingMovePage, () => changeByForm(ask)),
    },
    {
      id: "booking.cancel.page",
      method: "GET",
      path: "/bookings/:id/cancel",
      kind: "page",
      summary: "予約を取り消す画面",
      handle: (ask) => draw(ask, BookingCancelPage),
    },
    {
      id: "booking.cancel",
      method: "POST",
      path: "/bookings/:id/cancel",
      kind: "page",
      summary: "予約を取り消す",
      handle: (ask) => orAgain(ask, BookingCancelPage, () => cancelByForm(ask)),
    },
    ...apiRoutes,
  ];
}

const apiRoutes: Route[] = [
  {
    id: "booking.change.api",
    method: "POST",
    path: "/api/bookings/:id/change",
    kind: "api",
    summary: "予約を別の回に変える",
    input: changeBody,
    handle: async (ask) => {
      const given = await ask.json(changeBody);
      const id = ask.param("id");
      const changed = await changeBooking(ask.office, ask.actor, id, given);
      return ask.reply({
        ...changed,
        warnings: await warnOverlap(ask.office, ask.actor, id, given.classId),
      });
    },
  },
  {
    id: "booking.cancel.api",
    method: "POST",
    path: "/api/bookings/:id/cancel",
    kind: "api",
    summary: "予約を取り消す",
    input: cancelBody,
    handle: async (ask) =>
      ask.reply(await cancelBooking(ask.office, ask.actor, ask.param("id"), await ask.json(cancelBody))),
  },
];
