import type { MenuEntry, Route } from "../platform/route.ts";
import { complaintRoutes } from "./complaint-routes.tsx";
import { countOpenComplaints } from "./complaint-store.ts";
import { faqRoutes } from "./faq-routes.tsx";
import { inquiryRoutes } from "./inquiry-routes.tsx";
import { questionRoutes } from "./question-routes.tsx";
import { countOpenQuestions } from "./question-store.ts";

/** 応対の室の道。 */
export const answerRoutes: Route[] = [...complaintRoutes, ...questionRoutes, ...faqRoutes, ...inquiryRoutes];

/** 左のメニュー。 */
export const answerMenu: MenuEntry[] = [
  { routeId: "faq.page", label: "ＦＡＱ", icon: "book", href: "/faq" },
  { routeId: "inquiries.page", label: "問い合わせ", icon: "talk", href: "/inquiries" },
  {
    routeId: "complaints.page",
    label: "クレーム",
    icon: "alarm",
    href: "/complaints",
    count: (office, actor) => countOpenComplaints(office.read, actor.contract),
  },
  {
    routeId: "questions.page",
    label: "委託者への確認",
    icon: "swap",
    href: "/questions",
    count: (office, actor) => countOpenQuestions(office.read, actor.contract),
  },
];
