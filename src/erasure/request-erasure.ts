import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { prepareFiling } from "../filings/prepare-filing.ts";
import type { Office } from "../platform/office.ts";
import { methodText, type PlaceCount, whyNot } from "./erasure.ts";
import { refuseRight } from "./erasure-right.ts";
import { type ErasureRow, updateErasure } from "./erasure-store.ts";
import { type OpenErasure, openErasure } from "./open-erasure.ts";
import { RECORDING } from "./plan-erasure.ts";

/** 申請の下書きを作る（項目、媒体名、数量、方法、処理予定日。第13条2）。出すのは協議・届出の画面から。 */
export async function requestErasure(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ filing: string; number: number }> {
  refuseRight("plan", actor);
  const open = await openFor(office, actor, id, "request");
  const { erasure, counts } = open;
  const made = await prepareFiling(office, actor, {
    form: "erasure-request",
    title: `個人情報の消去の申請（消去第${erasure.number}号）`,
    about: { room: "erasure", kind: "erasure", id },
    fields: {
      items: itemsText(counts),
      media: mediaText(counts),
      quantity: quantityText(counts),
      method: methodText,
      day: erasure.planned_day,
      note: [
        ...open.parts.map(({ label }) => label),
        ...(open.copies.length > 0 ? [`控え（バックアップ）は${open.copies.length}組あります。`] : []),
      ].join("\n"),
    },
  });
  await change(office, actor, erasure, { filing_id: made.id }, (tx) =>
    tx.record({
      kind: "erasure.requested",
      about: `erasure/erasure/${id}`,
      payload: { number: erasure.number, filing: made.id },
    }),
  );
  return { filing: made.id, number: made.number };
}

/** 「本人（氏名…）、予約（…）」。 */
export function itemsText(counts: readonly PlaceCount[]): string {
  return counts.map(({ label, columns }) => `${label.replace(/（.*）$/u, "")}: ${columns}`).join("\n");
}

/** 「本人 338人分、全部で 1,240行、会議の録音 2回分」。ないものは言わない。 */
export function quantityText(counts: readonly PlaceCount[]): string {
  const people = counts.find((one) => one.table === "person")?.keys ?? 0;
  const recordings = counts.find((one) => one.table === RECORDING)?.rows ?? 0;
  const rows = counts.reduce((sum, one) => sum + one.rows, 0) - recordings;
  return [
    ...(people > 0 ? [`本人 ${people.toLocaleString("ja-JP")}人分`] : []),
    ...(rows > 0 ? [`全部で ${rows.toLocaleString("ja-JP")}行`] : []),
    ...(recordings > 0 ? [`会議の録音 ${recordings}回分`] : []),
  ].join("、");
}

function mediaText(counts: readonly PlaceCount[]): string {
  const database = "事務所のデータベース（本体 app.db、鍵 keys.db）";
  return counts.some(({ table }) => table === RECORDING)
    ? `${database}、会議の録音機と録音のファイル`
    : database;
}

/** 立ち会う方（委託者の部署と職名）を残す。空なら「立会いは求めない」。 */
export async function setWitness(office: Office, actor: Actor, id: string, who: string): Promise<void> {
  refuseRight("plan", actor);
  const { erasure } = await openFor(office, actor, id, "witness");
  const witness = who.trim();
  if ([...witness].length > 80)
    throw new AppError("BAD_INPUT", "立ち会う方を、80字までで書いてください。", {
      faults: [{ field: "witness", message: "80字までで書いてください。" }],
    });
  await change(office, actor, erasure, { witness }, (tx) =>
    tx.record({
      kind: "erasure.planned",
      about: `erasure/erasure/${id}`,
      payload: { number: erasure.number, witness: witness !== "" },
    }),
  );
}

/** 取りやめる（始める前だけ）。 */
export async function cancelErasure(office: Office, actor: Actor, id: string): Promise<void> {
  refuseRight("plan", actor);
  const { erasure } = await openFor(office, actor, id, "cancel");
  await change(office, actor, erasure, { state: "cancelled" }, (tx) =>
    tx.record({
      kind: "erasure.cancelled",
      about: `erasure/erasure/${id}`,
      payload: { number: erasure.number },
    }),
  );
}

/** 開いて、その行いができなければ REFUSED。 */
export async function openFor(
  office: Office,
  actor: Pick<Actor, "contract">,
  id: string,
  act: Parameters<typeof whyNot>[0],
): Promise<OpenErasure> {
  const open = await openErasure(office, actor.contract, id);
  const why = whyNot(act, open.facts);
  if (why !== undefined) throw new AppError("REFUSED", why);
  return open;
}

/** edition を確かめて変え、同じ取引で記録する。 */
export async function change(
  office: Office,
  actor: Actor,
  row: ErasureRow,
  to: Parameters<typeof updateErasure>[2],
  record: (tx: Parameters<Parameters<Office["act"]>[1]>[0]) => Promise<void>,
): Promise<ErasureRow> {
  await office.act(actor, async (tx) => {
    if (!(await updateErasure(tx, row, to)))
      throw new AppError("CONFLICT", "ほかの人が先に変えました。画面を開き直してください。");
    await record(tx);
  });
  return { ...row, ...to, edition: row.edition + 1 };
}
