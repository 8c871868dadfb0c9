import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { ClassListPage } from "./class-list-page.tsx";
import { type ClassFilter, openClassBoard } from "./class-view.ts";
import { importClasses } from "./import-classes.ts";
import { MAX_SCHEDULE_BYTES, previewClasses, reopenPreview } from "./preview-classes.ts";
import { mayChangeClasses, seesPeople } from "./reception-right.ts";
import { SchedulePage } from "./schedule-page.tsx";
import { SchedulePreviewPage } from "./schedule-preview-page.tsx";
import { listVenues } from "./venue-store.ts";

const UPLOAD_LIMIT = MAX_SCHEDULE_BYTES + 64 * 1024;

const importBody = z.object({
  token: z.string().min(1).max(64),
  basis: z.string().min(1).max(64),
  close: z.boolean().optional(),
  move: z.array(z.string().max(64)).max(2000).optional(),
});

async function classPage(ask: Ask): Promise<Response> {
  const board = await openClassBoard(ask.office, ask.actor, ask.query("term"));
  const venues = await listVenues(ask.office.read, ask.actor.contract);
  const filter: ClassFilter = {
    ward: ask.query("ward") ?? "",
    course: ask.query("course") ?? "",
    state: z.enum(["", "free", "full", "closed"]).catch("").parse(ask.query("state")),
  };
  return ask.page({
    title: "講習会と会場",
    current: "classes.page",
    body: (
      <ClassListPage
        {...board}
        filter={filter}
        unplaced={venues.filter((venue) => venue.latitude === null).length}
        mayImport={mayChangeClasses(ask.actor)}
        mayList={seesPeople(ask.actor)}
      />
    ),
  });
}

async function uploadPage(ask: Ask, given: { term?: string; fault?: string } = {}): Promise<Response> {
  const { blueprint } = await openContract(ask.office, ask.actor.contract);
  return ask.page({
    title: "日程の取込み",
    current: "classes.page",
    status: given.fault === undefined ? 200 : 422,
    body: (
      <SchedulePage
        csrf={ask.seated.csrf}
        terms={blueprint.terms}
        term={given.term ?? ""}
        fault={given.fault}
      />
    ),
  });
}

async function upload(ask: Ask) {
  const file = await ask.file("file");
  if (!file) throw new AppError("BAD_INPUT", "日程表のファイルを選んでください。");
  const term = (await ask.form()).get("term");
  return previewClasses(ask.office, ask.actor, { ...file, ...(term ? { term } : {}) });
}

/** 読めないファイルは、選ぶ画面にわけを添えて返す。 */
async function uploadByForm(ask: Ask): Promise<Response> {
  try {
    return ask.go(`/classes/import/${(await upload(ask)).token}`);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    return uploadPage(ask, { term: (await ask.form()).get("term") ?? "", fault: cause.message });
  }
}

async function importByForm(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const done = await importClasses(ask.office, ask.actor, ask.param("token"), {
    basis: form.get("basis") ?? "",
    close: form.has("close"),
    move: await ask.formAll("move"),
  });
  const parts = [
    done.added > 0 && `${done.added}回を加え`,
    done.changed > 0 && `${done.changed}回を変え`,
    done.moved > 0 && `${done.moved}回を移し`,
    done.closed > 0 && `${done.closed}回を受付終了にし`,
    done.venues > 0 && `会場${done.venues}か所を台帳に書き`,
  ].filter((part) => part !== false);
  const refused =
    done.refused.length > 0 ? `${done.refused.length}回は定員を減らせないため、変えていません。` : "";
  const touched = done.touchedBookings.length > 0 ? `触れた予約は${done.touchedBookings.length}件です。` : "";
  const untold = done.untold > 0 ? `まだお伝えしていない方が${done.untold}人います。` : "";
  const offered = done.offered > 0 ? `待機の方${done.offered}人に席を押さえました。` : "";
  return ask.go(
    done.untold > 0 ? "/class-changes/untold" : "/classes",
    parts.length > 0
      ? `${parts.join("、")}ました。${refused}${touched}${untold}${offered}`
      : `変わるところはありませんでした。${refused}`,
  );
}

/** 講習会と、日程の取込みの道。 */
export const scheduleRoutes: Route[] = [
  {
    id: "classes.page",
    method: "GET",
    path: "/classes",
    kind: "page",
    summary: "講習会と席",
    handle: classPage,
  },
  {
    id: "classes.import.page",
    method: "GET",
    path: "/classes/import",
    kind: "page",
    summary: "日程表を選ぶ",
    handle: (ask) => uploadPage(ask),
  },
  {
    id: "classes.upload",
    method: "POST",
    path: "/classes/import",
    kind: "page",
    summary: "日程表を読む",
    bodyLimit: UPLOAD_LIMIT,
    handle: uploadByForm,
  },
  {
    id: "classes.preview",
    method: "GET",
    path: "/classes/import/:token",
    kind: "page",
    summary: "取り込む前に確かめる",
    handle: async (ask) => {
      const preview = await reopenPreview(ask.office, ask.actor, ask.param("token"));
      return ask.page({
        title: "日程の取込み",
        current: "classes.page",
        body: <SchedulePreviewPage csrf={ask.seated.csrf} preview={preview} />,
      });
    },
  },
  {
    id: "classes.import",
    method: "POST",
    path: "/classes/import/:token",
    kind: "page",
    summary: "日程を取り込む",
    handle: importByForm,
  },
  {
    id: "classes.api",
    method: "GET",
    path: "/api/classes",
    kind: "api",
    summary: "期の講習会と席（term を省けばいまの期）",
    handle: async (ask) => {
      const { term, lines } = await openClassBoard(ask.office, ask.actor, ask.query("term"));
      return ask.reply({ term: term.id, classes: lines });
    },
  },
  {
    id: "classes.preview.api",
    method: "POST",
    path: "/api/classes/preview",
    kind: "api",
    summary: "日程表（multipart の file）を読み、何が変わるかを返す",
    bodyLimit: UPLOAD_LIMIT,
    handle: async (ask) => ask.reply(await upload(ask)),
  },
  {
    id: "classes.import.api",
    method: "POST",
    path: "/api/classes/import",
    kind: "api",
    summary: "読んだ日程表を取り込む",
    input: importBody,
    handle: async (ask) => {
      const { token, basis, close, move } = await ask.json(importBody);
      const choices = {
        basis,
        ...(close === undefined ? {} : { close }),
        ...(move === undefined ? {} : { move }),
      };
      return ask.reply(await importClasses(ask.office, ask.actor, token, choices));
    },
  },
];

export const scheduleMenu: MenuEntry[] = [
  { routeId: "classes.page", label: "講習会と会場", icon: "calendar", href: "/classes" },
];
