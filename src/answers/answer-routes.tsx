import type { MenuEntry, Route } from "../platform/route.ts";
import { complaintRoutes } from "./complaint-routes.tsx";
import { faqRoutes } from "./faq-routes.tsx";
import { inquiryRoutes } from "./inquiry-routes.tsx";
import { listComplaints } from "./list-complaints.ts";
import { listQuestions } from "./list-questions.ts";
import { questionRoutes } from "./question-routes.tsx";

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
    count: async (office, actor) => (await listComplaints(office, actor, "open")).length,
  },
  {
    routeId: "questions.page",
    label: "委託者への確認",
    icon: "swap",
    href: "/questions",
    count: async (office, actor) => (await listQuestions(office, actor, "open")).length,
  },
];
