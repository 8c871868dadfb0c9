import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoChecklist, demoFrame } from "../samples/demo-comments.ts";
import { inventLetters } from "../samples/demo-letters.ts";
import { systemActor } from "../src/base/actor.ts";
import { readBook } from "../src/comments/read-book.ts";
import { takeSorted } from "../src/comments/take-sorted.ts";
import { writeTableWorkbook } from "../src/office/table-workbook.ts";
import { openZip, writeZip } from "../src/office/zip.ts";
import { importPlan } from "../src/plan/import-plan.ts";
import { pickedFile, visit } from "../src/testing/chromium.ts";
import { managerJourney } from "../src/testing/manager-journey.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";
import { openReception } from "../src/testing/reception-fixture.ts";

// 公表するものをそろえて始める → 四つの送り方で300通 → 分ける → 似た意見 → 分類 → 答え → 一つは計画を直す → 結果の資料。

const invented = inventLetters(7, 300, "2025-08-01", "2025-08-30");
const plan = new Map(
  [
    ["plan.yaml", "title: 雪見市ICT活用戦略（素案）\n"],
    ["01.md", "# 支援 {#c1}\n\n## 身近な相談 {#s1}\n\n相談は、区役所で受け付けます。 {#p1}\n"],
  ].map(([name = "", text = ""]): [string, Uint8Array] => [name, new TextEncoder().encode(text)]),
);

const journey = managerJourney({ at: "2025-07-31T01:00:00.000Z" }, async (desk) => {
  await openReception(desk.office, desk.actor("m", "manager"), []);
  await importPlan(desk.office, desk.actor("m", "manager"), plan);
});
const told = async (page: Page) => (await page.textContent("main")) ?? "";

/** 表で受けるもの: 送り方ごとに一行一通。 */
function tableOf(channel: string): Uint8Array {
  const head = ["番号", "意見", "受付日", "年代", "区", "氏名", "住所", "人数", "キッズ"];
  const ages: Record<string, string> = {
    u20: "10代",
    a20: "20代",
    a30: "30代",
    a40: "40代",
    a50: "50代",
    a60: "60代",
    a70: "70代",
    none: "",
  };
  const rows = invented.flatMap(({ letter }, at) =>
    letter.channel === channel && at !== 0
      ? [
          [
            String(at),
            letter.text,
            letter.day,
            ages[letter.age] ?? "",
            letter.ward,
            letter.senders[0]?.name ?? "",
            letter.senders[0]?.address ?? "",
            String(letter.signers),
            letter.kids ? "○" : "",
          ],
        ]
      : [],
  );
  return writeTableWorkbook([{ name: "意見", rows: [head, ...rows] }]);
}

/** メールで受けるもの: .eml をまとめた .zip。文字コードは、UTF-8 と base64 を交ぜる。 */
function mailZip(): { bytes: Uint8Array; count: number } {
  const mails = invented.flatMap(({ letter }, at) => {
    if (letter.channel !== "mail") return [];
    const body = Buffer.from(letter.text);
    const coded = at % 2 === 0;
    const day = new Date(`${letter.day}T03:00:00Z`).toUTCString().replace("GMT", "+0000");
    const head = `From: =?UTF-8?B?${Buffer.from(letter.senders[0]?.name ?? "").toString("base64")}?= <m${at}@example.jp>\r\nDate: ${day}\r\nMessage-ID: <${at}@example.jp>\r\nContent-Type: text/plain; charset=utf-8\r\n`;
    const text = coded
      ? `Content-Transfer-Encoding: base64\r\n\r\n${body.toString("base64")}`
      : `\r\n${body.toString()}`;
    return [
      [`${String(at).padStart(4, "0")}.eml`, new TextEncoder().encode(head + text)] as [string, Uint8Array],
    ];
  });
  return { bytes: writeZip(new Map(mails)), count: mails.length };
}

const counters = async (page: Page) =>
  (await page.locator(".four b").allTextContents()).map((one) => Number(one.replace(",", "")));

