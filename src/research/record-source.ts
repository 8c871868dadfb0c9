import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { dayOf } from "../base/time.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { refuseResearch } from "./research-right.ts";
import { type SourceInput, sourceCode, sourceFaults } from "./source.ts";
import { findSourceRow, insertSource, updateSource } from "./source-store.ts";

/**
 * 調べた資料を登録する。番号は契約ごとの通しで、欠番がない。
 * @returns code は「S-01」（本文の [^src:S-01] が指す）
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN
 */
export async function recordSource(
  office: Office,
  actor: Actor,
  given: SourceInput,
): Promise<{ id: string; code: string }> {
  refuseResearch(actor);
  const row = rowOf(office, actor, given);
  return office.act(actor, async (tx) => {
    const id = newId();
    const number = await takeNumber(tx, tx.contract, "research");
    await insertSource(tx, {
      ...{ id, contract_id: tx.contract, number, ...row },
      ...{ made_by: actor.id, made_at: tx.now, edition: 1 },
    });
    const code = sourceCode({ number });
    await tx.record({
      kind: "research.recorded",
      about: `research/source/${id}`,
      payload: { code, kind: given.kind },
    });
    return { id, code };
  });
}

/** 資料を直す。edition は開いたときのもの（ほかの人が先に直していれば CONFLICT）。 */
export async function changeSource(
  office: Office,
  actor: Actor,
  id: string,
  given: SourceInput & { edition: number },
): Promise<void> {
  refuseResearch(actor);
  const { edition, ...input } = given;
  const row = rowOf(office, actor, input);
  await office.act(actor, async (tx) => {
    const before = await findSourceRow(tx, tx.contract, id);
    if (!before) throw new AppError("NOT_FOUND", "その資料はありません。一覧から選び直してください。");
    if (!(await updateSource(tx, { ...before, edition }, row)))
      throw new AppError(
        "CONFLICT",
        "ほかの人が先に変えました。画面を開き直して、今の内容をご確認ください。",
      );
    await tx.record({
      ...{ kind: "research.changed", about: `research/source/${id}` },
      payload: { code: sourceCode(before), kind: given.kind },
    });
  });
}

function rowOf(office: Office, actor: Actor, given: SourceInput) {
  const faults = sourceFaults(given, dayOf(office.clock.officeNow(actor.contract)));
  if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
  const { kind, title, ...body } = given;
  return { kind, title: title.trim(), body: JSON.stringify(body) };
}
