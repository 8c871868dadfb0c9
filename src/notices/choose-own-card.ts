import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { draftFiling } from "../filings/draft-filing.ts";
import { insertTemplate } from "../platform/client-template-store.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { type OwnCardSetting, ownCardFields, ownCardName } from "./own-card.ts";

const media = "application/json";
const words = { horizontal: "横書き", vertical: "縦書き" } as const;

export function mayChooseOwnCard(actor: Pick<Actor, "roles">): boolean {
  return actor.roles.some((role) => role === "supervisor" || role === "manager");
}

/**
 * まどぐちの標準のはがきを、受講通知書の様式にする。様式を受託者で決めることになるので、委託者との協議（仕様書６(2)オ）の
 * 下書きが同時にできる。戻り値は様式の id と協議の番号。
 */
export async function chooseOwnCard(
  office: Office,
  actor: Actor,
  direction: OwnCardSetting["direction"],
): Promise<{ id: string; filing: number }> {
  if (!mayChooseOwnCard(actor))
    throw new AppError("FORBIDDEN", "標準のはがきを選ぶのは、SV・責任者の役割です。");
  const key = await office.keys.fresh(actor.contract);
  const id = newId();
  const setting: OwnCardSetting = { format: "madoguchi-card/1", direction };
  await office.act(actor, async (tx) => {
    const bytes = Buffer.from(JSON.stringify(setting));
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
  });
  const filing = await draftFiling(office, actor, {
    kind: "consultation",
    title: "受講通知書の様式について",
    clause: "6(2)オ",
    body: `受講通知書を、受託者の様式（${ownCardName}、宛名は${words[direction]}）で作成したく、協議を申し入れます。宛名面は郵便番号・住所・氏名・カスタマバーコード・料金の印・差出人、文面は受講日時・会場・講座・受付番号・持ち物・問合せ先です。大きな文字を希望された方には、同じ内容の大きな文字の版を用います。`,
  });
  return { id, filing: filing.number };
}