test("３(1)(ｴ)①② 300通を四つの送り方で受け、分け、まとめ、分類し、答え、計画を一つ直して、結果の資料まで。四つの数はどこでも同じ", async () => {
  const { page, leave } = await visit(journey.browser, journey.served);
  const { desk } = journey;
  await journey.sitDown(page);
  await page.goto("/comments/period");
  await page.fill("#title", "雪見市ICT活用戦略（素案）");
  await page.fill("#from", "2025-08-01");
  await page.fill("#to", "2025-08-30");
  for (const [name, words] of Object.entries(demoChecklist))
    if (name !== "issues") await page.fill(`#${name}`, words);
  await page.click("text=書き残す");
  const frame = [
    "符号,名,説明,章,頁",
    ...demoFrame.map((one) => [one.code, one.title, one.description, one.chapter, one.page].join(",")),
  ];
  await page.setInputFiles("#frame", pickedFile("分類.csv", frame.join("\n")));
  await page.click("text=一覧を取り込む");
  await page.click("text=意見公募を始める");
  expect(await told(page)).toContain("「論点と市の考え方」がまだです");
  await expectFittingPage(page);
  await page.fill("#issues", demoChecklist.issues);
  await page.click("text=書き残す");
  await page.click("text=意見公募を始める");
  expect(await told(page)).toContain("30日間");

  // 郵送の一通は打ち、スキャンを添える。残りは表とメールで。
  desk.clock.set("2025-09-08T01:00:00.000Z");
  await page.context().clearCookies();
  await journey.sitDown(page);
  await page.goto("/comments/receive");
  await expectFittingPage(page);
  const first = invented[0];
  await page.fill("#day", "2025-08-12");
  await page.fill("#name", "越後谷 清");
  await page.fill("#address", "雪見市北区1条1丁目1");
  await page.fill("#text", `${first?.letter.text ?? ""}電話は011-000-9999です。`);
  await page.setInputFiles("#file", pickedFile("scan.pdf", "%PDF-1.4"));
  await page.click("main form >> nth=0 >> button[type=submit]");
  await page.waitForURL(/letters\/[0-9a-f-]{36}$/);
  expect(await told(page)).not.toContain("011-000-9999");
  for (const channel of ["post", "hand", "fax", "form"]) {
    await page.goto("/comments/receive");
    await page.setInputFiles("#table", pickedFile(`${channel}.xlsx`, tableOf(channel)));
    await page.selectOption("#base-channel", channel);
    await page.click("text=読んで受け取る >> nth=1");
    await page.waitForURL(/\/comments\/letters$/);
  }
  const mails = mailZip();
  await page.goto("/comments/receive");
  await page.setInputFiles("#mail", pickedFile("mail.zip", mails.bytes));
  await page.click("text=読んで受け取る >> nth=0");
  await page.waitForURL(/\/comments\/letters$/);
  expect(await told(page)).toContain("300通が届いています");
  await expectFittingPage(page);

  // 一通目を、机で: 鍵で文を選び、分け、戻し、なぞって分け、数字で分類する。
  await page.click("text=0001");
  await page.waitForSelector("#opinion-desk[data-ready]");
  await expectFittingPage(page);
  await page.focus("#letter");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#letter a.op");
  await page.keyboard.press("Control+z");
  await page.waitForSelector("#letter a.op", { state: "detached" });
  await page.keyboard.press("p");
  await page.waitForSelector("#letter a.op");
  await page.keyboard.press("1");
  await page.waitForSelector("text=残しました。");
  expect(await page.isChecked("#code-1")).toBe(true);
  await page.keyboard.press("+");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("also-code");
  await page.selectOption("#also-code", { index: 1 });
  await page.waitForSelector(".also button[aria-label$='を外す']");
  await page.focus("#letter");
  await expectFittingPage(page);
  await leaveDraggedMark(page);

  // ほかの通は、分けて分類したものをまとめて入れる（数は画面と同じ決まりで数える）。
  await sortRest();
  await page.goto("/comments/alike");
  expect(await told(page)).toContain("似た意見の組が");
  await expectFittingPage(page);
  const before = await (await page.request.get("/api/comments")).json();
  await page.click("text=1つにまとめる >> nth=0");
  await page.waitForURL(/alike$/);
  const after = await (await page.request.get("/api/comments")).json();
  expect([after.people, after.letters, after.opinions]).toEqual([
    before.people,
    before.letters,
    before.opinions,
  ]);
  expect(after.distinct).toBeLessThan(before.distinct);
  expect(after.faults).toEqual([]);

  await answerAll(page);
  await page.goto("/comments/result");
  expect(await told(page)).toContain("公表できます");
  await expectFittingPage(page);
  const { people, letters, opinions, distinct } = await (await page.request.get("/api/comments")).json();
  for (const path of ["/comments", "/comments/map"]) {
    await page.goto(path);
    expect(await counters(page), path).toEqual([people, letters, opinions, distinct]);
    await expectFittingPage(page);
  }
  const word = new TextDecoder().decode(
    openZip(await (await page.request.get("/comments/result/public/docx")).body()).get("word/document.xml"),
  );
  const plain = word.replace(/<[^>]+>/g, "|").replace(/\|+/g, "|");
  for (const value of [people, letters, opinions, distinct])
    expect(plain).toContain(`|${value.toLocaleString("ja-JP")}|`);
  expect(plain.replaceAll("|", "")).toContain("まちづくりセンターでも受け付けます。");
  expect(plain).not.toContain("越後谷");
  expect(plain).not.toContain("011-000-9999");

  // どの表の合計も、四つの数と同じ。公表したと記録すると、ファイルが残り、段取りが済みになる。
  const html = await (await page.request.get("/comments/result/public/html")).text();
  const totals = [...html.matchAll(/<tr><th scope="row">合計<\/th>(.*?)<\/tr>/g)].map(([, cells = ""]) =>
    [...cells.matchAll(/<td class="n">([\d,]+)<\/td>/g)].map(([, n = ""]) => Number(n.replaceAll(",", ""))),
  );
  expect(totals).toEqual([0, 1, 2].map(() => [people, letters, opinions, distinct]));
  await page.goto("/comments/period");
  await page.click("text=受付を締め切る");
  await page.goto("/comments/result");
  await page.fill("#places", "市のホームページ\n本庁舎");
  await page.click("text=公表済みにする");
  await page.waitForSelector("text=公表の記録");
  expect(await told(page)).toMatch(/[0-9a-f]{64}/);
  await expectFittingPage(page);
  await page.goto("/comments");
  expect(await told(page)).toContain("公表済み");
  await leave();
}, 240_000);

