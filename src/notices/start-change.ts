import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { insertTemplate } from "../platform/client-template-store.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { moveDispatch } from "../terms/move-dispatch.ts";
import { type AgreedLine, listAgreed } from "./list-agreed.ts";
import { type OwnCardSetting, ownCardFields, ownCardName } from "./own-card.ts";
import { requireAgree } from "./propose-change.ts";

/**
 * 協議の回答のとおり、変更を始める。回答を読んだ人が押し、だれが・どの協議で始めたかが残る。
 * @throws AppError NOT_FOUND、REFUSED（まだ回答がない、もう始めた）、FORBIDDEN
 */
export async function startChange(office: Office, actor: Actor, filing: string): Promise<AgreedLine> {
  requireAgree(actor);
  const line = (await listAgreed(office, actor)).find((one) => one.filing === filing);
  if (!line) throw new AppError("NOT_FOUND", "その協議はありません。一覧を開き直してください。");
  if (line.state === "started") throw new AppError("REFUSED", "その変更は、もう始まっています。");
  if (line.state !== "ready")
    throw new AppError(
      "REFUSED",
      `協議（第${line.number}号）に委託者の回答がまだありません。回答があるまでは、いまのままで行います。`,
    );
  const { change } = line;
  if (change.kind === "own-card") await startCard(office, actor, change.direction, line);
  else {
    const reason = `協議 第${line.number}号（６(3)イ 発送の期間）`;
    await moveDispatch(office, actor, { term: change.term, to: change.to, reason });
    await office.act(actor, (tx) =>
      tx.record({
        kind: "notice.change-started",
        about: line.filing,
        payload: { change: change.kind, number: line.number, term: change.term, to: change.to },
      }),
    );
  }
  return { ...line, state: "started" };
}

async function startCard(
  office: Office,
  actor: Actor,
  direction: OwnCardSetting["direction"],
  { filing, number }: AgreedLine,
): Promise<void> {
  const key = await office.keys.fresh(actor.contract);
  const id = newId();
  const setting: OwnCardSetting = { format: "madoguchi-card/1", direction };
  const bytes = Buffer.from(JSON.stringify(setting));
  const media = "application/json";
  await office.act(actor, async (tx) => {
    const kept = await keepFile(tx, key, { kind: "notice-template", fileName: ownCardName, media, bytes });
    await insertTemplate(tx, {
      id,
      contract_id: tx.contract,
      kind: "notice",
      blob_id: kept.id,
      file_name: ownCardName,
      fields: JSON.stringify(ownCardFields),
      created_at: tx.now,
      created_by: actor.id,
    });
    await tx.record({ kind: "notice.own-card", about: id, payload: { direction, sha256: kept.sha256 } });
    await tx.record({
      kind: "notice.change-started",
      about: filing,
      payload: { change: "own-card", number, direction },
    });
  });
}
