import { expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { readClassFile } from "../schedule/read-class-file.ts";
import { compileTemplate } from "../word/docx-template.ts";
import { fuzzSamples, mutate } from "./fuzz-file.ts";
import { fuzzImports } from "./fuzz-import.ts";
import { sheetOf } from "./sheet-fixture.ts";
import { mergeField, paragraph, run, wordFile } from "./word-fixture.ts";

test("壊れた取り込みのファイル 600 個を、止まらず、一文で断るか読む", async () => {
  const told = await fuzzImports(1, 600);
  expect(told.faults).toEqual([]);
  expect(told.files).toBe(600);
  expect(told.read).toBeGreaterThan(50);
  expect(told.refused).toBeGreaterThan(50);
});

test("責めて見つけた、数の多いだけのファイルを読む（引数の数の上限で落ちない）", () => {
  const runs = run("あ").repeat(130_000);
  expect(compileTemplate(wordFile({ body: paragraph(mergeField("氏名") + runs) })).inventory).toBeDefined();
  const cell = (ref: string) => `<c r="${ref}" t="inlineStr"><is><t>x</t></is></c>`;
  const far = `<sheetData><row r="1">${cell("A1")}</row><row r="1048576">${cell("A1048576")}</row></sheetData>`;
  expect(() =>
    readClassFile(sheetOf([], { rawSheetData: far }), "far.xlsx", { today: "2025-09-17" }),
  ).toThrow(AppError);
});

test("同じ種からは、同じ壊れ方のファイルができる", () => {
  const samples = fuzzSamples();
  for (const seed of [1, 2, 3, 44]) expect(mutate(seed, samples)).toEqual(mutate(seed, fuzzSamples()));
});
