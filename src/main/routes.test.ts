import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { humanRoles } from "../access/role.ts";
import type { Role } from "../base/actor.ts";
import { columnText, personalPlaces } from "../erasure/personal-place.ts";
import type { Route } from "../platform/route.ts";
import { commands } from "./commands.ts";
import { mayOpen } from "./role-matrix.ts";
import { routes } from "./routes.ts";

const text = readFileSync(new URL("../../docs/doors.md", import.meta.url), "utf8");
const rows = text.split("\n").filter((row) => row.startsWith("| "));

const shortNames: Partial<Record<Role, string>> = {
  operator: "OP",
  supervisor: "SV",
  manager: "責",
  planner: "企",
  privacy: "保",
  "chief-privacy": "総",
  client: "委",
  auditor: "監",
};

/** docs/doors.md の一行。足りなければ、この形のまま貼る。 */
function rowOf({ id, method, path, kind, stepUp, summary }: Route): string {
  const roles = humanRoles.filter((role) => mayOpen(id, [role]));
  const who =
    roles.length === humanRoles.length ? "だれでも" : roles.map((role) => shortNames[role]).join(" ");
  return `| ${id} | ${method} ${path} | ${kind}${stepUp ? "・確かめ直し" : ""} | ${summary} | ${who} |`;
}

test("docs/doors.md は、どの道も、方法・すること・役割とともに一行ずつ挙げている", () => {
  const expected = routes.map(rowOf);
  expect(expected.length).toBeGreaterThan(50);
  expect(expected.filter((row) => !rows.includes(row))).toEqual([]);
});

test("docs/doors.md に、もうない道は残っていない", () => {
  const ids = new Set(routes.map(({ id }) => id));
  const written = rows.map((row) => /^\| ([a-z.-]+) \| (?:GET|POST|PUT|DELETE) /.exec(row)?.[1] ?? "");
  const stale = written.filter((id) => id !== "" && !id.startsWith("entrance.") && !ids.has(id));
  expect(stale).toEqual([]);
});

test("docs/doors.md は、どのコマンドも、その選択肢も挙げている", () => {
  const missing = commands.flatMap(({ name, options }) => {
    const row = rows.find((one) => one.startsWith(`| \`${name}\``));
    if (row === undefined) return [name];
    return options.filter((one) => !row.includes(`--${one.name}`)).map((one) => `${name} --${one.name}`);
  });
  expect(missing.filter((one) => !one.endsWith(" --contract"))).toEqual([]);
});

// 道を読み込めば、どの室の表も宣言されている。
test("第13条 個人情報のどの表にも扱いがあり、どの列も日本語の名で言える", () => {
  expect(routes.length).toBeGreaterThan(100);
  const places = personalPlaces();
  expect(places.length).toBeGreaterThan(20);
  expect(places.filter(({ fate }) => fate === "undecided").map(({ table }) => table)).toEqual([]);
  expect(
    places.flatMap((place) =>
      /[a-z]/.test(place.label + columnText(place)) ? [`${place.label}: ${columnText(place)}`] : [],
    ),
  ).toEqual([]);
});
