import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyMigrations, migrations } from "../../migrations/all.ts";
import { type Role, systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { senderHolder } from "../comments/erase-sender.ts";
import { readOwed } from "../contract/read-owed.ts";
import { memberHolder } from "../council/erase-member.ts";
import type { ErasureHand, Throwaway } from "../erasure/erasure-hand.ts";
import { realClock } from "../platform/clock.ts";
import { localKeyHolder } from "../platform/local-key-holder.ts";
import { openMain, openOffice } from "../platform/open-office.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { pickContract } from "../terms/pick-contract.ts";
import { startContract } from "../terms/start-contract.ts";
import { gateAttempts } from "./drill-gate.ts";
import { mayOpen } from "./role-matrix.ts";
import { eventKinds, labelOfEvent } from "./rooms.ts";

/** 消去・事故・月次報告の室に渡すもの。 */
export const erasureHand: ErasureHand = {
  contract: pickContract,
  monthDuty: async (office, contract, month) => {
    const { blueprint } = await openContract(office, contract);
    for (const { id } of monthlyReports(blueprint)) {
      const { lines } = await readOwed(office, contract, { obligation: id });
      const key = lines.find((line) => line.key.includes(month) && line.state !== "done")?.key;
      if (key !== undefined) return key;
    }
    return undefined;
  },
  asksMonthly: async (office, contract) =>
    monthlyReports((await openContract(office, contract)).blueprint).length > 0,
  holders: [senderHolder, memberHolder],
  throwaway: openThrowaway,
  gateAttempts,
  mayOpen: (routeId, roles) => mayOpen(routeId, roles as readonly Role[]),
  labelOf: labelOfEvent,
};

/** 個人情報の取扱状況を毎月報告する義務。ほかの市の仕様書では id も様式の名も違うので、言葉からも探す。 */
export function monthlyReports({ obligations }: Pick<Blueprint, "obligations">): Blueprint["obligations"] {
  return obligations.filter(
    ({ form, object, verb, quote, when }) =>
      when.some((one) => "each" in one && one.each === "month") &&
      (form === "monthly-privacy-report" ||
        (/個人情報/.test(`${object}${quote}`) && /報告|提出/.test(`${verb}${object}`))),
  );
}

const TRAINING = `format: madoguchi-blueprint/1
title: 流出の訓練
shortTitle: 流出の訓練
client: 訓練市
clientUnit: 訓練課
fiscalYear: 2025
performance: { from: 2025-04-01, to: 2026-03-31 }
`;

/** 訓練のための事務所。鍵も乱数で作り、終われば鍵もフォルダーも残らない。いつも SQLite。 */
async function openThrowaway(): Promise<Throwaway> {
  const data = await mkdtemp(join(tmpdir(), "madoguchi-drill-"));
  const root = new Uint8Array(randomBytes(32));
  const place = { data };
  const clock = realClock;
  const office = await openOffice({
    ...{ id: "drill", mode: "real", place, holder: localKeyHolder(root), clock, eventKinds },
    ...{ migrations, keyMigrations },
  });
  const contract = "drill";
  await startContract(office, systemActor(contract), TRAINING);
  return {
    office,
    contract,
    stolen: () => opensWithoutKey(data),
    close: async () => {
      root.fill(0);
      await office.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function opensWithoutKey(data: string): Promise<boolean> {
  const holder = localKeyHolder(new Uint8Array(randomBytes(32)));
  try {
    const db = await openMain({ place: { data }, holder, mode: "real" });
    await db.close();
    return true;
  } catch (cause) {
    if (cause instanceof AppError && cause.code === "SEALED") return false;
    throw cause;
  }
}
