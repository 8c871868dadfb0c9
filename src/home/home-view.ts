import { dayOf, minuteOf } from "../base/time.ts";
import type { Coverage, CoverageGroup, CoveredClause } from "../contract/coverage.ts";
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

/** 一枚の業務ホームに収まる、行の数と、一行の升の数。 */
const MOST_LINES = 12;
const LINE_CELLS = 12;

const evidenceOf: Readonly<Record<DutyState, Evidence>> = {
  ...{ done: "yes", due: "part", waiting: "part", ahead: "later", never: "later", late: "no" },
};

/** 条項ごとの証跡を、業務ホームのモザイクにする。仕様書の順に、一行の升が揃うところで折る。 */
export function evidenceProps({ groups }: Coverage): EvidencePanelProps {
  const units = groups.flatMap((group) =>
    group.clauses
      .filter((clause) => clause.obligations.length > 0 && clause.state !== "never")
      .map((clause) => ({ group, clause })),
  );
  const most = Math.max(LINE_CELLS, Math.ceil(units.length / (MOST_LINES - 2)));
  const lines: (typeof units)[] = [];
  for (const unit of units) {
    const line = lines.at(-1);
    const first = line?.[0];
    if (line === undefined || first === undefined || line.length >= most || isApart(first.group, unit.group))
      lines.push([unit]);
    else line.push(unit);
  }
  const shown = lines.flatMap((line) => {
    const [first, last] = [line[0], line.at(-1)];
    if (first === undefined || last === undefined) return [];
    const cells = line.map(({ clause }) => evidenceOf[clause.state]);
    return [{ label: lineLabel(first, last), href: `/contract#c-${first.clause.id}`, cells }];
  });
  return { groups: shown, href: "/contract" };
}

/** 別紙や準用した文書は、本文と同じ行に置かない。 */
function isApart(a: CoverageGroup, b: CoverageGroup): boolean {
  const body = ({ label }: CoverageGroup) => /^[0-9]/.test(label);
  return a.id !== b.id && !(body(a) && body(b));
}

/** 「2–6(2)イ」「別紙1 3(2)–5(6)」。文書の名は一度だけ。 */
function lineLabel(first: { clause: CoveredClause }, last: { clause: CoveredClause }): string {
  const [document, from] = splitNumber(first.clause.number);
  const [, to] = splitNumber(last.clause.number);
  const range = from === to ? from : `${from}–${to}`;
  return document === "" ? range : `${document} ${range}`;
}

function splitNumber(number: string): [string, string] {
  const at = number.indexOf("/");
  return at < 0 ? ["", number] : [number.slice(0, at), number.slice(at + 1)];
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
