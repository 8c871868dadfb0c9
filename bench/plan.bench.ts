import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPlanFile, type PlanFormat } from "../src/manuscript/build-plan-file.ts";
import { canConvertToPdf } from "../src/office/pdf-converter.ts";
import { type BenchRow, median } from "./bench-row.ts";

export const name = "計画の原稿を、四つの形にする";

const CHAPTERS = 10;
const FIGURES = 4;
const created = "2024-09-27T00:00:00.000Z";

/** 百ページ・図 40 枚の原稿を、Word・PowerPoint・HTML（約束は 3 秒）と PDF に。手本は、同じ文を pandoc で Word にすることと、同じ Word を LibreOffice だけで PDF にすること。 */
export async function run(): Promise<BenchRow[]> {
  const files = manuscript();
  const pandoc = pandocTime(files);
  const three = await times(files, ["docx", "pptx", "html"], 5);
  const rows: BenchRow[] = [
    {
      what: "百ページ・図 40 枚 → docx＋pptx＋html",
      ...{ ours: Math.round(three), peer: pandoc ?? Number.NaN, ratio: three / (pandoc ?? Number.NaN) },
      unit: "ミリ秒",
      note: `3 秒までの約束（目次のページを数えない）。手本は pandoc の Word だけ（図なし）${pandoc === undefined ? "。pandoc は入っていない" : ""}`,
    },
  ];
  if (!canConvertToPdf()) return rows;
  const pdf = await times(files, ["pdf"], 1);
  const bare = await libreOfficeTime(files);
  rows.push({
    what: "百ページ・図 40 枚 → PDF（目次のページを数えて、二度組む）",
    ...{ ours: Math.round(pdf), peer: bare, ratio: pdf / bare, unit: "ミリ秒" },
    note: "手本は、同じ Word を LibreOffice が一度だけ PDF にすること",
  });
  return rows;
}

async function times(files: Map<string, Uint8Array>, formats: PlanFormat[], rounds: number): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    await buildPlanFile(files, formats, created, { noPages: true });
    all.push(performance.now() - from);
  }
  return median(all);
}

function manuscript(): Map<string, Uint8Array> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const files = new Map<string, Uint8Array>([["plan.yaml", bytes("title: 百ページの計画\ntheme: yukimi")]]);
  const sentence = "市民の暮らしを支えるため、手続を分かりやすくし、必要な人に必要な知らせを届けます。";
  for (let chapter = 1; chapter <= CHAPTERS; chapter += 1) {
    const parts = [`# 章${chapter} {#c${chapter}}`];
    for (let section = 1; section <= FIGURES; section += 1) {
      const id = `${chapter}-${section}`;
      files.set(
        `data/f${id}.csv`,
        bytes(
          `項目,割合\n${Array.from({ length: 6 }, (_, at) => `項目${at},${20 + at * 9.5}`).join("\n")}\n`,
        ),
      );
      parts.push(
        `## 節${section} {#s${id}}`,
        ...Array.from({ length: 9 }, () => sentence.repeat(6)),
        `:::figure {#f${id} title="図の題${id}" data="data/f${id}.csv" chart="bar" unit="％" source="調査" alt="棒の図"}\n:::`,
        `表: 表の題${id} {#t${id}}\n| 名 | 値 |\n|---|---|\n${Array.from({ length: 8 }, (_, at) => `| 行${at} | ${at * 3} |`).join("\n")}`,
      );
    }
    files.set(`${String(chapter).padStart(2, "0")}.md`, bytes(`${parts.join("\n\n")}\n`));
  }
  return files;
}

/** 同じ原稿の Word を、LibreOffice だけで一度 PDF にする時間（ミリ秒）。 */
async function libreOfficeTime(files: Map<string, Uint8Array>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-bench-"));
  try {
    const built = await buildPlanFile(files, ["docx"], created, { noPages: true });
    writeFileSync(join(folder, "all.docx"), built.files[0]?.bytes ?? new Uint8Array());
    const from = performance.now();
    const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
    const target = ["--convert-to", "pdf", "--outdir", folder, join(folder, "all.docx")];
    execFileSync("soffice", ["--headless", profile, ...target], { stdio: "ignore" });
    return Math.round(performance.now() - from);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** 同じ文の Markdown を pandoc で Word にする時間（ミリ秒）。なければ undefined。 */
function pandocTime(files: ReadonlyMap<string, Uint8Array>): number | undefined {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-bench-"));
  try {
    const text = [...files]
      .filter(([file]) => file.endsWith(".md"))
      .map(([, body]) => new TextDecoder().decode(body));
    writeFileSync(join(folder, "all.md"), text.join("\n"));
    const rounds = Array.from({ length: 3 }, () => {
      const from = performance.now();
      execFileSync("pandoc", [join(folder, "all.md"), "-o", join(folder, "all.docx")], { stdio: "ignore" });
      return performance.now() - from;
    });
    return Math.round(median(rounds));
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
