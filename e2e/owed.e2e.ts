import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openComplaint } from "../src/answers/list-complaints.ts";
import { recordComplaint } from "../src/answers/record-complaint.ts";
import { fileComplaintReport, prepareComplaintReport } from "../src/answers/report-complaint.ts";
import { confirmComplaint, handleComplaint } from "../src/answers/step-complaint.ts";
import { systemActor } from "../src/base/actor.ts";
import { instantOf } from "../src/base/time.ts";
import { readCoverage } from "../src/contract/read-coverage.ts";
import { answerFiling } from "../src/filings/answer-filing.ts";
import { startContract } from "../src/terms/start-contract.ts";
import { visit } from "../src/testing/chromium.ts";
import { dutyYaml } from "../src/testing/duty-fixture.ts";
import { managerJourney } from "../src/testing/manager-journey.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";

// クレームを記録 → 祝日をまたいだ翌営業日中の報告の義務 → 報告（答え待ち） → 受領 → 条項が緑。

const obligations = `
  - { id: complaint-report, clause: c1, actor: 責任者, to: 委託者, verb: 報告, object: クレームの内容及び対応, quote: クレームがあった場合、責任者を通じて翌営業日中に日次報告書により報告を行うこと。,
      when: [{ event: complaint.recorded }], due: { text: 翌営業日中, rule: { businessDays: 1 } },
      done: [{ event: filing.submitted, with: { form: complaint-report }, same: about }], form: complaint-report, blocks: [completion] }`;

// 月曜の昼。翌日は秋分の日。
const journey = managerJourney({ at: instantOf("2025-09-22", "14:00") }, (desk) =>
  startContract(desk.office, systemActor(desk.contract), dutyYaml(obligations)),
);

const told = async (page: Page) => (await page.textContent("main")) ?? "";
const clause = async () =>
  (await readCoverage(journey.desk.office, journey.desk.contract)).groups[0]?.clauses[0]?.state;

test("６(9) クレームから、祝日をまたぐ翌営業日中の報告が生じ、出せば答え待ち、受領で条項が緑になる", async () => {
  const [op, sv] = [journey.desk.actor("op-1", "operator"), journey.desk.actor("sv-1", "supervisor")];
  const [manager, client] = [journey.desk.actor("m-1", "manager"), journey.desk.actor("c-1", "client")];
  const { page, leave } = await visit(journey.browser, journey.served);
  await journey.sitDown(page);
  await page.goto("/contract");
  expect(await told(page)).toContain("遅れている条項はありません。");
  await expectFittingPage(page);

  const { id } = await recordComplaint(journey.desk.office, op, {
    ...{ severity: "normal", topic: "line", channel: "phone", persons: [], note: "" },
    ...{ content: "待ち時間が長いとのお申し出", receivedAt: instantOf("2025-09-22", "13:30") },
  });
  expect(await clause()).toBe("due");
  await page.goto("/contract/board");
  await page.click("table >> text=クレームの内容及び対応の報告（9月22日の分）");
  expect(await told(page)).toContain("翌営業日中 9月24日（水）（9月23日 秋分の日は数えません）");
  await expectFittingPage(page);

  await handleComplaint(journey.desk.office, sv, id, { response: "おわびし、増やした席の時間をお伝えした" });
  await confirmComplaint(journey.desk.office, manager, id, { prevention: "午前の席を一つ増やす" });
  const { body } = await prepareComplaintReport(
    journey.desk.office,
    manager,
    await openComplaint(journey.desk.office, manager, id),
  );
  const { filing } = await fileComplaintReport(journey.desk.office, manager, id, { body });
  await page.reload();
  expect(await told(page)).toContain("答え待ち");
  expect(await clause()).toBe("waiting");

  journey.desk.clock.advance(10 * 60_000);
  await answerFiling(journey.desk.office, client, filing, { outcome: "received", text: "" });
  expect(await clause()).toBe("done");
  await page.goto("/contract");
  expect(await told(page)).toContain("1条項のうち1に証跡があります。");
  await expectFittingPage(page);
  await page.goto("/contract/calendar?month=2025-09");
  await expectFittingPage(page);
  await leave();
}, 90_000);
