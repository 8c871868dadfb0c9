import type { WordBlock, WordDocument } from "../office/word-model.ts";
import { shareText } from "../tabulation/rounded-share.ts";
import type { QuestionTable, Tabulation } from "../tabulation/tabulate.ts";

/** 調査報告書の案（Word）: 見方、設問ごとの所見・図・表。図は Word の中で値を直せる。 */
export function surveyReport(
  title: string,
  found: Tabulation,
  notes: readonly string[],
  { created, author }: { created: string; author: string },
): WordDocument {
  const blocks: WordBlock[] = [
    { kind: "title", text: `${title}　調査報告書（案）` },
    { kind: "contents" },
    { kind: "heading", level: 1, text: "報告書の見方", newPage: true },
    { kind: "list", items: notes },
    { kind: "heading", level: 1, text: "調査の結果", newPage: true },
    ...found.questions.flatMap((question) => questionBlocks(question, found.weighted)),
  ];
  return { title: `${title}　調査報告書（案）`, author, created, footer: title, blocks };
}

function questionBlocks(question: QuestionTable, weighted: boolean): WordBlock[] {
  const heading = `${question.id}　${question.text || "（設問文なし）"}（n=${question.unweightedBase.toLocaleString("ja-JP")}）`;
  const finding = findingOf(question);
  const rows = [...question.options, ...question.nets];
  if (rows.length === 0 && !question.mean) return [];
  return [
    { kind: "heading", level: 2, text: heading },
    ...(finding ? [{ kind: "paragraph" as const, text: finding }] : []),
    ...(question.options.length > 0
      ? [
          {
            ...{
              kind: "chart" as const,
              width: 160,
              height: 30 + question.options.length * 8,
              alt: `${question.id} の割合の横棒。値は下の表`,
            },
            chart: {
              ...{ title: `${question.id}（％、n=${question.unweightedBase}）`, unit: "％" },
              categories: question.options.map(({ label }) => label),
              series: [
                {
                  name: "割合",
                  values: question.options.map(({ percent }) => Math.round(percent * 10) / 10),
                },
              ],
            },
          },
        ]
      : []),
    {
      ...{ kind: "table" as const, caption: `${question.id} の集計`, size: 9.5 },
      columns: [{ share: 6 }, { share: 2, align: "right" as const }, { share: 2, align: "right" as const }],
      header: ["選択肢", weighted ? "人数（ウエイトなし）" : "人数", "％"],
      rows: [
        ...rows.map((one) => [
          one.label,
          one.unweightedCount.toLocaleString("ja-JP"),
          shareText(one.count, question.base),
        ]),
        ...(question.mean
          ? [["平均", question.mean.n.toLocaleString("ja-JP"), question.mean.value.toFixed(2)]]
          : []),
        [`分母: ${question.baseRule}`, question.unweightedBase.toLocaleString("ja-JP"), ""],
      ],
    },
  ];
}

/** 報告書の慣わしの所見: いちばん多い選択肢から三つまで。割合は表と同じ丸め。 */
export function findingOf(question: QuestionTable): string | undefined {
  if (question.unweightedBase === 0) return undefined;
  const ranked = question.options.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  const [first, second, third] = ranked;
  const share = (count: number) => `${shareText(count, question.base)}％`;
  if (!first) return undefined;
  const lead = `「${first.label}」が${share(first.count)}と最も多く`;
  const rest =
    second && third
      ? `、次いで「${second.label}」（${share(second.count)}）、「${third.label}」（${share(third.count)}）となっている。`
      : second
        ? `、「${second.label}」が${share(second.count)}となっている。`
        : "なっている。";
  const nets = question.nets.map(({ label, count }) => `「${label}」は${share(count)}`);
  const sum = nets.length > 0 ? `${nets.join("、")}である。` : "";
  return `${lead}${rest}${sum}${question.small ? "なお、回答者が少ないため、参考にとどめる。" : ""}`;
}
