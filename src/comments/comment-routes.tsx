import { getPage } from "../platform/make-route.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { AlikePage } from "./alike-page.tsx";
import { answerRoutes } from "./answer-routes.tsx";
import { commentApiRoutes } from "./comment-api-routes.ts";
import { CommentPage, NoPeriodPage } from "./comment-page.tsx";
import { CommentPaperPage } from "./comment-paper-page.tsx";
import { mayComment } from "./comment-right.ts";
import { findLikeness } from "./find-likeness.ts";
import { letterRoutes } from "./letter-routes.tsx";
import { countUnsorted } from "./letter-store.ts";
import { type MapBy, MapPage, mapBy } from "./map-page.tsx";
import { periodRoutes } from "./period-routes.tsx";
import { personRoutes } from "./person-routes.tsx";
import { readBook } from "./read-book.ts";
import { readOverview } from "./read-overview.ts";
import { readPeriod, requirePeriod } from "./read-period.ts";
import { resultRoutes } from "./result-routes.tsx";

const CURRENT = "comments.page";

/** 左のメニュー。数は、まだ整理していない通。 */
export const commentMenu: MenuEntry[] = [
  {
    ...{ routeId: CURRENT, label: "意見公募", icon: "talk", href: "/comments" },
    count: async (office, actor) => {
      const period = await readPeriod(office, actor.contract);
      if (period === undefined) return undefined;
      return countUnsorted(office.read, actor.contract, period.id);
    },
  },
];

async function homePage(ask: Ask): Promise<Response> {
  const { office, actor } = ask;
  const period = await readPeriod(office, actor.contract);
  const may = { work: mayComment("work", actor.roles), decide: mayComment("decide", actor.roles) };
  const body =
    period === undefined ? (
      <NoPeriodPage may={may.decide} />
    ) : (
      <CommentPage overview={await readOverview(office, actor.contract, period)} may={may} />
    );
  return ask.page({ title: "意見公募", current: CURRENT, body });
}

async function mapPage(ask: Ask): Promise<Response> {
  const book = await readBook(ask.office, ask.actor.contract);
  const given = ask.query("by") ?? "channel";
  const by: MapBy = Object.hasOwn(mapBy, given) ? (given as MapBy) : "channel";
  const body = <MapPage {...{ book, by, row: ask.query("row") ?? "", column: ask.query("column") ?? "" }} />;
  return ask.page({ title: "意見の分布", current: CURRENT, body });
}

async function alikePage(ask: Ask): Promise<Response> {
  const book = await readBook(ask.office, ask.actor.contract);
  const likeness = await findLikeness(ask.office, book);
  const may = mayComment("work", ask.actor.roles);
  const body = (
    <AlikePage csrf={ask.seated.csrf} {...{ book, likeness, may }} page={Number(ask.query("page")) || 1} />
  );
  return ask.page({ title: "似た意見", current: CURRENT, body });
}

async function paperPage(ask: Ask): Promise<Response> {
  const [period, { blueprint }] = await Promise.all([
    requirePeriod(ask.office, ask.actor.contract),
    openContract(ask.office, ask.actor.contract),
  ]);
  const demo = ask.office.mode === "demo";
  const body = (
    <CommentPaperPage {...{ period, client: blueprint.client, clientUnit: blueprint.clientUnit, demo }} />
  );
  return ask.page({ title: "意見用紙", current: CURRENT, bare: true, body });
}

/** 意見公募の道。 */
export const commentRoutes: Route[] = [
  getPage(CURRENT, "/comments", "意見公募の今: 四つの数、段取り、提出方法ごとの数", homePage),
  ...periodRoutes,
  getPage("comments.paper", "/comments/paper", "意見用紙（A4、印刷のため）", paperPage),
  ...letterRoutes,
  getPage("comments.alike", "/comments/alike", "似た意見のまとまり", alikePage),
  getPage(
    "comments.map",
    "/comments/map",
    "意見の分布（by=channel・age・status、row、column で文を開く）",
    mapPage,
  ),
  ...answerRoutes,
  ...resultRoutes,
  ...personRoutes,
  ...commentApiRoutes,
];
