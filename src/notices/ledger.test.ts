// @engine both
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { runNextJob } from "../platform/run-job.ts";
import { cancelBooking } from "../reception/cancel-booking.ts";
import { changeBooking } from "../reception/change-booking.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { mergeField, paragraph, postcardSection, wordFile } from "../testing/word-fixture.ts";
import { approveBatch } from "./approve-batch.ts";
import { dispatchBatch } from "./dispatch-batch.ts";
import { listLedger } from "./list-ledger.ts";
import { listPhone } from "./list-phone.ts";
import { listPool } from "./list-pool.ts";
import { noticeJobs } from "./notice-job.ts";
import { openBatch } from "./open-batch.ts";
import { prepareBatch } from "./prepare-batch.ts";
import { startPrint } from "./print-batch.ts";
import { recordReturn, resendReturned } from "./record-return.ts";
import { keepTemplateDraft, registerTemplate } from "./register-template.ts";
import { submitBatch } from "./submit-batch.ts";

const template = wordFile({
  body: ["郵便番号", "住所１", "住所２", "氏名", "受講日", "会場", "受付番号"]
    .map((name) => paragraph(mergeField(name)))
    .join(""),
  section: postcardSection,
});

let desk: TestDesk | undefined;
const before = process.env.MADOGUCHI_PDF;
afterEach(async () => {
  if (before === undefined) delete process.env.MADOGUCHI_PDF;
  else process.env.MADOGUCHI_PDF = before;
  await desk?.close();
});

/** 一人に起きること。when は印刷の前か後か。 */
const life = fc.record({
  phoneOnly: fc.boolean(),
  fate: fc.constantFrom("stays", "cancels", "moves", "returns", "resends"),
  early: fc.boolean(),
});

test("６(2)オ 電話だけの方ははがきの集まりに入らず電話の一覧に立ち、どの束も承認＝印刷＝投函＋抜いた、返戻も合う", async () => {
  process.env.MADOGUCHI_PDF = "off";
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 2, maxLength: 8 }), async (people) => {
      await desk?.close();
      desk = await openDesk({ at: instantOf("2025-09-12", "11:20") });
      const { office, contract } = desk;
      const [op, sv] = [desk.actor("op", "operator"), desk.actor("sv", "supervisor")];
      await openReception(office, sv, [
        { id: "a", capacity: 50, day: "2025-11-05" },
        { id: "b", capacity: 50, day: "2025-11-06" },
      ]);
      const draft = await keepTemplateDraft(office, op, { fileName: "x.docx", bytes: template });
      await registerTemplate(office, op, draft.id, "notice");
      const ids: string[] = [];
      for (const [n, { phoneOnly }] of people.entries()) {
        const given = { ...caller(n + 1, "a"), phoneOnly };
        ids.push((await takeBooking(office, op, given)).id);
      }
      const onPhone = async () =>
        new Set((await listPhone(office, op)).map((one) => one.detail.booking.number));
      const happen = async (early: boolean) => {
        for (const [n, one] of people.entries()) {
          if (one.early !== early) continue;
          const id = ids[n] ?? "";
          if (one.fate === "cancels") await cancelBooking(office, op, id, { reason: "schedule" });
          if (one.fate === "moves") await changeBooking(office, op, id, { classId: "b" });
        }
      };
      const pooled = (await listPool(office, op)).map((entry) => entry.detail.booking.number);
      const byCard = people.flatMap(({ phoneOnly }, n) => (phoneOnly ? [] : [n + 1]));
      expect(pooled.sort((x, y) => x - y)).toEqual(byCard);
      expect([...(await onPhone())].sort((x, y) => x - y)).toEqual(
        people.flatMap(({ phoneOnly }, n) => (phoneOnly ? [n + 1] : [])),
      );
      if (byCard.length === 0) return;
      const { id } = await prepareBatch(office, op, { classIds: ["a"] });
      await submitBatch(office, op, id);
      await happen(true);
      const { cards } = await openBatch(office, sv, id);
      const rest = cards.filter((card) => card.now.state === "waiting").map((card) => card.notice.id);
      await approveBatch(office, sv, id, rest);
      if ((await openBatch(office, sv, id)).tally.approved === 0) return;
      await startPrint(office, sv, id);
      while (await runNextJob(office, noticeJobs)) {
        // 待っている仕事がなくなるまで。
      }
      await happen(false);
      const { cards: printed } = await openBatch(office, sv, id);
      const gone = printed.filter(({ now }) => now.printed && (!now.booked || now.stale)).length;
      const all = printed.filter(({ now }) => now.printed).length;
      await dispatchBatch(office, op, id, { sentOn: "2025-09-12", count: all - gone, receipt: "" });
      desk.clock.set(instantOf("2025-09-19", "10:00"));
      for (const [n, one] of people.entries()) {
        if (one.phoneOnly || (one.fate !== "returns" && one.fate !== "resends")) continue;
        const came = { number: String(n + 1), reason: "unknown", returnedOn: "2025-09-19" };
        const back = await recordReturn(office, op, came);
        if (one.fate === "resends") await resendReturned(office, op, back.id);
      }
      const again = (await listPool(office, op)).length > 0;
      if (again) await prepareBatch(office, op, { classIds: ["a", "b"] });
      for (const batch of await listLedger(office, contract))
        expect(batch.equations.filter((one) => !one.balanced)).toEqual([]);
      const phone = await onPhone();
      for (const [n, one] of people.entries())
        if (one.phoneOnly && one.fate !== "cancels") expect(phone.has(n + 1)).toBe(true);
      expect((await listPool(office, op)).filter(({ detail }) => detail.booking.phone_only === 1)).toEqual(
        [],
      );
    }),
    { numRuns: 12, endOnFailure: true },
  );
});
