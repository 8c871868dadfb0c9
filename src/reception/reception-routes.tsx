import type { MenuEntry, Route } from "../platform/route.ts";
import { bookingChangeRoutes } from "./booking-change-routes.tsx";
import type { ListHand } from "./booking-list.ts";
import { bookingRoutes } from "./booking-routes.tsx";
import { cityChangeMenu, cityChangeRoutes } from "./city-change-routes.tsx";
import { deliveredRoutes } from "./delivered-routes.tsx";
import { differenceRoutes } from "./difference-routes.tsx";
import { listMenu, listRoutes } from "./list-routes.tsx";
import { rateRoutes } from "./rate-routes.tsx";
import { scheduleMenu, scheduleRoutes } from "./schedule-routes.tsx";
import { templateRoutes } from "./template-routes.tsx";
import { venueRoutes } from "./venue-routes.tsx";
import { waitMenu, waitRoutes } from "./wait-routes.tsx";

/** 受付の室の道の全部。main が集め、上の室のものを渡す。 */
export function receptionRoutes(hand: ListHand): Route[] {
  return [
    ...scheduleRoutes,
    ...cityChangeRoutes,
    ...venueRoutes,
    ...differenceRoutes,
    ...deliveredRoutes,
    ...listRoutes(hand),
    ...templateRoutes,
    ...bookingChangeRoutes(hand),
    ...bookingRoutes,
    ...waitRoutes,
    ...rateRoutes,
  ];
}

/** 左のメニューに出すもの。 */
export const receptionMenu: MenuEntry[] = [...waitMenu, ...listMenu, ...scheduleMenu, ...cityChangeMenu];
