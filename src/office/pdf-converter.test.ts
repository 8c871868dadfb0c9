import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { paragraph, run, wordFile } from "../testing/word-fixture.ts";
import { findProgram } from "./office-program.ts";
import { countPages, withPdfConverter } from "./pdf-converter.ts";

const docx = wordFile({ body: paragraph(run("一枚目")) });
const temporary = mkdtempSync(join(tmpdir(), "madoguchi-converter-test-"));

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe("PDF への変換", () => {
  test("変換して、順につなぎ、一時ファイルを残さない", async () => {
    const progress: number[] = [];
    const joined = await withPdfConverter(
      { temporary, onProgress: (done) => progress.push(done) },
      async (converter) => {
        const first = await converter.convert({ docx });
        const second = await converter.convert({ docx: wordFile({ body: paragraph(run("二枚目")) }) });
        return converter.join([first.pdf, second.pdf]);
      },
    );
    expect([countPages(joined), progress]).toEqual([2, [1, 2]]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("LibreOffice がなければ、入れ方を言う", async () => {
    const missing = withPdfConverter({ temporary, program: "" }, (converter) => converter.convert({ docx }));
    await expect(missing).rejects.toThrow(/LibreOffice.*apt-get install/s);
    await expect(missing).rejects.toBeInstanceOf(AppError);
    expect(findProgram(["no-such-program-anywhere"])).toBeUndefined();
  });

  test("動かないプログラム、開けない文書は、英語の例外にせず断る", async () => {
    const broken = withPdfConverter({ temporary, program: "/bin/false" }, (converter) =>
      converter.convert({ docx }),
    );
    await expect(broken).rejects.toThrow(/変換に失敗/);
  });

  test("時間切れで止め、一時ファイルを消す", async () => {
    const slow = withPdfConverter({ temporary, timeLimitMs: 50 }, (converter) => converter.convert({ docx }));
    await expect(slow).rejects.toThrow(/時間がかかりすぎ/);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("途中で中止できる", async () => {
    const stop = new AbortController();
    const stopped = withPdfConverter({ temporary, signal: stop.signal }, (converter) =>
      converter.convert({ docx }),
    );
    setTimeout(() => stop.abort(new AppError("REFUSED", "中止しました。")), 100);
    await expect(stopped).rejects.toThrow(/中止しました/);
  });
});
