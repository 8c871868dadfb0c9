import { AppError, type Fault } from "../base/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { type RosterView, readRoster } from "./read-roster.ts";
import { rosterWorkbook } from "./roster-document.ts";
import { RosterPage, type ShiftRow } from "./roster-page.tsx";
import { RosterSheetPage } from "./roster-sheet-page.tsx";
import { saveRoster } from "./save-roster.ts";
import { formRows, hiddenTabs, shiftsOf } from "./staffing-ask.ts";
import type { StaffingHand } from "./staffing-hand.ts";
import { mayStaff } from "./staffing-right.ts";

const blank: ShiftRow = {
  ...{ handler: "", duty: "operator", starts: "09:00", ends: "16:00", lunchStarts: "", lunchEnds: "" },
};

function rowsOf({ shifts }: RosterView): ShiftRow[] {
  return shifts.map(({ handlerId, duty, starts, ends, lunch }) => ({
    ...{ handler: handlerId, duty, starts, ends },
    ...{ lunchStarts: lunch?.starts ?? "", lunchEnds: lunch?.ends ?? "" },
  }));
}

async function rosterPage(
  ask: Ask,
  hand: StaffingHand,
  given: { day: string | undefined; rows?: ShiftRow[]; edition?: number; cause?: AppError },
): Promise<Response> {
  const view = await readRoster(ask.office, ask.actor, hand, given.day);
  const rows = given.rows ?? rowsOf(view);
  const faults: readonly Fault[] = given.cause?.faults ?? [];
  return ask.page({
    title: "勤務",
    current: "staffing.page",
    status: given.cause ? (given.cause.code === "BAD_INPUT" ? 422 : 409) : 200,
    body: (
      <RosterPage
        view={given.edition === undefined ? view : { ...view, edition: given.edition }}
        rows={given.rows ? rows : [...rows, ...Array.from({ length: rows.length < 3 ? 4 : 2 }, () => blank)]}
        faults={faults}
        refusal={given.cause?.message}
        csrf={ask.seated.csrf}
        mayPlan={mayStaff("plan", ask.actor.roles)}
        hidden={hiddenTabs(ask)}
      />
    ),
  });
}

async function saveByForm(ask: Ask, hand: StaffingHand): Promise<Response> {
  const form = await ask.form();
  const day = form.get("day") ?? "";
  const edition = Number(form.get("edition") ?? "0");
  if (!Number.isInteger(edition) || edition < 0)
    throw new AppError("BAD_INPUT", "勤務の版が読めません。画面を開き直してください。");
  const rows = formRows(form);
  const used = rows.filter(({ handler }) => handler !== "");
  try {
    await saveRoster(ask.office, ask.actor, { day, edition, shifts: shiftsOf(rows) });
  } catch (cause) {
    if (!(cause instanceof AppError) || (cause.code !== "BAD_INPUT" && cause.code !== "REFUSED")) throw cause;
    return rosterPage(ask, hand, { day, edition, rows: [...used, blank, blank], cause });
  }
  return ask.go(`/staffing/roster?day=${encodeURIComponent(day)}`, "勤務を決めました。");
}

/** 勤務表の道。 */
export function rosterRoutes(hand: StaffingHand): Route[] {
  return [
    {
      id: "staffing.roster",
      method: "GET",
      path: "/staffing/roster",
      kind: "page",
      summary: "一日の勤務と、半時間ごとの SV・OP・席",
      handle: (ask) => rosterPage(ask, hand, { day: ask.query("day") }),
    },
    {
      id: "staffing.roster.save",
      method: "POST",
      path: "/staffing/roster",
      kind: "page",
      summary: "一日の勤務を決める（SV と OP のいない半時間があれば断る）",
      handle: (ask) => saveByForm(ask, hand),
    },
    {
      id: "staffing.roster.print",
      method: "GET",
      path: "/staffing/roster/print",
      kind: "page",
      summary: "勤務表の紙面",
      handle: async (ask) => {
        const view = await readRoster(ask.office, ask.actor, hand, ask.query("day"));
        await recordOut(ask, view.day, "print");
        const { title } = await openContract(ask.office, ask.actor.contract);
        return ask.page({
          title: "勤務表",
          bare: true,
          body: (
            <RosterSheetPage view={view} title={title} today={ask.today} demo={ask.office.mode === "demo"} />
          ),
        });
      },
    },
    {
      id: "staffing.roster.workbook",
      method: "GET",
      path: "/staffing/roster/workbook",
      kind: "file",
      summary: "勤務表の Excel",
      handle: async (ask) => {
        const view = await readRoster(ask.office, ask.actor, hand, ask.query("day"));
        await recordOut(ask, view.day, "workbook");
        return ask.download({
          fileName: `勤務表_${view.day}.xlsx`,
          media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          bytes: rosterWorkbook(view),
        });
      },
    },
  ];
}

/** 従業者の氏名を含む紙とファイルなので、書き出したことを残す。 */
async function recordOut(ask: Ask, day: string, how: "print" | "workbook"): Promise<void> {
  await ask.office.act(ask.actor, (tx) =>
    tx.record({ kind: "roster.printed", about: `staffing/roster/${day}`, payload: { day, how } }),
  );
}
