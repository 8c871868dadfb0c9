import { readFile } from "node:fs/promises";
import { type Actor, systemActor } from "../base/actor.ts";
import { addCouncilMember } from "../council/change-council.ts";
import { planMeetings } from "../council/plan-meetings.ts";
import { readCouncil } from "../council/read-council.ts";
import { bundleBlueprint } from "../terms/blueprint.ts";
import { startContract } from "../terms/start-contract.ts";
import { adoptWorkplan } from "../workplan/adopt-workplan.ts";
import { milestoneOn } from "../workplan/plan-sheet.ts";
import type { TestDesk } from "./open-desk.ts";

const blueprint = new URL("../../blueprints/sapporo-ict-strategy.yaml", import.meta.url);

/** 添えてある設計図で、策定支援の契約を始める。 */
export async function startStrategy({
  office,
  contract,
}: Pick<TestDesk, "office" | "contract">): Promise<void> {
  const yaml = await bundleBlueprint(await readFile(blueprint, "utf8"), (name) =>
    readFile(new URL(`${name}.yaml`, blueprint), "utf8"),
  );
  await startContract(office, systemActor(contract), yaml);
}

/** 策定支援の契約、委員、2024年8月20日の第1回有識者会議の予定まで。会議と委員の id を返す。 */
export async function planFirstMeeting(
  desk: Pick<TestDesk, "office" | "contract">,
  actor: Actor,
  members: readonly Parameters<typeof addCouncilMember>[2][],
): Promise<{ meeting: string; ids: string[] }> {
  await startStrategy(desk);
  await adoptWorkplan(desk.office, actor, {
    tasks: [milestoneOn("T06", "有識者会議（第1回）", "2024-08-20")],
    reason: "別紙",
  });
  const ids: string[] = [];
  for (const member of members) ids.push((await addCouncilMember(desk.office, actor, member)).id);
  await planMeetings(desk.office, actor);
  const [meeting] = (await readCouncil(desk.office, desk.contract)).meetings;
  return { meeting: meeting?.id ?? "", ids };
}
