// @engine both
import { afterAll, beforeAll, expect, test } from "vitest";
import { humanRoles } from "../access/role.ts";
import type { Role } from "../base/actor.ts";
import { entranceRoutes } from "../entrance/entrance-routes.tsx";
import type { Route } from "../platform/route.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, type SignedIn, signInAs } from "../testing/signed-in.ts";
import { menuEntries } from "./menu.ts";
import { matrixRouteIds, mayOpen } from "./role-matrix.ts";
import { routes } from "./routes.ts";

/** 室の働きは試さない。どの道も、入れたことだけを答える。 */
const doors: Route[] = routes.map(({ bodyLimit, ...route }) => ({
  ...route,
  handle: (ask) => ask.reply({ in: route.id }),
}));

let desk: TestDesk;
let app: ReturnType<typeof roomApp>;
const people = new Map<Role, SignedIn>();
beforeAll(async () => {
  desk = await openDesk();
  app = roomApp(desk.office, doors, { entrances: entranceRoutes({ contract: desk.contract }) });
  for (const role of humanRoles)
    people.set(role, await signInAs(app, desk.office, { contract: desk.contract, roles: [role] }));
});
afterAll(() => desk.close());

const pathOf = (route: Route) => route.path.replace(/:\w+/g, "x1");

function ask(who: SignedIn, route: Route): Promise<Response> {
  return route.method === "GET" ? who.get(pathOf(route)) : who.send(route.method, pathOf(route), {});
}

test("別紙1 5(3) 表と router は、同じ道を一つずつ挙げている", () => {
  const ids = routes.map((route) => route.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(matrixRouteIds().sort()).toEqual(ids.sort());
  const places = routes.map((route) => `${route.method} ${route.path.replace(/:\w+/g, ":")}`);
  expect(places.filter((place, at) => places.indexOf(place) !== at)).toEqual([]);
});

test("左のメニューは、ある道だけを指す", () => {
  for (const entry of menuEntries)
    expect(routes.find((route) => route.id === entry.routeId)).toMatchObject({
      method: "GET",
      path: entry.href,
    });
});

test.each(humanRoles)("別紙1 5(3) %s は、表で許した道だけに入れる", async (role) => {
  const who = people.get(role);
  if (!who) throw new Error("nobody has this role");
  const wrong: string[] = [];
  for (const route of routes) {
    const answer = await ask(who, route);
    const isIn = answer.status === 200 && (await answer.clone().json()).in === route.id;
    const fits = mayOpen(route.id, [role]) ? isIn : answer.status === 403;
    if (!fits) wrong.push(`${route.id} ${answer.status}`);
  }
  expect(wrong).toEqual([]);
});

test("別紙1 5(3) 着席していない人は、どの道にも入れない", async () => {
  for (const route of routes) {
    const answer = await app.request(pathOf(route), { method: route.method });
    const isMoved = answer.status === 303 && answer.headers.get("location")?.startsWith("/sign-in");
    expect(isMoved || answer.status === 401, route.id).toBe(true);
  }
});

test("別紙1 5(3) 合い札の違う書き換えは、どの道も受けない", async () => {
  for (const route of routes.filter(({ method }) => method !== "GET")) {
    const role = humanRoles.find((one) => mayOpen(route.id, [one]));
    const who = role && people.get(role);
    if (!who) throw new Error(`nobody may open ${route.id}`);
    const answer = await app.request(pathOf(route), {
      method: route.method,
      headers: { cookie: who.cookie, "x-csrf-token": "wrong" },
    });
    expect(answer.status, route.id).toBe(403);
  }
});

test("別紙1 5(3) 大事な道は、確かめ直していなければ通さない", async () => {
  const guarded = routes.filter(({ stepUp }) => stepUp);
  expect(guarded.length).toBeGreaterThan(0);
  for (const route of guarded) {
    const role = humanRoles.find((one) => mayOpen(route.id, [one]));
    if (!role) throw new Error(`nobody may open ${route.id}`);
    const who = await signInAs(app, desk.office, {
      contract: desk.contract,
      roles: [role],
      steppedUp: false,
    });
    const answer = await ask(who, route);
    const isMoved = answer.status === 303 && answer.headers.get("location")?.startsWith("/step-up");
    expect(isMoved || answer.status === 403, route.id).toBe(true);
  }
});
