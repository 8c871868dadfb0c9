import type { Instant } from "../base/time.ts";
import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { WordDocument } from "../office/word-model.ts";
import type { DisclosedDocument } from "./list-disclosures.ts";
import type { ListedRight } from "./list-rights.ts";

/** 書類の両側と、刷るときの事柄。 */
export interface PaperContext {
  title: string;
  client: string;
  clientUnit: string;
  contractor: string;
  now: Instant;
  /** この書類の管理番号と公文書の印。 */
  mark: string;
  notice: string;
}

/** 目録の一行。 */
export interface ContentsEntry {
  fileName: string;
  mark: string;
  title: string;
  clause: string;
  formatLabel: string;
  size: number;
  sha256: string;
}

function frame(context: PaperContext, title: string): Omit<WordDocument, "blocks"> {
  return {
    title,
    subject: context.title,
    author: context.contractor,
    created: `${context.now.slice(0, 19)}Z`,
    header: formatWareki(dayOf(context.now)),
    footer: `管理番号 ${context.mark}　${context.notice}`,
    properties: { 管理番号: context.mark, 公文書: context.notice },
  };
}

function top(context: PaperContext, title: string): WordDocument["blocks"] {
  return [
    { kind: "paragraph", text: `${context.client}${context.clientUnit}　御中` },
    { kind: "paragraph", text: context.contractor, align: "right" },
    { kind: "title", text: title },
    { kind: "paragraph", text: `業務名　${context.title}`, after: 8 },
  ];
}

/** 納品の一式の目録（Word）。 */
export function contentsDocument(context: PaperContext, entries: readonly ContentsEntry[]): WordDocument {
  return {
    ...frame(context, "納品目録"),
    landscape: true,
    blocks: [
      ...top(context, "納品目録"),
      {
        kind: "table",
        caption: "納品する電子データの一覧",
        columns: [
          { share: 5 },
          { share: 9 },
          { share: 4 },
          { share: 5 },
          { share: 4, align: "right" },
          { share: 16 },
        ],
        header: ["管理番号", "成果品", "条項", "形式", "大きさ", "SHA-256"],
        rows: entries.map((one) => [
          one.mark,
          one.title,
          one.clause === "" ? "－" : one.clause,
          one.formatLabel,
          sizeText(one.size),
          { text: splitHash(one.sha256), align: "left" as const },
        ]),
        size: 9,
      },
      {
        kind: "paragraph",
        text: `以上 ${entries.length}点。SHA-256 は、受け取った電子データが納品したものと同じであることを確かめるための値です。`,
      },
    ],
  };
}

/** 目録（テキスト）。sha256sum -c でそのまま確かめられる形。 */
export function contentsText(context: PaperContext, entries: readonly ContentsEntry[]): string {
  return [
    `# 納品目録　${context.title}`,
    `# ${context.client}${context.clientUnit}　御中　／　${context.contractor}　／　${formatWareki(dayOf(context.now))}`,
    ...entries.map((one) => `# ${one.fileName}　${one.title}　${one.clause}`),
    ...entries.map((one) => `${one.sha256}  ${one.fileName}`),
    "",
  ].join("\n");
}

/** 権利一覧（Word、仕様書10）。 */
export function rightsDocument(context: PaperContext, rights: readonly ListedRight[]): WordDocument {
  const groups = [...Map.groupBy(rights, (right) => right.deliverable).values()];
  return {
    ...frame(context, "権利一覧"),
    landscape: true,
    blocks: [
      ...top(context, "成果品にかかわる権利の一覧"),
      ...groups.flatMap((own): WordDocument["blocks"] => [
        {
          kind: "heading",
          level: 1,
          number: false,
          text: `${own[0]?.code ?? ""}　${own[0]?.title ?? ""}`,
        },
        {
          kind: "table",
          caption: `${own[0]?.title ?? ""}の権利`,
          columns: [{ share: 6 }, { share: 5 }, { share: 6 }, { share: 13 }, { share: 9 }],
          header: ["権利", "対象", "権利者・創作者", "内容", "確認の日と証跡"],
          rows: own.map((right) => [
            right.kindLabel,
            right.subject,
            right.holder,
            right.terms,
            right.state === "signed"
              ? `${right.signedOn === null ? "" : formatWareki(right.signedOn)}\n${right.evidence ?? ""}`
              : { text: [{ text: "未確認", bold: true }] },
          ]),
          size: 9,
        },
      ]),
      ...(rights.length === 0
        ? ([{ kind: "paragraph", text: "権利の台帳に載っているものはありません。" }] as const)
        : []),
    ],
  };
}

/** 渡した文書の一覧（Word、仕様書12(4)）。 */
export function disclosureDocument(
  context: PaperContext,
  documents: readonly DisclosedDocument[],
): WordDocument {
  return {
    ...frame(context, "提供した文書の一覧"),
    landscape: true,
    blocks: [
      ...top(context, "委託者に提供した文書の一覧"),
      {
        kind: "table",
        caption: "提供した文書",
        columns: [
          { share: 5 },
          { share: 10 },
          { share: 4 },
          { share: 5 },
          { share: 6 },
          { share: 6 },
          { share: 14 },
        ],
        header: ["管理番号", "文書", "条項", "形式", "提出", "引渡し", "SHA-256"],
        rows: documents.map((one) => [
          one.mark,
          `${one.title}　第${one.version}版`,
          one.clause === "" ? "－" : one.clause,
          one.formatLabel,
          formatWareki(dayOf(one.submittedAt)),
          one.handedAt === null ? "－" : formatWareki(dayOf(one.handedAt)),
          splitHash(one.sha256),
        ]),
        size: 9,
      },
      { kind: "paragraph", text: `以上 ${documents.length}点。` },
    ],
  };
}

/** 「1.2 MB」「48 KB」。 */
export function sizeText(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(bytes / 1024))} KB`;
}

/** 64 桁を 16 桁ずつに分ける（表の中で折り返せるように）。 */
function splitHash(hash: string): string {
  return hash.match(/.{1,16}/g)?.join(" ") ?? hash;
}
