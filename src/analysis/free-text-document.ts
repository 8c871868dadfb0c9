import type { WordBlock } from "../office/word-model.ts";
import { shareText } from "../tabulation/rounded-share.ts";
import type { ReportBook, ReportFreeText } from "./report-book.ts";

/** 自由記述の章: 設問ごとに、所見、符号ごとの数と例、多く書かれた言葉。 */
export function freeBlocks({ free }: Pick<ReportBook, "free">): WordBlock[] {
  const written = free.filter((one) => one.written > 0);
  if (written.length === 0) return [];
  return [
    { kind: "heading", level: 1, text: "自由記述", newPage: true },
    {
      kind: "paragraph",
      text: "記述を読んで内容ごとに分け、件数を数えた。一つの記述がいくつもの内容にふれるときは、それぞれに数えたので、件数の計は記述の数を超えることがある。例は、個人の分かるところを■で伏せて示す。",
    },
    ...written.flatMap(oneBlocks),
  ];
}

/** 件数の多い順に三つを言う一文。 */
export function freeFinding({ written, coded, codes }: ReportFreeText): string {
  const people = written.toLocaleString("ja-JP");
  const ranked = codes.filter(({ count }) => count > 0 && coded > 0);
  const [first, ...others] = ranked;
  if (!first) return `記述は${people}件である。`;
  const told = (one: (typeof ranked)[number]) =>
    `「${one.label}」（${one.count.toLocaleString("ja-JP")}件、${shareText(one.count, coded)}％）`;
  const next = others.slice(0, 2).map(told).join("、");
  const part = coded < written ? `そのうち内容を分けた${coded.toLocaleString("ja-JP")}件では、` : "";
  return `記述は${people}件である。${part}${told(first)}が最も多く${next === "" ? "なっている。" : `、次いで${next}となっている。`}`;
}

/** 内容の分け方（版、割合の分母、二人の一致）の注。 */
export function freeNote({ frame, coded, agreement }: ReportFreeText): string {
  if (frame === undefined || coded === 0) return "";
  const twice = agreement
    ? `うち${agreement.pairs.toLocaleString("ja-JP")}件は二人が別々に分けた（一致の度合い κ は内容ごとに${agreement.low.toFixed(2)}～${agreement.high.toFixed(2)}）。`
    : "";
  return `割合の分母は、内容を分けた${coded.toLocaleString("ja-JP")}件。分け方は第${frame}版による。${twice}`;
}

function oneBlocks(one: ReportFreeText): WordBlock[] {
  const { heading, text, written, codes, coded, words } = one;
  const note = freeNote(one);
  const small = (told: string, keepNext = false): WordBlock => ({
    ...{ kind: "paragraph", text: [{ text: told, size: 9, color: "4d4d4d" }] },
    keepNext,
  });
  return [
    { kind: "heading", level: 2, text: `${heading}（記述 ${written.toLocaleString("ja-JP")}件）` },
    small(text, true),
    { kind: "paragraph", text: freeFinding(one) },
    ...(coded > 0 && codes.length > 0
      ? [
          {
            ...{ kind: "table" as const, caption: heading, size: 9.5 },
            columns: [
              { share: 5 },
              { share: 1.5, align: "right" as const },
              { share: 1.5, align: "right" as const },
              { share: 9 },
            ],
            header: ["内容", "件数", "％", "記述の例"],
            rows: codes.map(({ label, count, examples }) => [
              label,
              count.toLocaleString("ja-JP"),
              shareText(count, coded),
              examples.map((said) => `「${said}」`).join("\n"),
            ]),
          },
          small(note),
        ]
      : []),
    ...(words.length > 0
      ? [
          { kind: "heading" as const, level: 3 as const, text: "多く書かれた言葉" },
          {
            kind: "paragraph" as const,
            text: `${words.map(({ word, count }) => `${word}（${count.toLocaleString("ja-JP")}）`).join("、")}`,
          },
          small("（　）は、その言葉を書いた人の数。"),
        ]
      : []),
  ];
}
