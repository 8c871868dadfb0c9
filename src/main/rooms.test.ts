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

/** 会議ごとの義務は meeting.held から生じる。会議の室がまだない間も、設計図に書ける。 */
const known = new Set([...eventKinds.map((one) => one.kind), "meeting.held"]);

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

test("添えた設計図の数は、覚えのあるものだけ", () => {
  expect(readdirSync(blueprints).filter((one) => one.endsWith(".yaml"))).toEqual(
    expect.arrayContaining([
      "sapporo-class-booking.yaml",
      "sapporo-ict-strategy.yaml",
      "tokki-kojin-joho.yaml",
    ]),
  );
});
