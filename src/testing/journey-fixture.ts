import type { Page } from "playwright-core";
import { expect } from "vitest";
import { readTables } from "../office/table-reader.ts";
import { pdfFacts } from "./libre-office.ts";
import { type FixtureCell, sheetOf } from "./sheet-fixture.ts";

/** 旅で加える講習会の日。デモの第二期の、まだ講習会のない日。 */
export const journeyDay = "2025-10-28";
/** 旅で加える会場。デモの台帳にない。定員は一人なので、一件の予約で満席になる。 */
export const smallVenue = { name: "清田区民センター", ward: "清田区", lat: "42.9995", lng: "141.4437" };
/** 案内する先の会場。デモの台帳にある。 */
export const largeVenue = { name: "中央区民センター", ward: "中央区" };

/**
 * 市の日程表。題の行、結合した会場、和暦、「10時00分～11時30分」、全角の数字、表の下の注。
 * 誤りのある版では、中央区の日付（C8）がこよみにない。
 */
export function citySchedule(state: "wrong" | "right"): Uint8Array {
  const day = "令和７年１０月２８日（火）";
  const rows: FixtureCell[][] = [
    ["令和７年度　スマートフォン講習会　開催日程（第２期・追加分）"],
    [null, null, null, null, null, "札幌市デジタル戦略推進局"],
    [],
    ["会場", "所在地", "開催日", "時間", "講座名", "定員"],
    [smallVenue.name, "札幌市清田区清田一条１丁目０－０", day, "10時00分～11時30分", "入門", "１名"],
    [null, null, "令和７年１０月２９日（水）", "13時30分～15時00分", "ＬＩＮＥ", "１０名"],
    [
      largeVenue.name,
      "札幌市中央区南二条西10丁目0-0",
      state === "right" ? day : "令和７年１０月３２日（火）",
      "10時00分～11時30分",
      "入門",
      "１０名",
    ],
    ["※　開場は各回の３０分前です。駐車場はありません。"],
  ];
  return sheetOf(rows, { merges: ["A1:F1", "A5:A6", "B5:B6", "A8:F8"] });
}

/** 電話を掛けてきた、架空の人。 */
export interface Caller {
  name: string;
  kana: string;
  postalCode: string;
  phone: string;
  address: string;
  care: string;
}

export const firstCaller: Caller = {
  name: "髙橋　次郎",
  kana: "タカハシ　ジロウ",
  postalCode: "004-0841",
  phone: "0110002136",
  address: "札幌市清田区清田一条２丁目3-10",
  care: "前の席を希望",
};

/** 番地を言わなかった人。SV が先に確かめる一通になる。 */
export const secondCaller: Caller = {
  name: "𠮷田　ハナ",
  kana: "ヨシダ　ハナ",
  postalCode: "060-0062",
  phone: "0110004589",
  address: "札幌市中央区南二条西10丁目",
  care: "",
};

/** お客様の欄を、鍵だけで埋める。氏名から始め、Tab で進む。 */
export async function tellCaller(page: Page, caller: Caller): Promise<void> {
  await page.keyboard.press("Alt+c");
  for (const [field, value] of Object.entries(caller)) {
    await tabTo(page, `f-${field}`);
    const begun = field === "address" ? await atTown(page) : "";
    if (!value.startsWith(begun)) throw new Error(`郵便番号から「${begun}」が入りました。`);
    await page.keyboard.insertText(value.slice(begun.length));
  }
}

/** 郵便番号から町が入り、手が末尾に来るのを待つ。入っている文を返す。 */
async function atTown(page: Page): Promise<string> {
  await page.waitForFunction(() => {
    const input = document.activeElement;
    return (
      input instanceof HTMLInputElement && input.value !== "" && input.selectionStart === input.value.length
    );
  });
  return page.inputValue("#f-address");
}

/** Tab を押して、その id の欄まで進む。十回で着かなければ失敗する。 */
export async function tabTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses <= 10; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.id === wanted, id)) return;
    await page.keyboard.press("Tab");
  }
  const at = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120));
  throw new Error(`Tab で #${id} に着きません。いまは ${at}`);
}

/** 旅の二人と、受ける会場。郵便番号の順。 */
const seated = [
  { caller: firstCaller, venue: smallVenue.name },
  { caller: secondCaller, venue: largeVenue.name },
];

/** 市の予約者リスト。回ごとに一枚で、会場と氏名が合い、電話番号は先頭の 0 を失わない文字列のまま。 */
export function expectLists(bytes: Uint8Array): void {
  const sheets = readTables(bytes, "list.xlsx").filter((table) => !table.hidden);
  expect(sheets.length).toBe(seated.length);
  for (const { caller, venue } of seated) {
    const cells = sheets
      .map((sheet) => sheet.rows.flat())
      .find((all) => all.some((one) => one.text === venue));
    expect(cells?.map((cell) => cell.text)).toContain(caller.name);
    const digits = cells?.filter((cell) => cell.kind === "text").map((cell) => cell.text.replace(/\D/g, ""));
    expect(digits).toContain(caller.phone);
  }
}

/** 一人に二枚、はがきの大きさ、郵便番号の順。名、受講日、会場が合い、置き換え残しがない。 */
export async function expectCards(pdf: Uint8Array): Promise<void> {
  const { pages, width, height, texts } = await pdfFacts(pdf);
  expect(pages).toBe(4);
  expect([width, height].map((points) => Math.round((points / 72) * 25.4))).toEqual([100, 148]);
  const all = texts.map((text) => text.replace(/\s/gu, ""));
  for (const [at, { caller, venue }] of seated.entries()) {
    // 宛名は縦書きなので、字の並びは Word の中で確かめ、ここでは抜けた字がないことを見る。
    const letters = caller.name.replace(/\s/gu, "");
    expect([...letters].filter((letter) => !all[at * 2]?.includes(letter))).toEqual([]);
    expect(all[at * 2]).toContain(caller.postalCode);
    expect(all[at * 2 + 1]).toContain("10月28日(火)");
    expect(all[at * 2 + 1]).toContain(venue);
  }
  expect(all.join("")).not.toMatch(/MERGEFIELD|[«»{}]/);
}
