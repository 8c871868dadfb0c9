import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type Day, dayOf } from "../base/time.ts";
import { drawSheets } from "../office/pdf-sheet.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { addVersion } from "./add-version.ts";
import { completionDocument } from "./completion-document.ts";
import { completionNoticeSheets } from "./completion-notice.ts";
import { type DeliverableForm, deliverableForms, markOf, publicNotice } from "./deliverable.ts";
import { type DeliverableRow, listDeliverableRows } from "./deliverable-store.ts";
import type { DeliveryHand } from "./delivery-hand.ts";
import { refuseDuty } from "./delivery-right.ts";
import { listDisclosures } from "./list-disclosures.ts";
import { readCompletion } from "./read-completion.ts";

type Hand = Pick<DeliveryHand, "figures" | "proofs" | "staff" | "proposals">;

/** 業務完了報告書（Word）のバイト列。版にはしない（下見）。 */
export async function drawCompletion(office: Office, actor: Actor, hand: Hand): Promise<Uint8Array> {
  return writeWordDocument(completionDocument(await readCompletion(office, actor, hand)));
}

/**
 * 業務完了報告書（Word）か業務完了届（PDF）を作り、台帳のその成果品の新しい版にする。
 * 責任者の確認は、その版の提出（責任者だけができる）として残る。
 * @throws AppError REFUSED（台帳に載っていない、状態）、FORBIDDEN
 */
export async function makeCompletion(
  office: Office,
  actor: Actor,
  form: DeliverableForm,
  hand: Hand,
): Promise<{ deliverable: string; version: number; mark: string }> {
  refuseDuty("report", actor);
  const rows = await listDeliverableRows(office.read, actor.contract);
  const row = rows.find((one) => one.form === form);
  if (!row)
    throw new AppError(
      "REFUSED",
      `成果品の台帳に、${deliverableForms[form]}がありません。作り方を「${deliverableForms[form]}」として登録してください。`,
    );
  const bytes =
    form === "completion-report"
      ? await drawCompletion(office, actor, hand)
      : await drawNotice(office, actor, row);
  const made = await addVersion(office, actor, row.id, { bytes });
  return { deliverable: row.id, version: made.version, mark: made.mark };
}

async function drawNotice(office: Office, actor: Actor, row: DeliverableRow): Promise<Uint8Array> {
  const { blueprint } = await openContract(office, actor.contract);
  const [rows, documents] = await Promise.all([
    listDeliverableRows(office.read, actor.contract),
    listDisclosures(office, actor),
  ]);
  const on = dayOf(office.clock.officeNow(actor.contract));
  const shown = rows.filter((one) => one.id !== row.id && one.received_on !== null);
  return drawSheets(
    completionNoticeSheets({
      ...{ title: blueprint.title, client: blueprint.client, clientUnit: blueprint.clientUnit },
      contractor: blueprint.sender.name,
      address: blueprint.sender.address,
      performance: blueprint.performance,
      on,
      completedOn: completedOn(on, blueprint.performance.to),
      deliverables: shown.map((one) => ({
        ...{ code: one.code, title: one.title, receivedOn: one.received_on },
        mark: documents.findLast((document) => document.deliverable === one.id)?.mark ?? one.code,
      })),
      mark: markOf(blueprint.fiscalYear, row.code, row.version + 1),
      notice: publicNotice(blueprint.client),
    }),
    { title: "業務完了届" },
  );
}

/** 契約の期間が終わる前に出すときは、出した日。終わったあとは、期間の終わりの日。 */
function completedOn(on: Day, end: Day): Day {
  return on < end ? on : end;
}
