import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { openLine } from "./list-lines.ts";
import { receiptDocument } from "./receipt-document.ts";

/** 預り証・受渡書を Word で取り出す。取り出したことを記録する。 @throws AppError REFUSED（受渡しの一件でない） */
export async function printReceipt(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  const { line } = await openLine(office, actor, id);
  if (line.register !== "handover")
    throw new AppError("REFUSED", "預り証は、個人情報の受渡しの一件から作ります。");
  const { title, client, clientUnit, sender } = (await openContract(office, actor.contract)).blueprint;
  const now = office.clock.officeNow(actor.contract);
  const bytes = writeWordDocument(
    receiptDocument({ title, client, clientUnit, contractor: sender.name, now }, line),
  );
  await office.act(actor, (tx) =>
    tx.record({
      kind: "privacy.printed",
      about: `privacy/line/${id}`,
      payload: { register: line.register, number: line.number },
    }),
  );
  return {
    ...{ fileName: `預り証_受渡し第${line.number}号.docx`, bytes },
    media: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  };
}
