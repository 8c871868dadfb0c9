import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { WordBlock, WordDocument } from "../office/word-model.ts";
import { type Completion, chartOf, figureTable } from "./completion.ts";

const none = (text: string): WordBlock => ({ kind: "paragraph", text });
const dash = (text: string) => (text === "" ? "－" : text);
const date = (day: string | null) => (day === null ? "－" : formatWareki(day));

/** 業務完了報告書（Word）。管理番号は、版として登録するときに付く。 */
export function completionDocument(completion: Completion, pages?: readonly number[]): WordDocument {
  return {
    title: "業務完了報告書",
    subject: completion.title,
    author: completion.contractor,
    created: `${completion.now.slice(0, 19)}Z`,
    header: `${completion.title}　業務完了報告書`,
    ...(pages ? { pages } : {}),
    blocks: [
      ...cover(completion),
      { kind: "contents" },
      ...overview(completion),
      ...clauses(completion),
      ...figures(completion),
      ...deliverables(completion),
      ...filings(completion),
      ...staff(completion),
      ...incidents(completion),
      ...proposals(completion),
      ...environment(completion),
    ],
  };
}

function cover(given: Completion): WordBlock[] {
  return [
    { kind: "paragraph", text: formatWareki(dayOf(given.now)), align: "right" },
    { kind: "paragraph", text: `${given.client}\n${given.clientUnit}　御中`, before: 6 },
    { kind: "paragraph", text: given.contractor, align: "right" },
    { kind: "title", text: "業務完了報告書" },
    {
      kind: "paragraph",
      text: given.ended
        ? "次のとおり業務を完了したので、報告します。"
        : "契約の期間が終わる前に作った、途中までの報告です。数は、作った日までの記録によります。",
      after: 10,
    },
  ];
}

function overview(given: Completion): WordBlock[] {
  const { from, to } = given.performance;
  return [
    { kind: "heading", level: 1, text: "業務の概要", newPage: true },
    {
      kind: "table",
      caption: "業務の概要",
      columns: [{ share: 1 }, { share: 4 }],
      headColumn: true,
      rows: [
        ["業務名", given.title],
        ["委託者", `${given.client}　${given.clientUnit}`],
        ["受託者", given.contractor],
        ["履行期間", `${formatWareki(from)}から${formatWareki(to)}まで`],
        ...given.terms.map((term) => [
          `${term.label}の開設`,
          `${formatWareki(term.from)}から${formatWareki(term.to)}まで`,
        ]),
      ],
    },
  ];
}

function clauses({ proofs }: Completion): WordBlock[] {
  return [
    { kind: "heading", level: 1, text: "仕様書の条項ごとの実施" },
    ...(proofs.length === 0
      ? [none("条項ごとの義務の記録はありません。実施したことは、次の期別の実績と届出の一覧によります。")]
      : [
          {
            kind: "table",
            caption: "条項ごとの実施",
            columns: [{ share: 4 }, { share: 7 }, { share: 3 }, { share: 11 }],
            header: ["条項", "内容", "実施", "実施したことと証跡"],
            rows: proofs.map((one) => [one.clause, dash(one.title), one.state, dash(one.done.join("\n"))]),
            size: 8.5,
          } satisfies WordBlock,
        ]),
  ];
}

function figures({ figures: groups, terms }: Completion): WordBlock[] {
  return [
    { kind: "heading", level: 1, text: "期別の実績" },
    ...(groups.length === 0 ? [none("数として報告する記録はありません。")] : []),
    ...groups.flatMap((group): WordBlock[] => {
      const { header, rows } = figureTable(group, terms);
      const chart = chartOf(group, terms);
      return [
        { kind: "heading", level: 2, text: group.title },
        none(`根拠　業務仕様書 ${group.clause}`),
        {
          kind: "table",
          caption: group.title,
          columns: header.map((_, at) =>
            at === 0 ? { share: 4 } : at === header.length - 1 ? { share: 5 } : { share: 2, align: "right" },
          ),
          header,
          rows,
          size: 9,
        },
        ...(chart
          ? [
              {
                kind: "chart",
                chart: { title: group.title, ...chart },
                width: 150,
                height: 66,
                alt: `${group.title}の期別の棒グラフ。値は上の表と同じ。`,
              } satisfies WordBlock,
            ]
          : []),
      ];
    }),
  ];
}

