import { roleLabels } from "../access/role.ts";
import { type Day, dayOf, type Instant } from "../base/time.ts";
import { type CalendarDay, calendarDays } from "../japan/business-day.ts";
import { addDays } from "../japan/day.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { PrintButton, Submit } from "../ui/button.tsx";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { Options } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { ContractTabs } from "./contract-tabs-panel.tsx";
import { DutyStatus } from "./duty-status-panel.tsx";
import type { OwedLine } from "./owed-line.ts";
import type { OwedBoard } from "./read-owed.ts";

export interface BoardPageProps {
  board: OwedBoard;
  by: "day" | "person";
  role: string;
  day: Day | undefined;
  /** 絞れる役割。 */
  roles: readonly OwedLine["role"][];
}

/** 期限の盤。日ごと・人ごとに、遅れを先に。 */
export function BoardPage(props: BoardPageProps) {
  const { board, by, role, day } = props;
  const { lines, tally, now } = board;
  const groups = by === "day" ? byDay(lines, now) : byPerson(lines);
  return (
    <>
      <PageHead
        crumb={<a href="/contract">条項と義務</a>}
        title={
          <>
            {tally.late > 0 ? (
              <span className="late">{tally.late}件遅れています。</span>
            ) : (
              "遅れはありません。"
            )}
            {day === undefined ? "いま果たすことは" : `${formatWareki(day, { weekday: true })}が期限のものは`}
            <span className="due">{lines.length}件</span>です。
          </>
        }
        actions={<PrintButton />}
      />
      <div className="pile">
        <div className="board-bar">
          <ContractTabs current="/contract/board" />
          <SegmentedLinks
            label="並べ方"
            links={[
              { href: `/contract/board${role && `?role=${role}`}`, label: "日ごと", current: by === "day" },
              {
                href: `/contract/board?by=person${role && `&role=${role}`}`,
                label: "人ごと",
                current: by === "person",
              },
            ]}
          />
          <RoleFilter {...props} />
        </div>
        <Strip board={board} current={day} role={role} />
        {groups.length === 0 && (
          <div className="empty">
            <p>
              <b>この条件で、いま果たすことはありません。</b>
              <a href="/contract/board">すべて見る</a>
            </p>
          </div>
        )}
        {groups.map(({ id, label, lines: own }) => (
          <Section key={id} id={`b-${id}`} title={label} sub={`${own.length}件`}>
            <Table caption={label} columns={columns(by)} rows={own} rowKey={(line) => line.key} empty="" />
          </Section>
        ))}
      </div>
    </>
  );
}

function RoleFilter({ role, roles, by }: BoardPageProps) {
  return (
    <form className="filters noprint" method="get" action="/contract/board">
      {by === "person" && <input type="hidden" name="by" value="person" />}
      <div>
        <label htmlFor="board-role">担当</label>
        <select id="board-role" name="role" defaultValue={role}>
          <Options
            choices={[
              { value: "", label: "すべて" },
              ...roles.map((one) => ({ value: one, label: roleLabels[one] })),
            ]}
          />
        </select>
      </div>
      <Submit look="normal">絞り込む</Submit>
    </form>
  );
}

interface Group {
  id: string;
  label: string;
  lines: OwedLine[];
}

/** 遅れ → 本日 → 日ごと → 答え待ち → 期限なし。 */
function byDay(lines: readonly OwedLine[], now: Instant): Group[] {
  const today = dayOf(now);
  const groups = Map.groupBy(lines, (line) => placeOf(line, today));
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, own]) => ({ id, label: dayLabel(id, today), lines: own }));
}

function placeOf({ state, due }: OwedLine, today: Day): string {
  if (state === "late") return "0-late";
  if (state === "waiting") return "8-waiting";
  if (due === null) return "9-none";
  const day = dayOf(due);
  return day < today ? "7-review" : `5-${day}`;
}

