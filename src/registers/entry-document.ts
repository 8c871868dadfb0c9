import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { WordBlock, WordDocument } from "../office/word-model.ts";
import { type BookName, bookOf } from "./book.ts";
import type { ListedEntry, OpenEntry } from "./list-entries.ts";

export interface DocumentFacts {
  /** 業務の名。 */
  title: string;
  client: string;
  contractor: string;
  created: Instant;
}

/** その一件の Word（協議は議事録）。 */
export function entryDocument(open: OpenEntry, facts: DocumentFacts): WordDocument {
  const { head, fields } = open;
  const info = bookOf(head.book);
  const title = head.book === "consultation" ? "議事録" : `${info.label}（写し）`;
  const rows = [
    ["件名", head.title],
    [info.day, formatWareki(head.heldOn, { weekday: true })],
    ...(head.clause === "" ? [] : [["根拠の条項", head.clause]]),
    ...info.fields.flatMap(({ name, label }) => (fields[name] ? [[label, fields[name]]] : [])),
    ...(head.cost === null ? [] : [["費用", costText(head.cost)]]),
    ...(head.due === null || info.due === undefined ? [] : [[info.due, formatWareki(head.due)]]),
    ...(head.expires === null ? [] : [["有効期限", formatWareki(head.expires)]]),
    ["状態", head.stateText],
  ];
  const signed = open.closedAt ?? open.madeAt;
  const blocks: WordBlock[] = [
    { kind: "paragraph", text: head.numberText, align: "right", after: 0 },
    { kind: "paragraph", text: formatWareki(dayOf(signed)), align: "right", after: 12 },
    { kind: "title", text: title },
    { kind: "paragraph", text: `業務名　${facts.title}`, after: 0 },
    { kind: "paragraph", text: `委託者　${facts.client}`, after: 0 },
    { kind: "paragraph", text: `受託者　${facts.contractor}`, after: 12 },
    {
      ...{ kind: "table", caption: title, headColumn: true },
      columns: [{ share: 3 }, { share: 9 }],
      rows,
    },
    {
      ...{ kind: "paragraph", align: "right", before: 8 },
      text: `記録 ${open.madeBy}（${formatWareki(dayOf(open.madeAt))} ${minuteOf(open.madeAt)}）`,
    },
    {
      ...{ kind: "table", caption: "確認", align: "right", width: 60, rowHeight: 16 },
      columns: [{ share: 1 }, { share: 1 }],
      header: ["委託者 確認", "受託者 責任者"],
      rows: [["", ""]],
    },
  ];
  return {
    ...{ title: `${title}　${head.numberText}`, author: facts.contractor, created: facts.created },
    ...{ footer: head.numberText, properties: { 番号: head.numberText, 根拠: head.clause }, blocks },
  };
}

/** 帳簿の一覧の Word（横）。 */
export function bookDocument(
  book: BookName,
  rows: readonly ListedEntry[],
  facts: DocumentFacts,
): WordDocument {
  const info = bookOf(book);
  const date = (day: string | null) => (day === null ? "－" : formatWareki(day));
  const last = info.expires ? "有効期限" : (info.due ?? "");
  return {
    ...{ title: info.label, author: facts.contractor, created: facts.created, landscape: true },
    blocks: [
      { kind: "title", text: info.label },
      {
        ...{ kind: "paragraph", align: "center", after: 12 },
        text: `${facts.title}　${formatWareki(dayOf(facts.created))}現在　${rows.length}件`,
      },
      {
        ...{ kind: "table", caption: info.label, size: 9 },
        columns: [{ share: 3 }, { share: 4 }, { share: 9 }, { share: 3 }, { share: 4 }, { share: 3 }],
        header: ["番号", info.day, "件名", "条項", last, "状態"],
        rows: rows
          .toSorted((a, b) => a.number - b.number)
          .map((one) => [
            ...[one.numberText, date(one.heldOn), one.title, one.clause || "－"],
            ...[date(info.expires ? one.expires : one.due), one.stateText],
          ]),
      },
    ],
  };
}

export function costText(cost: number): string {
  return cost === 0 ? "かからない" : `${cost.toLocaleString("ja-JP")}円`;
}
