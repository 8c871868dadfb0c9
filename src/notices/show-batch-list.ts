import { formatMonthDay } from "../japan/wareki.ts";
import type { Ask } from "../platform/route.ts";
import type { NoticeState } from "./batch.ts";
import { type BatchListPageProps, type BatchListRow, noticeStateLabels } from "./batch-list-page.tsx";
import { maskedNameOf, numberOf } from "./batch-view.ts";
import { type BatchCard, openBatch } from "./open-batch.ts";
import { aboutBatch } from "./show-batch.ts";

const PAGE = 50;

/** 束の全部の通を、状態で絞って、五十通ずつ。 */
export async function showBatchList(ask: Ask): Promise<BatchListPageProps> {
  const open = await openBatch(ask.office, ask.actor, ask.param("id"));
  const filter = ask.query("state") ?? "";
  const known = filter in noticeStateLabels;
  const cards = known ? open.cards.filter((card) => card.now.state === filter) : open.cards;
  const pages = Math.max(1, Math.ceil(cards.length / PAGE));
  const asked = Number(ask.query("page") ?? "1");
  const page = Number.isInteger(asked) ? Math.min(pages, Math.max(1, asked)) : 1;
  return {
    id: open.batch.id,
    about: aboutBatch(open),
    rows: cards.slice((page - 1) * PAGE, page * PAGE).map(rowOf),
    total: open.cards.length,
    shown: cards.length,
    filter: known ? filter : "",
    page,
    pages,
  };
}

function rowOf(card: BatchCard): BatchListRow {
  const detail = card.detail;
  return {
    id: card.notice.id,
    number: numberOf(card),
    maskedName: maskedNameOf(card),
    day: detail ? formatMonthDay(detail.cls.day, { weekday: true }) : "",
    venue: detail?.venue.name ?? "",
    course: detail?.cls.course ?? "",
    state: card.now.state,
    words: wordsOf(card),
    exceptions: card.exceptions.map((one) => one.title).join("、"),
  };
}

function wordsOf({ now, notice }: BatchCard): string {
  const state: NoticeState = now.state;
  if (state === "withdrawn") return notice.why === "changed" ? "内容が変わった" : "取り消された";
  if (state === "excluded") return notice.why === "changed" ? "内容が変わった" : "外した";
  if (!now.booked) return "取り消された";
  return noticeStateLabels[state];
}
