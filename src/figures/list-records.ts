import { listHandSlips, listInquiryRecords, type ShownSlip } from "../answers/list-inquiries.ts";
import type { Actor } from "../base/actor.ts";
import { type Day, dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";

/** 応対記録の行き先（６(9)「重要な記録は委託者に引き渡し、残りの原本は業務終了時まで保管し、速やかに廃棄」）。 */
export interface RecordPlan {
  /** 業務の終わり（最後の期の終わり）。期のない契約では undefined。 */
  endsOn: Day | undefined;
  ended: boolean;
  /** 引き渡した重要な記録。 */
  handed: number;
  /** まだ引き渡していない重要な記録。 */
  waiting: number;
  /** 業務の終わりまで残し、廃棄の一覧に載せるもの。 */
  kept: readonly { number: number | null; day: Day; item: string }[];
  slips: readonly ShownSlip[];
}

/** 応対記録の引渡しと廃棄の一覧。内容は開かない。 */
export async function listRecordPlan(office: Office, actor: Pick<Actor, "contract">): Promise<RecordPlan> {
  const [{ blueprint }, records, slips] = await Promise.all([
    openContract(office, actor.contract),
    listInquiryRecords(office, actor),
    listHandSlips(office, actor.contract),
  ]);
  const ends = blueprint.terms.map(
    (term) => [term.deskTo, term.dispatchTo, term.classesTo].sort().at(-1) ?? "",
  );
  const endsOn = ends.sort().at(-1);
  const today = dayOf(office.clock.officeNow(actor.contract));
  return {
    endsOn,
    ended: endsOn !== undefined && today > endsOn,
    handed: records.filter((one) => one.important && one.slip !== null).length,
    waiting: records.filter((one) => one.important && one.slip === null).length,
    kept: records
      .filter((one) => !one.important)
      .map(({ number, at, item }) => ({ number, day: dayOf(at), item })),
    slips,
  };
}
