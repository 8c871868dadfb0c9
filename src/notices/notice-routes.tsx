import { newId } from "../base/identifier.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { agreedRoutes } from "./agreed-routes.tsx";
import { batchApiRoutes } from "./batch-api-routes.tsx";
import { batchRoutes } from "./batch-routes.tsx";
import { dispatchRoutes } from "./dispatch-routes.tsx";
import { countWaiting } from "./list-batches.ts";
import { NoticesPage } from "./notices-page.tsx";
import { prepareBatch } from "./prepare-batch.ts";
import { returnRoutes } from "./return-routes.tsx";
import { showNotices } from "./show-notices.ts";
import { templateRoutes } from "./template-routes.tsx";

async function page(ask: Ask): Promise<Response> {
  const props = await showNotices(ask, newId());
  return ask.page({ title: "受講通知書", current: "notice.list", body: <NoticesPage {...props} /> });
}

async function prepare(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const once = form.get("once");
  const made = await prepareBatch(ask.office, ask.actor, {
    days: await ask.formAll("day"),
    ...(once ? { onceKey: once } : {}),
  });
  return ask.go(`/notices/${made.id}`, `${made.count}通の束を作りました。`);
}

/** 受講通知書の道のすべて。固定の道（/notices/template、/notices/returned など）を、束の道（/notices/:id）より先に置く。 */
export const noticeRoutes: Route[] = [
  { id: "notice.list", method: "GET", path: "/notices", kind: "page", summary: "受講通知書", handle: page },
  {
    id: "notice.prepare",
    method: "POST",
    path: "/notices/prepare",
    kind: "page",
    summary: "受講通知書の束を作る",
    handle: prepare,
  },
  ...agreedRoutes,
  ...templateRoutes,
  ...returnRoutes,
  ...batchRoutes,
  ...dispatchRoutes,
  ...batchApiRoutes,
];

export const noticeMenu: MenuEntry = {
  routeId: "notice.list",
  label: "受講通知書",
  icon: "card",
  href: "/notices",
  count: (office, actor) => countWaiting(office, actor),
};
