import { answerFiling } from "../src/filings/answer-filing.ts";
import { draftFiling } from "../src/filings/draft-filing.ts";
import { submitFiling } from "../src/filings/submit-filing.ts";
import type { Office } from "../src/platform/office.ts";
import { noteEquipment } from "../src/staffing/note-equipment.ts";
import type { Shift } from "../src/staffing/roster.ts";
import { saveRoster } from "../src/staffing/save-roster.ts";
import { setStaffing } from "../src/staffing/set-staffing.ts";
import type { DemoClock } from "./demo-clock.ts";
import type { DemoStaff } from "./demo-office.ts";

/** 第二期の開設日。初日は OP 二人と SV、あとは兼務の協議のある日がある。 */
const plainDays = ["2025-09-11", "2025-09-12", "2025-09-16", "2025-09-17", "2025-09-18", "2025-09-19"];
const bothDays = ["2025-09-24", "2025-09-25"];

const equipment = [
  {
    kind: "terminal",
    count: "10",
    onDay: "2025-07-01",
    detail: "受付の端末 10台（業務実施場所の中だけの線）",
  },
  { kind: "telephone", count: "10", onDay: "2025-07-01", detail: "多機能の電話機 10台" },
  { kind: "number", count: "1", onDay: "2025-07-01", detail: "0120-000-000（着信課金。通話料金は受託者）" },
  { kind: "line", count: "12", onDay: "2025-07-01", detail: "ひかり電話 12回線" },
  { kind: "carrier", count: "1", onDay: "2025-07-01", detail: "架空通信株式会社 法人向け 1 Gbps" },
  { kind: "speed", down: "412", up: "388", onDay: "2025-09-10", detail: "開設の前日、業務実施場所で測定" },
];

/** 席数の条件、設備、勤務表、兼務の協議。 */
export async function fillStaffing(office: Office, clock: DemoClock, staff: DemoStaff): Promise<void> {
  const { supervisor, manager, client, operators } = staff;
  clock.set("2025-07-01T10:00:00");
  for (const item of equipment) {
    clock.set(`${item.onDay}T11:00:00`);
    await noteEquipment(office, supervisor, item);
  }
  clock.set("2025-09-08T11:00:00");
  await setStaffing(office, supervisor, { aht: "240", patience: "150" });
  const { id } = await draftFiling(office, manager, {
    ...{ form: "roster-exception", kind: "consultation", title: "SV の OP 兼務", clause: "6(5)ア", body: "" },
    fields: {
      ...{ from: bothDays[0] ?? "", to: "2025-09-26", forecast: "一日20件から40件" },
      level: "80％を20秒以内に応答（一席で足りる見込み）",
    },
  });
  await submitFiling(office, manager, id);
  clock.set("2025-09-09T15:00:00");
  await answerFiling(office, client, id, { outcome: "answered", text: "支障ありません。" });
  clock.set("2025-09-10T10:00:00");
  const people = { sv: supervisor.id, manager: manager.id, ops: operators.map((one) => one.id) };
  for (const day of plainDays)
    await saveRoster(office, supervisor, { day, edition: 0, shifts: plainShifts(people) });
  for (const day of bothDays)
    await saveRoster(office, supervisor, { day, edition: 0, shifts: bothShifts(people) });
}

interface People {
  sv: string;
  manager: string;
  ops: readonly string[];
}

const day = { starts: "09:00", ends: "16:00" };

/** SV と OP が別々の日。SV の昼休みは、責任者が SV を兼ねる（６(5)イ）。 */
function plainShifts({ sv, manager, ops }: People): Shift[] {
  const [first = "", second = ""] = ops;
  return [
    { ...day, handlerId: sv, duty: "supervisor", lunch: { starts: "12:00", ends: "13:00" } },
    { handlerId: manager, duty: "supervisor", starts: "12:00", ends: "13:00", lunch: undefined },
    { ...day, handlerId: first, duty: "operator", lunch: { starts: "11:30", ends: "12:30" } },
    { ...day, handlerId: second, duty: "operator", lunch: { starts: "12:30", ends: "13:30" } },
  ];
}

/** 協議により、SV が OP を兼ねる日。昼休みだけ、責任者と OP が開ける。 */
function bothShifts({ sv, manager, ops }: People): Shift[] {
  const noon = { starts: "12:00", ends: "13:00" };
  return [
    { ...day, handlerId: sv, duty: "both", lunch: noon },
    { ...noon, handlerId: manager, duty: "supervisor", lunch: undefined },
    { ...noon, handlerId: ops[0] ?? "", duty: "operator", lunch: undefined },
  ];
}
