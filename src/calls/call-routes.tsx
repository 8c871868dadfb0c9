import { z } from "zod";
import { parseInput } from "../access/zod-message.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { announcementRoutes } from "./announcement-routes.tsx";
import { callApiRoutes } from "./call-api-routes.ts";
import { callCsv } from "./call-csv.ts";
import { showFigures } from "./call-figures.ts";
import { CallListPage, CallPage } from "./call-page.tsx";
import { mayCall } from "./call-right.ts";
import { dialCall } from "./dial-call.ts";
import { DoorPage } from "./door-page.tsx";
import { FigurePage } from "./figure-page.tsx";
import { importRoutes } from "./import-routes.tsx";
import { type CallQuery, listCalls, openCall, rangeOf } from "./list-calls.ts";
import { noteBusy } from "./note-busy.ts";
import { changeDoor, doorSecret, readDoor } from "./open-door.ts";
import { readWall } from "./read-wall.ts";
import { WallPage } from "./wall-page.tsx";

/** 左のメニュー。 */
export const callMenu: MenuEntry[] = [
  { routeId: "calls.figures", label: "電話", icon: "phone", href: "/calls/figures" },
];

function queryOf(ask: Ask): CallQuery {
  const page = Number(ask.query("page") ?? "1");
  return {
    from: ask.query("from"),
    to: ask.query("to"),
    what: ask.query("what"),
    hour: ask.query("hour"),
    desk: ask.query("desk"),
    page: Number.isInteger(page) ? page : 1,
  };
}

const busyBody = z.object({ day: z.string().max(10), count: z.coerce.number() });

async function figuresPage(ask: Ask): Promise<Response> {
  const { office, actor } = ask;
  const range = await rangeOf(office, actor.contract, queryOf(ask));
  const { blueprint } = await openContract(office, actor.contract);
  return ask.page({
    title: "電話の数",
    current: "calls.figures",
    body: (
      <FigurePage
        figures={await showFigures(office, actor, range)}
        terms={blueprint.terms.map(({ id, label, deskFrom, deskTo }) => ({
          id,
          label,
          from: deskFrom,
          to: deskTo,
        }))}
        seesRows={mayCall("see", actor.roles)}
        mayKeep={mayCall("keep", actor.roles)}
        mayConnect={mayCall("connect", actor.roles)}
        csrf={ask.seated.csrf}
        today={ask.today}
      />
    ),
  });
}

/** かけ直してよい役割にだけ、合い札を渡す。 */
function dialToken({ actor, seated }: Ask): string | undefined {
  return mayCall("take", actor.roles) ? seated.csrf : undefined;
}

const readRoutes: Route[] = [
  {
    id: "calls.page",
    method: "GET",
    path: "/calls",
    kind: "page",
    summary: "電話の記録の一覧",
    handle: async (ask) => {
      const query = queryOf(ask);
      const list = await listCalls(ask.office, ask.actor, query);
      return ask.page({
        title: "電話の記録",
        current: "calls.figures",
        body: <CallListPage list={list} query={query} />,
      });
    },
  },
  {
    id: "calls.figures",
    method: "GET",
    path: "/calls/figures",
    kind: "page",
    summary: "入電・応答・放棄・時間外・話中の数",
    handle: figuresPage,
  },
  {
    id: "calls.figures.rows",
    method: "GET",
    path: "/calls/figures/rows",
    kind: "file",
    summary: "電話の数の行（CSV）",
    handle: async (ask) => {
      const range = await rangeOf(ask.office, ask.actor.contract, queryOf(ask));
      return ask.download({
        fileName: `電話の数_${range.from}_${range.to}.csv`,
        media: "text/csv; charset=utf-8",
        bytes: new TextEncoder().encode(callCsv(await showFigures(ask.office, ask.actor, range))),
      });
    },
  },
  {
    id: "calls.wall",
    method: "GET",
    path: "/calls/wall",
    kind: "page",
    summary: "待っている電話と席（壁の画面）",
    handle: async (ask) =>
      ask.page({
        title: "いまの電話",
        current: "calls.figures",
        islands: ["wall"],
        icons: ["soon", "none"],
        body: <WallPage wall={await readWall(ask.office, ask.actor)} />,
      }),
  },
  {
    id: "calls.door",
    method: "GET",
    path: "/calls/door",
    kind: "page",
    summary: "電話システムとの接続",
    stepUp: true,
    handle: async (ask) =>
      ask.page({
        title: "電話システムとの接続",
        current: "calls.figures",
        body: (
          <DoorPage
            door={await readDoor(ask.office, ask.actor.contract)}
            secret={
              mayCall("connect", ask.actor.roles)
                ? await doorSecret(ask.office, ask.actor.contract)
                : undefined
            }
            path={`/api/cti/${ask.actor.contract}`}
            csrf={ask.seated.csrf}
          />
        ),
      }),
  },
  {
    id: "calls.one",
    method: "GET",
    path: "/calls/:id",
    kind: "page",
    summary: "一件の電話",
    handle: async (ask) =>
      ask.page({
        title: "電話の記録",
        current: "calls.figures",
        body: (
          <CallPage {...(await openCall(ask.office, ask.actor, ask.param("id")))} csrf={dialToken(ask)} />
        ),
      }),
  },
];

const writeRoutes: Route[] = [
  {
    id: "calls.dial",
    method: "POST",
    path: "/calls/:id/dial",
    kind: "page",
    summary: "かけてきた方にかけ直す（席の電話を鳴らす。つながっていなければ番号を見せる）",
    handle: async (ask) => {
      const id = ask.param("id");
      const dialed = await dialCall(ask.office, ask.actor, id);
      if (dialed.rang)
        return ask.go(
          `/calls/${encodeURIComponent(id)}`,
          "席の電話を鳴らしました。出ると、相手にかかります。",
        );
      const opened = await openCall(ask.office, ask.actor, id);
      return ask.page({
        title: "電話の記録",
        current: "calls.figures",
        body: <CallPage {...opened} csrf={dialToken(ask)} dialed={dialed} />,
      });
    },
  },
  {
    id: "calls.busy",
    method: "POST",
    path: "/calls/busy",
    kind: "page",
    summary: "話中の数を入れる",
    handle: async (ask) => {
      const given = parseInput(busyBody, Object.fromEntries(await ask.form()));
      await noteBusy(ask.office, ask.actor, given);
      return ask.go(`/calls/figures?from=${given.day}&to=${given.day}`, "話中の数を入れました。");
    },
  },
  {
    id: "calls.door.change",
    method: "POST",
    path: "/calls/door",
    kind: "page",
    summary: "電話システムとの接続を開く・閉じる・合い鍵を替える",
    stepUp: true,
    handle: async (ask) => {
      const act = (await ask.form()).get("act") ?? "";
      await changeDoor(ask.office, ask.actor, { opened: act !== "close", rotate: act === "rotate" });
      return ask.go("/calls/door", act === "close" ? "接続を閉じました。" : "接続を開いています。");
    },
  },
];

export const callRoutes: Route[] = [
  ...importRoutes,
  ...announcementRoutes,
  ...readRoutes,
  ...writeRoutes,
  ...callApiRoutes,
];
