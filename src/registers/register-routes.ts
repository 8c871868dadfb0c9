import type { MenuEntry, Route } from "../platform/route.ts";
import { entryRoutes } from "./entry-routes.tsx";
import { environmentRoutes } from "./environment-routes.tsx";
import { registerApiRoutes } from "./register-api-routes.ts";
import type { RegisterHand } from "./register-hand.ts";
import { staffRoutes } from "./staff-routes.tsx";

/** 体制・登録簿・環境の道。届出の名と場所は、上の階が渡す。 */
export function registerRoutes(hand: RegisterHand): Route[] {
  return [...entryRoutes(hand), ...staffRoutes(), ...environmentRoutes(), ...registerApiRoutes()];
}

/** 左のメニュー。 */
export const registerMenu: MenuEntry[] = [
  { routeId: "team.page", label: "業務の体制", icon: "people", href: "/team" },
  { routeId: "registers.page", label: "協議簿・提案簿", icon: "book", href: "/registers" },
  { routeId: "environment.page", label: "環境への配慮", icon: "globe", href: "/environment" },
];
