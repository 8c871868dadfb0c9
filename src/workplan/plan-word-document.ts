import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { PlanBook } from "./plan-book.ts";
import { stateWord } from "./plan-slide-document.ts";
import { writeLinks } from "./plan-task.ts";

/** 工程表の Word（A4 横）: 作業の表と、間に合わないもの。 */
export function planWord(book: PlanBook): Uint8Array {
  const { plan, baseline } = book;
  const rows = plan.tasks.map(({ task, start, end, critical, float }) => [
    ...[task.code, `${critical ? "◎" : ""}${task.name}`, task.owner, task.clause],
    task.milestone ? "節目" : formatMonthDay(start),
    formatMonthDay(end),
    baseline[task.code] ? formatMonthDay(baseline[task.code]?.end ?? end) : "－",
    task.by === null ? "－" : formatMonthDay(task.by),
    task.finished !== null ? "－" : String(float),
    writeLinks(task.links),
    stateWord(task.finished !== null, task.by !== null && end > task.by, task.started !== null),
  ]);
  return writeWordDocument({
    title: `${book.contract}　工程表`,
    author: book.contractor,
    created: book.created,
    header: `${formatWareki(book.today)}現在`,
    footer: `工程表 第${book.version}版`,
    landscape: true,
    blocks: [
      { kind: "title", text: "業務スケジュール（工程表）" },
      {
        kind: "paragraph",
        text: `業務名　${book.contract}\n委託者　${book.client}${book.contractor === "" ? "" : `\n受託者　${book.contractor}`}`,
      },
      ...(plan.misses.length === 0
        ? []
        : [
            { kind: "heading" as const, level: 1 as const, text: "期限に間に合わないもの" },
            {
              kind: "list" as const,
              items: plan.misses.map(
                (one) =>
                  `${one.name}　期限${formatMonthDay(one.by)}、見込み${formatMonthDay(one.end)}（${one.days}営業日）`,
              ),
            },
          ]),
      { kind: "heading", level: 1, text: "作業と節目" },
      {
        kind: "table",
        caption: "作業と節目",
        columns: [1.3, 5, 1.9, 2.1, 2.1, 2.1, 2.1, 2.1, 1.2, 2.6, 1.9].map((share) => ({ share })),
        header: [
          "記号",
          "作業",
          "担当",
          "条項",
          "始まり",
          "終わり",
          "定めた日",
          "期限",
          "余裕",
          "先行",
          "状態",
        ],
        rows,
        size: 9,
      },
      { kind: "paragraph", text: "◎は、全体の終わりを決める作業。余裕は営業日。", before: 6 },
    ],
  });
}
