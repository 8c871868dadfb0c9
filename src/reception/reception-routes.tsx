import type { MenuEntry, Route } from "../platform/route.ts";
import { bookingRoutes } from "./booking-routes.tsx";
import { listMenu, listRoutes } from "./list-routes.tsx";
import { scheduleMenu, scheduleRoutes } from "./schedule-routes.tsx";
import { templateRoutes } from "./template-routes.tsx";
import { venueRoutes } from "./venue-routes.tsx";

/** 受付の室の道の全部。main が集める。 */
export const receptionRoutes: Route[] = [
  ...scheduleRoutes,
  ...venueRoutes,
  ...listRoutes,
  ...templateRoutes,
  ...bookingRoutes,
];

/** 左のメニューに出すもの。 */
export const receptionMenu: MenuEntry[] = [...listMenu, ...scheduleMenu];
