import { createHmac } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { listFilings } from "../filings/list-filings.ts";
import type { Office } from "../platform/office.ts";
import { refuseCall } from "./call-right.ts";
import { findDoor, putDoor } from "./call-store.ts";

/** つなぐ前に要る、市の許し。 */
const needs = [
  { form: "system-use", name: "システムの利用に係る協議（６(6)オ）" },
  { form: "network-permission", name: "ネットワーク接続等の許可（基準 ５(1)）" },
] as const;

export interface CallDoor {
  opened: boolean;
  needs: { form: string; name: string; met: boolean; filing: string | undefined }[];
  permitted: boolean;
}

/** 電話システムとの接続の、いまの姿。 */
export async function readDoor(office: Office, contract: string): Promise<CallDoor> {
  const filings = await listFilings(office, { contract, roles: ["system"] });
  const list = needs.map(({ form, name }) => {
    const own = filings.filter((one) => one.form === form);
    const met = own.find((one) => one.state === "approved" || one.state === "answered");
    return { form, name, met: met !== undefined, filing: (met ?? own[0])?.id };
  });
  const door = await findDoor(office.read, contract);
  return { opened: door?.opened === 1, needs: list, permitted: list.every(({ met }) => met) };
}

/** 接続を開く、閉じる。rotate なら合い鍵を替える。許しがなければ REFUSED。 */
export async function changeDoor(
  office: Office,
  actor: Actor,
  { opened, rotate = false }: { opened: boolean; rotate?: boolean },
): Promise<void> {
  refuseCall("connect", actor);
  const { permitted, needs: list } = await readDoor(office, actor.contract);
  if (opened && !permitted)
    throw new AppError(
      "REFUSED",
      `まだつなげません。${list
        .filter(({ met }) => !met)
        .map(({ name }) => name)
        .join("と")}の答えを、協議・届出に記録してください。`,
    );
  const before = await findDoor(office.read, actor.contract);
  await office.act(actor, async (tx) => {
    const edition = (before?.edition ?? 1) + (rotate ? 1 : 0);
    const row = {
      contract_id: tx.contract,
      opened: opened ? 1 : 0,
      edition,
      made_by: actor.id,
      made_at: tx.now,
    };
    await putDoor(tx, row);
    await tx.record({ kind: "call.door-changed", payload: { opened, rotated: rotate } });
  });
}

/** 署名の合い鍵。契約の鍵から作るので、どこにも置かない。接続が開いていなければ undefined。 */
export async function doorSecret(office: Office, contract: string): Promise<string | undefined> {
  const door = await findDoor(office.read, contract);
  if (door?.opened !== 1 || !(await readDoor(office, contract)).permitted) return undefined;
  const key = await office.keys.lookupKey(contract);
  return createHmac("sha256", key).update(`call-door|${door.edition}`).digest("base64url");
}
