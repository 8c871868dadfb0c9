import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { type Day, dayOf, instantFromMs, minuteOf } from "../base/time.ts";
import { prepareFiling } from "../filings/prepare-filing.ts";
import { isDay } from "../japan/day.ts";
import { formatWareki } from "../japan/wareki.ts";
import { latestCheckpoint } from "../platform/checkpoint-store.ts";
import type { Office } from "../platform/office.ts";
import { publicKeyOf, signText } from "../sealing/checkpoint.ts";
import { openContract } from "../terms/open-contract.ts";
import { CERTIFICATE_FORMAT, type Certificate, certificateText } from "./certificate.ts";
import { type CopyHow, copyHows, isComplete, methodText } from "./erasure.ts";
import { refuseRight } from "./erasure-right.ts";
import { insertCertificate, insertCopy, listErasureKeys } from "./erasure-store.ts";
import { type OpenErasure, openErasure } from "./open-erasure.ts";
import { change, itemsText, openFor, quantityText } from "./request-erasure.ts";

/** 控え一組の始末を残す。 */
export interface CopySettled {
  set: string;
  how: CopyHow;
  day: Day;
  /** どこで・だれの立会いで（職名。氏名は書かない）。 */
  place: string;
}

/**
 * 消した鍵の入った控えの一組の始末を残す。全部そろうまで、証明書は「未完」のまま。
 * @throws AppError BAD_INPUT（欄の名つき）、NOT_FOUND（その控えはない）、CONFLICT（もう残してある）
 */
