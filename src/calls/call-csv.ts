import type { CallFigure, CallFigures } from "./call-figures.ts";

/** 日ごと・半時間ごとの数の CSV（BOM つき）。個人の欄はない。 */
export function callCsv({ byDay, byHalfHour, total, busy, definitions }: CallFigures): string {
  const cells = (one: CallFigure) => [one.offered, one.answered, one.abandoned, one.missed, one.closed];
  const head = "入電,応答,放棄,ほか,時間外";
  const rows = [
    `日,${head},話中`,
    ...byDay.map((row) => [row.day, ...cells(row), row.busy ?? ""].join(",")),
    ["計", ...cells(total), busy ?? ""].join(","),
    "",
    `時間帯,${head}`,
    ...byHalfHour.map((row) => [row.slot, ...cells(row)].join(",")),
    "",
    "決めごと",
    ...definitions.map(({ term, text }) => `${term},"${text}"`),
  ];
  return `\uFEFF${rows.join("\r\n")}\r\n`;
}
