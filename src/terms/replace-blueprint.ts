import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { readBlueprint } from "./blueprint.ts";
import { setBlueprint } from "./contract-store.ts";
import { keepDocuments } from "./keep-documents.ts";
import { forgetContract } from "./open-contract.ts";

/**
 * 変更契約: 動いている契約の設計図を入れ替える（添えていない準用の文書は、いまの契約から引き継ぐ）。前の設計図のハッシュも、記録に残る。
 * @param given.before 差を見たときの設計図のハッシュ。その後に変わっていれば CONFLICT
 * @param given.reason 変更の根拠（変更契約の番号など。個人情報を書かない）
 * @throws AppError BAD_INPUT（設計図の誤り、同じ設計図）、CONFLICT
 */
export async function replaceBlueprint(
  office: Office,
  actor: Actor,
  given: { yaml: string; before: string; reason: string },
): Promise<{ hash: string }> {
  const yaml = await keepDocuments(office, actor.contract, given.yaml);
  const { blueprint, hash } = readBlueprint(yaml);
  if (hash === given.before)
    throw new AppError("BAD_INPUT", "いまの設計図と同じファイルです。変更した設計図を選んでください。");
  if ([...given.reason].length > 200 || given.reason.trim() === "") {
    const message = "変更の根拠（変更契約の番号と日付など）を200字までで書いてください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "reason", message }] });
  }
  await office.act(actor, async (tx) => {
    const done = await setBlueprint(tx, tx.contract, given.before, {
      title: blueprint.shortTitle,
      client: blueprint.client,
      fiscal_year: blueprint.fiscalYear,
      blueprint: yaml,
      blueprint_hash: hash,
    });
    if (!done)
      throw new AppError(
        "CONFLICT",
        "ほかの人が先に契約を変更しました。差を見直してから、もう一度お確かめください。",
      );
    await tx.record({
      kind: "contract.changed",
      about: tx.contract,
      payload: { before: given.before, blueprint: hash, reason: given.reason.trim() },
    });
  });
  forgetContract(office, actor.contract);
  return { hash };
}
