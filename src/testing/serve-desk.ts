import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeApp } from "../access/http.ts";
import { signalRoutes } from "../calls/signal-routes.ts";
import { publicFormRoutes } from "../comments/public-form-routes.tsx";
import { entranceRoutes } from "../entrance/entrance-routes.tsx";
import type { EntranceSetting } from "../entrance/entrance-setting.ts";
import { makeFrame } from "../main/frame-panel.tsx";
import { listen } from "../main/listen.ts";
import { menuEntries } from "../main/menu.ts";
import { mayOpen } from "../main/role-matrix.ts";
import { mayReach } from "../main/route-path.ts";
import { routes } from "../main/routes.ts";
import type { Office } from "../platform/office.ts";

/** 試験の事務所を、本物の道・表・枠・部品（dist/assets）で、空いた番号に開く。先に npm run build が要る。 */
export async function serveDesk(
  office: Office,
  entrance: EntranceSetting,
): Promise<{ baseURL: string; close(): Promise<void> }> {
  const assetsDir = join(import.meta.dirname, "../../dist/assets");
  const assets = JSON.parse(readFileSync(join(assetsDir, "manifest.json"), "utf8"));
  const app = makeApp({
    office,
    routes,
    signed: signalRoutes,
    entrances: [...entranceRoutes(entrance), ...publicFormRoutes],
    mayOpen,
    frame: makeFrame({ assets, menu: menuEntries, mayOpen, mayReach }),
    assetsDir,
    report: (incident) => console.error(incident.number, incident.route, incident.cause),
  });
  const listening = await listen(() => (request, env) => app.fetch(request, env), {
    host: "127.0.0.1",
    port: 0,
  });
  return { baseURL: `http://localhost:${listening.port}`, close: () => listening.close() };
}
