import { answerMenu } from "../answers/answer-routes.tsx";
import { callMenu } from "../calls/call-routes.tsx";
import { commentMenu } from "../comments/comment-routes.tsx";
import { contractMenu } from "../contract/contract-routes.tsx";
import { councilMenu } from "../council/council-routes.tsx";
import { deliverableMenu } from "../delivery/deliverable-routes.tsx";
import { erasureMenu } from "../erasure/erasure-routes.tsx";
import { figureMenu } from "../figures/figure-routes.tsx";
import { filingMenu } from "../filings/filing-routes.tsx";
import { homeMenu } from "../home/home-routes.tsx";
import { noticeMenu } from "../notices/notice-routes.tsx";
import { packageMenu } from "../packages/package-routes.tsx";
import { planMenu } from "../plan/plan-routes.tsx";
import type { MenuEntry } from "../platform/route.ts";
import { privacyMenu } from "../privacy/privacy-routes.tsx";
import { receptionMenu } from "../reception/reception-routes.tsx";
import { registerMenu } from "../registers/register-routes.ts";
import { researchMenu } from "../research/research-routes.tsx";
import { specificationMenu } from "../specification/specification-routes.tsx";
import { staffingMenu } from "../staffing/staffing-routes.tsx";
import { surveyMenu } from "../survey/survey-routes.tsx";
import { taskMenu } from "../tasks/task-routes.tsx";
import { watchMenu } from "../watch/watch-routes.tsx";
import { workplanMenu } from "../workplan/workplan-routes.tsx";

/** 左のメニュー。よく使うものを上に、ほかは、まとまりごとにたたむ。画面の並びで集める。 */
export const menuEntries: MenuEntry[] = [
  ...homeMenu,
  { routeId: "desk.page", label: "受付デスク", icon: "desk", href: "/desk", service: "desk" },
  ...taskMenu,
  surveyMenu,
  researchMenu,
  ...together("受付と通知書", "desk", [...receptionMenu, noticeMenu]),
  ...together("電話と応対", "desk", [...callMenu, ...figureMenu, ...answerMenu, ...staffingMenu]),
  ...commentMenu.map((entry) => ({ ...entry, service: "comments" })),
  councilMenu,
  ...together("計画の策定", "plan", [planMenu]),
  ...together("契約と義務", undefined, [
    contractMenu,
    workplanMenu,
    ...specificationMenu,
    ...filingMenu,
    ...packageMenu,
    ...deliverableMenu,
    ...registerMenu,
  ]),
  ...together("個人情報", undefined, [...privacyMenu, ...erasureMenu, ...watchMenu]),
  ...together("事務所", undefined, [
    { routeId: "account.list", label: "従業者", icon: "key", href: "/accounts" },
    { routeId: "me.page", label: "自分の登録", icon: "gear", href: "/me" },
  ]),
];

/** 一つのまとまり。service は、その業務のある契約だけに出すとき。 */
function together(group: string, service: string | undefined, entries: readonly MenuEntry[]): MenuEntry[] {
  return entries.map(({ gap: _gap, ...entry }) => ({
    ...entry,
    group,
    ...(service === undefined ? {} : { service }),
  }));
}
