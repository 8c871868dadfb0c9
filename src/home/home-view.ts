import { dayOf, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { DeadlineRow } from "./home-deadline-panel.tsx";
import type { HomePageProps } from "./home-page.tsx";
import type { Deadline } from "./list-deadlines.ts";
import type { Home } from "./read-home.ts";

/** 一画面に並べる行の数（残りは「すべて」の先に）。 */
const SHOWN = 6;

export type MayOpen = (routeId: string) => boolean;

export function deadlineRow(row: Deadline, may: MayOpen): DeadlineRow {
  return {
    id: row.id,
    state: row.urgency ?? "soon",
    stateText: row.urgencyText,
    title: row.title,
    href: may(row.routeId) ? row.href : undefined,
    clause: row.clause,
    holder: row.holder,
    due: row.dueText,
  };
}

/** 集めたことを、画面の部品に渡す形にする。開けない所へのつながりは付けない。 */
export function homeProps(home: Home, may: MayOpen): HomePageProps {
  const { now, tally, heat, term } = home;
  const classes = `/classes?term=${encodeURIComponent(term.id)}`;
  return {
    date: formatWareki(dayOf(now), { weekday: true }),
    now: `${home.termText}・${minuteOf(now).replace(/^0/, "")}現在`,
    deadlines: {
      ...tally,
      href: "/deadlines",
      rows: home.deadlines.slice(0, SHOWN).map((row) => deadlineRow(row, may)),
    },
    booking: home.empty ? undefined : bookingProps(home, may, classes),
    strip: {
      days: home.strip,
      today: dayOf(now),
      end: { href: "/deadlines", label: "期限の一覧" },
    },
    heat:
      heat.rows.length === 0
        ? undefined
        : {
            heat,
            title: "予約の入り具合",
            sub: `${term.label}　これからの残席 ${heat.free}／${heat.capacity}`,
            end: { href: classes, label: `すべての講習会${moreText(home)}` },
            hrefOf: (cell, row) => {
              const [only] = cell.classes;
              if (only !== undefined && cell.classes.length === 1 && may("list.page"))
                return `/lists/${only}`;
              return `${classes}&ward=${encodeURIComponent(row.ward)}`;
            },
          },
  };
}

function moreText({ heat: { moreDays, moreVenues } }: Home): string {
  const more = [moreVenues > 0 ? `${moreVenues}会場` : "", moreDays > 0 ? `${moreDays}日` : ""].filter(
    (part) => part !== "",
  );
  return more.length === 0 ? "" : `（ほか${more.join("・")}）`;
}

function bookingProps({ booking }: Home, may: MayOpen, classes: string): HomePageProps["booking"] {
  const today = may("home.today") ? "/today" : undefined;
  const waiting = may("notice.list") ? "/notices" : undefined;
  return {
    href: today,
    hours: booking.hours,
    figures: [
      { name: "本日の予約", value: booking.today, unit: "件", href: today },
      { name: "期の予約", value: booking.inTerm, unit: "件", href: classes },
      { name: "残席", value: booking.free, unit: `／${booking.capacity}`, href: `${classes}&state=free` },
      { name: "承認待ち", full: "受講通知書の", value: booking.waiting, unit: "通", href: waiting },
    ],
  };
}