export async function accountCopy(
  office: Office,
  actor: Actor,
  id: string,
  given: CopySettled,
): Promise<void> {
  refuseRight("plan", actor);
  const { erasure, copies } = await openFor(office, actor, id, "account");
  const faults: Fault[] = [];
  const today = dayOf(office.clock.officeNow(actor.contract));
  if (!Object.hasOwn(copyHows, given.how))
    faults.push({ field: "how", message: "始末のしかたを選んでください。" });
  if (!isDay(given.day) || given.day > today)
    faults.push({ field: "day", message: "始末をした日（今日まで）を入れてください。" });
  if (given.place.trim() === "" || [...given.place].length > 80)
    faults.push({ field: "place", message: "場所と立ち会った方の職名を、80字までで書いてください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "控えの始末に直すところがあります。", { faults });
  if (!copies.some((one) => one.set === given.set))
    throw new AppError("NOT_FOUND", "その控えはありません。画面を開き直してください。");
  await office.act(actor, async (tx) => {
    const made = await insertCopy(tx, {
      ...{ erasure_id: id, backup_set: given.set, how: given.how, on_day: given.day },
      ...{ place: given.place.trim(), made_by: actor.id, made_at: tx.now },
    });
    if (!made) throw new AppError("CONFLICT", "その控えの始末は、もう残してあります。");
    await tx.record({
      kind: "erasure.copy-accounted",
      about: `erasure/erasure/${id}`,
      payload: { number: erasure.number, set: given.set, how: given.how, day: given.day },
    });
  });
}

/** いまの証明書を作って署名する。控えの始末が進むたびに、新しい版になる。 */
export async function certifyErasure(office: Office, actor: Actor, id: string): Promise<Certificate> {
  refuseRight("plan", actor);
  const open = await openFor(office, actor, id, "report");
  const edition = (open.certificates[0]?.edition ?? 0) + 1;
  const privateKey = await office.keys.signingKey();
  const body = await bodyOf(office, open, edition, publicKeyOf(privateKey));
  const certificate: Certificate = { ...body, signature: signText(privateKey, certificateText(body)) };
  await office.act(actor, async (tx) => {
    await insertCertificate(tx, {
      ...{ erasure_id: id, edition, complete: certificate.complete ? 1 : 0 },
      ...{ body: JSON.stringify(certificate), made_at: tx.now },
    });
    await tx.record({
      kind: "erasure.certified",
      about: `erasure/erasure/${id}`,
      payload: { number: open.erasure.number, edition, complete: certificate.complete },
    });
  });
  return certificate;
}

async function bodyOf(
  office: Office,
  open: OpenErasure,
  edition: number,
  publicKey: string,
): Promise<Omit<Certificate, "signature">> {
  const { erasure, filing, copies, counts, parts, recordings } = open;
  const contract = erasure.contract_id;
  const [{ blueprint }, keys, names, point] = await Promise.all([
    openContract(office, contract),
    listErasureKeys(office.read, erasure.id),
    nameHandlers(office, contract),
    latestCheckpoint(office.read),
  ]);
  const at = instantFromMs(office.clock.systemMs());
  const result = JSON.parse(erasure.result ?? "{}") as Partial<Certificate["search"]>;
  return {
    ...{ format: CERTIFICATE_FORMAT, office: office.id, demo: office.mode === "demo" },
    number: `消去証明 第${erasure.number}号（第${edition}版）`,
    ...{ work: blueprint.title, client: blueprint.client, contractor: blueprint.sender.name },
    consent: { document: filing?.document ?? "", at: filing?.decidedAt ?? "" },
    scope: erasure.label,
    counts: counts.map(({ label, columns, keys: n, rows }) => ({ label, columns, keys: n, rows })),
    method: methodText,
    ...{ intendedAt: erasure.intended_at ?? "", destroyedAt: erasure.destroyed_at ?? "" },
    finishedAt: erasure.finished_at ?? "",
    handler: names.get(erasure.run_by ?? "")?.number ?? "",
    witness: erasure.witness === "asked" ? "" : erasure.witness,
    keys: keys.map((one) => ({ id: one.key_id, wrapped: one.fingerprint })),
    search: { rows: result.rows ?? 0, searched: result.searched ?? 0, needles: result.needles ?? 0 },
    copies: copies.map(({ set, madeAt, done }) => ({
      ...{ set, madeAt },
      done: done ? { how: copyHows[done.how], day: done.day, place: done.place } : null,
    })),
    ...(parts.length > 0 ? { parts: parts.map(({ label }) => label) } : {}),
    ...(recordings.length > 0
      ? { recordings: recordings.map(({ label, erasedOn = null }) => ({ label, erasedOn })) }
      : {}),
    complete: isComplete(open.facts),
    log: point ? { size: point.size, root: point.root.toString("base64"), at: point.at } : null,
    ...{ madeAt: at, publicKey },
  };
}

/** 報告（第13条5: 日時・担当者名・内容）の下書きを作る。 */
export async function reportErasure(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ filing: string; number: number }> {
  refuseRight("plan", actor);
  const open = await openFor(office, actor, id, "report");
  const { erasure, counts, copies, parts, recordings, certificates } = open;
  const names = await nameHandlers(office, actor.contract);
  const at = erasure.finished_at ?? erasure.made_at;
  const waiting = copies.filter((one) => one.done === undefined);
  const made = await prepareFiling(office, actor, {
    form: "erasure-report",
    title: `個人情報の消去の報告（消去第${erasure.number}号）`,
    about: { room: "erasure", kind: "erasure", id },
    fields: {
      at: `${formatWareki(dayOf(at), { weekday: true })}${minuteOf(at)}`,
      who: names.get(erasure.run_by ?? "")?.name ?? "",
      content: [
        `範囲: ${erasure.label}`,
        `数量: ${quantityText(counts)}`,
        itemsText(counts),
        ...parts.map(({ label }) => label),
        ...recordings.map(({ label, erasedOn }) =>
          erasedOn === undefined ? `${label}: まだ消していません。` : `${label}: ${erasedOn} に消しました。`,
        ),
        waiting.length > 0
          ? `控え: ${waiting.length}組の始末が残っています（${waiting.map((one) => one.set).join("、")}）。`
          : `控え: ${copies.length}組の始末を確かめました。`,
      ].join("\n"),
      certificate: certificates[0] ? `消去証明 第${erasure.number}号（第${certificates[0].edition}版）` : "",
    },
  });
  const { erasure: now } = await openErasure(office, actor.contract, id);
  await change(office, actor, now, { report_id: made.id }, (tx) =>
    tx.record({
      kind: "erasure.reported",
      about: `erasure/erasure/${id}`,
      payload: { number: erasure.number, filing: made.id },
    }),
  );
  return { filing: made.id, number: made.number };
}

/** 墓標: 控えを戻すときに読ませる、壊した鍵の一覧（restore --tombstones）。 */
export async function readTombstoneFile(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  id: string,
): Promise<string> {
  refuseRight("see", actor);
  const { erasure } = await openErasure(office, actor.contract, id);
  if (erasure.state !== "scrubbed" && erasure.state !== "destroyed")
    throw new AppError("REFUSED", "まだ鍵を壊していないので、墓標はありません。");
  const keys = (await listErasureKeys(office.read, id)).map((one) => one.key_id);
  return `${JSON.stringify({ format: "madoguchi-tombstones/1", erasure: erasure.number, keys }, null, 1)}\n`;
}
