import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { WordBlock, WordDocument } from "../office/word-model.ts";
import { kindInfo } from "./filing.ts";
import { type FormFields, findForm, showFields } from "./filing-form.ts";
import type { Parties } from "./filing-hand.ts";
import type { OpenFiling } from "./list-filings.ts";

/** 紙面のもと。提出の前は、文書番号が「（下書き）」になる。 */
export interface FilingPaperFacts {
  filing: Pick<
    OpenFiling["filing"],
    | "kind"
    | "form"
    | "title"
    | "clause"
    | "body"
    | "version"
    | "document"
    | "number"
    | "submitted_at"
    | "copies"
    | "due"
  >;
  fields: FormFields;
  parties: Pick<Parties, "title" | "client" | "clientUnit" | "contractor">;
  /** 作った時（ISO 8601、UTC）。同じ版からは同じバイト列になるよう、提出の時を入れる。 */
  created: string;
  /** 提出の前に見るとき、日付の代わりに入れる日。 */
  today: string;
}

/** 文書番号と版。下書きの間は号だけ。 */
export function writtenNumber(filing: FilingPaperFacts["filing"]): string {
  const version = filing.version > 1 ? `（第${filing.version}版）` : "";
  return filing.document === null || filing.submitted_at === null
    ? `第${filing.number}号（下書き）`
    : `${filing.document}${version}`;
}

/** 協議・届出の Word の文書。右上に番号と日付、宛名、差出人、表題、前書き、記…以上。 */
export function filingDocument(facts: FilingPaperFacts): WordDocument {
  const { filing, fields, parties, created } = facts;
  const form = findForm(filing.form);
  const info = kindInfo(filing.kind);
  const title = form?.title ?? info.paper;
  const fromClient = info.from === "client";
  const number = writtenNumber(filing);
  const items = form ? showFields(form, fields) : [];
  const to = fromClient ? [`${parties.contractor}　様`] : [parties.client, `${parties.clientUnit}　御中`];
  const from = fromClient
    ? [parties.client, parties.clientUnit]
    : ["受託者", ...parties.contractor.split(/\n/)];
  const blocks: WordBlock[] = [
    { kind: "paragraph", text: number, align: "right", after: 0 },
    {
      kind: "paragraph",
      text: formatWareki(filing.submitted_at === null ? facts.today : dayOf(filing.submitted_at)),
      align: "right",
      after: 12,
    },
    ...to.map((text): WordBlock => ({ kind: "paragraph", text: `　${text}`, after: 0 })),
    ...from.map(
      (text, index): WordBlock => ({
        ...{ kind: "paragraph", text, align: "right", before: index === 0 ? 12 : 0, after: 0 },
      }),
    ),
    { kind: "title", text: title },
    { kind: "paragraph", text: `　${lead(facts, title)}`, after: 12 },
    ...(items.length > 0 ? noted(items) : plain(filing.body)),
    { kind: "paragraph", text: "以上", align: "right", before: 6 },
    ...(filing.copies > 1
      ? [{ kind: "paragraph", text: `（${filing.copies}部提出）`, align: "right" } as const]
      : []),
  ];
  return {
    ...{ title: `${title}　${number}`, author: parties.contractor, created },
    subject: filing.title,
    footer: number,
    properties: { 文書番号: number, 根拠: filing.clause },
    blocks,
  };
}

function lead({ filing, parties }: FilingPaperFacts, title: string): string {
  const basis = filing.clause === "" ? "" : `${basisText(filing.clause)}に基づき、`;
  const verb: Record<typeof filing.kind, string> = {
    application: "申請します。",
    consent: "申請しますので、書面により承諾くださるようお願いします。",
    report: "報告します。",
    notification: "届け出ます。",
    consultation: "協議を申し入れます。",
    instruction: "指示します。",
  };
  const about = filing.title === title ? "" : `「${filing.title}」について、`;
  return `${parties.title}に関し、${basis}${about}下記のとおり${verb[filing.kind]}`;
}

/** 「業務仕様書6(9)」「特記事項13(2)」。 */
function basisText(clause: string): string {
  return clause.startsWith("特記") ? `特記事項${clause.slice(2)}` : `業務仕様書${clause}`;
}

function noted(items: readonly { label: string; value: string }[]): WordBlock[] {
  return [
    { kind: "paragraph", text: "記", align: "center", after: 6, keepNext: true },
    {
      ...{ kind: "table", caption: "記載事項", headColumn: true },
      columns: [{ share: 3 }, { share: 8 }],
      rows: items.map(({ label, value }, index) => [`${index + 1}　${label}`, value]),
    },
  ];
}

function plain(body: string): WordBlock[] {
  return [
    { kind: "paragraph", text: "記", align: "center", after: 6, keepNext: true },
    ...body.split("\n").map((text): WordBlock => ({ kind: "paragraph", text, after: 0 })),
  ];
}