/** マウスでなぞって分ける。 */
async function leaveDraggedMark(page: Page): Promise<void> {
  const before = await page.locator("#letter a.op .tag").count();
  await page.evaluate(() => {
    const piece =
      document.querySelector("#letter .rest [data-start]") ?? document.querySelector("#letter [data-start]");
    const node = piece?.firstChild;
    if (!node) return;
    const range = document.createRange();
    range.setStart(node, 0);
    range.setEnd(node, Math.min(4, node.textContent?.length ?? 0));
    const selection = window.getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
  });
  await page.focus("#letter");
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    (count) => document.querySelectorAll("#letter a.op .tag").length > count,
    before,
  );
}

async function sortRest(): Promise<void> {
  const { office, contract } = journey.desk;
  const actor = systemActor(contract);
  const { letters, opinions } = await readBook(office, contract);
  const split = new Set(opinions.map(({ letter }) => letter));
  const byText = new Map(invented.map(({ letter, opinions: own }) => [letter.text.trim(), own]));
  await takeSorted(
    office,
    actor,
    letters.flatMap(({ id, text, row }) => {
      if (split.has(id)) return [];
      const own =
        byText.get(text.trim()) ??
        [...byText].find(
          ([, known]) => known.every((one) => text.includes(one.text)) && text.length === row.body.length,
        )?.[1] ??
        [];
      const found = own.filter((one) => text.includes(one.text));
      return [{ letter: id, opinions: found.map(({ text: words, code }) => ({ words, code })) }];
    }),
  );
}

/** 机の一通を済ませ、答えを書き、一つは計画書を直す。 */
async function answerAll(page: Page): Promise<void> {
  const api = async (path: string, data: unknown = {}) => {
    const csrf = await page.locator('input[name="csrf"]').first().getAttribute("value");
    const response = await page.request.post(path, {
      data,
      headers: { "x-csrf-token": csrf ?? "", origin: new URL(page.url()).origin },
    });
    expect(response.status(), `${path} ${await response.text()}`).toBeLessThan(300);
  };
  const { letters } = await (await page.request.get("/api/comments/letters")).json();
  const [desk] = letters;
  for (const one of desk.opinions)
    if (one.code === null) await api(`/api/comments/opinions/${one.id}/code`, { code: "9" });
  await api(`/api/comments/letters/${desk.id}/sort`);
  for (const one of letters)
    if (!one.sorted && one.id !== desk.id && one.standing === "counted")
      await api(`/api/comments/letters/${one.id}/sort`);
  await page.goto("/comments/answers");
  await page.click("text=答えの欄を作る");
  await page.waitForURL(/answers$/);
  await expectFittingPage(page);
  const { answers } = await (await page.request.get("/api/comments/answers")).json();
  await api("/api/comments/answers", {
    answers: answers
      .slice(1)
      .map(({ id }: { id: string }) => ({ id, status: "C", answer: "進めるときの参考にします。" })),
  });
  await page.goto(`/comments/answers/${answers[0].id}`);
  await page.selectOption("#status", "A");
  await page.fill("#answer", "身近な相談の場に、まちづくりセンターを加えます。");
  await page.click("main form >> text=書き残す");
  await page.waitForSelector("text=案の変更がつながっていません");
  await page.selectOption("#block", "p1");
  await page.click("text=開く");
  await page.fill("#text", "相談は、区役所で受け付けます。まちづくりセンターでも受け付けます。");
  await page.fill("#revise-reason", "意見を踏まえるため");
  await page.click("text=計画書を直して、つなぐ");
  await page.waitForSelector("text=変更 ");
  expect(await told(page)).not.toContain("つながっていません");
  await expectFittingPage(page);
}
