import { z } from "zod";
import { AppError } from "../base/error.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { tryResults } from "../tasks/task.ts";
import { toldResults } from "./city-change.ts";
import { CityChangeForm, CityChangesPage } from "./city-change-page.tsx";
import { listClasses } from "./class-store.ts";
import { openClassBoard } from "./class-view.ts";
import { countUntold, listCityChanges } from "./list-city-changes.ts";
import { closeClass, moveClass } from "./move-class.ts";
import { mayChangeClasses, requireClassChange } from "./reception-right.ts";
import { tellBooking, tryTell } from "./tell-booking.ts";
import { UntoldPage } from "./untold-page.tsx";
import { listVenues } from "./venue-store.ts";
import { listSealedWaits } from "./wait-store.ts";
import { wants } from "./waiting.ts";

const keysOf = <T extends string>(of: Readonly<Record<T, string>>) => Object.keys(of) as [T, ...T[]];
const orderShape = {
  reason: z.string().max(400).default(""),
  instructedOn: z.string().max(20).default(""),
  version: z.coerce.number().int().min(1).optional(),
};
const moveBody = z.object({
  ...orderShape,
  day: z.string().max(20),
  start: z.string().max(10),
  end: z.string().max(10),
  venueId: z.string().min(1).max(64),
  room: z.string().max(100).default(""),
  capacity: z.coerce.number().int().min(1).max(10_000).optional(),
});
const closeBody = z.object(orderShape);
const tellBody = z.object({
  result: z.enum(keysOf(toldResults)),
  classId: z.string().max(64).optional(),
});
const tryBody = z.object({ result: z.enum(keysOf(tryResults)) });

async function listPage(ask: Ask): Promise<Response> {
  const { office, actor, today } = ask;
  const [board, classes, venues] = await Promise.all([
    listCityChanges(office, actor),
    listClasses(office.read, actor.contract),
    listVenues(office.read, actor.contract),
  ]);
  const nameOf = new Map(venues.map((venue) => [venue.id, venue.name]));
  return ask.page({
    title: "市の変更・中止",
    current: "city-changes.page",
    body: (
      <CityChangesPage
        board={board}
        mayChange={mayChangeClasses(actor)}
        classes={classes
          .filter((cls) => cls.day >= today && cls.state === "open")
          .map((cls) => ({
            id: cls.id,
            text: `${formatMonthDay(cls.day, { weekday: true })} ${cls.start.replace(/^0/, "")} ${nameOf.get(cls.venue_id) ?? ""} ${cls.course}`,
          }))}
      />
    ),
  });
}

async function formPage(
  ask: Ask,
  id: string,
  given: { values?: Record<string, string>; cause?: AppError } = {},
): Promise<Response> {
  const { office, actor } = ask;
  requireClassChange(actor);
  const cls = (await listClasses(office.read, actor.contract)).find((one) => one.id === id);
  const board = await openClassBoard(office, actor, cls?.term);
  const line = board.lines.find((one) => one.id === id);
  if (!cls || !line) throw new AppError("NOT_FOUND", "変わる講習会を、一覧から選んでください。");
  const waits = await listSealedWaits(office.read, actor.contract, ["waiting", "offered"]);
  const { cause } = given;
  return ask.page({
    title: "市の変更・中止を入れる",
    current: "city-changes.page",
    status: cause === undefined ? 200 : 422,
    body: (
      <CityChangeForm
        csrf={ask.seated.csrf}
        line={line}
        venues={await listVenues(office.read, actor.contract)}
        today={ask.today}
        waiting={waits.filter((wait) => wants(wait, cls)).length}
        values={given.values ?? {}}
        faults={cause?.faults ?? []}
        refusal={cause && cause.faults.length === 0 ? cause.message : undefined}
      />
    ),
  });
}

async function changeByForm(ask: Ask, kind: "move" | "close"): Promise<Response> {
  const values = Object.fromEntries(await ask.form());
  const id = ask.param("id");
  try {
    const { untold, waits } =
      kind === "move"
        ? await moveClass(ask.office, ask.actor, id, read(moveBody, values))
        : await closeClass(ask.office, ask.actor, id, read(closeBody, values));
    const more = waits > 0 ? `待っていた${waits}人への連絡の仕事もできました。` : "";
    const word = `${kind === "move" ? "講習会を変えました" : "講習会を中止にしました"}。お伝えする方は${untold}人です。${more}`;
    return ask.go(untold > 0 ? "/class-changes/untold" : "/class-changes", word);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code === "NOT_FOUND" || cause.code === "FORBIDDEN") throw cause;
    return formPage(ask, id, { values, cause });
  }
}

function read<T extends z.ZodType>(schema: T, values: Record<string, string>): z.infer<T> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new AppError("BAD_INPUT", "入力に直すところがあります。", {
    faults: parsed.error.issues.map((issue) => ({
      field: String(issue.path[0] ?? ""),
      message: "正しく入れてください。",
    })),
  });
}

