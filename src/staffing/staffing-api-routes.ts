import { z } from "zod";
import type { Route } from "../platform/route.ts";
import { listEquipment } from "./list-equipment.ts";
import { listPeople } from "./list-people.ts";
import { noteEquipment } from "./note-equipment.ts";
import { readPlan } from "./read-plan.ts";
import { readRoster } from "./read-roster.ts";
import { saveRoster } from "./save-roster.ts";
import { setStaffing } from "./set-staffing.ts";
import { drillBody, planQuery, rosterBody } from "./staffing-ask.ts";
import type { StaffingHand } from "./staffing-hand.ts";
import { listReports, startDrill } from "./start-drill.ts";

const settingBody = z.object({
  aht: z.coerce.string().optional(),
  targetShare: z.coerce.string().optional(),
  targetSeconds: z.coerce.string().optional(),
  patience: z.coerce.string().optional(),
  printed: z.string().max(40).optional(),
});
const equipmentBody = z.object({
  kind: z.string().max(40),
  count: z.coerce.string().optional(),
  payer: z.string().max(20).optional(),
  down: z.coerce.string().optional(),
  up: z.coerce.string().optional(),
  onDay: z.string().max(10).optional(),
  detail: z.string().max(2000),
});

/** 席数の室の JSON の道。 */
export function staffingApiRoutes(hand: StaffingHand): Route[] {
  return [
    {
      id: "staffing.api",
      method: "GET",
      path: "/api/staffing",
      kind: "api",
      summary:
        "見込み・席数・回線数（day、basis、aht、targetShare、targetSeconds、patience、printed、simulate）",
      handle: async (ask) => ask.reply(await readPlan(ask.office, ask.actor.contract, hand, planQuery(ask))),
    },
    {
      id: "staffing.set.api",
      method: "POST",
      path: "/api/staffing/setting",
      kind: "api",
      summary: "席数を出す条件を決める",
      input: settingBody,
      handle: async (ask) => ask.reply(await setStaffing(ask.office, ask.actor, await ask.json(settingBody))),
    },
    {
      id: "staffing.roster.api",
      method: "GET",
      path: "/api/staffing/roster",
      kind: "api",
      summary: "一日の勤務と半時間ごとの要員（day）",
      handle: async (ask) => ask.reply(await readRoster(ask.office, ask.actor, hand, ask.query("day"))),
    },
    {
      id: "staffing.roster.save.api",
      method: "POST",
      path: "/api/staffing/roster",
      kind: "api",
      summary: "一日の勤務を決める",
      input: rosterBody,
      handle: async (ask) => {
        const { day, edition, shifts } = await ask.json(rosterBody);
        const saved = await saveRoster(ask.office, ask.actor, {
          ...{ day, edition },
          shifts: shifts.map(({ handler, lunchStarts, lunchEnds, ...shift }) => ({
            ...{ ...shift, handlerId: handler },
            lunch:
              lunchStarts || lunchEnds ? { starts: lunchStarts ?? "", ends: lunchEnds ?? "" } : undefined,
          })),
        });
        return ask.reply(saved);
      },
    },
    {
      id: "staffing.people.api",
      method: "GET",
      path: "/api/staffing/people",
      kind: "api",
      summary: "要員の研修・着席",
      handle: async (ask) => ask.reply(await listPeople(ask.office, ask.actor)),
    },
    {
      id: "staffing.equipment.api",
      method: "GET",
      path: "/api/staffing/equipment",
      kind: "api",
      summary: "設備と、足りないもの",
      handle: async (ask) => ask.reply(await listEquipment(ask.office, ask.actor)),
    },
    {
      id: "staffing.equipment.note.api",
      method: "POST",
      path: "/api/staffing/equipment",
      kind: "api",
      summary: "設備を加える",
      input: equipmentBody,
      handle: async (ask) =>
        ask.reply(await noteEquipment(ask.office, ask.actor, await ask.json(equipmentBody)), 201),
    },
    {
      id: "staffing.drill.api",
      method: "GET",
      path: "/api/staffing/drill",
      kind: "api",
      summary: "訓練の結果（新しい順に十回まで）",
      handle: async (ask) => ask.reply({ drills: await listReports(ask.office, ask.actor.contract) }),
    },
    {
      id: "staffing.drill.start.api",
      method: "POST",
      path: "/api/staffing/drill",
      kind: "api",
      summary: "訓練を始める（長い仕事）",
      input: drillBody,
      handle: async (ask) =>
        ask.reply(await startDrill(ask.office, ask.actor, await ask.json(drillBody)), 202),
    },
  ];
}
