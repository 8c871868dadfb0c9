import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { listFilings } from "../filings/list-filings.ts";
import type { Office } from "../platform/office.ts";
import { deskHandlers } from "./read-roster.ts";
import { refuseStaffing } from "./staffing-right.ts";
import { putGround } from "./staffing-store.ts";

/**
 * 雇用の別を記録する（８「原則として直接雇用」）。直接でない人には、承認された申請（様式 direct-hire-exception）が要る。
 * @throws AppError REFUSED（承認された申請がない）、BAD_INPUT、FORBIDDEN
 */
export async function noteHire(
  office: Office,
  actor: Actor,
  given: { handler: string; hired: string; filing?: string | undefined },
): Promise<void> {
  refuseStaffing("hire", actor);
  const { handler, hired } = given;
  if (hired !== "direct" && hired !== "exception")
    throw new AppError("BAD_INPUT", "雇用の別（直接雇用・直接雇用でない）を選んでください。");
  if (!(await deskHandlers(office, actor.contract)).some(({ id }) => id === handler))
    throw new AppError("BAD_INPUT", "席に着く従業者を選んでください。");
  const filing = hired === "exception" ? await findApproved(office, actor, given.filing) : null;
  await office.act(actor, async (tx) => {
    await putGround(tx, {
      ...{ contract_id: tx.contract, handler_id: handler, hired, filing_id: filing },
      ...{ made_by: tx.actor.id, made_at: tx.now },
    });
    await tx.record({ kind: "handler.hired", about: handler, payload: { handler, hired, filing } });
  });
}

async function findApproved(office: Office, actor: Actor, asked: string | undefined): Promise<string> {
  const filed = await listFilings(office, actor, { form: "direct-hire-exception" });
  const approved = filed.filter(({ state }) => state === "approved");
  const found = asked ? approved.find(({ id }) => id === asked) : approved[0];
  if (found) return found.id;
  throw new AppError(
    "REFUSED",
    "直接雇用でない方には、承認された申請（８「直接雇用によらない従事者の申請書」）が要ります。協議・届出の画面から申請し、承認を得てから記録してください。",
  );
}
