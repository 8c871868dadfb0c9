import type { Actor } from "../src/base/actor.ts";
import { instantOf } from "../src/base/time.ts";
import { addVersion } from "../src/delivery/add-version.ts";
import type { DeliveryHand } from "../src/delivery/delivery-hand.ts";
import { handDeliverable } from "../src/delivery/hand-deliverable.ts";
import { inspectDeliverable, receiveDeliverable } from "../src/delivery/inspect-deliverable.ts";
import { listDeliverables } from "../src/delivery/list-deliverables.ts";
import { listRights } from "../src/delivery/list-rights.ts";
import { seedDeliverables } from "../src/delivery/register-deliverable.ts";
import { addRight, signRight } from "../src/delivery/sign-right.ts";
import { submitDeliverable } from "../src/delivery/submit-deliverable.ts";
import { writeWordDocument } from "../src/office/word-document.ts";
import type { Office } from "../src/platform/office.ts";
import { makeListWorkbook } from "../src/reception/make-list.ts";
import type { DemoClock } from "./demo-clock.ts";

interface DeliveryStaff {
  supervisor: Actor;
  manager: Actor;
  client: Actor;
}

/** デモでは、引渡しのときの義務の遅れは見ない（暦を先に進めて作るので、まだ記録のない義務が赤く見える）。 */
const noBlockers: Pick<DeliveryHand, "blockers"> = { blockers: async () => [] };

/**
 * 契約の半ばの成果品。第一期のリストは手直しを経て引渡し済み、ＦＡＱは手直し中、第二期のリストは作成中、ほかは期日前。
 * 時計は 7月25日から 9月17日まで進む。
 */
export async function fillDeliverables(
  office: Office,
  clock: DemoClock,
  staff: DeliveryStaff,
  classes: { first: readonly string[]; second: readonly string[] },
): Promise<void> {
  const { supervisor, manager, client } = staff;
  clock.set("2025-07-02T11:00:00");
  await seedDeliverables(office, supervisor);
  const rows = await listDeliverables(office, supervisor);
  const idOf = (word: string) => rows.find((row) => row.title.includes(word))?.id;
  const [first, second, faq] = [idOf("第一期"), idOf("第二期"), idOf("ＦＡＱ")];
  const list = (classIds: readonly string[]) =>
    makeListWorkbook(office, supervisor, { classIds, purpose: "check" });
  const at = (day: string, minute: string) => clock.set(`${day}T${minute}:00`);

  if (first !== undefined) {
    at("2025-07-25", "15:50");
    await addVersion(office, supervisor, first, await list(classes.first));
    at("2025-07-25", "15:58");
    await submitDeliverable(office, manager, first);
    at("2025-07-28", "10:20");
    await inspectDeliverable(office, client, first, {
      ...{ channel: "", heardFrom: "", outcome: "rework" },
      words: "会場ごとのシートに、定員の欄も入れてください。",
    });
    at("2025-07-28", "13:10");
    await addVersion(office, supervisor, first, await list(classes.first));
    at("2025-07-28", "13:30");
    await submitDeliverable(office, manager, first);
    at("2025-07-28", "16:05");
    await inspectDeliverable(office, client, first, {
      ...{ channel: "", heardFrom: "", outcome: "passed", words: "" },
    });
    at("2025-07-29", "09:40");
    await receiveDeliverable(office, client, first, {
      ...{ channel: "", heardFrom: "", receipt: "受領書 第1号", receivedOn: "2025-07-28" },
    });
    at("2025-07-29", "10:30");
    await signAll(office, manager, first, "権利確認書 第1号", "2025-07-29");
    await handDeliverable(office, manager, first, noBlockers);
  }
  if (faq !== undefined) {
    at("2025-08-20", "14:00");
    await addVersion(office, supervisor, faq, { bytes: faqDocument("2025-08-20", 12) });
    await addRight(office, supervisor, faq, {
      ...{ kind: "licence", subject: "書体（BIZ UDPゴシック）", holder: "株式会社モリサワ" },
      terms: "SIL Open Font License 1.1。文書への埋め込みと再配布ができる。",
    });
    at("2025-09-12", "11:30");
    await addVersion(office, supervisor, faq, { bytes: faqDocument("2025-09-12", 14) });
    await submitDeliverable(office, manager, faq);
    at("2025-09-16", "14:20");
    await inspectDeliverable(office, client, faq, {
      ...{ channel: "", heardFrom: "", outcome: "rework" },
      words: "「持ち物」の項に、電話機の貸出しの有無を加えてください。",
    });
  }
  if (second !== undefined) {
    at("2025-09-17", "13:20");
    await addVersion(office, supervisor, second, await list(classes.second));
  }
}

async function signAll(
  office: Office,
  manager: Actor,
  deliverable: string,
  evidence: string,
  signedOn: string,
): Promise<void> {
  for (const right of await listRights(office, manager, deliverable))
    await signRight(office, manager, right.id, { signedOn, evidence });
}

/** 想定問答の Word。中身は架空。 */
function faqDocument(day: string, count: number): Uint8Array {
  const questions = [
    ["持ち物は何ですか。", "お使いのスマートフォンと、筆記用具をお持ちください。"],
    ["費用はかかりますか。", "受講料は無料です。会場までの交通費はご負担ください。"],
    ["付き添いはできますか。", "お一人まで、後ろの席でご覧いただけます。"],
    ["予約の変更はできますか。", "受付時間内に、お電話でお申し出ください。"],
  ] as const;
  return writeWordDocument({
    title: "想定問答（ＦＡＱ）",
    author: "講習会受付センター",
    created: `${instantOf(day, "11:00").slice(0, 19)}Z`,
    blocks: [
      { kind: "title", text: "想定問答（ＦＡＱ）" },
      ...Array.from({ length: count }, (_, at) => questions[at % questions.length] ?? questions[0]).flatMap(
        ([question, answer]) =>
          [
            { kind: "heading", level: 1, text: question },
            { kind: "paragraph", text: answer },
          ] as const,
      ),
    ],
  });
}
