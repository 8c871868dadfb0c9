import type { Day } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { Sheet, SheetText } from "../office/pdf-sheet.ts";

export interface NoticePaper {
  title: string;
  client: string;
  clientUnit: string;
  contractor: string;
  address: string;
  performance: { from: Day; to: Day };
  /** 届の日付と、業務を完了した日。 */
  on: Day;
  completedOn: Day;
  deliverables: readonly { code: string; title: string; mark: string; receivedOn: Day | null }[];
  mark: string;
  notice: string;
}

const LEFT = 25;
const RIGHT = 185;
const SIZE = 3.9;
const ROW = 9;
const FIRST_ROWS = 12;
const NEXT_ROWS = 24;

/** 業務完了届（A4、000 の仕様書６(1)）。成果品が多ければ、二枚目から表が続く。寸法は mm。 */
export function completionNoticeSheets(paper: NoticePaper): Sheet[] {
  const rows = paper.deliverables;
  const first = rows.slice(0, FIRST_ROWS);
  const rest = rows.slice(FIRST_ROWS);
  const pages = 1 + Math.ceil(rest.length / NEXT_ROWS);
  const sheets = [firstSheet(paper, first)];
  for (let at = 0; at < rest.length; at += NEXT_ROWS)
    sheets.push({ ...blank(), ...tableAt(rest.slice(at, at + NEXT_ROWS), 30) });
  return sheets.map((sheet, at) => ({ ...sheet, texts: [...sheet.texts, ...foot(paper, at + 1, pages)] }));
}

function blank(): Sheet {
  return { width: 210, height: 297, texts: [], rules: [], paths: [] };
}

function firstSheet(paper: NoticePaper, rows: NoticePaper["deliverables"]): Sheet {
  const facts: [string, string][] = [
    ["業務名", paper.title],
    ["履行期間", `${formatWareki(paper.performance.from)}から${formatWareki(paper.performance.to)}まで`],
    ["完了の日", formatWareki(paper.completedOn)],
  ];
  const box = factBox(facts, 112);
  const list = rows.length === 0 ? { texts: [], rules: [] } : tableAt(rows, 152);
  return {
    ...blank(),
    texts: [
      right(formatWareki(paper.on), 28),
      line(paper.client, LEFT, 40),
      line(`${paper.clientUnit}　御中`, LEFT, 46),
      right(paper.address, 58),
      right(paper.contractor, 64),
      { text: "業務完了届", x: 81, y: 82, size: 7.2, bold: true },
      line("次の業務を完了したので、届け出ます。", LEFT, 100),
      ...box.texts,
      ...(rows.length === 0 ? [] : [{ ...line("納めた成果品", LEFT, 144), bold: true }]),
      ...list.texts,
    ],
    rules: [...box.rules, ...list.rules],
  };
}

function line(text: string, x: number, y: number): SheetText {
  return { text, x, y, size: SIZE };
}

/** 右にそろえる（全角は字の大きさ、半角はその半分の幅と見る）。 */
function right(text: string, y: number): SheetText {
  const width = [...text].reduce((sum, char) => sum + (/[\x20-\x7e]/.test(char) ? 0.58 : 1), 0) * SIZE;
  return line(text, RIGHT - width, y);
}

function factBox(rows: readonly [string, string][], top: number): Pick<Sheet, "texts" | "rules"> {
  return {
    texts: rows.flatMap(([name, value], at) => [
      line(name, LEFT + 2, top + at * ROW + 2.6),
      line(cutTo(value, 30), LEFT + 36, top + at * ROW + 2.6),
    ]),
    rules: rows.flatMap((_, at) => [
      { x: LEFT, y: top + at * ROW, width: 34, height: ROW, color: "#f2f2f2" },
      { x: LEFT, y: top + at * ROW, width: 160, height: ROW, line: 0.2 },
      { x: LEFT, y: top + at * ROW, width: 34, height: ROW, line: 0.2 },
    ]),
  };
}

const columns = [
  { name: "管理番号", x: 0, width: 34 },
  { name: "成果品", x: 34, width: 86 },
  { name: "受領", x: 120, width: 40 },
] as const;

function tableAt(rows: NoticePaper["deliverables"], top: number): Pick<Sheet, "texts" | "rules"> {
  const cells = [
    columns.map((column) => column.name as string),
    ...rows.map((row) => [
      row.mark,
      cutTo(row.title, 20),
      row.receivedOn === null ? "－" : formatWareki(row.receivedOn),
    ]),
  ];
  return {
    texts: cells.flatMap((row, at) =>
      row.map((text, column) => line(text, LEFT + (columns[column]?.x ?? 0) + 2, top + at * ROW + 2.6)),
    ),
    rules: [
      { x: LEFT, y: top, width: 160, height: ROW, color: "#f2f2f2" },
      ...cells.flatMap((row, at) =>
        row.map((_, column) => ({
          ...{ x: LEFT + (columns[column]?.x ?? 0), y: top + at * ROW },
          ...{ width: columns[column]?.width ?? 0, height: ROW, line: 0.2 },
        })),
      ),
    ],
  };
}

function cutTo(text: string, most: number): string {
  const chars = [...text];
  return chars.length <= most ? text : `${chars.slice(0, most - 1).join("")}…`;
}

function foot(paper: NoticePaper, page: number, pages: number): SheetText[] {
  const small = { size: 3, color: "#555555" };
  return [
    { ...line(`管理番号 ${paper.mark}　${paper.notice}`, LEFT, 280), ...small },
    { ...line(`${page} / ${pages}`, RIGHT - 8, 280), ...small },
  ];
}
