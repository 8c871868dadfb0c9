import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { type Channel, heardChannels } from "../filings/filing-answer.ts";
import { isDay } from "../japan/day.ts";
import type { Office } from "../platform/office.ts";
import { changeDeliverable } from "./change-deliverable.ts";
import { currentVersion } from "./current-version.ts";
import { afterAct, deliverableLimits, type InspectOutcome } from "./deliverable.ts";
import { updateVersion } from "./deliverable-store.ts";

/** 委託者の言葉が届いた方法。委託者が自分で着席して行うときは要らない。 */
export interface HeardBy {
  channel: string;
  heardFrom: string;
}

export interface Inspection extends HeardBy {
  outcome: InspectOutcome;
  /** 手直しの内容（手直しのときは必ず）。 */
  words: string;
}

/**
 * 検査の結果。委託者が自分で記すか、受けた責任者・SV が記録する。作った人・提出した人は記せない。
 * @throws AppError BAD_INPUT（欄の名つき）、REFUSED（自分の提出、状態）、FORBIDDEN
 */
export async function inspectDeliverable(
  office: Office,
  actor: Actor,
  id: string,
  given: Inspection,
): Promise<void> {
  const faults = [...heardFaults(actor, given), ...wordFaults(given)];
  if (faults.length > 0) throw new AppError("BAD_INPUT", "検査の結果に直すところがあります。", { faults });
  const current = await currentVersion(office, actor.contract, id);
  await changeDeliverable(office, actor, id, "inspect", async (row, tx) => {
    if (!current || current.row.version !== row.version)
      throw new AppError("CONFLICT", "ほかの人が先に変えました。画面を開き直してください。");
    refuseOwn(actor, current.row);
    const words = given.words.trim();
    await updateVersion(tx, current.key, current.row, {
      ...{ outcome: given.outcome, inspected_by: actor.id, inspected_at: tx.now },
      ...heardOf(actor, given),
      words: words === "" ? null : words,
    });
    return {
      change: { state: afterAct("inspect", row.state, given.outcome) },
      kind: "deliverable.inspected",
      payload: {
        outcome: given.outcome,
        channel: heardOf(actor, given).channel,
        sha256: current.row.sha256,
      },
    };
  });
}

export interface Receipt extends HeardBy {
  /** 受領書の番号など。 */
  receipt: string;
  receivedOn: string;
}

/**
 * 受領。合格した成果品を委託者が受け取ったこと。受領書の番号と日付が要る。
 * @throws AppError BAD_INPUT、REFUSED、FORBIDDEN
 */
export async function receiveDeliverable(
  office: Office,
  actor: Actor,
  id: string,
  given: Receipt,
): Promise<void> {
  const today = dayOf(office.clock.officeNow(actor.contract));
  const faults = [...heardFaults(actor, given), ...receiptFaults(given, today)];
  if (faults.length > 0) throw new AppError("BAD_INPUT", "受領の内容に直すところがあります。", { faults });
  const current = await currentVersion(office, actor.contract, id);
  await changeDeliverable(office, actor, id, "receive", (row) => {
    if (current) refuseOwn(actor, current.row);
    return {
      change: {
        state: afterAct("receive", row.state),
        receipt: given.receipt.trim(),
        received_on: given.receivedOn,
      },
      kind: "deliverable.accepted",
      payload: {
        receipt: given.receipt.trim(),
        on: given.receivedOn,
        channel: heardOf(actor, given).channel,
      },
    };
  });
}

function isClient(actor: Actor): boolean {
  return actor.roles.includes("client");
}

function heardOf(actor: Actor, given: HeardBy): { channel: Channel; heard_from: string | null } {
  if (isClient(actor)) return { channel: "site", heard_from: null };
  return { channel: given.channel as Channel, heard_from: given.heardFrom.trim() };
}

function heardFaults(actor: Actor, given: HeardBy): Fault[] {
  if (isClient(actor)) return [];
  const faults: Fault[] = [];
  if (!(heardChannels as readonly string[]).includes(given.channel))
    faults.push({ field: "channel", message: "委託者からどのように届いたかを選んでください。" });
  if (given.heardFrom.trim() === "" || [...given.heardFrom].length > 80)
    faults.push({
      field: "heardFrom",
      message: "委託者のどなたからか（部署と職名）を、80字までで書いてください。",
    });
  return faults;
}

function wordFaults({ outcome, words }: Inspection): Fault[] {
  const faults: Fault[] = [];
  if (outcome !== "passed" && outcome !== "rework")
    faults.push({ field: "outcome", message: "合格か手直しかを選んでください。" });
  if (outcome === "rework" && words.trim() === "")
    faults.push({ field: "words", message: "どこをどう直すかを書いてください。" });
  if ([...words].length > deliverableLimits.words)
    faults.push({ field: "words", message: `${deliverableLimits.words}字までで書いてください。` });
  return faults;
}

function receiptFaults({ receipt, receivedOn }: Receipt, today: string): Fault[] {
  const faults: Fault[] = [];
  if (receipt.trim() === "" || [...receipt].length > 60)
    faults.push({ field: "receipt", message: "受領書の番号か名を、60字までで書いてください。" });
  if (!isDay(receivedOn) || receivedOn > today)
    faults.push({ field: "receivedOn", message: "受け取られた日を、今日までの日で入れてください。" });
  return faults;
}

/** 一人が両方の側に立たない。 */
function refuseOwn(actor: Actor, version: { made_by: string; submitted_by: string | null }): void {
  if (version.made_by !== actor.id && version.submitted_by !== actor.id) return;
  throw new AppError(
    "REFUSED",
    "ご自分が作った、または提出した版の検査と受領は記録できません。委託者の方か、別の責任者・SV の方にお願いしてください。",
  );
}
