import type { EntranceRoute } from "../access/entrance.ts";
import type { EntranceSetting } from "./entrance-setting.ts";
import { leaveRoutes } from "./leave-routes.tsx";
import { secondStepRoutes } from "./second-step-routes.tsx";
import { setupRoutes } from "./setup-routes.tsx";
import { signInRoutes } from "./sign-in-routes.tsx";
import { stepUpRoutes } from "./step-up-routes.tsx";

/** 着席・退席・閉じた画面・はじめの登録・確かめ直しの道。 */
export function entranceRoutes(setting: EntranceSetting): EntranceRoute[] {
  return [
    ...signInRoutes(setting),
    ...secondStepRoutes(setting),
    ...leaveRoutes(setting),
    ...setupRoutes(setting),
    ...stepUpRoutes(setting),
  ];
}
