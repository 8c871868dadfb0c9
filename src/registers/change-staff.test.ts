// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { answerFiling } from "../filings/answer-filing.ts";
import { editFiling } from "../filings/draft-filing.ts";
import { openFiling, readFields } from "../filings/list-filings.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { listEvents } from "../platform/event-store.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { addMember, assignRole, confirmStaff, editMember, releaseRole } from "./change-staff.ts";
import { fileException, fileStaff } from "./file-staff.ts";
import { listStaff } from "./list-staff.ts";
import type { MemberInput } from "./staff.ts";
import { listMemberRows } from "./staff-store.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
});
afterEach(() => desk.close());

const manager = () => desk.actor("m", "manager");
const person: MemberInput = { name: "試験 一子", post: "業務部 部長", employment: "direct" };
const names = async (day?: string) =>
  (await listStaff(desk.office, manager(), day)).members.map((one) => one.name);

test("6(5)イ 過ぎたどの日の体制も、その日のまま見られる", async () => {
  const first = await addMember(desk.office, manager(), person);
  const second = await addMember(desk.office, manager(), { ...person, name: "試験 二郎" });
  const { id } = await assignRole(desk.office, manager(), first.id, { role: "manager", from: "2025-07-01" });
  await releaseRole(desk.office, manager(), id, "2025-08-31");
  await assignRole(desk.office, manager(), second.id, { role: "manager", from: "2025-09-01" });
  expect(await names("2025-06-30")).toEqual([]);
  expect(await names("2025-07-01")).toEqual(["試験 一子"]);
  expect(await names("2025-08-31")).toEqual(["試験 一子"]);
  expect(await names("2025-09-01")).toEqual(["試験 二郎"]);
  expect(await names()).toEqual(["試験 二郎"]);
  expect((await listStaff(desk.office, manager())).days).toEqual(["2025-09-01", "2025-07-01"]);
});

test("同じ役割の期間は重ならず、解いた役割は二度解けない", async () => {
  const { id } = await addMember(desk.office, manager(), person);
  const role = await assignRole(desk.office, manager(), id, { role: "operator", from: "2025-07-01" });
  await expect(
    assignRole(desk.office, manager(), id, { role: "operator", from: "2025-09-01" }),
  ).rejects.toMatchObject({ faults: [{ field: "from" }] });
  await releaseRole(desk.office, manager(), role.id, "2025-08-31");
  await expect(releaseRole(desk.office, manager(), role.id, "2025-09-30")).rejects.toMatchObject({
    code: "REFUSED",
  });
  await assignRole(desk.office, manager(), id, { role: "operator", from: "2025-09-01" });
});

test("氏名は封じて置かれ、記録に出ない", async () => {
  const { id } = await addMember(desk.office, manager(), person);
  await editMember(desk.office, manager(), id, { ...person, qualification: "秘書検定", edition: 1 });
  const [row] = await listMemberRows(desk.office.read, desk.contract);
  expect(Buffer.from(row?.name ?? []).toString("utf8")).not.toContain("一子");
  const events = await listEvents(desk.office.read, { contract: desk.contract, limit: 100 });
  expect(JSON.stringify(events)).not.toMatch(/一子|秘書/);
});

test("６(5)イ 責任者を変えたら、今日の体制を写した業務責任者報告書の下書きができる", async () => {
  const { id } = await addMember(desk.office, manager(), person);
  for (const role of ["manager", "supervisor"] as const)
    await assignRole(desk.office, manager(), id, { role, from: "2025-09-01" });
  const { filing } = await fileStaff(desk.office, manager(), "manager-notice");
  expect(readFields((await openFiling(desk.office, manager(), filing)).filing)).toEqual({
    ...{ manager: "試験 一子", post: "業務部 部長", from: "2025-09-01", concurrent: "SV を兼務する" },
  });
  const list = await fileStaff(desk.office, manager(), "handler-list");
  expect(readFields((await openFiling(desk.office, manager(), list.filing)).filing).handlers).toBe(
    "1人（責任者 1人、SV 1人）",
  );
});

test("８ 直接雇用でない方の例外を申請するまで、体制の確認は断られる", async () => {
  const { id } = await addMember(desk.office, manager(), person);
  await expect(confirmStaff(desk.office, manager())).rejects.toThrow("責任者が決まっていません");
  await assignRole(desk.office, manager(), id, { role: "manager", from: "2025-09-01" });
  const hired = await addMember(desk.office, manager(), {
    ...{ name: "試験 三奈", post: "派遣", employment: "dispatched", employer: "北方スタッフ" },
  });
  await assignRole(desk.office, manager(), hired.id, { role: "operator", from: "2025-09-10" });
  await expect(confirmStaff(desk.office, manager())).rejects.toThrow("1人、例外の届出");
  const { filing } = await fileException(desk.office, desk.actor("sv", "supervisor"), hired.id);
  await expect(confirmStaff(desk.office, manager())).rejects.toMatchObject({ code: "REFUSED" });
  const { filing: draft } = await openFiling(desk.office, manager(), filing);
  const { title, clause, body, edition } = draft;
  await editFiling(desk.office, manager(), filing, {
    ...{ title, clause, body, edition },
    fields: { ...readFields(draft), reason: "初日の入電に備える", safety: "誓約書" },
  });
  await submitFiling(desk.office, manager(), filing);
  await answerFiling(desk.office, desk.actor("c", "client"), filing, {
    ...{ outcome: "approved", text: "承認します。" },
  });
  await confirmStaff(desk.office, manager());
  expect(await desk.events()).toContain("staff.confirmed");
});

test("名簿に書けないものは、欄の名で断る", async () => {
  await expect(
    addMember(desk.office, manager(), { name: " ", post: "", employment: "dispatched", account: "12" }),
  ).rejects.toMatchObject({
    faults: [{ field: "name" }, { field: "post" }, { field: "employer" }, { field: "account" }],
  });
  await expect(addMember(desk.office, desk.actor("op", "operator"), person)).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});
