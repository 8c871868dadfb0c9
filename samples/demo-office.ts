import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { keyMigrations, migrations } from "../migrations/all.ts";
import { createAccount } from "../src/access/create-account.ts";
import { DEMO_PASSWORD, demoHandlers } from "../src/access/demo-account.ts";
import { type Actor, systemActor } from "../src/base/actor.ts";
import { newId } from "../src/base/identifier.ts";
import { eventKinds } from "../src/main/rooms.ts";
import { localKeyHolder } from "../src/platform/local-key-holder.ts";
import { numberAllEvents } from "../src/platform/number-events.ts";
import type { Office } from "../src/platform/office.ts";
import { createFolder } from "../src/platform/office-folder.ts";
import { openOffice } from "../src/platform/open-office.ts";
import { deliverList } from "../src/reception/deliver-list.ts";
import { bundleBlueprint } from "../src/terms/blueprint.ts";
import { shiftClock } from "../src/terms/list-contracts.ts";
import { startContract } from "../src/terms/start-contract.ts";
import { firstTermClasses, secondTermClasses } from "./classes.ts";
import { fillAnswers } from "./demo-answers.ts";
import { fillCalls } from "./demo-calls.ts";
import { fileFirstTerm, fileSecondTerm } from "./demo-city.ts";
import { DemoClock } from "./demo-clock.ts";
import { coverFirstTerm, coverStart } from "./demo-contract.ts";
import { fillDeliverables } from "./demo-delivery.ts";
import { fillErasure } from "./demo-erasure.ts";
import { fileForms } from "./demo-filing.ts";
import { registerTemplates, sendFirstTerm, submitSecondTerm } from "./demo-notice.ts";
import { fillPrivacy } from "./demo-privacy.ts";
import { fillRegisters } from "./demo-registers.ts";
import { markSpecialCases } from "./demo-special.ts";
import { readSpecification } from "./demo-specification.ts";
import { fillStaffing } from "./demo-staffing.ts";
import { fillStrategyRooms } from "./demo-strategy.ts";
import { placeClasses, placeVenues, planBookings, takeBookings } from "./demo-term.ts";
import { fillViews } from "./demo-views.ts";
import { fillWaiting, markGuided } from "./demo-waiting.ts";
import {
  coverStrategy,
  fillBookingPlan,
  fillStrategyPlan,
  startStrategy,
  startStrategyClock,
} from "./demo-workplan.ts";
import { Random } from "./random.ts";

const SEED = 20250917;
export const DEMO_CONTRACT = "class-booking";
/** デモの時計が始まる時。第二期の開設4日目、昼過ぎ。 */
const DEMO_NOW = "2025-09-17T13:40:00";
const blueprintFile = new URL("../blueprints/sapporo-class-booking.yaml", import.meta.url);

export interface DemoStaff {
  operators: Actor[];
  supervisor: Actor;
  manager: Actor;
  privacy: Actor;
  client: Actor;
  auditor: Actor;
}

/** デモの事務所を、種から作る。人も電話も住所も架空で、何度作っても同じになる。 */
export async function makeDemoOffice(data: string, progress: (what: string) => void): Promise<void> {
  const { folder, root } = await createFolder(data, {
    name: "講習会受付センター",
    mode: "demo",
    holders: [],
    needed: 0,
    hostnames: [],
    nowMs: Date.now(),
  });
  const clock = new DemoClock();
  const office = await openOffice({
    id: folder.id,
    mode: "demo",
    place: { data, url: process.env.MADOGUCHI_DATABASE_URL, keysUrl: process.env.MADOGUCHI_KEYS_URL },
    holder: localKeyHolder(root),
    clock,
    eventKinds,
    migrations,
    keyMigrations,
  });
  try {
    await fill(office, clock, progress);
    await numberAllEvents(office, newId());
    await shiftClock(office, DEMO_CONTRACT, Date.parse(`${DEMO_NOW}+09:00`) - Date.now());
    await startStrategyClock(office);
  } finally {
    await office.close();
  }
  await writeFile(join(data, "demo-ready"), "ok\n");
}

/** 第一期の開設日。 */
const firstDays = [
  "2025-07-11",
  "2025-07-14",
  "2025-07-15",
  "2025-07-16",
  "2025-07-17",
  "2025-07-18",
  "2025-07-22",
  "2025-07-23",
  "2025-07-24",
  "2025-07-25",
];

