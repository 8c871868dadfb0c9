import type { Ask, Route } from "../platform/route.ts";
import { replaceBlueprint } from "../terms/replace-blueprint.ts";
import { rebuildOwed } from "./catch-up-owed.ts";
import { compareOwed } from "./compare-owed.ts";
import {
  attestBody,
  changeBody,
  confirmBody,
  endBody,
  filterOf,
  markBody,
  raiseBody,
  retractBody,
} from "./contract-ask.ts";
import type { ContractHand } from "./contract-hand.ts";
import { refuseContractRole } from "./contract-right.ts";
import { endContract } from "./end-contract.ts";
import { attestDuty, evidenceDuty } from "./evidence-duty.ts";
import { raiseDuty } from "./raise-duty.ts";
import { readCoverage } from "./read-coverage.ts";
import { readDuty } from "./read-duty.ts";
import { readOwed } from "./read-owed.ts";
import { retractMark, waiveDuty } from "./waive-duty.ts";

/** 設計図を受けるところの、本文の上限。 */
export const BLUEPRINT_BYTES = 6_000_000;

async function reply(ask: Ask, hand: ContractHand, key: string): Promise<Response> {
  const { duty, line } = await readDuty(ask.office, ask.actor, key, hand.labelOf);
  return ask.reply({
    key,
    state: duty?.state ?? "ahead",
    due: duty?.due ?? null,
    stateText: line?.stateText ?? "",
  });
}

/** 条項と義務の JSON の道。 */
export function contractApiRoutes(hand: ContractHand): Route[] {
  return [...readRoutes(hand), ...actRoutes(hand), ...changeRoutes(hand)];
}

function readRoutes(hand: ContractHand): Route[] {
  return [
    {
      id: "contract.coverage.api",
      method: "GET",
      path: "/api/contract/coverage",
      kind: "api",
      summary: "条項ごとの証跡（仕様書の全部の条項と義務の色）",
      handle: async (ask) => ask.reply(await readCoverage(ask.office, ask.actor.contract)),
    },
    {
      id: "contract.owed.api",
      method: "GET",
      path: "/api/contract/owed",
      kind: "api",
      summary: "求められていること（state、role、day、all=1 で絞る）",
      handle: async (ask) => {
        const { lines, tally, now } = await readOwed(ask.office, ask.actor.contract, filterOf(ask));
        return ask.reply({ now, tally, owed: lines });
      },
    },
    {
      id: "contract.duty.api",
      method: "GET",
      path: "/api/contract/duties/:key",
      kind: "api",
      summary: "義務を一つ: 文書の一文、期限の決まり方、証跡、これまで",
      handle: async (ask) => ask.reply(await readDuty(ask.office, ask.actor, ask.param("key"), hand.labelOf)),
    },
  ];
}

function actRoutes(hand: ContractHand): Route[] {
  const path = (verb: string) => `/api/contract/duties/:key/${verb}`;
  return [
    {
      id: "contract.raise.api",
      method: "POST",
      path: path("raise"),
      kind: "api",
      summary: "起きたと記録し、義務を生じさせる（key は義務の id）",
      input: raiseBody,
      handle: async (ask) => {
        const key = await raiseDuty(ask.office, ask.actor, ask.param("key"), await ask.json(raiseBody));
        return reply(ask, hand, key);
      },
    },
    {
      id: "contract.evidence.api",
      method: "POST",
      path: path("evidence"),
      kind: "api",
      summary: "証跡を添えて、果たしたと記録する",
      input: markBody,
      handle: async (ask) => {
        await evidenceDuty(ask.office, ask.actor, ask.param("key"), await ask.json(markBody));
        return reply(ask, hand, ask.param("key"));
      },
    },
    {
      id: "contract.attest.api",
      method: "POST",
      path: path("attest"),
      kind: "api",
      summary: "続く義務を守っていると表明する",
      input: attestBody,
      handle: async (ask) => {
        await attestDuty(ask.office, ask.actor, ask.param("key"), await ask.json(attestBody));
        return reply(ask, hand, ask.param("key"));
      },
    },
    {
      id: "contract.waive.api",
      method: "POST",
      path: path("waive"),
      kind: "api",
      summary: "委託者に免じられたと記録する（根拠の ref が要る）",
      input: markBody,
      handle: async (ask) => {
        await waiveDuty(ask.office, ask.actor, ask.param("key"), await ask.json(markBody));
        return reply(ask, hand, ask.param("key"));
      },
    },
    {
      id: "contract.retract.api",
      method: "POST",
      path: path("retract"),
      kind: "api",
      summary: "書き足したことを取り消す（entry は記録の id）",
      input: retractBody,
      handle: async (ask) => {
        const { entry } = await ask.json(retractBody);
        await retractMark(ask.office, ask.actor, ask.param("key"), entry);
        return reply(ask, hand, ask.param("key"));
      },
    },
  ];
}

function changeRoutes(hand: ContractHand): Route[] {
  return [
    {
      id: "contract.rebuild.api",
      method: "POST",
      path: "/api/contract/rebuild",
      kind: "api",
      summary: "義務の写しを、記録から作り直す",
      handle: async (ask) => {
        refuseContractRole("rebuild", ask.actor.roles);
        return ask.reply(await rebuildOwed(ask.office, ask.actor.contract));
      },
    },
    {
      id: "contract.difference.api",
      method: "POST",
      path: "/api/contract/change/preview",
      kind: "api",
      summary: "変更した設計図を当てたときの、義務と期限の差（何も書かない）",
      input: changeBody,
      bodyLimit: BLUEPRINT_BYTES,
      handle: async (ask) =>
        ask.reply(await compareOwed(ask.office, ask.actor.contract, (await ask.json(changeBody)).yaml)),
    },
    {
      id: "contract.change.api",
      method: "POST",
      path: "/api/contract/change",
      kind: "api",
      summary: "契約を変更する（before は、差を見たときのハッシュ）",
      input: confirmBody,
      bodyLimit: BLUEPRINT_BYTES,
      handle: async (ask) => {
        refuseContractRole("change", ask.actor.roles);
        return ask.reply(await replaceBlueprint(ask.office, ask.actor, await ask.json(confirmBody)));
      },
    },
    {
      id: "contract.end.api",
      method: "POST",
      path: "/api/contract/end",
      kind: "api",
      summary: "契約の終わり・解除を記録する",
      input: endBody,
      handle: async (ask) => {
        await endContract(ask.office, ask.actor, await ask.json(endBody), hand);
        return ask.reply({ ended: true });
      },
    },
  ];
}
