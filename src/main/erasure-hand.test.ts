import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readBlueprint } from "../terms/blueprint.ts";
import { monthlyReports } from "./erasure-hand.ts";

const shipped = (...names: string[]) =>
  readBlueprint(
    names
      .map((name) => readFileSync(new URL(`../../blueprints/${name}.yaml`, import.meta.url), "utf8"))
      .join("\n---\n"),
  ).blueprint;

test("７(3) 毎月の個人情報の報告を求めるのは講習会の契約だけで、戦略の契約の月を遅れと言わない", () => {
  expect(monthlyReports(shipped("sapporo-class-booking", "tokki-kojin-joho")).map(({ id }) => id)[0]).toBe(
    "monthly-privacy-report",
  );
  expect(monthlyReports(shipped("sapporo-ict-strategy", "tokki-kojin-joho"))).toEqual([]);
});

test("７(3) ほかの市の仕様書で、義務の名や様式が違っても、言葉から見つける", () => {
  const [duty] = shipped("sapporo-class-booking", "tokki-kojin-joho").obligations.filter(
    ({ id }) => id === "monthly-privacy-report",
  );
  if (!duty) throw new Error("the blueprint lost its duty");
  const { form: _, ...bare } = duty;
  const other = {
    ...bare,
    id: "d12",
    object: "個人情報等管理状況",
    verb: "報告",
    quote: "毎月、個人情報等の管理状況を報告すること。",
  };
  const deed = { ...other, id: "d13", object: "業務の実績", quote: "毎月、業務の実績を報告すること。" };
  const once = { ...other, id: "d14", when: [{ each: "year" as const }] };
  expect(monthlyReports({ obligations: [other, deed, once] }).map(({ id }) => id)).toEqual(["d12"]);
});
