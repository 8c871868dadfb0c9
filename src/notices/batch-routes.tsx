import { AppError } from "../base/error.ts";
import { keepProtected, mayProtect, takeProtected } from "../office/keep-protected.ts";
import { type KeptFile, openFile } from "../platform/keep-file.ts";
import type { Ask, Route } from "../platform/route.ts";
import { recordReveal } from "../reception/reveal-person.ts";
import { ConfirmPanel } from "../ui/dialog.tsx";
import { ProtectedPage } from "../ui/protected-page.tsx";
import { approveBatch, undoApproval } from "./approve-batch.ts";
import { BatchListPage } from "./batch-list-page.tsx";
import { BatchPage, returnConfirmation } from "./batch-page.tsx";
import { correctPerson, type NoticeCorrection } from "./correct-person.ts";
import { requestDrawing } from "./draw-notice.ts";
import { excludeNotice } from "./exclude-notice.ts";
import { type BatchCard, type OpenBatch, openBatch } from "./open-batch.ts";
import { startPrint } from "./print-batch.ts";
import { returnBatch } from "./return-batch.ts";
import { excludeConfirmation } from "./selected-panel.tsx";
import { showBatch } from "./show-batch.ts";
import { showBatchList } from "./show-batch-list.ts";
import { stopPrint } from "./stop-print.ts";
import { submitBatch } from "./submit-batch.ts";
import { type TakePurpose, takeFile, takePurposes } from "./take-file.ts";

const current = "notice.list";
const title = "受講通知書の束";

/** 束の画面。n があればその通の氏名を見せ、見せたことを記録する。 */
async function page(
  ask: Ask,
  more: { errors?: Record<string, string>; noticeId?: string; status?: number } = {},
) {
  const open = await openBatch(ask.office, ask.actor, ask.param("id"));
  const id = more.noticeId ?? ask.query("n");
  const card = id === undefined ? undefined : cardOf(open, id);
  if (card) {
    await recordReveal(ask.office, ask.actor, {
      subject: card.notice.person_id,
      about: card.notice.id,
      field: "address",
      reason: "受講通知書の確認",
    });
    await requestDrawing(ask.office, ask.actor, open, card);
  }
  const props = await showBatch(ask, open, card, more.errors);
  const response = await ask.page({
    title,
    current,
    body: <BatchPage {...props} />,
    ...(more.status ? { status: more.status } : {}),
  });
  // 印刷を待つあいだだけ、進み具合を見直す。
  if (props.printing?.failed === false && !card) response.headers.set("Refresh", "5");
  return response;
}

function cardOf(open: OpenBatch, id: string): BatchCard {
  const card = open.cards.find((one) => one.notice.id === id);
  if (!card)
    throw new AppError("NOT_FOUND", "その受講通知書は、この束にありません。束を開き直してください。");
  return card;
}

const here = (ask: Ask) => `/notices/${ask.param("id")}`;

async function approve(ask: Ask): Promise<Response> {
  const notice = (await ask.form()).get("notice");
  const done = await approveBatch(ask.office, ask.actor, ask.param("id"), notice ? [notice] : undefined);
  const gone = done.withdrawn > 0 ? `取り消された予約${done.withdrawn}通は外しました。` : "";
  return ask.go(
    here(ask),
    done.approved > 0
      ? `${done.approved}通を承認しました。${gone}印刷を始めるまで取り消せます。`
      : gone || "もう承認されています。",
  );
}

async function correct(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const given: NoticeCorrection = { approve: form.get("approve") === "1" };
  for (const name of ["house", "postal", "address", "building", "name"] as const) {
    const value = form.get(name);
    if (value !== undefined) given[name] = value;
  }
  const noticeId = ask.param("notice");
  try {
    const done = await correctPerson(ask.office, ask.actor, ask.param("id"), noticeId, given);
    const what = done.corrected ? "宛先を直しました。" : "";
    return ask.go(
      here(ask),
      `${what}${done.approved ? "承認しました。" : ""}` || "変わったところはありません。",
    );
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    const errors = Object.fromEntries(cause.faults.map((fault) => [fault.field ?? "", fault.message]));
    return page(ask, { errors, noticeId, status: 422 });
  }
}

async function picture(ask: Ask): Promise<Response> {
  const open = await openBatch(ask.office, ask.actor, ask.param("id"));
  const id = cardOf(open, ask.param("notice")).pictures?.pages[Number(ask.param("page")) - 1];
  if (!id) throw new AppError("NOT_FOUND", "その絵はまだありません。束を開き直してください。");
  const file = await openFile(ask.office, ask.actor.contract, id);
  return ask.inline({ media: file.media, bytes: file.bytes });
}

