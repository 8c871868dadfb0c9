import type { Actor } from "../src/base/actor.ts";
import { answerFiling } from "../src/filings/answer-filing.ts";
import { editFiling } from "../src/filings/draft-filing.ts";
import { openFiling, readFields } from "../src/filings/list-filings.ts";
import { submitFiling } from "../src/filings/submit-filing.ts";
import type { Office } from "../src/platform/office.ts";
import { addMember, assignRole, confirmStaff } from "../src/registers/change-staff.ts";
import type { EnvironmentValues } from "../src/registers/environment.ts";
import { fileException } from "../src/registers/file-staff.ts";
import { openEntry } from "../src/registers/list-entries.ts";
import { closeEntry, recordEntry } from "../src/registers/record-entry.ts";
import { recordEnvironment } from "../src/registers/record-environment.ts";
import type { Employment, StaffRole } from "../src/registers/staff.ts";
import type { DemoClock } from "./demo-clock.ts";
import { registerEntries } from "./register-texts.ts";

interface Staff {
  supervisor: Actor;
  manager: Actor;
  client: Actor;
}

interface DemoMember {
  name: string;
  post: string;
  account?: string;
  employment?: Employment;
  employer?: string;
  qualification: string;
  roles: readonly (readonly [StaffRole, string, string?])[];
}

const trained = "個人情報の研修（令和7年7月）";
const people: readonly DemoMember[] = [
  {
    ...{ name: "高瀬 美和", post: "業務部 部長", account: "0101" },
    qualification: `個人情報保護士、${trained}`,
    roles: [["manager", "2025-07-01"]],
  },
  {
    ...{ name: "三浦 修", post: "管理部 課長", account: "0103" },
    qualification: `情報セキュリティマネジメント、${trained}`,
    roles: [["privacy", "2025-07-01"]],
  },
  {
    ...{ name: "真鍋 光彦", post: "取締役 管理本部長", qualification: "プライバシーマーク審査員補" },
    roles: [["chief-privacy", "2025-07-01"]],
  },
  {
    ...{ name: "川村 直人", post: "業務部 係長", account: "0105" },
    qualification: `電話応対技能検定2級、${trained}`,
    roles: [["supervisor", "2025-07-01"]],
  },
  {
    ...{ name: "佐伯 千尋", post: "業務部 主任", account: "0107" },
    qualification: `電話応対技能検定3級、${trained}`,
    roles: [["operator", "2025-07-01"]],
  },
  {
    ...{ name: "東海林 葵", post: "業務部", account: "0108", qualification: trained },
    roles: [["operator", "2025-07-01"]],
  },
  {
    ...{ name: "久保田 誠", post: "派遣スタッフ", employment: "dispatched", employer: "北方スタッフ" },
    qualification: `${trained}、ほかのコールセンターで3年`,
    roles: [["operator", "2025-09-08"]],
  },
  {
    ...{ name: "石塚 紀子", post: "業務部", qualification: trained },
    roles: [["operator", "2025-07-01", "2025-07-31"]],
  },
];

/** 環境の数（月ごと）。四席の小さなコールセンターの大きさ。 */
const months: readonly (readonly [string, string, EnvironmentValues])[] = [
  [
    ...(["2025-06", "2025-07-03T11:00:00"] as const),
    {
      electricity: 188,
      paper: 420,
      duplex: 260,
      recycled: 420,
      waste: 9,
      reused: 6,
      purchase: 14,
      green: 12,
    },
  ],
  [
    ...(["2025-07", "2025-08-04T11:00:00"] as const),
    {
      ...{ electricity: 412, paper: 860, duplex: 540, recycled: 860, waste: 21, reused: 15 },
      ...{ vehicle: 46, lowEmission: 46, purchase: 22, green: 19 },
    },
  ],
  [
    ...(["2025-08", "2025-09-03T11:00:00"] as const),
    {
      ...{ electricity: 236, paper: 310, duplex: 220, recycled: 310, waste: 11, reused: 8 },
      ...{ vehicle: 12, lowEmission: 12, purchase: 6, green: 6 },
    },
  ],
];

/** 体制、協議・提案などの登録簿、環境の数。時計は 7月1日から 9月16日まで進む。 */
export async function fillRegisters(office: Office, clock: DemoClock, staff: Staff): Promise<void> {
  const { supervisor, manager } = staff;
  clock.set("2025-07-01T13:00:00");
  await hire(
    office,
    manager,
    people.filter((one) => one.employment === undefined),
  );
  clock.set("2025-07-02T09:30:00");
  await confirmStaff(office, manager);
  for (const [month, at, values] of months) {
    clock.set(at);
    await recordEnvironment(office, supervisor, month, values);
  }
  await excuse(office, clock, staff);
  clock.set("2025-09-09T09:00:00");
  await confirmStaff(office, manager);
  for (const { at, closeAt, book, closing, ...input } of registerEntries) {
    clock.set(at);
    const { id } = await recordEntry(office, supervisor, book, input);
    if (closing === undefined || closeAt === undefined) continue;
    clock.set(closeAt);
    const { edition } = await openEntry(office, supervisor, id);
    await closeEntry(office, manager, id, { edition, fields: closing });
  }
}

async function hire(office: Office, manager: Actor, members: readonly DemoMember[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { roles, employment = "direct", ...member } of members) {
    const { id } = await addMember(office, manager, { ...member, employment });
    for (const [role, from, to] of roles) await assignRole(office, manager, id, { role, from, to });
    ids.push(id);
  }
  return ids;
}

/** 派遣の方一人: 第二期の前に加え、直接雇用の例外を申請し、承認を得た。 */
async function excuse(
  office: Office,
  clock: DemoClock,
  { supervisor, manager, client }: Staff,
): Promise<void> {
  clock.set("2025-09-04T10:00:00");
  const [id] = await hire(
    office,
    manager,
    people.filter((one) => one.employment !== undefined),
  );
  if (id === undefined) return;
  const { filing } = await fileException(office, supervisor, id);
  const open = await openFiling(office, supervisor, filing);
  const { title, clause, body, edition } = open.filing;
  await editFiling(office, supervisor, filing, {
    ...{ title, clause, body, edition },
    fields: {
      ...readFields(open.filing),
      reason: "第二期の初日に見込まれる入電に備え、経験のある一人を9月8日から加えるため",
      safety: "秘密保持の誓約書を提出済み。SV の席の隣で、個人情報は画面でだけ扱う",
    },
  });
  clock.set("2025-09-04T11:00:00");
  await submitFiling(office, manager, filing);
  clock.set("2025-09-05T14:00:00");
  await answerFiling(office, client, filing, { outcome: "approved", text: "承認します。" });
}
