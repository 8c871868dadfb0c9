import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { keepProtected, mayProtect, type ProtectedCopy, takeProtected } from "../office/keep-protected.ts";
import type { KeptFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import type { ListHand } from "./booking-list.ts";
import { type ListRequest, writeList } from "./make-list.ts";
import { writeDifferences } from "./open-differences.ts";

/** 渡した予約者リスト。password はここで一度だけ返り、どこにも残らない。 */
export interface DeliveredList extends ProtectedCopy {
  rows: number;
  sheets: number;
  warnings: string[];
}

const MOST_LETTERS = 60;

/**
 * 委託者へ渡す予約者リスト（９(2)）を、AES のパスワードを付けた写しにする。作ったことと、目的、渡す相手、
 * 元と写しの指紋が一つの行為で残る。パスワードはファイルと別の道（電話など）で伝える。
 * @throws AppError BAD_INPUT（渡す相手がない）、FORBIDDEN、REFUSED（様式がない）、UNAVAILABLE
 */
export async function deliverList(
  office: Office,
  actor: Actor,
  request: ListRequest & { recipient: string },
  hand: ListHand = {},
): Promise<DeliveredList> {
  const recipient = recipientOf(request.recipient);
  refuseOthers(actor);
  const purpose = "deliver";
  const { rows, sheets, warnings, ...made } = await writeList(office, actor, { ...request, purpose }, hand);
  const also = (tx: Parameters<Parameters<Office["act"]>[1]>[0], { before, file }: Sealed) =>
    tx.record({
      kind: "list.made",
      about: made.template,
      payload: { form: "workbook", purpose, sha256: before, ...made.counts, recipient, file },
    });
  const copy = await keepProtected(office, actor, { ...made, about: made.template }, purpose, {
    recipient,
    also,
  });
  return { ...copy, rows, sheets, warnings };
}

/** 渡したリストの差分も、同じようにパスワードを付けた写しで渡す。番号は前に渡したものから続く。 */
export async function deliverDifferences(
  office: Office,
  actor: Actor,
  given: { recipient: string },
): Promise<DeliveredList> {
  const recipient = recipientOf(given.recipient);
  refuseOthers(actor);
  const { rows, upTo, ...made } = await writeDifferences(office, actor);
  const purpose = "deliver";
  const also = (tx: Parameters<Parameters<Office["act"]>[1]>[0], { before, file }: Sealed) =>
    tx.record({
      kind: "list.made",
      payload: { form: "differences", purpose, sha256: before, rows, upTo, recipient, file },
    });
  const copy = await keepProtected(office, actor, made, purpose, { recipient, also });
  return { ...copy, rows, sheets: 1, warnings: [] };
}

interface Sealed {
  before: string;
  file: string;
}

/** 渡す写しを取り出す。取り出したことが記録される。 */
export async function takeDelivered(office: Office, actor: Actor, id: string): Promise<KeptFile> {
  refuseOthers(actor);
  return takeProtected(office, actor, id);
}

/** 書き出す前に断る（氏名を開いてから断らない）。 */
function refuseOthers(actor: Actor): void {
  if (!mayProtect(actor))
    throw new AppError("FORBIDDEN", "委託者に渡すファイルは、SV・責任者の方が作ってください。");
}

function recipientOf(given: string): string {
  const text = given.normalize("NFC").trim();
  const fault = (message: string) =>
    new AppError("BAD_INPUT", message, { faults: [{ field: "recipient", message }] });
  if (text === "") throw fault("渡す相手（課・係）を入れてください。記録に残ります。");
  if ([...text].length > MOST_LETTERS || /[\p{Cc}]/u.test(text))
    throw fault(`渡す相手は、改行のない${MOST_LETTERS}字までで入れてください。`);
  return text;
}
