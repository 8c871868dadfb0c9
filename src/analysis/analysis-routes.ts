import type { Route } from "../platform/route.ts";
import { exploreRoutes } from "./explore-routes.tsx";
import { figureRoutes } from "./figure-routes.tsx";
import { reportRoutes } from "./report-routes.tsx";
import { waveRoutes } from "./wave-routes.tsx";

/** 調査の集計の道の全部。 */
export const analysisRoutes: Route[] = [...exploreRoutes, ...figureRoutes, ...waveRoutes, ...reportRoutes];
