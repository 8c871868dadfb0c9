import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { owed } from "../contract/owed.ts";
import { readSpecificationText } from "../reading/read-specification.ts";
import { type Blueprint, bundleBlueprint, readBlueprint } from "../terms/blueprint.ts";
import { fact } from "../testing/duty-fixture.ts";
import { eventKinds } from "./rooms.ts";

const blueprints = new URL("../../blueprints/", import.meta.url);
const samples = new URL("../../samples/specifications/", import.meta.url);

async function ship(name: string): Promise<Blueprint> {
  const load = async (one: string) => readFileSync(new URL(`${one}.yaml`, blueprints), "utf8");
  return readBlueprint(await bundleBlueprint(await load(name), load)).blueprint;
}

/** 空白を除いた文。折り返しのある元の文と比べる。 */
function solid(text: string): string {
  return text.replace(/\s/g, "");
}

const known = new Set(eventKinds.map((one) => one.kind));

describe.each(["sapporo-class-booking", "sapporo-ict-strategy"])("添えた設計図 %s", (name) => {
  const text = readFileSync(new URL(`${name}.txt`, samples), "utf8");
  const tokki = readFileSync(new URL("sapporo-ict-strategy.txt", samples), "utf8");

  test("spec read が見つける義務は、すべて同じ文で入っている", async () => {
    const { obligations } = await ship(name);
    const quotes = new Map<string, number>();
    for (const one of obligations) quotes.set(solid(one.quote), (quotes.get(solid(one.quote)) ?? 0) + 1);
    const wanted = new Map<string, number>();
    for (const one of readSpecificationText(text).obligations)
      wanted.set(solid(one.sentence), (wanted.get(solid(one.sentence)) ?? 0) + 1);
    const lost = [...wanted].filter(([quote, count]) => (quotes.get(quote) ?? 0) < count);
    expect(lost).toEqual([]);
  });

  test("引いた文は、仕様書（準用した特記事項を含む）のそのままの一部", async () => {
    const source = solid(text) + solid(tokki);
    const { obligations, clauses } = await ship(name);
    expect(obligations.filter((one) => !source.includes(solid(one.quote)))).toEqual([]);
    expect(clauses.filter((one) => !source.includes(solid(one.text))).map((one) => one.id)).toEqual([]);
  });

  test("義務を生じさせ、果たす記録は、どれも登録されている", async () => {
    const { obligations } = await ship(name);
    const used = obligations.flatMap((one) => [
      ...one.done.flatMap((done) => [
        done.event,
        ...(typeof done.awaits === "object" ? [done.awaits.event] : []),
      ]),
      ...one.when.flatMap((when) => ("event" in when ? [when.event] : [])),
    ]);
    expect(used.filter((kind) => !known.has(kind))).toEqual([]);
  });

  test("準用の文書が添えられ、続く義務には見直しがある", async () => {
    const { obligations, missing, applied } = await ship(name);
    expect(missing).toEqual([]);
    expect(applied.map((one) => one.prefix)).toEqual(["特記"]);
    const endless = obligations.filter(
      (one) => (one.nature === "standing" || one.nature === "prohibition") && one.review === undefined,
    );
    expect(endless.map((one) => one.id)).toEqual([]);
  });
});

test("６(9) クレームの日次報告は翌営業日、９(1) 完了報告は翌月末（休みなら前の開庁日）", async () => {
  const { obligations } = await ship("sapporo-class-booking");
  expect(obligations.find((one) => one.id === "complaint-report")).toMatchObject({
    when: [{ event: "complaint.recorded" }],
    due: { text: "翌営業日中に", rule: { businessDays: 1 } },
  });
  expect(obligations.find((one) => one.id === "completion-report")?.due).toMatchObject({
    rule: { endOf: "next-month" },
    closedDay: "before",
  });
});

test("９(2) 期のリストは、その期の成果品を提出して答え待ち、受領で済み。引き渡しただけで業務全体は済まない", async () => {
  const blueprint = await ship("sapporo-class-booking");
  const listed = (kind: string, hour: string, obligation: string, period?: string) =>
    fact(kind, "2025-07-25", hour, { about: `d-${obligation}`, code: "D-01", obligation, period });
  const state = (...facts: ReturnType<typeof fact>[]) => {
    const items = owed(blueprint, facts, blueprint.calendar, instantOf("2025-07-25", "15:30"));
    return (id: string) => items.find((one) => one.key === id)?.state;
  };
  const [sent, taken, handed] = ["submitted", "accepted", "handed"].map((act, at) =>
    listed(`deliverable.${act}`, `1${at}:00`, "booking-list-delivery", "1"),
  );
  if (!sent || !taken || !handed) throw new Error("記録がない");
  expect(state(sent)("booking-list-delivery@1")).toBe("waiting");
  expect(state(sent, taken)("booking-list-delivery@1")).toBe("done");
  expect(state(sent, taken)("booking-list-delivery@2")).toBe("ahead");
  expect(state(sent, taken, handed)("deliverables")).toBe("ahead");
  const report = ["deliverable.submitted", "deliverable.accepted"].map((kind, at) =>
    listed(kind, `1${at}:30`, "completion-report"),
  );
  expect(state(...report)("completion-report")).toBe("done");
  expect(state(...report)("completion-report-content")).toBe("done");
  expect(state(...report)("faq-delivery")).not.toBe("done");
});

