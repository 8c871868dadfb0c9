import type { Actor } from "../src/base/actor.ts";
import { addVersion } from "../src/delivery/add-version.ts";
import { handDeliverable } from "../src/delivery/hand-deliverable.ts";
import { inspectDeliverable, receiveDeliverable } from "../src/delivery/inspect-deliverable.ts";
import { listDeliverables } from "../src/delivery/list-deliverables.ts";
import { listRights } from "../src/delivery/list-rights.ts";
import { seedDeliverables } from "../src/delivery/register-deliverable.ts";
import { signRight } from "../src/delivery/sign-right.ts";
import { submitDeliverable } from "../src/delivery/submit-deliverable.ts";
import { writeWordDocument } from "../src/office/word-document.ts";
import type { Office } from "../src/platform/office.ts";
import { addMember, assignRole, confirmStaff } from "../src/registers/change-staff.ts";
import { openEntry } from "../src/registers/list-entries.ts";
import { closeEntry, recordEntry } from "../src/registers/record-entry.ts";
import { recordEnvironment } from "../src/registers/record-environment.ts";
import type { StaffRole } from "../src/registers/staff.ts";
import type { DemoClock } from "./demo-clock.ts";
import type { StrategyStaff } from "./demo-workplan.ts";
import { strategyEntries } from "./strategy-texts.ts";

/** 策定支援の体制、登録簿、環境の数、成果品。時計は 2024年6月から 2025年1月10日まで進む。 */
export async function fillStrategyBooks(
  office: Office,
  clock: DemoClock,
  staff: StrategyStaff,
): Promise<void> {
  await hireTeam(office, clock, staff);
  await fillEnvironment(office, clock, staff);
  for (const { at, closeAt, book, closing, ...input } of strategyEntries) {
    clock.set(at);
    const { id } = await recordEntry(office, staff.planner, book, input);
    if (closing === undefined || closeAt === undefined) continue;
    clock.set(closeAt);
    const { edition } = await openEntry(office, staff.planner, id);
    await closeEntry(office, staff.manager, id, { edition, fields: closing });
  }
  await deliver(office, clock, staff);
}

const members: readonly {
  name: string;
  post: string;
  account?: string;
  qualification: string;
  role: StaffRole;
}[] = [
  {
    ...{ name: "高瀬 美和", post: "業務部 部長", account: "0101", role: "manager" as const },
    qualification: "行政計画の策定支援 12件、個人情報保護士",
  },
  {
    ...{ name: "三浦 修", post: "管理部 課長", account: "0103", role: "privacy" as const },
    qualification: "情報セキュリティマネジメント",
  },
  {
    ...{ name: "小野寺 舞", post: "調査企画部 主任", account: "0110", role: "planner" as const },
    qualification: "専門社会調査士、総合計画・情報化計画の策定支援 5件",
  },
  {
    ...{ name: "手塚 環", post: "調査企画部", role: "planner" as const },
    qualification: "統計検定準1級、公的調査の集計 8件",
  },
  {
    ...{ name: "及川 晴", post: "制作部 デザイナー", role: "planner" as const },
    qualification: "計画書・概要版の紙面設計 9件、カラーユニバーサルデザイン検定",
  },
];

async function hireTeam(office: Office, clock: DemoClock, { manager }: StrategyStaff): Promise<void> {
  clock.set("2024-06-03T13:00:00");
  for (const { role, ...member } of members) {
    const { id } = await addMember(office, manager, { ...member, employment: "direct" });
    await assignRole(office, manager, id, { role, from: "2024-06-03" });
  }
  await confirmStaff(office, manager);
}

/** 月ごとの紙と電気。会議のあった月と、印刷した概要版の前の月に紙が多い。 */
async function fillEnvironment(office: Office, clock: DemoClock, { planner }: StrategyStaff): Promise<void> {
  const sheets = [620, 910, 780, 1040, 1380, 240, 560];
  for (const [at, paper] of sheets.entries()) {
    const month = `2024-${String(at + 6).padStart(2, "0")}`;
    const next = at === 6 ? "2025-01" : `2024-${String(at + 7).padStart(2, "0")}`;
    clock.set(`${next}-07T10:30:00`);
    await recordEnvironment(office, planner, month, {
      ...{ electricity: 190 + at * 7, paper, duplex: Math.round(paper * 0.78), recycled: paper },
      ...{ waste: 8 + at, reused: 6 + at, purchase: 9, green: 8 },
    });
  }
}

/** 仕様書 6(2) の期限のとおりに出したもの。最終原稿と業務完了届は、期日前のまま残す。 */
const delivered = [
  { obligation: "outline-submission", title: "骨子", day: "2024-07-31", passed: "2024-08-02", words: "" },
  {
    ...{ obligation: "draft-submission", title: "素案", day: "2024-09-30", passed: "2024-10-04" },
    words: "施策7の指標に、現状値の年度を書き足してください。",
  },
  {
    ...{ obligation: "digest-submission", title: "パブリックコメント用概要版原稿" },
    ...{ day: "2024-10-31", passed: "2024-11-06", words: "" },
  },
];

async function deliver(office: Office, clock: DemoClock, staff: StrategyStaff): Promise<void> {
  const { planner, manager, client } = staff;
  clock.set("2024-06-04T11:00:00");
  await seedDeliverables(office, planner);
  const rows = await listDeliverables(office, planner);
  for (const [at, { obligation, title, day, passed, words }] of delivered.entries()) {
    const id = rows.find((row) => row.obligation === obligation)?.id;
    if (id === undefined) continue;
    const phone = { channel: "", heardFrom: "" } as const;
    const put = async (minute: string) => {
      clock.set(`${day}T${minute}:00`);
      await addVersion(office, planner, id, { bytes: paperOf(title, day) });
      await submitDeliverable(office, manager, id);
    };
    await put("11:00");
    if (words !== "") {
      clock.set(`${day}T14:20:00`);
      await inspectDeliverable(office, client, id, { ...phone, outcome: "rework", words });
      await put("16:30");
    }
    clock.set(`${passed}T10:20:00`);
    await inspectDeliverable(office, client, id, { ...phone, outcome: "passed", words: "" });
    clock.set(`${passed}T15:00:00`);
    await receiveDeliverable(office, client, id, {
      ...{ ...phone, receipt: `受領書 第${at + 1}号`, receivedOn: passed },
    });
    await sign(office, manager, id, `権利確認書 第${at + 1}号`, passed);
    await handDeliverable(office, manager, id, { blockers: async () => [] });
  }
}

async function sign(
  office: Office,
  manager: Actor,
  id: string,
  evidence: string,
  signedOn: string,
): Promise<void> {
  for (const right of await listRights(office, manager, id))
    await signRight(office, manager, right.id, { signedOn, evidence });
}

/** 納めた原稿の表紙だけの見本。 */
function paperOf(title: string, day: string): Uint8Array {
  return writeWordDocument({
    ...{ title: `第２次ICT活用戦略　${title}`, author: "講習会受付センター", created: `${day}T01:00:00Z` },
    footer: "見本（架空の内容）",
    blocks: [
      { kind: "title", text: `第２次ICT活用戦略　${title}` },
      { kind: "paragraph", text: "この書類は、デモのための見本です。原稿は、計画の画面にあります。" },
    ],
  });
}
