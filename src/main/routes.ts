import type { Route } from "../platform/route.ts";
import { deskRoutes } from "../screens/desk-routes.tsx";
import { openApiRoute } from "./openapi.ts";

/** 着席した人の道の全部。各室の一覧を集める（室ごとに一行）。 */
const roomRoutes: Route[] = [...deskRoutes];

export const routes: Route[] = [...roomRoutes, openApiRoute(roomRoutes)];