async function download(ask: Ask): Promise<Response> {
  const purpose = (await ask.form()).get("purpose") ?? "";
  if (!(purpose in takePurposes))
    throw new AppError("BAD_INPUT", "取り出す目的を選んでください。", {
      faults: [{ field: "purpose", message: "取り出す目的を選んでください。" }],
    });
  // 委託者に渡すものは、パスワードを付けた写しだけ。
  if (purpose === "client" && !mayProtect(ask.actor))
    throw new AppError("FORBIDDEN", "委託者に渡すファイルは、SV・責任者の方が取り出してください。");
  const file = await takeFile(
    ask.office,
    ask.actor,
    ask.param("id"),
    ask.param("file"),
    purpose as TakePurpose,
  );
  if (purpose === "client") return protectedCopy(ask, file);
  return ask.download({ fileName: file.fileName, media: file.media, bytes: file.bytes });
}

async function protectedCopy(ask: Ask, file: KeptFile): Promise<Response> {
  const id = ask.param("id");
  const copy = await keepProtected(ask.office, ask.actor, { ...file, about: id }, "client");
  const crumb = { href: here(ask), label: title };
  const downloadHref = `/notices/${id}/protected/${copy.id}`;
  return ask.page({ title, current, body: <ProtectedPage {...copy} {...{ crumb, downloadHref }} /> });
}

async function returnPage(ask: Ask): Promise<Response> {
  const { batch } = await openBatch(ask.office, ask.actor, ask.param("id"));
  const confirmation = returnConfirmation(batch.id, ask.seated.csrf);
  return ask.page({ title, current, body: <ConfirmPanel {...confirmation} backHref={here(ask)} /> });
}

async function excludePage(ask: Ask): Promise<Response> {
  const open = await openBatch(ask.office, ask.actor, ask.param("id"));
  const card = cardOf(open, ask.param("notice"));
  const confirmation = excludeConfirmation(
    open.batch.id,
    card.notice.id,
    ask.seated.csrf,
    card.exceptions[0]?.title,
  );
  return ask.page({ title, current, body: <ConfirmPanel {...confirmation} backHref={here(ask)} /> });
}

const get = (id: string, path: string, summary: string, handle: Route["handle"]): Route => ({
  id: `notice.${id}`,
  method: "GET",
  path: `/notices/:id${path}`,
  kind: "page",
  summary,
  handle,
});
const post = (id: string, path: string, summary: string, handle: Route["handle"]): Route => ({
  ...get(id, path, summary, handle),
  method: "POST",
});

/** 一つの束の画面と行い。 */
export const batchRoutes: Route[] = [
  get("batch", "", "束を確かめる", (ask) => page(ask)),
  get("batch.list", "/list", "束の全部の通", async (ask) =>
    ask.page({ title, current, body: <BatchListPage {...(await showBatchList(ask))} /> }),
  ),
  post("submit", "/submit", "承認に回す", async (ask) => {
    await submitBatch(ask.office, ask.actor, ask.param("id"));
    return ask.go(here(ask), "承認に回しました。");
  }),
  post("approve", "/approve", "発送を承認する", approve),
  post("undo", "/undo", "承認を取り消す", async (ask) => {
    await undoApproval(ask.office, ask.actor, ask.param("id"));
    return ask.go(here(ask), "承認を取り消しました。");
  }),
  get("return.page", "/return", "差し戻す理由を書く", returnPage),
  post("return", "/return", "差し戻す", async (ask) => {
    await returnBatch(ask.office, ask.actor, ask.param("id"), (await ask.form()).get("reason") ?? "");
    return ask.go(here(ask), "差し戻しました。OP の画面に理由が出ます。");
  }),
  get("exclude.page", "/cards/:notice/exclude", "外す理由を書く", excludePage),
  post("exclude", "/cards/:notice/exclude", "一通を束から外す", async (ask) => {
    const reason = (await ask.form()).get("reason") ?? "";
    await excludeNotice(ask.office, ask.actor, ask.param("id"), ask.param("notice"), reason);
    return ask.go(here(ask), "1通を外しました。「これから作る」に戻っています。");
  }),
  post("correct", "/cards/:notice/correct", "宛先を直す", correct),
  post("print", "/print", "印刷を始める", async (ask) => {
    const { count } = await startPrint(ask.office, ask.actor, ask.param("id"));
    return ask.go(here(ask), `${count}通の印刷を始めました。`);
  }),
  post("print.stop", "/print/stop", "印刷を止める", async (ask) => {
    await stopPrint(ask.office, ask.actor, ask.param("id"));
    return ask.go(here(ask), "印刷を止めました。もう一度印刷できます。");
  }),
  { ...get("picture", "/cards/:notice/pages/:page", "はがきの絵", picture), kind: "file" },
  {
    ...get("protected", "/protected/:file", "パスワード付きの写しを取り出す", async (ask) =>
      ask.download(await takeProtected(ask.office, ask.actor, ask.param("file"))),
    ),
    kind: "file",
    stepUp: true,
  },
  { ...post("file", "/files/:file", "印刷したファイルを取り出す", download), kind: "file", stepUp: true },
];
