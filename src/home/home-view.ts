import { dayOf, minuteOf } from "../base/time.ts";
import type { Coverage } from "../contract/coverage.ts";
import type { DutyState } from "../contract/duty.ts";
import { formatWareki } from "../japan/wareki.ts";
import { deliverableRows } from "./deliverable-row.ts";
import type { DeadlineRow } from "./home-deadline-panel.tsx";
import type { Evidence, EvidencePanelProps } from "./home-evidence-panel.tsx";
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
  const { now, tally, heat, term, evidence } = home;
  const classes = `/classes?term=${encodeURIComponent(term?.id ?? "")}`;
  return {
    date: formatWareki(dayOf(now), { weekday: true }),
    now: `${home.termText}・${minuteOf(now).replace(/^0/, "")}現在`,
    deadlines: {
      ...tally,
      href: "/deadlines",
      rows: home.deadlines.slice(0, SHOWN).map((row) => deadlineRow(row, may)),
    },
    booking: home.empty || !home.desk ? undefined : bookingProps(home, may, classes),
    strip: {
      days: home.strip,
      today: dayOf(now),
      end: { href: "/deadlines", label: "期限の一覧" },
    },
    deliverables: may("deliverables.page")
      ? deliverableRows(home.deliverables, may("deliverable.page"))
      : undefined,
    evidence: evidence && may("contract.page") ? evidenceProps(evidence) : undefined,
    heat:
      heat.rows.length === 0 || term === undefined || evidence !== undefined
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

/** 一枚の業務ホームに収まる、まとまりの数。 */
const MOST_GROUPS = 12;

const evidenceOf: Readonly<Record<DutyState, Evidence>> = {
  ...{ done: "yes", due: "part", waiting: "part", ahead: "later", never: "later", late: "no" },
};

/** 条項ごとの証跡を、業務ホームのモザイクにする。多ければ、隣り合う小さなまとまりを合わせる。 */
export function evidenceProps({ groups }: Coverage): EvidencePanelProps {
  const shown = groups.flatMap((group) => {
    const cells = group.clauses
      .filter((clause) => clause.obligations.length > 0 && clause.state !== "never")
      .map((clause) => evidenceOf[clause.state]);
    return cells.length === 0 ? [] : [{ label: group.label, href: `/contract#g-${group.id}`, cells }];
  });
  while (shown.length > MOST_GROUPS) {
    const sizes = shown.slice(1).map((group, at) => group.cells.length + (shown[at]?.cells.length ?? 0));
    const at = sizes.indexOf(Math.min(...sizes));
    const [a, b] = [shown[at], shown[at + 1]];
    if (a === undefined || b === undefined) break;
    const label = `${a.label.split(" ")[0]}・${b.label}`;
    shown.splice(at, 2, { label, href: a.href, cells: [...a.cells, ...b.cells] });
  }
  return { groups: shown, href: "/contract" };
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
