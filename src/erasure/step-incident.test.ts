// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { instantFromMs } from "../base/time.ts";
import { openFiling } from "../filings/list-filings.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openIncident } from "./list-incidents.ts";
import { recordIncident } from "./record-incident.ts";
import {
  closeIncident,
  countIncident,
  preventIncident,
  reportIncident,
  stateIncidentPeople,
} from "./step-incident.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
});
afterEach(() => desk.close());

test("第16条 画面の記録では数えられない件数（誤送付、紙の紛失）は、確かめたものとともに書き、報告書にその旨が出る", async () => {
  const privacy = desk.actor("p", "privacy");
  const now = desk.office.clock.officeNow(desk.contract);
  const { id } = await recordIncident(desk.office, privacy, {
    ...{
      kind: "misdelivery",
      noticedAt: now,
      place: "区役所",
      items: "カナ氏名",
      situation: "別の方の通知書が入っていた",
    },
    improper: false,
  });
  const counted = await countIncident(desk.office, privacy, id, {
    from: now,
    to: instantFromMs(Date.parse(now) + 60_000),
    actor: undefined,
  });
  expect(counted.people).toBe(0);
  await expect(
    stateIncidentPeople(desk.office, privacy, id, { people: 2, basis: " " }),
  ).rejects.toMatchObject({
    code: "BAD_INPUT",
    faults: [{ field: "basis" }],
  });
  await stateIncidentPeople(desk.office, privacy, id, { people: 2, basis: "回収した通知書二枚" });
  const { incident, steps } = await openIncident(desk.office, privacy, id);
  expect([incident.people, incident.counted]).toEqual([2, null]);
  expect(steps.filter(({ kind }) => kind === "counted" || kind === "stated").map(({ note }) => note)).toEqual(
    ["0人（表示・書き出し 0件）", "2人　回収した通知書二枚"],
  );
  await preventIncident(desk.office, privacy, id, {
    measures: "",
    cause: "封入の取り違え",
    prevention: "二人で確かめる",
  });
  const { filing } = await reportIncident(desk.office, privacy, id);
  const { fields } = (await openFiling(desk.office, privacy, filing)).filing;
  expect(JSON.stringify(fields)).toContain("2人（現物などで確かめたもの）");
  await expect(closeIncident(desk.office, privacy, id)).rejects.toMatchObject({ code: "REFUSED" });
});