function deliverables({ deliverables: rows }: Completion): WordBlock[] {
  return [
    { kind: "heading", level: 1, text: "成果品" },
    rows.length === 0
      ? none("台帳に載っている成果品はありません。")
      : {
          kind: "table",
          caption: "成果品",
          columns: [{ share: 3 }, { share: 8 }, { share: 3 }, { share: 4 }, { share: 5 }, { share: 6 }],
          header: ["記号", "成果品", "条項", "状態", "管理番号", "受領"],
          rows: rows.map((one) => [
            ...[one.code, one.title, dash(one.clause), one.state, one.mark],
            date(one.receivedOn),
          ]),
          size: 9,
        },
  ];
}

function filings({ filings: rows }: Completion): WordBlock[] {
  return [
    { kind: "heading", level: 1, text: "届出・報告・協議" },
    rows.length === 0
      ? none("提出したものはありません。")
      : {
          kind: "table",
          caption: "届出・報告・協議",
          columns: [
            { share: 2, align: "right" },
            { share: 3 },
            { share: 3 },
            { share: 8 },
            { share: 3 },
            { share: 6 },
          ],
          header: ["番号", "種類", "条項", "件名", "結果", "提出"],
          rows: rows.map((one) => [
            ...[`${one.number}`, one.kind, dash(one.clause), one.title, one.state],
            date(one.submittedOn),
          ]),
          size: 9,
        },
  ];
}

function staff({ staff: rows }: Completion): WordBlock[] {
  return [
    { kind: "heading", level: 1, text: "体制" },
    rows.length === 0
      ? none("従業者の登録はありません。")
      : {
          kind: "table",
          caption: "体制",
          columns: [{ share: 3 }, { share: 1, align: "right" }, { share: 2, align: "right" }],
          header: ["役割", "人数", "うち直接雇用"],
          rows: rows.map((one) => [
            ...[one.role, `${one.people}人`],
            one.direct === undefined ? "－" : `${one.direct}人`,
          ]),
          width: 120,
        },
    none("一人が二つの役割を兼ねるときは、それぞれに数えています。人数は、報告書を作った日のものです。"),
  ];
}

function noted(caption: string, rows: Completion["incidents"], empty: string): WordBlock {
  if (rows.length === 0) return none(empty);
  return {
    kind: "table",
    caption,
    columns: [{ share: 5 }, { share: 2, align: "right" }],
    header: ["項目", "数"],
    rows: rows.map((one) => [one.label, `${one.value.toLocaleString("ja-JP")}${one.unit}`]),
    width: 120,
  };
}

function incidents({ incidents: rows }: Completion): WordBlock[] {
  const total = rows.reduce((sum, one) => sum + one.value, 0);
  return [
    { kind: "heading", level: 1, text: "事故・苦情" },
    ...(total === 0
      ? [none("記録された事故・トラブル、苦情、委託者への確認はありません。")]
      : [noted("事故・苦情", rows, "")]),
  ];
}

function proposals({ proposals: rows }: Completion): WordBlock[] {
  return [
    { kind: "heading", level: 1, text: "提案" },
    rows.length === 0
      ? none("提案簿の記録も、提案として提出したものもありません。")
      : {
          kind: "table",
          caption: "提案",
          columns: [{ share: 4 }, { share: 9 }, { share: 4 }, { share: 5 }],
          header: ["番号", "提案", "結果", "日"],
          rows: rows.map((one) => [one.number, one.title, one.state, date(one.on)]),
          size: 9,
        },
  ];
}

function environment({ environment: rows }: Completion): WordBlock[] {
  return [
    { kind: "heading", level: 1, text: "環境への配慮" },
    noted("環境への配慮", rows, "環境への配慮について、数の記録はありません。"),
    { kind: "paragraph", text: "以上", align: "right", before: 6 },
  ];
}
