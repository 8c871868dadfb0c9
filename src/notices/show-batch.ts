import { roleTitle } from "../access/role.ts";
import { dayOf, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { findJob } from "../platform/job-store.ts";
import type { Ask } from "../platform/route.ts";
import { type BatchAct, roleMay, sameApprover, stateAllows } from "./batch.ts";
import type { BatchFile } from "./batch-file.ts";
import type { BatchFileRow } from "./batch-file-panel.tsx";
import type { BatchMay, BatchPageProps } from "./batch-page.tsx";
import {
  batchName,
  batchSentence,
  exceptionCards,
  exceptionRows,
  fixFields,
  numberOf,
} from "./batch-view.ts";
import { cardFace } from "./card-face.ts";
import { canDrawNotices } from "./draw-notice.ts";
import { nameStaff } from "./name-staff.ts";
import type { BatchCard, OpenBatch } from "./open-batch.ts";
import { postingStrip } from "./posting-strip.ts";
import type { SelectedPanelProps } from "./selected-panel.tsx";

/** 束の画面に出すもの。shown は選んで氏名を見せる通（見せたことは先に記録しておく）。 */
export async function showBatch(
  ask: Ask,
  open: OpenBatch,
  shown: BatchCard | undefined,
  errors: Readonly<Record<string, string>> = {},
): Promise<BatchPageProps> {
  const { batch } = open;
  const staff = await nameStaff(ask.office, ask.actor.contract);
  const printing = await printingOf(ask, open);
  const may = mayOf(ask, open, printing?.failed === true);
  const [first] = open.days.filter((day) => day >= ask.today);
  return {
    id: batch.id,
    number: batch.number,
    state: batch.state,
    about: aboutBatch(open),
    sentence: printing?.failed ? "印刷できませんでした" : batchSentence(open),
    date: formatWareki(ask.today, { weekday: true }),
    now: `${minuteOf(ask.now)}現在`,
    strip: first ? postingStrip(open.blueprint, first, ask.now) : undefined,
    rows: exceptionRows(open),
    clean: open.cards.filter((card) => card.now.state === "waiting" && card.now.booked && card.now.clean)
      .length,
    tally: open.tally,
    me: `${ask.seated.name.split(/[\s　]/)[0] ?? ""}（${roleTitle(ask.actor.roles)}）`,
    samePerson: batch.made_by === ask.actor.id || batch.submitted_by === ask.actor.id,
    may,
    csrf: ask.seated.csrf,
    selected: selectedOf(ask, open, shown, may, errors),
    returnedReason: batch.state === "returned" ? (batch.returned_reason ?? undefined) : undefined,
    approvedBy: batch.approved_by ? staff.get(batch.approved_by) : undefined,
    printing,
    files: filesOf(open),
    hasTemplate: open.templateId !== undefined,
  };
}

/** 「第4号　10月1日・2日実施分」。 */
export function aboutBatch(open: Pick<OpenBatch, "days" | "batch">): string {
  return batchName(open.batch.number, open.days);
}

function mayOf(ask: Ask, open: OpenBatch, failed: boolean): BatchMay {
  const { supervisorMayOperate } = open.blueprint.roles;
  const { state } = open.batch;
  const may = (act: BatchAct) =>
    roleMay(act, ask.actor.roles, supervisorMayOperate) && stateAllows(act, state);
  const halted = state !== "printing" || failed;
  return {
    submit: may("submit"),
    approve: may("approve"),
    undo: may("undo") && halted,
    return: may("return"),
    print: may("print") && halted,
    dispatch: may("dispatch"),
    ...(may("approve") ? whyNot(ask, open) : {}),
  };
}

function whyNot(ask: Ask, open: OpenBatch): { whyNotApprove?: string } {
  try {
    sameApprover(open.batch, ask.actor.id, open.blueprint.roles.supervisorMayOperate);
    return {};
  } catch {
    return { whyNotApprove: "ご自分が作った束なので、承認はほかの SV の方にお願いしてください。" };
  }
}

async function printingOf(ask: Ask, open: OpenBatch): Promise<{ text: string; failed: boolean } | undefined> {
  const { batch } = open;
  if (batch.state !== "printing" || !batch.job_id) return undefined;
  const job = await findJob(ask.office.read, ask.actor.contract, batch.job_id);
  const failed = job?.state === "failed" || job?.state === "stopped";
  if (job?.state === "stopped") return { text: "印刷を止めました。もう一度印刷できます。", failed };
  if (failed) return { text: job?.message ?? "", failed };
  const share = job && job.done > 0 ? `（${job.done} / ${job.total}通）` : "";
  return { text: `${job?.message ?? "印刷の順番を待っています"}${share}`, failed: false };
}

function filesOf(open: OpenBatch): BatchFileRow[] {
  const files = JSON.parse(open.batch.files) as BatchFile[];
  return files.map((file) => ({
    id: file.id,
    label: `${file.format === "pdf" ? "PDF" : "Word"}（${file.edition === "notice" ? "通常の版" : "大きな文字の版"}）`,
    detail: `${file.people}通・${file.pages}ページ`,
    warnings: file.warnings,
  }));
}

/** 右に出す通。選んでいなければ、いちばん悪い通を伏せて見せる。 */
function selectedOf(
  ask: Ask,
  open: OpenBatch,
  shown: BatchCard | undefined,
  may: BatchMay,
  errors: Readonly<Record<string, string>>,
): SelectedPanelProps | undefined {
  const exceptions = exceptionCards(open);
  const card = shown ?? exceptions[0] ?? open.cards.find((one) => one.now.booked);
  if (!card?.detail) return undefined;
  const source = { detail: card.detail, blueprint: open.blueprint, today: dayOf(ask.now) };
  const group = exceptions.includes(card) ? exceptions : open.cards;
  const hrefs = (card.pictures?.pages ?? []).map(
    (_, at) => `/notices/${open.batch.id}/cards/${card.notice.id}/pages/${at + 1}`,
  );
  const common = {
    batchId: open.batch.id,
    noticeId: card.notice.id,
    number: numberOf(card),
    position: `${group.indexOf(card) + 1} / ${group.length}通`,
    face: cardFace(source, shown === undefined, hrefs),
    pictureNote: shown && pictureNote(open, card),
  };
  if (!shown) return { kind: "masked", ...common };
  const live = card.now.booked && (card.now.state === "waiting" || card.now.state === "approved");
  const act = (name: BatchAct) =>
    live &&
    roleMay(name, ask.actor.roles, open.blueprint.roles.supervisorMayOperate) &&
    stateAllows(name, open.batch.state);
  return {
    kind: "shown",
    ...common,
    csrf: ask.seated.csrf,
    exceptions: card.exceptions.map(({ title, detail }) => ({ title, detail })),
    fixes: fixFields(card),
    errors,
    mayFix: act("correct"),
    mayApprove: act("approve") && may.whyNotApprove === undefined && card.now.state === "waiting",
    mayExclude: act("exclude"),
    state: stateWords(card),
  };
}

function pictureNote(open: OpenBatch, card: BatchCard): string | undefined {
  if (card.pictures && card.pictures.pages.length > 0) return undefined;
  if (!open.templateId) return "様式が登録されていないので、見取り図です。";
  return canDrawNotices(open.own)
    ? "様式に差し込んだ絵を作っています。できるまでは見取り図です。"
    : "この機械には LibreOffice がないので、見取り図です。仕上がりは印刷用の Word でご確認ください。";
}

function stateWords({ notice, now }: BatchCard): string {
  if (!now.booked) return "この予約は取り消されました。この束では送られません。";
  if (now.state === "excluded")
    return notice.reason ? `外した理由: ${notice.reason}` : whyWords[notice.why ?? "left"];
  if (now.state === "withdrawn") return whyWords[notice.why ?? "cancelled"];
  if (now.state === "approved" && now.stale)
    return "承認の後で内容が変わりました。この束では送られず、次の束に入ります。";
  return now.state === "approved" ? "承認済みです。" : "";
}

const whyWords = {
  cancelled: "予約が取り消されたので、送りません。",
  changed: "内容が変わったので、次の束で作り直します。",
  left: "確かめが終わらないまま印刷したので、次の束に入ります。",
  hand: "束から外しました。次の束に入ります。",
} as const;