async function fill(office: Office, clock: DemoClock, progress: (what: string) => void): Promise<void> {
  const random = new Random(SEED);
  const system = systemActor(DEMO_CONTRACT);
  clock.set("2025-06-16T10:00:00");
  const yaml = await bundleBlueprint(await readFile(blueprintFile, "utf8"), (name) =>
    readFile(new URL(`${name}.yaml`, blueprintFile), "utf8"),
  );
  await startContract(office, system, yaml);
  const staff = await hireStaff(office, clock);
  await placeVenues(office, staff.supervisor);

  progress("契約のはじめの義務と表明");
  await coverStart(office, clock, staff);
  await fileFirstTerm(office, clock, staff);
  await registerTemplates(office, clock, staff);
  progress("第一期の予約と発送（終わった期）");
  clock.set("2025-07-08T10:00:00");
  const first = firstTermClasses(random);
  await placeClasses(office, staff.supervisor, "1", first);
  await takeBookings(
    office,
    clock,
    planBookings(
      random,
      first,
      firstDays.map((day, i) => ({ day, share: [45, 18, 10, 7, 5, 4, 4, 3, 2, 2][i] ?? 1 })),
      staff.operators,
      1,
    ),
  );
  clock.set("2025-07-25T15:40:00");
  await deliverList(office, staff.supervisor, {
    classIds: first.map((c) => c.id),
    recipient: "デジタル推進課",
  });
  await sendFirstTerm(office, clock, staff, progress);

  await coverFirstTerm(office, clock, staff);

  progress("第二期の予約（いま受付中）");
  clock.set("2025-09-08T10:00:00");
  const second = secondTermClasses(random);
  await placeClasses(office, staff.supervisor, "2", second);
  const days = [
    { day: "2025-09-11", share: 55 },
    { day: "2025-09-12", share: 20 },
    { day: "2025-09-16", share: 15 },
    { day: "2025-09-17", share: 10, until: "13:35" },
  ];
  await takeBookings(
    office,
    clock,
    markGuided(markSpecialCases(planBookings(random, second, days, staff.operators, 2001), second)),
  );
  progress("承認待ちの受講通知書");
  await submitSecondTerm(
    office,
    clock,
    staff,
    second.filter((c) => c.day <= "2025-10-02").map((c) => c.id),
  );
  progress("待機の方と、市の変更の連絡");
  await fillWaiting(office, clock, staff);
  progress("ＦＡＱ、クレーム、問い合わせの件数");
  await fillAnswers(office, clock, staff);
  progress("電話の記録");
  await fillCalls(office, clock, staff);
  progress("席数、勤務、設備");
  await fillStaffing(office, clock, staff);
  progress("委託者との協議と、残っている仕事");
  await fileForms(office, clock, staff);
  await fileSecondTerm(office, clock, staff, yaml);
  progress("成果品の検査と引渡し");
  const open = second.filter((c) => c.day <= "2025-10-02").map((c) => c.id);
  await fillDeliverables(office, clock, staff, { first: first.map((c) => c.id), second: open });
  progress("体制、登録簿、環境の数");
  await fillRegisters(office, clock, staff);
  await fillBookingPlan(office, clock, staff);
  await readSpecification(office, clock, staff.manager);
  progress("二つ目の契約: 戦略の策定支援");
  await fillStrategy(office, clock, staff, progress);
  progress("個人情報の帳簿、事故の記録、第一期の消去の申請");
  await fillPrivacy(office, clock, staff);
  await fillViews(office, clock, staff);
  await fillErasure(office, clock, staff);
  clock.set(DEMO_NOW);
}

async function fillStrategy(
  office: Office,
  clock: DemoClock,
  staff: DemoStaff,
  progress: (what: string) => void,
): Promise<void> {
  const strategy = await startStrategy(office, clock, staff);
  await coverStrategy(office, clock, strategy);
  await fillStrategyPlan(office, clock, strategy);
  await fillStrategyRooms(office, clock, strategy, progress);
}

/** 作りものの従業者。全員に、着席の画面に出ているパスワードと確認コードがある。 */
async function hireStaff(office: Office, clock: DemoClock): Promise<DemoStaff> {
  clock.set("2025-07-01T09:00:00");
  const actors = new Map<string, Actor>();
  for (const handler of demoHandlers.filter(({ roles }) => !roles.includes("planner"))) {
    const { id } = await createAccount(office, systemActor(DEMO_CONTRACT), {
      number: handler.number,
      name: handler.name,
      roles: handler.roles.map((role) => ({ role, from: "2025-07-01" })),
      password: DEMO_PASSWORD,
      factors: [{ kind: "totp", secret: handler.secret, period: 30, lastCounter: null }],
    });
    actors.set(handler.number, { id, contract: DEMO_CONTRACT, roles: handler.roles });
  }
  const actor = (number: string, desk: string): Actor => ({
    ...(actors.get(number) ?? systemActor(DEMO_CONTRACT)),
    desk,
  });
  return {
    operators: [actor("0107", "2"), actor("0108", "3")],
    supervisor: actor("0105", "1"),
    manager: actor("0101", ""),
    privacy: actor("0103", ""),
    client: actor("0190", ""),
    auditor: actor("0191", ""),
  };
}
