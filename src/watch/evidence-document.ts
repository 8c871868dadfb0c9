import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { dutyStateLabels } from "../contract/duty.ts";
import { formatWareki } from "../japan/wareki.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { WordBlock } from "../office/word-model.ts";
import { keyFingerprint } from "../sealing/checkpoint.ts";
import type { Evidence } from "./evidence.ts";

const when = (at: Instant | null) => (at === null ? "－" : `${formatWareki(dayOf(at))}${minuteOf(at)}`);

/** 監査の証跡の目次（Word）。透かしの代わりに、作った人の番号と時をすべてのページの下に刷る。 */
export function evidenceDocument(one: Evidence): Uint8Array {
  const mark = `従業者番号 ${one.by}　${when(one.madeAt)}`;
  return writeWordDocument({
    ...{ title: "監査の証跡", subject: one.contract.title, author: one.contract.contractor },
    ...{ created: one.madeAt, footer: mark },
    blocks: [
      { kind: "title", text: "監査の証跡　目次" },
      { kind: "paragraph", text: mark, align: "right" },
      { kind: "paragraph", text: `${one.contract.client}　${one.contract.title}` },
      { kind: "heading", level: 1, text: "入っているもの" },
      { kind: "list", items: contents(one) },
      { kind: "heading", level: 1, text: "条項ごとの義務と証跡" },
      {
        ...{ kind: "table", caption: "条項ごとの義務と証跡" },
        columns: [{ share: 2 }, { share: 6 }, { share: 2 }, { share: 1, align: "right" }, { share: 4 }],
        header: ["条項", "義務", "いま", "済み", "場所"],
        rows: one.clauses.map((line) => [
          ...[line.clause, line.duty, dutyStateLabels[line.state]],
          ...[String(line.done), line.href],
        ]),
      },
      { kind: "heading", level: 1, text: "申請・承諾・報告の受領" },
      {
        ...{ kind: "table", caption: "申請・承諾・報告の受領" },
        columns: [
          { share: 1, align: "right" },
          { share: 2 },
          { share: 5 },
          { share: 3 },
          { share: 3 },
          { share: 3 },
        ],
        header: ["番号", "種類", "件名", "いま", "提出", "受領・回答"],
        rows: one.receipts.map((line) => [
          ...[String(line.number), line.kind, line.title, line.state],
          ...[when(line.submittedAt), when(line.decidedAt)],
        ]),
      },
      ...sampleBlocks(one),
    ],
  });
}

function contents(one: Evidence): string[] {
  const { size = 0, root = "－", publicKey } = one.sample.checkpoint ?? {};
  return [
    "目次.docx　この文書",
    `記録.jsonl　行為の記録 ${one.log.entries}件。madoguchi log verify か、確かめる HTML（消去と証明書の画面から取り出せます）で確かめられます。`,
    "標本.json　抜き取ったものの記録と、一行ごとの包含証明（RFC 6962）",
    "条項.json　条項ごとの義務と証跡の数",
    "受領.json　申請・承諾・報告の提出と受領の時",
    `検査点　${size}件、根 ${root}、公開鍵の指紋 ${publicKey === undefined ? "－" : keyFingerprint(publicKey)}`,
  ];
}

function sampleBlocks({ sample }: Evidence): WordBlock[] {
  return [
    { kind: "heading", level: 1, text: `抜き取った${sample.name}` },
    {
      kind: "paragraph",
      text: `${sample.name} ${sample.population}件から、種「${sample.seed}」で ${sample.bookings.length}件を抜き取りました。同じ種なら、だれが引いても同じものが出ます。`,
    },
    {
      ...{ kind: "table", caption: `抜き取った${sample.name}の記録` },
      columns: [
        { share: 3 },
        { share: 2, align: "right" },
        { share: 4 },
        { share: 3 },
        { share: 2 },
        { share: 3 },
      ],
      header: [sample.name, "記録の番号", "したこと", "時", "従業者", "証明"],
      rows: sample.bookings.flatMap(({ booking, links }) =>
        links.map(({ event, who, proved }) => [
          ...[booking.slice(0, 13), String(event.seq), event.kind, when(event.at), who],
          proved && sample.rooted ? "木と合う" : "合わない",
        ]),
      ),
    },
  ];
}
