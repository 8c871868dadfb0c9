import { AppError } from "../base/error.ts";
import { type Day, dayOf } from "../base/time.ts";
import { isBusinessDay } from "../japan/business-day.ts";
import { isDay } from "../japan/day.ts";
import { formatWareki } from "../japan/wareki.ts";
import { listNoticeFigures } from "../notices/list-figures.ts";
import { listCheckpoints } from "../platform/checkpoint-store.ts";
import type { Office } from "../platform/office.ts";
import { listReceptionFigures } from "../reception/list-figures.ts";
import { tallyBookings } from "../reception/tally-bookings.ts";
import { printedTerms } from "../staffing/printed-figure.ts";
import type { Blueprint, Term } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { readFigures } from "./read-figures.ts";
import { checkText, type Report, type ReportKind, type ReportSection, reportKinds } from "./report.ts";
import {
  actDaySection,
  bookingSection,
  complaintSection,
  daySection,
  definitionNotes,
  firstSection,
  hourSection,
  itemSection,
  matchSection,
  quotedSection,
  slotSection,
} from "./report-section.ts";

/** どの報告か。day は日次の、term は集計と期の対象。省けば、いちばん新しいもの。 */
export interface ReportAsk {
  kind: ReportKind;
  day?: string | undefined;
  term?: string | undefined;
}

/**
 * 報告を数から作る。同じ記録からは同じ報告になる。
 * @throws AppError BAD_INPUT（日・期が違う）、REFUSED（期のない契約）
 */
export async function readReport(office: Office, contract: string, ask: ReportAsk): Promise<Report> {
  const { blueprint } = await openContract(office, contract);
  const today = dayOf(office.clock.officeNow(contract));
  const check = await checkOf(office);
  if (ask.kind === "daily") return dailyReport(office, contract, blueprint, dayIn(ask.day, today), check);
  return termReport(office, contract, blueprint, termIn(blueprint, ask.term, today), { ask, check, today });
}

async function dailyReport(
  office: Office,
  contract: string,
  blueprint: Blueprint,
  day: Day,
  check: string,
): Promise<Report> {
  const [figures, { classes }] = await Promise.all([
    readFigures(office, contract, { from: day, to: day }),
    tallyBookings(office, contract),
  ]);
  const term = blueprint.terms.find(({ deskFrom, deskTo }) => deskFrom <= day && day <= deskTo);
  const own = classes.filter((one) => term === undefined || one.term === term.id);
  const booked = {
    total: own.reduce((sum, one) => sum + one.booked, 0),
    capacity: own.reduce((sum, one) => sum + one.capacity, 0),
  };
  const { open, close } = blueprint.hours;
  const nth = term === undefined ? "開設期間の外" : `${term.label} 開設${nthDay(blueprint, term, day)}日目`;
  return {
    ...{ kind: "daily", title: reportKinds.daily, about: day, from: day, to: day, check },
    facts: [
      { name: "業務名", value: blueprint.title },
      {
        name: "対象日",
        value: `${formatWareki(day, { weekday: true })}　${open}–${close}（${nth}）`,
      },
    ],
    sections: [
      hourSection(figures),
      itemSection(figures),
      bookingSection(figures, booked),
      complaintSection(figures),
      { ...matchSection(figures), notes: [...matchSection(figures).notes, ...definitionNotes] },
    ],
  };
}

async function termReport(
  office: Office,
  contract: string,
  blueprint: Blueprint,
  term: Term,
  { ask, check, today }: { ask: ReportAsk; check: string; today: Day },
): Promise<Report> {
  const [, reached = today] = [term.deskFrom, today].sort();
  const [to = reached] = [term.deskTo, reached].sort();
  const range = { from: term.deskFrom, to };
  const figures = await readFigures(office, contract, range);
  const whole = ask.kind === "term";
  const more = whole ? await termSections(office, contract, blueprint, term) : [];
  const going = term.deskTo > to ? `（${formatWareki(to)}まで。受付の途中）` : "";
  return {
    ...{ kind: ask.kind, about: term.id, ...range, check },
    title: whole ? `${term.label}の対応状況` : reportKinds.week,
    facts: [
      { name: "業務名", value: blueprint.title },
      {
        name: "期間",
        value: `${term.label}　${formatWareki(term.deskFrom)}から${formatWareki(term.deskTo)}まで${going}`,
      },
    ],
    sections: [
      daySection(figures),
      itemSection(figures),
      actDaySection(figures),
      slotSection(figures),
      firstSection(figures),
      complaintSection(figures),
      matchSection(figures),
      ...more,
    ],
  };
}

/** 完了報告に綴じる期の章だけにあるもの: 各室の実績と、委託者が印刷した数。 */
async function termSections(
  office: Office,
  contract: string,
  blueprint: Blueprint,
  term: Term,
): Promise<ReportSection[]> {
  const groups = (
    await Promise.all([listReceptionFigures(office, contract), listNoticeFigures(office, contract)])
  ).flat();
  const lines = groups.flatMap(({ figures }) => figures.filter((one) => one.term === term.id));
  const printed = printedTerms.every(({ total }) =>
    blueprint.clauses.some(({ text }) => text.includes(`${total} 件`)),
  );
  return [
    {
      title: "申込みと受講通知書の実績",
      table: {
        heads: ["項目", "数", "何から数えたか"],
        rows: lines.map(({ label, value, unit, basis }) => [label, `${value}${unit}`, basis]),
        words: true,
      },
      notes: [],
    },
    ...(printed ? [quotedSection(printedTerms)] : []),
  ];
}

/** 期の初めから数えた、開設の何日目か。 */
function nthDay({ calendar }: Blueprint, term: Term, day: Day): number {
  let n = 0;
  for (let at = Date.parse(term.deskFrom); at <= Date.parse(day); at += 86_400_000)
    if (isBusinessDay(calendar, new Date(at).toISOString().slice(0, 10))) n += 1;
  return n;
}

function dayIn(given: string | undefined, today: Day): Day {
  const day = given || today;
  if (!isDay(day) || day > today)
    throw new AppError("BAD_INPUT", "対象の日を、本日までの「2025-09-17」の形で入れてください。", {
      faults: [{ field: "day", message: "本日までの日を「2025-09-17」の形で入れてください。" }],
    });
  return day;
}

function termIn({ terms }: Blueprint, given: string | undefined, today: Day): Term {
  const term = given
    ? terms.find(({ id }) => id === given)
    : (terms.findLast(({ deskFrom }) => deskFrom <= today) ?? terms[0]);
  if (term === undefined)
    throw new AppError(
      terms.length === 0 ? "REFUSED" : "BAD_INPUT",
      terms.length === 0
        ? "この契約には期がないので、期の集計はありません。"
        : "その期はありません。期の一覧から選び直してください。",
    );
  return term;
}

/** いちばん新しい検査点の照合番号。 */
async function checkOf(office: Office): Promise<string> {
  const last = (await listCheckpoints(office.read)).at(-1);
  return last === undefined ? "" : checkText(last.root);
}
