import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import { BookingPage } from "./booking-page.tsx";
import { BookingSearchPage } from "./booking-search-page.tsx";
import { openBooking, revealBooking } from "./open-booking.ts";
import { searchBookings, warmBookingSearch } from "./search-bookings.ts";

const searchBody = z.object({ query: z.string().max(200) });
const revealBody = z.object({ reason: z.string().max(40) });

/** 入力の誤りは、その欄に添えて同じ画面に返す。 */
function faultOf(cause: unknown): string {
  if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
  return cause.message;
}

function searchPage(
  ask: Ask,
  given: Partial<Parameters<typeof BookingSearchPage>[0]> = {},
): Promise<Response> {
  return ask.page({
    title: "予約を探す",
    current: "lists.page",
    status: given.fault === undefined ? 200 : 422,
    body: <BookingSearchPage csrf={ask.seated.csrf} query="" {...given} />,
  });
}

async function searchByForm(ask: Ask): Promise<Response> {
  const query = (await ask.form()).get("query") ?? "";
  try {
    return searchPage(ask, { query, result: await searchBookings(ask.office, ask.actor, query) });
  } catch (cause) {
    return searchPage(ask, { query, fault: faultOf(cause) });
  }
}

async function bookingPage(
  ask: Ask,
  given: Pick<Parameters<typeof BookingPage>[0], "revealed" | "fault"> = {},
): Promise<Response> {
  const { summary, history, begun } = await openBooking(ask.office, ask.actor, ask.param("id"));
  return ask.page({
    title: "予約",
    current: "lists.page",
    status: given.fault === undefined ? 200 : 422,
    body: <BookingPage csrf={ask.seated.csrf} summary={summary} history={history} begun={begun} {...given} />,
  });
}

async function revealByForm(ask: Ask): Promise<Response> {
  const reason = (await ask.form()).get("reason") ?? "";
  try {
    return bookingPage(ask, {
      revealed: await revealBooking(ask.office, ask.actor, ask.param("id"), reason),
    });
  } catch (cause) {
    return bookingPage(ask, { fault: faultOf(cause) });
  }
}

/** 予約を探す・見る道。探す言葉は URL にも記録にも残さない。 */
export const bookingRoutes: Route[] = [
  {
    id: "bookings.page",
    method: "GET",
    path: "/bookings",
    kind: "page",
    summary: "予約を探す画面",
    handle: (ask) => {
      // 開いたときに索引の用意を始める。失敗は、次に探すときにやり直して伝わる。
      warmBookingSearch(ask.office, ask.actor.contract).catch(() => {});
      return searchPage(ask);
    },
  },
  {
    id: "bookings.search",
    method: "POST",
    path: "/bookings",
    kind: "page",
    summary: "予約を探す",
    handle: searchByForm,
  },
  {
    id: "booking.page",
    method: "GET",
    path: "/bookings/:id",
    kind: "page",
    summary: "予約（氏名と電話は伏せる）",
    handle: (ask) => bookingPage(ask),
  },
  {
    id: "booking.reveal",
    method: "POST",
    path: "/bookings/:id",
    kind: "page",
    summary: "予約の個人情報を、理由を記録して見る",
    handle: revealByForm,
  },
  {
    id: "bookings.search.api",
    method: "POST",
    path: "/api/bookings/search",
    kind: "api",
    summary: "予約を探す（受付番号、電話番号、カナ）",
    input: searchBody,
    handle: async (ask) => {
      const { query } = await ask.json(searchBody);
      return ask.reply(await searchBookings(ask.office, ask.actor, query));
    },
  },
  {
    id: "booking.api",
    method: "GET",
    path: "/api/bookings/:id",
    kind: "api",
    summary: "予約と、これまで（氏名と電話は伏せる）",
    handle: async (ask) => ask.reply(await openBooking(ask.office, ask.actor, ask.param("id"))),
  },
  {
    id: "booking.reveal.api",
    method: "POST",
    path: "/api/bookings/:id/reveal",
    kind: "api",
    summary: "予約の個人情報を、理由を記録して見る",
    input: revealBody,
    handle: async (ask) => {
      const { reason } = await ask.json(revealBody);
      const { person, booking } = await revealBooking(ask.office, ask.actor, ask.param("id"), reason);
      const { name, kana, postal, address, building, phone } = person;
      const { needs, memo, large_print } = booking;
      return ask.reply({
        name,
        kana,
        postal,
        address,
        building,
        phone,
        needs,
        memo,
        largePrint: large_print === 1,
      });
    },
  },
];
