import { readFile } from "node:fs/promises";
import { approveBatch } from "../src/notices/approve-batch.ts";
import { dispatchBatch } from "../src/notices/dispatch-batch.ts";
import { noticeJobs } from "../src/notices/notice-job.ts";
import { openBatch } from "../src/notices/open-batch.ts";
import { prepareBatch } from "../src/notices/prepare-batch.ts";
import { startPrint } from "../src/notices/print-batch.ts";
import { keepTemplateDraft, registerTemplate } from "../src/notices/register-template.ts";
import { submitBatch } from "../src/notices/submit-batch.ts";
import type { Office } from "../src/platform/office.ts";
import { runNextJob } from "../src/platform/run-job.ts";
import {
  previewTemplate,
  registerTemplate as registerListTemplate,
} from "../src/reception/register-template.ts";
import type { DemoClock } from "./demo-clock.ts";
import type { DemoStaff } from "./demo-office.ts";

const noticeTemplate = new URL("./templates/postcard_mergefield.docx", import.meta.url);

const listTemplate = new URL("./templates/booking_list_template.xlsx", import.meta.url);

/** 委託者の様式（はがきの Word と、予約者リストの Excel）を登録する。 */
export async function registerTemplates(office: Office, clock: DemoClock, staff: DemoStaff): Promise<void> {
  clock.set("2025-07-07T11:20:00");
  const bytes = new Uint8Array(await readFile(noticeTemplate));
  const { id } = await keepTemplateDraft(office, staff.supervisor, { fileName: "受講通知書.docx", bytes });
  await registerTemplate(office, staff.supervisor, id, "notice");
  const list = await previewTemplate(office, staff.supervisor, {
    fileName: "予約者リスト.xlsx",
    bytes: new Uint8Array(await readFile(listTemplate)),
  });
  await registerListTemplate(office, staff.supervisor, list.token);
}

/** 第一期の受講通知書を、三つの束で送り終える。PDF は作らない（終わった期の控えには Word で足りる）。 */
export async function sendFirstTerm(
  office: Office,
  clock: DemoClock,
  staff: DemoStaff,
  progress: (what: string) => void,
): Promise<void> {
  const [operator] = staff.operators;
  if (!operator) return;
  const before = process.env.MADOGUCHI_PDF;
  process.env.MADOGUCHI_PDF = "off";
  try {
    for (const [i, day] of ["2025-07-24", "2025-08-06", "2025-08-20"].entries()) {
      clock.set(`${day}T10:10:00`);
      const within = i === 2 ? 30 : 10;
      const batch = await prepareBatch(office, operator, { withinDays: within }).catch(() => undefined);
      if (!batch) continue;
      await submitBatch(office, operator, batch.id);
      clock.set(`${day}T11:05:00`);
      // 終わった期なので、確かめるものも一通ずつ見て承認したことになっている。
      const open = await openBatch(office, staff.supervisor, batch.id);
      await approveBatch(
        office,
        staff.supervisor,
        batch.id,
        open.cards.map((c) => c.notice.id),
      );
      await startPrint(office, operator, batch.id);
      while (await runNextJob(office, noticeJobs));
      clock.set(`${day}T14:30:00`);
      const printed = await openBatch(office, operator, batch.id);
      await dispatchBatch(office, operator, batch.id, {
        sentOn: day,
        count: printed.tally.printed,
        receipt: `${4100 + i}`,
      });
      progress(`発送 ${day} ${printed.tally.printed}通`);
    }
  } finally {
    if (before === undefined) delete process.env.MADOGUCHI_PDF;
    else process.env.MADOGUCHI_PDF = before;
  }
}

/** 第二期の 10月1日・2日分を、承認待ちにする。 */
export async function submitSecondTerm(
  office: Office,
  clock: DemoClock,
  staff: DemoStaff,
  classIds: readonly string[],
): Promise<void> {
  const [operator] = staff.operators;
  if (!operator) return;
  clock.set("2025-09-17T13:37:00");
  const batch = await prepareBatch(office, operator, { classIds });
  clock.set("2025-09-17T13:39:00");
  await submitBatch(office, operator, batch.id);
}
