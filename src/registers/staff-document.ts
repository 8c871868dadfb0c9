import { AppError } from "../base/error.ts";
import { formatWareki } from "../japan/wareki.ts";
import { canDrawPdf, pdfPictures } from "../office/pdf-picture.ts";
import { drawSheets, type Sheet } from "../office/pdf-sheet.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { WordBlock, WordDocument } from "../office/word-model.ts";
import type { Staff } from "./list-staff.ts";
import { employments, staffRoles } from "./staff.ts";
import { chartSize, drawStaffChart, type StaffChart } from "./staff-chart.ts";

/** 画素を mm に（96 dpi）。 */
const MM = 25.4 / 96;

/** その日の体制図。 */
export function chartOf({ members }: Pick<Staff, "members">): StaffChart {
  return drawStaffChart(members.flatMap((one) => one.today.map(({ role }) => ({ role, names: [one.name] }))));
}

/** 体制図の PDF（一枚、図と同じ大きさ）。 */
export async function chartPdf(chart: StaffChart, title: string): Promise<Uint8Array> {
  const sheet: Sheet = {
    ...{ width: chart.width * MM, height: chart.height * MM, texts: [], rules: [], paths: [] },
  };
  for (const line of chart.lines) sheet.rules.push(...lineRules(line));
  for (const box of chart.boxes) {
    const [x, y, width, height] = [box.x * MM, box.y * MM, box.width * MM, box.height * MM];
    sheet.rules.push({ x, y, width, height, color: "#ffffff" }, { x, y, width, height, line: 0.3 });
    sheet.rules.push({ x, y, width, height: chartSize.head * MM, color: "#e8f1fe" });
    sheet.rules.push({ x, y, width, height, line: 0.3 });
    sheet.texts.push({ text: box.label, x: x + 2.2, y: y + 1.9, size: 3.4, bold: true });
    for (const [at, name] of box.names.entries())
      sheet.texts.push({
        ...{ text: shortName(name), size: 3.4 },
        ...{ x: x + 2.2, y: y + (chartSize.head + 8 + at * chartSize.line) * MM },
      });
  }
  return drawSheets([sheet], { title });
}

/** 箱に収まる長さに。 */
function shortName(name: string): string {
  return [...name].length <= 13 ? name : `${[...name].slice(0, 12).join("")}…`;
}

/** 「M88 62V79H200V96」の折れ線を、細い棒にする。 */
function lineRules(path: string): Sheet["rules"] {
  const [, x1 = 0, y1 = 0, turn = 0, x2 = 0, y2 = 0] = (
    /^M([\d.]+) ([\d.]+)V([\d.]+)H([\d.]+)V([\d.]+)$/.exec(path) ?? []
  ).map(Number);
  const thin = 0.3;
  const bar = (x: number, y: number, width: number, height: number) => ({
    ...{ x: x * MM - thin / 2, y: y * MM - thin / 2 },
    ...{ width: width * MM + thin, height: height * MM + thin, color: "#666666" },
  });
  return [
    bar(x1, y1, 0, turn - y1),
    bar(Math.min(x1, x2), turn, Math.abs(x2 - x1), 0),
    bar(x2, turn, 0, y2 - turn),
  ];
}

/** 体制図の PNG。@throws AppError UNAVAILABLE（pdftoppm がない） */
export async function chartPng(chart: StaffChart, title: string): Promise<Uint8Array> {
  const [png] = await pdfPictures(await chartPdf(chart, title));
  if (!png) throw new AppError("UNAVAILABLE", "体制図を絵にできませんでした。PDF か Word でお取りください。");
  return png;
}

/** 体制図と名簿の Word。絵にする道具がなければ、名簿だけになる。 */
export async function staffWord(
  staff: Staff,
  facts: { title: string; contractor: string; created: string },
): Promise<Uint8Array> {
  const chart = chartOf(staff);
  const picture = canDrawPdf() && chart.boxes.length > 0 ? await chartPng(chart, facts.title) : undefined;
  const width = Math.min(247, chart.width * MM);
  const blocks: WordBlock[] = [
    { kind: "title", text: "業務体制図" },
    { kind: "paragraph", text: `${facts.title}　${formatWareki(staff.day)}現在`, align: "center", after: 12 },
  ];
  if (picture)
    blocks.push({
      ...{ kind: "image", png: picture, width, height: (width * chart.height) / chart.width },
      alt: "業務体制図",
    });
  blocks.push(
    { kind: "heading", level: 1, text: "名簿", number: false },
    {
      ...{ kind: "table", caption: "体制の名簿", size: 9 },
      columns: [{ share: 3 }, { share: 4 }, { share: 4 }, { share: 3 }, { share: 5 }],
      header: ["氏名", "役割", "所属・職名", "雇用", "資格・研修"],
      rows: staff.members.map((one) => [
        one.name,
        one.today.map(({ role }) => staffRoles[role].label).join("、"),
        one.post,
        employments[one.employment],
        one.qualification,
      ]),
    },
  );
  const document: WordDocument = {
    ...{ title: "業務体制図", author: facts.contractor, created: facts.created, landscape: true, blocks },
  };
  return writeWordDocument(document);
}
