import type { Role } from "../base/actor.ts";
import { dayOf, instantOf, minuteOf } from "../base/time.ts";
import { type TodayCalls, todayCalls } from "../calls/today-calls.ts";
import { isDay } from "../japan/day.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { bookingNumber } from "../reception/booking.ts";
import { tallyBookings } from "../reception/tally-bookings.ts";
import { Note } from "../ui/note.tsx";
import { DeadlinePage } from "./deadline-page.tsx";
import type { CallPanelProps } from "./home-call-panel.tsx";
import { HomePage } from "./home-page.tsx";
import { deadlineRow, homeProps, type MayOpen } from "./home-view.ts";
import { readHome } from "./read-home.ts";
import { TodayPage } from "./today-page.tsx";

/** 上の階が渡すもの。 */
export interface HomeHand {
  /** 役割の表。開けない所へのつながりを付けないために聞く。 */
  mayOpen(routeId: string, roles: readonly Role[]): boolean;
}

async function homePage(ask: Ask, may: MayOpen): Promise<Response> {
  const [home, calls] = await Promise.all([
    readHome(ask.office, ask.actor),
    todayCalls(ask.office, ask.actor),
  ]);
  const welcome = home.empty ? <Welcome may={may} /> : undefined;
  return ask.page({
    title: "業務ホーム",
    current: "home.page",
    body: (
      <HomePage
        {...homeProps(home, may)}
        calls={calls && callProps(calls, home.booking, may)}
        welcome={welcome}
      />
    ),
  });
}

/** 本日の電話と、講習会の残席。 */
function callProps(
  { offered, answered, hours }: TodayCalls,
  seats: { free: number; capacity: number },
  may: MayOpen,
): CallPanelProps {
  const bars = hours.map(({ hour, offered: n, state }) => ({
    label: `${hour}時`,
    actual: state === "coming" ? undefined : n,
    state,
  }));
  return {
    href: may("calls.figures") ? "/calls/figures" : undefined,
    calls: { offered, answered, bars, hasForecast: false },
    seats: { free: seats.free, capacity: seats.capacity },
  };
}

/** まだ講習会のない事務所で、はじめにすること。 */
function Welcome({ may }: { may: MayOpen }) {
  return (
    <Note tone="info" title="はじめに、委託者から届いた講習会の日程表を取り込みます。">
      {may("classes.import.page") ? (
        <p>
          <a href="/classes/import">日程表（Excel・CSV）を取り込む</a>
          と、受付デスクで予約を受けられるようになり、期限と残席がここに並びます。
        </p>
      ) : (
        <p>SV か責任者が日程表を取り込むと、期限と残席がここに並びます。</p>
      )}
    </Note>
  );
}

async function deadlinePage(ask: Ask, may: MayOpen): Promise<Response> {
  const { deadlines } = await readHome(ask.office, ask.actor);
  const asked = ask.query("day") ?? "";
  const day = isDay(asked) ? asked : undefined;
  const wanted = ask.query("when");
  const when = wanted === "late" || wanted === "due" || wanted === "soon" ? wanted : undefined;
  const rows = deadlines.filter((row) => {
    if (day !== undefined) return row.due !== null && dayOf(row.due) === day;
    return when === undefined || (row.urgency ?? "soon") === when;
  });
  return ask.page({
    title: "期限のある業務",
    current: "home.page",
    body: (
      <DeadlinePage
        rows={rows.map((row) => deadlineRow(row, may))}
        total={deadlines.length}
        day={day}
        when={when}
      />
    ),
  });
}

async function todayPage(ask: Ask): Promise<Response> {
  const { classes, bookings } = await tallyBookings(ask.office, ask.actor.contract);
  const classOf = new Map(classes.map((cls) => [cls.id, cls]));
  const midnight = instantOf(ask.today, "00:00");
  const rows = bookings
    .filter((one) => one.takenAt >= midnight && one.takenAt <= ask.now)
    .sort((a, b) => (a.takenAt > b.takenAt ? -1 : 1))
    .flatMap((one) => {
      const cls = classOf.get(one.classId);
      if (!cls) return [];
      const { day, start, venue, course } = cls;
      return [
        {
          ...{ id: one.id, number: bookingNumber(one.number), time: minuteOf(one.takenAt).replace(/^0/, "") },
          ...{ day, start, venue, course, classId: cls.id },
        },
      ];
    });
  return ask.page({
    title: "本日の予約",
    current: "home.page",
    body: <TodayPage rows={rows} date={formatWareki(ask.today, { weekday: true })} />,
  });
}

/** 業務ホームの道。 */
export function homeRoutes({ mayOpen }: HomeHand): Route[] {
  const mayOf =
    (ask: Ask): MayOpen =>
    (routeId) =>
      mayOpen(routeId, ask.actor.roles);
  return [
    {
      id: "home.page",
      method: "GET",
      path: "/",
      kind: "page",
      summary: "業務ホーム",
      handle: (ask) => homePage(ask, mayOf(ask)),
    },
    {
      id: "home.deadlines",
      method: "GET",
      path: "/deadlines",
      kind: "page",
      summary: "期限のある業務のすべて（day、when で絞る）",
      handle: (ask) => deadlinePage(ask, mayOf(ask)),
    },
    {
      id: "home.today",
      method: "GET",
      path: "/today",
      kind: "page",
      summary: "本日の予約",
      handle: todayPage,
    },
    {
      id: "home.api",
      method: "GET",
      path: "/api/home",
      kind: "api",
      summary: "期限のある業務、十営業日の予定、本日の受付、残席",
      handle: async (ask) => ask.reply(await readHome(ask.office, ask.actor)),
    },
  ];
}

/** 左のメニューの先頭。 */
export const homeMenu: MenuEntry[] = [{ routeId: "home.page", label: "業務ホーム", icon: "home", href: "/" }];