function dayLabel(id: string, today: Day): string {
  if (id === "0-late") return "遅れ";
  if (id === "7-review") return "見直し";
  if (id === "8-waiting") return "委託者の答え待ち";
  if (id === "9-none") return "期限の定めのないもの";
  const day = id.slice(2);
  return day === today ? "本日" : formatMonthDay(day, { weekday: true });
}

function byPerson(lines: readonly OwedLine[]): Group[] {
  const groups = Map.groupBy(lines, (line) => line.holder);
  return [...groups.entries()].map(([holder, own]) => ({
    id: own[0]?.role ?? "none",
    label: holder,
    lines: own,
  }));
}

function columns(by: "day" | "person"): Column<OwedLine>[] {
  return [
    {
      key: "state",
      head: "状態",
      width: 7,
      cell: (line) => <DutyStatus state={line.state} text={line.stateText} />,
    },
    {
      key: "title",
      head: "内容",
      rowHead: true,
      wrap: true,
      cell: (line) => <a href={`/contract/duties/${encodeURIComponent(line.key)}`}>{line.title}</a>,
    },
    { key: "clause", head: "条項", width: 8, cell: (line) => <span className="clause">{line.clause}</span> },
    ...(by === "day"
      ? [{ key: "holder", head: "担当", width: 8, cell: (line: OwedLine) => line.holder } as const]
      : []),
    { key: "due", head: "期限", numeric: true, width: 12, cell: (line) => line.dueText },
  ];
}

/** きょうからの十営業日。休みは細く置く。 */
function Strip({ board, current, role }: { board: OwedBoard; current: Day | undefined; role: string }) {
  const today = dayOf(board.now);
  const days: CalendarDay[] = [];
  for (const day of calendarDays(board.blueprint.calendar, today, addDays(today, 40))) {
    days.push(day);
    if (days.filter((one) => one.business).length === 10) break;
  }
  return (
    <ol className="strip" aria-label="これからの10営業日">
      {joinClosed(days).map(({ day, closed }) =>
        closed.length === 0 ? (
          <li key={day.date}>
            <a
              href={`/contract/board?day=${day.date}${role && `&role=${role}`}`}
              className={day.date === (current ?? today) ? "today" : undefined}
              aria-current={day.date === current ? "date" : undefined}
            >
              <span className="d">
                {Number(day.date.slice(8))}
                <small>{day.date === today ? "本日" : day.weekday}</small>
              </span>
              <StripDue
                lines={board.lines.filter((line) => line.due !== null && dayOf(line.due) === day.date)}
              />
            </a>
          </li>
        ) : (
          <li key={day.date} className="off">
            <span aria-hidden="true">{closed.map(shortReason).join("")}</span>
            <span className="vh">休み: {closed.map((one) => one.reason).join("、")}</span>
          </li>
        ),
      )}
    </ol>
  );
}

/** 続く休みは、一つの細い列にする。 */
function joinClosed(days: readonly CalendarDay[]): { day: CalendarDay; closed: CalendarDay[] }[] {
  const joined: { day: CalendarDay; closed: CalendarDay[] }[] = [];
  for (const day of days) {
    const last = joined.at(-1);
    if (!day.business && last !== undefined && last.closed.length > 0) last.closed.push(day);
    else joined.push({ day, closed: day.business ? [] : [day] });
  }
  return joined.filter(({ closed }, at) => closed.length === 0 || at < joined.length - 1);
}

function shortReason({ weekday, reason }: CalendarDay): string {
  return reason?.endsWith("曜日") ? weekday : "祝";
}

function StripDue({ lines }: { lines: readonly OwedLine[] }) {
  if (lines.length === 0)
    return (
      <span className="it">
        <span aria-hidden="true">—</span>
        <span className="vh">期限なし</span>
      </span>
    );
  return (
    <>
      <span className="key">{lines.length}件</span>
      <span className="it clip-2">{lines[0]?.title}</span>
    </>
  );
}
