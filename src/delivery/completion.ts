import type { FigureGroup } from "../base/figure.ts";
import type { Day, Instant } from "../base/time.ts";
import type { ClauseProof, ProposalLine, RoleCount } from "./delivery-hand.ts";

/** 数の付いた一行（事故・提案・環境への配慮）。 */
export interface NotedLine {
  label: string;
  value: number;
  unit: string;
}

/** 業務完了報告書に刷ること。すべて記録から集めたもので、個人情報は含まない。 */
export interface Completion {
  title: string;
  client: string;
  clientUnit: string;
  contractor: string;
  performance: { from: Day; to: Day };
  now: Instant;
  /** 契約の期間が終わっているか（終わる前に開いたものは、途中までの数）。 */
  ended: boolean;
  terms: { id: string; label: string; from: Day; to: Day }[];
  proofs: ClauseProof[];
  figures: FigureGroup[];
  deliverables: {
    code: string;
    title: string;
    clause: string;
    state: string;
    mark: string;
    receivedOn: Day | null;
  }[];
  filings: {
    number: number;
    kind: string;
    clause: string;
    title: string;
    state: string;
    submittedOn: Day | null;
  }[];
  /** direct は、体制の登録がなければ undefined。 */
  staff: (Omit<RoleCount, "direct"> & { direct: number | undefined })[];
  incidents: NotedLine[];
  /** 提案簿の提案と、提案として提出した届出。 */
  proposals: ProposalLine[];
  environment: NotedLine[];
}

/** 数の表: 行は数の名、列は期。期のない数は「全体」の列に入る。 */
export function figureTable(
  group: FigureGroup,
  terms: readonly { id: string; label: string }[],
): { header: string[]; rows: string[][] } {
  const labels = [...new Set(group.figures.map((figure) => figure.label))];
  const used = terms.filter((term) => group.figures.some((figure) => figure.term === term.id));
  const whole = group.figures.some((figure) => figure.term === undefined);
  const header = [
    "項目",
    ...used.map((term) => term.label),
    ...(whole || used.length === 0 ? ["全体"] : []),
    "数え方",
  ];
  const rows = labels.map((label) => {
    const own = group.figures.filter((figure) => figure.label === label);
    const text = (term: string | undefined) => {
      const figure = own.find((one) => one.term === term);
      return figure === undefined ? "－" : `${figure.value.toLocaleString("ja-JP")}${figure.unit}`;
    };
    return [
      label,
      ...used.map((term) => text(term.id)),
      ...(whole || used.length === 0 ? [text(undefined)] : []),
      own[0]?.basis ?? "",
    ];
  });
  return { header, rows };
}

/** 期ごとの棒グラフにできる数（同じ単位で、二つ以上の期にあるもの）。 */
export function chartOf(
  group: FigureGroup,
  terms: readonly { id: string; label: string }[],
): { unit: string; categories: string[]; series: { name: string; values: number[] }[] } | undefined {
  const used = terms.filter((term) => group.figures.some((figure) => figure.term === term.id));
  const unit = group.figures.find((figure) => figure.term !== undefined)?.unit;
  if (used.length === 0 || unit === undefined) return undefined;
  const names = [
    ...new Set(
      group.figures
        .filter((figure) => figure.term !== undefined && figure.unit === unit)
        .map((figure) => figure.label),
    ),
  ].slice(0, 4);
  return {
    unit,
    categories: used.map((term) => term.label),
    series: names.map((name) => ({
      name,
      values: used.map(
        (term) => group.figures.find((one) => one.label === name && one.term === term.id)?.value ?? 0,
      ),
    })),
  };
}