test("３(1)(ｱ)(ｳ)(ｴ) 調査、計画、意見公募の室の行いが、そのまま証跡になる。ほかの行いでは済まない", async () => {
  const blueprint = await ship("sapporo-ict-strategy");
  const at = instantOf("2025-01-14", "10:00");
  const state = (id: string, ...facts: ReturnType<typeof fact>[]) =>
    owed(blueprint, facts, blueprint.calendar, at).find((one) => one.obligation === id)?.state;
  const report = (kinds: Record<string, boolean>) =>
    fact("research.reported", "2024-07-29", "10:00", { about: "research/report/all", sources: 3, ...kinds });
  expect(state("technology-research")).toBe("late");
  expect(state("technology-research", report({ technology: false }))).toBe("late");
  expect(state("technology-research", report({ technology: true }))).toBe("done");
  const exported = (more: { what?: string; question?: string }) =>
    fact("analysis.exported", "2024-07-26", "10:00", { about: "s1", format: "docx", ...more });
  expect(state("survey-analysis", exported({ question: "Q1" }))).toBe("late");
  expect(state("survey-tabulation", exported({ question: "Q1" }))).toBe("done");
  expect(state("survey-analysis", exported({ what: "report" }))).toBe("done");
  const version = (stage: string) =>
    fact("plan.version-taken", "2024-09-27", "10:00", { about: "p1", stage });
  expect(state("draft-wording", version("outline"))).toBe("late");
  expect(state("draft-wording", version("draft"))).toBe("done");
  expect(state("final-draft-making", version("final"))).toBe("done");
  const closed = fact("comment.period-closed", "2025-01-06", "10:00", { about: "c1", to: "2024-12-31" });
  const sorted = fact("comment.sorting-finished", "2025-01-10", "10:00", { about: "c1" });
  const result = (edition: string) => fact("comment.result-made", "2025-01-13", "10:00", { edition });
  expect(state("comment-sorting")).toBeUndefined();
  expect(state("comment-sorting", closed)).toBe("due");
  expect(state("comment-sorting", closed, sorted)).toBe("done");
  expect(state("comment-result-material", closed, result("internal"))).toBe("due");
  expect(state("comment-result-material", closed, result("public"))).toBe("done");
});

test("３(2) 会議の支度は会議の日から逆に数え、日を動かせば期限も動き、開けば会議録の義務が生じる", async () => {
  const blueprint = await ship("sapporo-ict-strategy");
  const meeting = (kind: string, day: string, more = {}) =>
    fact(`meeting.${kind}`, day, "10:00", { about: "council/meeting/m1", number: 2, ...more });
  const planned = meeting("planned", "2024-08-01");
  const fixed = meeting("fixed", "2024-08-23", { day: "2024-09-17" });
  const moved = meeting("moved", "2024-08-27", { day: "2024-09-18" });
  const find = (id: string, at: string, ...facts: ReturnType<typeof fact>[]) =>
    owed(blueprint, facts, blueprint.calendar, instantOf(at, "12:00")).find((one) => one.key === `${id}@m1`);
  expect(find("meeting-schedule", "2024-08-02", planned)).toMatchObject({
    state: "due",
    due: null,
    label: "第2回",
  });
  expect(find("meeting-material", "2024-08-02", planned)).toBeUndefined();
  // 9月16日は敬老の日。五営業日前は、9月17日からは 9月9日、9月18日からは 9月10日。
  expect(find("meeting-material", "2024-08-24", planned, fixed)).toMatchObject({
    state: "ahead",
    due: instantOf("2024-09-09", "17:00"),
  });
  const material = (at: string, ...more: ReturnType<typeof fact>[]) =>
    find("meeting-material", at, planned, fixed, moved, ...more);
  expect(material("2024-09-02")).toMatchObject({ state: "due", due: instantOf("2024-09-10", "17:00") });
  expect(material("2024-09-11")?.state).toBe("late");
  expect(material("2024-09-11", meeting("sent", "2024-09-10"))?.state).toBe("done");
  expect(material("2024-09-11", meeting("prepared", "2024-09-10", { part: "paper" }))?.state).toBe("late");
  expect(material("2024-09-11", meeting("cancelled", "2024-09-05"))?.state).toBe("done");
  const held = meeting("held", "2024-09-18");
  expect(find("minutes-making", "2024-09-19", held)).toMatchObject({ state: "due", label: "第2回" });
  expect(
    find(
      "minutes-making",
      "2024-09-19",
      held,
      fact("minutes.finished", "2024-09-19", "11:00", { about: "council/meeting/m1" }),
    )?.state,
  ).toBe("done");
});

test("12(1)(7) 手で選んだ協議は、どの義務のものか言わなければ、ほかの義務を済ませない", async () => {
  const blueprint = await ship("sapporo-ict-strategy");
  const filed = (more: { obligation?: string }) => [
    fact("filing.submitted", "2025-01-10", "10:00", { about: "f1", form: "consultation", ...more }),
    fact("filing.answered", "2025-01-13", "10:00", {
      about: "f1",
      form: "consultation",
      outcome: "answered",
      ...more,
    }),
  ];
  const state = (more: { obligation?: string }) => {
    const items = owed(blueprint, filed(more), blueprint.calendar, instantOf("2025-01-14", "10:00"));
    return ["layout-consultation", "layout-decision"].map((id) => items.find((one) => one.key === id)?.state);
  };
  expect(state({})).toEqual(["due", "due"]);
  expect(state({ obligation: "layout-consultation" })).toEqual(["done", "done"]);
  expect(state({ obligation: "layout-decision" })).toEqual(["due", "done"]);
});

test("添えた設計図の数は、覚えのあるものだけ", () => {
  expect(readdirSync(blueprints).filter((one) => one.endsWith(".yaml"))).toEqual(
    expect.arrayContaining([
      "sapporo-class-booking.yaml",
      "sapporo-ict-strategy.yaml",
      "tokki-kojin-joho.yaml",
    ]),
  );
});
