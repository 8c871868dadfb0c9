import { exportReport } from "../src/analysis/export-report.ts";
import { keepFigure } from "../src/analysis/keep-figure.ts";
import { addWave } from "../src/analysis/keep-wave.ts";
import { openReport, wordReport } from "../src/analysis/open-report.ts";
import type { Actor } from "../src/base/actor.ts";
import type { Office } from "../src/platform/office.ts";
import type { CrossAsk } from "../src/tabulation/cross-ask.ts";
import type { DemoClock } from "./demo-clock.ts";

/** 骨子に使う図。年代ごとの差を中心に。 */
const asks: readonly Partial<CrossAsk>[] = [
  { rows: ["F2"], column: "Q8" },
  { rows: ["F2"], column: "Q1" },
  { rows: ["F2"], column: "Q11" },
  { rows: ["F2"], column: "Q14" },
];

/** 前の戦略のときの調査（作りもの）。報告書の集計表にある、設問・選択肢・人数だけ。 */
function previousTables(): string {
  const n = 2_412;
  const tables: readonly (readonly [string, string, readonly (readonly [string, number])[]])[] = [
    [
      "問2",
      "ふだん使っている機器はどれですか。（あてはまるものすべて）",
      [
        ...[["スマートフォン", 1_568] as const, ["パソコン", 1_471] as const, ["タブレット", 531] as const],
        ...[["携帯電話（スマートフォンを除く）", 643] as const, ["固定電話", 1_702] as const],
      ],
    ],
    [
      "問3",
      "インターネットをどのくらい利用しますか。",
      [
        ...[["毎日利用する", 1_423] as const, ["週に数回利用する", 289] as const],
        ...[
          ["月に数回利用する", 121] as const,
          ["ほとんど利用しない", 169] as const,
          ["利用しない", 386] as const,
        ],
      ],
    ],
    [
      "問7",
      "市役所の手続を、インターネットで行ったことがありますか。",
      [["ある", 506] as const, ["ない", 1_833] as const],
    ],
    [
      "問11",
      "今後、市の手続をインターネットで行いたいと思いますか。",
      [
        ...[["行いたい", 748] as const, ["どちらかといえば行いたい", 651] as const],
        ...[["どちらかといえば行いたくない", 434] as const, ["行いたくない", 410] as const],
      ],
    ],
  ];
  const lines = tables.flatMap(([id, text, options]) =>
    options.map(([label, count]) => `${id},${text},${label},${count},${n}`),
  );
  return `設問,設問文,選択肢,人数,回答者数\n${lines.join("\n")}\n`;
}

/** 市民アンケートの図を報告書に入れ、前の調査と比べ、所見を一つ直す。時計は 2024年7月。 */
export async function fillAnalysis(
  office: Office,
  clock: DemoClock,
  { planner }: { planner: Actor },
  survey: string,
): Promise<void> {
  for (const [at, ask] of asks.entries()) {
    clock.set(`2024-07-1${at + 1}T11:20:00`);
    await keepFigure(office, planner, survey, { ask });
  }
  clock.set("2024-07-16T10:30:00");
  await addWave(office, planner, survey, {
    label: "令和元年度",
    file: { bytes: new TextEncoder().encode(previousTables()), name: "前回.csv" },
  });
  clock.set("2024-07-16T14:05:00");
  const book = await openReport(office, planner, survey);
  const drafted = book.sections.find(({ id }) => id === "Q8")?.finding.text ?? "";
  const finding = `${drafted}市の手続をインターネットで行いたいと思う人が多数である。`;
  await wordReport(office, planner, survey, { key: "Q8", finding });
  clock.set("2024-07-26T16:40:00");
  await exportReport(office, planner, survey, "docx");
}
