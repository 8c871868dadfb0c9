import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { systemActor } from "../base/actor.ts";
import { instantOf } from "../base/time.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { openDesk } from "../testing/open-desk.ts";
import { applyDocuments } from "./apply-document.ts";
import { bundleBlueprint, readBlueprint } from "./blueprint.ts";
import { keepDocuments } from "./keep-documents.ts";
import type { AppliedDocument } from "./obligation.ts";
import { openContract } from "./open-contract.ts";
import { replaceBlueprint } from "./replace-blueprint.ts";
import { startContract } from "./start-contract.ts";
import { deskState, termOn } from "./term.ts";

const document = `format: madoguchi-document/1
document: { name: tokki, title: 特記事項, prefix: 特記 }
clauses:
  - { id: a5, number: 第5条, title: 教育, text: 乙は、従業者に教育をする。 }
  - { id: a5-2, number: 第5条2, parent: a5, title: 計画 }
obligations:
  - { id: teach, clause: a5, actor: 乙, to: 甲, verb: 実施, object: 乙の従業者の教育, quote: 乙は、従業者に教育をする。 }
  - { id: plan, clause: a5-2, actor: 乙, verb: 策定, quote: 計画を策定する。 }
`;
const duty = "  - { id: own, clause: c1, actor: 受託者, verb: 報告, quote: 報告する。 }";

test("準用した文書の条項と義務は、名を前に置いて加わり、読み替えが効く", async () => {
  const yaml = dutyYaml(
    duty,
    "applies: [{ document: tokki, replace: [{ from: 乙, to: 受託者 }, { from: 甲, to: 委託者 }], without: [plan] }]",
  );
  const { blueprint } = readBlueprint(
    await bundleBlueprint(yaml, async (name) => (name === "tokki" ? document : undefined)),
  );
  expect(blueprint.clauses.map((one) => [one.id, one.number, one.parent])).toEqual([
    ["c1", "6(9)", undefined],
    ["c2", "9", undefined],
    ["tokki.a5", "特記/第5条", undefined],
    ["tokki.a5-2", "特記/第5条2", "tokki.a5"],
  ]);
  expect(blueprint.obligations.map((one) => [one.id, one.actor, one.to, one.object])).toEqual([
    ["own", "受託者", undefined, ""],
    ["tokki.teach", "受託者", "委託者", "受託者の従業者の教育"],
  ]);
  expect(blueprint).toMatchObject({ missing: [], applied: [{ name: "tokki", prefix: "特記" }] });
});

test("文書が添えられていなければ、名を残して言い、ほかは読める", () => {
  const { blueprint } = readBlueprint(dutyYaml(duty, "applies: [tokki]"));
  expect(blueprint.missing).toEqual(["tokki"]);
  expect(
    applyDocuments({ clauses: [], obligations: [], applies: ["tokki"] }, [] as AppliedDocument[]),
  ).toMatchObject({ missing: ["tokki"] });
});

test("番号の重なり、指し先のない条項、読めない文書は、どこが悪いかを言って断る", () => {
  const refused = (yaml: string) => {
    try {
      readBlueprint(yaml);
    } catch (cause) {
      return (cause as { faults: { field: string }[] }).faults.map((fault) => fault.field);
    }
    return [];
  };
  expect(refused(dutyYaml(`${duty}\n${duty}`))).toEqual(["obligations.own"]);
  expect(refused(dutyYaml(duty.replace("c1", "c9")))).toEqual(["obligations.own.clause"]);
  expect(refused(`${dutyYaml(duty, "applies: [tokki]")}---\n${document.replace("第5条,", ",")}`)).toEqual([
    "準用する文書の clauses.0.number",
  ]);
});

test("受付のない契約の設計図は、期と席がなくても読め、期を問われたら文で断る", () => {
  const { blueprint } = readBlueprint(readFileSync("blueprints/sapporo-ict-strategy.yaml", "utf8"));
  expect(blueprint).toMatchObject({ terms: [], desk: { seats: [] } });
  expect(blueprint.services).not.toContain("desk");
  expect(deskState(blueprint, instantOf("2025-09-17", "10:00"))).toMatchObject({
    open: false,
    term: undefined,
  });
  expect(() => termOn(blueprint, "2025-09-17")).toThrowError(expect.objectContaining({ code: "REFUSED" }));
});

test("８ 設計図だけを直して替えても、準用する特記事項は、いまの契約から引き継がれる", async () => {
  const desk = await openDesk();
  try {
    const own = readFileSync("blueprints/sapporo-ict-strategy.yaml", "utf8");
    const bundled = await bundleBlueprint(own, async (name) =>
      readFileSync(`blueprints/${name}.yaml`, "utf8"),
    );
    await startContract(desk.office, systemActor(desk.contract), bundled);
    const before = await openContract(desk.office, desk.contract);
    const next = own.replace("to: 2025-03-24", "to: 2025-03-31");
    expect(readBlueprint(next).blueprint.missing).toEqual(["tokki-kojin-joho"]);
    await replaceBlueprint(desk.office, systemActor(desk.contract), {
      ...{ yaml: next, before: before.blueprintHash, reason: "変更契約書 第1号" },
    });
    const { blueprint } = await openContract(desk.office, desk.contract);
    expect(blueprint.missing).toEqual([]);
    expect(blueprint.performance.to).toBe("2025-03-31");
    expect(blueprint.obligations.length).toBe(before.blueprint.obligations.length);
  } finally {
    await desk.close();
  }
});

test("８ 契約に添えた文書の区切りに空白が続いていても、替えたときに文書は引き継がれる", async () => {
  const desk = await openDesk();
  try {
    const yaml = dutyYaml(duty, "applies: [tokki]");
    const bundled = `${yaml.trimEnd()}\n--- \n${document}`;
    expect(readBlueprint(bundled).blueprint.missing).toEqual([]);
    await startContract(desk.office, systemActor(desk.contract), bundled);
    const kept = await keepDocuments(desk.office, desk.contract, yaml);
    expect(readBlueprint(kept).blueprint.missing).toEqual([]);
  } finally {
    await desk.close();
  }
});
