import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { WordBlock } from "../office/word-model.ts";
import { keyFingerprint } from "../sealing/checkpoint.ts";
import type { Certificate } from "./certificate.ts";

const when = (at: Instant) => (at === "" ? "－" : `${formatWareki(dayOf(at))}${minuteOf(at)}`);

/** 消去の証明書を Word に。署名は JSON にあり、紙には署名のはじめと鍵の指紋を刷る。 */
export function certificateDocument(one: Certificate): Uint8Array {
  const open = one.copies.filter((copy) => copy.done === null);
  const loud = (one.recordings ?? []).filter(({ erasedOn }) => erasedOn === null);
  const blocks: WordBlock[] = [
    { kind: "title", text: "個人情報消去証明書" },
    { kind: "paragraph", text: one.number, align: "right" },
    { kind: "paragraph", text: when(one.madeAt), align: "right" },
    { kind: "paragraph", text: `${one.client}　様` },
    { kind: "paragraph", text: one.contractor, align: "right" },
    {
      kind: "paragraph",
      before: 12,
      text: `${one.work}において取り扱った個人情報を、次のとおり消去したことを証明します（個人情報の取扱いに関する特記事項 第13条）。`,
    },
    {
      kind: "paragraph",
      text: one.complete
        ? "この消去は完了しています。"
        : `この消去は未完です。${[
            ...(open.length > 0 ? [`消した鍵の入った控え ${open.length}組の始末が残っています。`] : []),
            ...(loud.length > 0 ? [`会議の録音 ${loud.length}回分が、まだ消されていません。`] : []),
          ].join("")}`,
    },
    facts(one),
    { kind: "heading", level: 1, text: "消去した個人情報" },
    {
      kind: "table",
      caption: "消去した個人情報",
      columns: [{ share: 4 }, { share: 6 }, { share: 2, align: "right" }, { share: 2, align: "right" }],
      header: ["もの", "項目", "鍵", "行"],
      rows: one.counts.map(({ label, columns, keys, rows }) => [label, columns, String(keys), String(rows)]),
    },
    ...(one.parts && one.parts.length > 0
      ? [
          { kind: "heading" as const, level: 1 as const, text: "申出のあった方の文書" },
          ...one.parts.map((text) => ({ kind: "paragraph" as const, text })),
        ]
      : []),
    ...recordingBlocks(one.recordings ?? []),
    { kind: "heading", level: 1, text: "残っていた控えの全部" },
    one.copies.length === 0
      ? { kind: "paragraph", text: "消した鍵の入った控えは、ありませんでした。" }
      : {
          kind: "table",
          caption: "控えの始末",
          columns: [{ share: 4 }, { share: 4 }, { share: 6 }],
          header: ["控えの組", "取った時", "始末"],
          rows: one.copies.map(({ set, madeAt, done }) => [
            set,
            when(madeAt),
            done === null ? "残っている" : `${done.how}（${done.day}、${done.place}）`,
          ]),
        },
    { kind: "heading", level: 1, text: "確かめ方" },
    {
      kind: "paragraph",
      text: `電子の証明書（JSON）を、確かめる画面（HTML 一つ、通信なし）で開くと、署名を確かめられます。公開鍵の指紋 ${keyFingerprint(one.publicKey)}、署名のはじめ ${one.signature.slice(0, 24)}…。記録の木の件数 ${one.log?.size ?? 0}。`,
    },
  ];
  return writeWordDocument({
    ...{ title: "個人情報消去証明書", subject: one.number, author: one.contractor, created: one.madeAt },
    footer: one.demo ? `${one.number}（デモ）` : one.number,
    blocks,
  });
}

function recordingBlocks(recordings: NonNullable<Certificate["recordings"]>): WordBlock[] {
  if (recordings.length === 0) return [];
  return [
    { kind: "heading", level: 1, text: "会議の録音（事務所の外の媒体）" },
    {
      kind: "table",
      caption: "会議の録音",
      columns: [{ share: 8 }, { share: 6 }],
      header: ["録音", "消した日"],
      rows: recordings.map(({ label, erasedOn }) => [
        label,
        erasedOn === null ? "残っている" : formatWareki(erasedOn),
      ]),
    },
  ];
}

function facts(one: Certificate): WordBlock {
  const rows: [string, string][] = [
    ["委託者の承諾", `${one.consent.document}　${when(one.consent.at)}`],
    ["範囲", one.scope],
    ["方法", one.method],
    ["始めた時", when(one.intendedAt)],
    ["鍵を壊した時", when(one.destroyedAt)],
    ["終えた時", when(one.finishedAt)],
    ["担当（従業者番号）", one.handler || "－"],
    ["立会い", one.witness || "なし"],
    ["壊した鍵", `${one.keys.length}件`],
    [
      "残っていないことの確かめ",
      `${one.search.searched.toLocaleString("ja-JP")}か所を ${one.search.needles}語で探し、見つかりませんでした。`,
    ],
  ];
  return {
    ...{
      kind: "table",
      caption: "消去の事実",
      headColumn: true,
      columns: [{ share: 3 }, { share: 9 }],
      rows,
    },
  };
}
