import type { MenuEntry, Route } from "../platform/route.ts";
import type { ListHand } from "./booking-list.ts";
import { bookingRoutes } from "./booking-routes.tsx";
import { listMenu, listRoutes } from "./list-routes.tsx";
import { scheduleMenu, scheduleRoutes } from "./schedule-routes.tsx";
import { templateRoutes } from "./template-routes.tsx";
import { venueRoutes } from "./venue-routes.tsx";

/** 受付の室の道の全部。main が集め、上の室のものを渡す。 */
export function receptionRoutes(hand: ListHand): Route[] {
  return [...scheduleRoutes, ...venueRoutes, ...listRoutes(hand), ...templateRoutes, ...bookingRoutes];
}

/** 左のメニューに出すもの。 */
export const receptionMenu: MenuEntry[] = [...listMenu, ...scheduleMenu];
