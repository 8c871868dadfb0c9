import type { Route } from "../platform/route.ts";
import { openApiRoute } from "./openapi.ts";

/** 着席した人の道の全部。各室の一覧を集める（室ごとに一行）。 */
const roomRoutes: Route[] = [];

export const routes: Route[] = [...roomRoutes, openApiRoute(roomRoutes)];
