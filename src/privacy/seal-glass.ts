import { createHmac } from "node:crypto";
import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { takeNumber } from "../platform/counter-store.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { groupsOf, sameCollationNumber } from "../sealing/checkpoint.ts";
import { mayBreak } from "./privacy-right.ts";

/** いま封筒に入っている符号。符号そのものは持たない。 */
export interface GlassSeal {
  number: number;
  madeById: string;
  madeBy: string;
  madeAt: Instant;
  /** もう使った（新しい符号を作って、封をし直す）。 */
  spent: boolean;
}

/**
 * 緊急の閲覧を許すための、封をして金庫に入れる符号を作る。前の符号は、もう効かない。
 * 符号は戻り値だけにあり、どこにも残らない（契約の鍵と番号から、そのつど確かめる）。
 * @throws AppError FORBIDDEN
 */
export async function sealGlass(office: Office, actor: Actor): Promise<{ number: number; code: string }> {
  if (!mayBreak(actor.roles))
    throw new AppError(
      "FORBIDDEN",
      "封をする符号を作るのは、責任者か保護管理者です。該当する方にお願いしてください。",
    );
  const key = await office.keys.lookupKey(actor.contract);
  const number = await office.act(actor, async (tx) => {
    const next = await takeNumber(tx, tx.contract, "glass-seal");
    await tx.record({ kind: "glass.sealed", payload: { seal: next } });
    return next;
  });
  return { number, code: codeOf(key, actor.contract, number) };
}

/** いまの符号。一度も作っていなければ undefined。 */
export async function readSeal(office: Office, contract: string): Promise<GlassSeal | undefined> {
  const events = await listEvents(office.read, {
    ...{ contract, kinds: ["glass.sealed", "glass.broken"], limit: 1_000 },
  });
  const made = events
    .filter(({ kind }) => kind === "glass.sealed")
    .sort((a, b) => Number(b.payload.seal) - Number(a.payload.seal))[0];
  if (!made) return undefined;
  const number = Number(made.payload.seal);
  const names = await nameHandlers(office, contract);
  return {
    ...{ number, madeById: made.actor, madeBy: names.get(made.actor)?.name ?? "異動した人", madeAt: made.at },
    spent: events.some(({ kind, payload }) => kind === "glass.broken" && payload.seal === number),
  };
}

/**
 * 封を切った符号を確かめ、その番号を返す。違えば、違ったことを記録して断る。
 * @throws AppError REFUSED（符号がない、もう使った、自分が作った符号）、BAD_INPUT（違う）
 */
export async function checkSeal(office: Office, actor: Actor, typed: string): Promise<number> {
  const seal = await readSeal(office, actor.contract);
  if (!seal || seal.spent)
    throw new AppError(
      "REFUSED",
      "封をした符号が、まだないか、もう使ってあります。許す方とは別の責任者か保護管理者が、新しい符号を作って封をしてください。",
    );
  if (seal.madeById === actor.id)
    throw new AppError(
      "REFUSED",
      "この符号は、あなたが作ったものです。符号を作った方とは別の、責任者か保護管理者が許してください。",
    );
  const code = codeOf(await office.keys.lookupKey(actor.contract), actor.contract, seal.number);
  if (sameCollationNumber(typed, code)) return seal.number;
  await office.act(actor, (tx) => tx.record({ kind: "glass.refused", payload: { seal: seal.number } }));
  const message = `符号が違います。封筒の「第${seal.number}号」の符号を、書いてあるとおりに入れてください。`;
  throw new AppError("BAD_INPUT", message, { faults: [{ field: "code", message }] });
}

/** 「7K2M-…」。契約の照合の鍵と番号から作る、80ビットの符号。 */
function codeOf(key: Uint8Array, contract: string, number: number): string {
  const mac = createHmac("sha256", key).update(`glass-seal|${contract}|${number}`).digest();
  return groupsOf(mac);
}
