import { answerMenu } from "../answers/answer-routes.tsx";
import { callMenu } from "../calls/call-routes.tsx";
import { contractMenu } from "../contract/contract-routes.tsx";
import { deliverableMenu } from "../delivery/deliverable-routes.tsx";
import { filingMenu } from "../filings/filing-routes.tsx";
import { homeMenu } from "../home/home-routes.tsx";
import { noticeMenu } from "../notices/notice-routes.tsx";
import { packageMenu } from "../packages/package-routes.tsx";
import type { MenuEntry } from "../platform/route.ts";
import { receptionMenu } from "../reception/reception-routes.tsx";
import { specificationMenu } from "../specification/specification-routes.tsx";
import { taskMenu } from "../tasks/task-routes.tsx";

/** 左のメニュー。各室の項目を、画面の並びで集める。 */
export const menuEntries: MenuEntry[] = [
  ...homeMenu,
  { routeId: "desk.page", label: "受付デスク", icon: "desk", href: "/desk", service: "desk" },
  ...callMenu.map((entry) => ({ ...entry, service: "desk" })),
  ...receptionMenu.map((entry) => ({ ...entry, service: "desk" })),
  { ...noticeMenu, service: "desk" },
  ...taskMenu,
  contractMenu,
  ...specificationMenu,
  ...filingMenu,
  ...packageMenu,
  ...deliverableMenu,
  { routeId: "account.list", label: "従業者", icon: "key", href: "/accounts", gap: true },
  { routeId: "me.page", label: "自分の登録", icon: "gear", href: "/me" },
];