async function untoldPage(ask: Ask, fault?: string): Promise<Response> {
  return ask.page({
    title: "まだお伝えしていない方",
    current: "city-changes.page",
    status: fault === undefined ? 200 : 422,
    body: (
      <UntoldPage csrf={ask.seated.csrf} board={await listCityChanges(ask.office, ask.actor)} fault={fault} />
    ),
  });
}

async function tellByForm(
  ask: Ask,
  act: (values: Record<string, string>) => Promise<string>,
): Promise<Response> {
  try {
    return ask.go("/class-changes/untold", await act(Object.fromEntries(await ask.form())));
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code === "FORBIDDEN") throw cause;
    return untoldPage(ask, cause.faults[0]?.message ?? cause.message);
  }
}

/** 市の変更・中止の道。 */
export const cityChangeRoutes: Route[] = [
  {
    id: "city-changes.page",
    method: "GET",
    path: "/class-changes",
    kind: "page",
    summary: "市の変更・中止の一覧",
    handle: listPage,
  },
  {
    id: "city-change.page",
    method: "GET",
    path: "/class-changes/new",
    kind: "page",
    summary: "市の変更・中止を入れる画面",
    handle: (ask) => formPage(ask, ask.query("class") ?? ""),
  },
  {
    id: "city-change.move",
    method: "POST",
    path: "/class-changes/:id/move",
    kind: "page",
    summary: "市の指示で、講習会の日時・会場を変える",
    handle: (ask) => changeByForm(ask, "move"),
  },
  {
    id: "city-change.close",
    method: "POST",
    path: "/class-changes/:id/close",
    kind: "page",
    summary: "市の指示で、講習会を中止にする",
    handle: (ask) => changeByForm(ask, "close"),
  },
  {
    id: "untold.page",
    method: "GET",
    path: "/class-changes/untold",
    kind: "page",
    summary: "まだお伝えしていない方",
    handle: (ask) => untoldPage(ask),
  },
  {
    id: "untold.tell",
    method: "POST",
    path: "/class-changes/tells/:id",
    kind: "page",
    summary: "伝えた結果を記録する",
    handle: (ask) =>
      tellByForm(ask, async (values) => {
        const parsed = tellBody.safeParse(values);
        if (!parsed.success) throw new AppError("BAD_INPUT", "お伝えした結果を選んでください。");
        await tellBooking(ask.office, ask.actor, ask.param("id"), parsed.data);
        return "伝えたことを記録しました。";
      }),
  },
  {
    id: "untold.try",
    method: "POST",
    path: "/class-changes/tells/:id/tries",
    kind: "page",
    summary: "連絡の試みを記録する",
    handle: (ask) =>
      tellByForm(ask, async (values) => {
        const parsed = tryBody.safeParse(values);
        if (!parsed.success) throw new AppError("BAD_INPUT", "どうだったかを選んでください。");
        await tryTell(ask.office, ask.actor, ask.param("id"), parsed.data.result);
        return "試みを記録しました。";
      }),
  },
  {
    id: "city-changes.api",
    method: "GET",
    path: "/api/class-changes",
    kind: "api",
    summary: "市の変更・中止と、まだ伝えていない方（氏名と電話は伏せる）",
    handle: async (ask) => ask.reply(await listCityChanges(ask.office, ask.actor)),
  },
  {
    id: "city-change.move.api",
    method: "POST",
    path: "/api/classes/:id/move",
    kind: "api",
    summary: "市の指示で、講習会の日時・会場を変える",
    input: moveBody,
    handle: async (ask) =>
      ask.reply(await moveClass(ask.office, ask.actor, ask.param("id"), await ask.json(moveBody))),
  },
  {
    id: "city-change.close.api",
    method: "POST",
    path: "/api/classes/:id/close",
    kind: "api",
    summary: "市の指示で、講習会を中止にする",
    input: closeBody,
    handle: async (ask) =>
      ask.reply(await closeClass(ask.office, ask.actor, ask.param("id"), await ask.json(closeBody))),
  },
  {
    id: "untold.tell.api",
    method: "POST",
    path: "/api/class-changes/tells/:id",
    kind: "api",
    summary: "伝えた結果を記録する",
    input: tellBody,
    handle: async (ask) => {
      await tellBooking(ask.office, ask.actor, ask.param("id"), await ask.json(tellBody));
      return ask.reply({ told: true });
    },
  },
];

/** 左のメニュー。 */
export const cityChangeMenu: MenuEntry[] = [
  {
    routeId: "city-changes.page",
    label: "変更・中止",
    icon: "swap",
    href: "/class-changes",
    count: async (office, actor) => (await countUntold(office, actor.contract)) || undefined,
  },
];
