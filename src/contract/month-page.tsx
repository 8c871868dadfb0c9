import { type Day, dayOf, type Instant } from "../base/time.ts";
import { type BusinessCalendar, type CalendarDay, calendarDays } from "../japan/business-day.ts";
import { addDays, addMonths, dayParts, endOfMonth, weekdayNames, weekdayOf } from "../japan/day.ts";
import { formatWarekiYear } from "../japan/wareki.ts";
import { LinkButton, PrintButton } from "../ui/button.tsx";
import { PageHead } from "../ui/section.tsx";
import { ContractTabs } from "./contract-tabs-panel.tsx";
import { DutyStatus } from "./duty-status-panel.tsx";
import type { OwedLine } from "./owed-line.ts";

export interface MonthPageProps {
  /** 月の初日。 */
  first: Day;
  now: Instant;
  calendar: BusinessCalendar;
  /** その月が期限のもの（済んだものも）。 */
  lines: readonly OwedLine[];
}

const SHOWN = 3;

/** 義務の暦。一か月を一枚で。 */
export function MonthPage({ first, now, calendar, lines }: MonthPageProps) {
  const from = addDays(first, -weekdayOf(first));
  const last = endOfMonth(first);
  const to = addDays(last, 6 - weekdayOf(last));
  const byDay = Map.groupBy(lines, (line) => (line.due === null ? "" : dayOf(line.due)));
  const weeks = inWeeks(calendarDays(calendar, from, to));
  const month = `${formatWarekiYear(first)}${dayParts(first).month}月`;
  return (
    <>
      <PageHead
        crumb={<a href="/contract">条項と義務</a>}
        title={`${month}が期限の義務は${lines.length}件です。`}
        actions={
          <>
            <LinkButton href={`/contract/calendar?month=${addMonths(first, -1).slice(0, 7)}`}>
              前の月
            </LinkButton>
            <LinkButton href={`/contract/calendar?month=${addMonths(first, 1).slice(0, 7)}`}>
              次の月
            </LinkButton>
            <PrintButton />
          </>
        }
      />
      <div className="pile">
        <div className="row">
          <ContractTabs current="/contract/calendar" />
        </div>
        <table className="month">
          <caption className="vh">{month}の義務の暦</caption>
          <thead>
            <tr>
              {weekdayNames.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week[0]?.date}>
                {week.map((day) => (
                  <DayCell
                    key={day.date}
                    day={day}
                    month={first}
                    today={dayOf(now)}
                    lines={byDay.get(day.date) ?? []}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function inWeeks(days: readonly CalendarDay[]): CalendarDay[][] {
  return Array.from({ length: Math.ceil(days.length / 7) }, (_, at) => days.slice(at * 7, at * 7 + 7));
}

function DayCell(props: { day: CalendarDay; month: Day; today: Day; lines: readonly OwedLine[] }) {
  const { day, month, today, lines } = props;
  const outside = day.date.slice(0, 7) !== month.slice(0, 7);
  const look = [day.business ? "" : "off", outside ? "outside" : "", day.date === today ? "today" : ""];
  return (
    <td className={look.filter((one) => one !== "").join(" ") || undefined}>
      <p className="month-day">
        <b>{Number(day.date.slice(8))}</b>
        {!day.business && <small>{day.reason?.replace(/^.曜日$/, "")}</small>}
      </p>
      {!outside && (
        <ul>
          {lines.slice(0, SHOWN).map((line) => (
            <li key={line.key}>
              <a href={`/contract/duties/${encodeURIComponent(line.key)}`}>
                <DutyStatus state={line.state} text="" />
                <span className="clip-1">{line.title}</span>
              </a>
            </li>
          ))}
          {lines.length > SHOWN && (
            <li>
              <a href={`/contract/board?day=${day.date}&all=1`}>ほか{lines.length - SHOWN}件</a>
            </li>
          )}
        </ul>
      )}
    </td>
  );
}
