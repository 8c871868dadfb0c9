import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ICAL from "ical.js";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { instantOf } from "../src/base/time.ts";
import { addCouncilMember, changeCouncil } from "../src/council/change-council.ts";
import { parseXml, textOf } from "../src/office/xml-tree.ts";
import { openZip, writeZip } from "../src/office/zip.ts";
import { importPlan } from "../src/plan/import-plan.ts";
import { listPlanBlocks, listPlans } from "../src/plan/read-plan.ts";
import { pickedFile, visit } from "../src/testing/chromium.ts";
import { startStrategy } from "../src/testing/council-fixture.ts";
import { managerJourney } from "../src/testing/manager-journey.ts";
import { expectFittingPage, expectSoundPage } from "../src/testing/page-audit.ts";
import { adoptWorkplan } from "../src/workplan/adopt-workplan.ts";
import { milestoneOn } from "../src/workplan/plan-sheet.ts";

// 日程をうかがう → 決める → 招集状 → 資料と印刷の一覧 → 文字起こし → 会議録 → 委員の修正 → 確定 → 指摘が計画と次の次第に。

const bytes = (text: string) => new TextEncoder().encode(text);

const journey = managerJourney({ at: instantOf("2024-07-03", "10:00") }, async (desk) => {
  await startStrategy(desk);
  const manager = desk.actor("m", "manager");
  await adoptWorkplan(desk.office, manager, {
    tasks: [
      milestoneOn("T06", "有識者会議（第1回）", "2024-08-20"),
      milestoneOn("T09", "有識者会議（第2回）", "2024-09-18"),
    ],
    reason: "別紙",
  });
  for (const [name, more] of [
    ["架空 一郎", { seat: "chair", mail: "a@example.jp" }],
    ["架空 二葉", { mail: "b@example.jp", fee: 12_000 }],
    ["見本 三月", { mail: "c@example.jp", remote: true, link: "https://meet.example.jp/c" }],
  ] as const)
    await addCouncilMember(desk.office, manager, { name, post: "北雪大学 教授", ...more });
  await changeCouncil(desk.office, manager, {
    ...{ organizerName: "有識者会議 事務局", organizerMail: "jimu@example.jp" },
    rooms: [
      {
        ...{ id: "city", name: "8階会議室", place: "ORE札幌ビル", kind: "city", capacity: 20 },
        ...{ cost: 0, equipment: "", busy: [] },
      },
    ],
  });
  await importPlan(
    desk.office,
    manager,
    new Map([
      ["plan.yaml", bytes("title: 第２次戦略\nnumbering: ['第{N}章']\n")],
      ["01.md", bytes("# 現状と課題 {#c1}\n窓口は電話でも受ける。 {#p1}\n")],
    ]),
  );
});

const told = async (page: Page) => (await page.textContent("main")) ?? "";
async function take(page: Page, act: () => Promise<unknown>): Promise<Uint8Array> {
  const [file] = await Promise.all([page.waitForEvent("download"), act()]);
  return new Uint8Array(await readFile(await file.path()));
}
const wordText = (file: Uint8Array) =>
  textOf(parseXml(openZip(file).get("word/document.xml") ?? new Uint8Array()));
const readIcs = (file: Uint8Array) => {
  const calendar = new ICAL.Component(ICAL.parse(new TextDecoder().decode(file)));
  const event = calendar.getFirstSubcomponent("vevent");
  return [
    calendar.getFirstPropertyValue("method"),
    event?.getFirstPropertyValue("sequence"),
    event?.getFirstPropertyValue("dtstart")?.toString(),
  ];
};
const submit = (page: Page, heading: string, name: string) =>
  page.locator(`section:has(#${heading})`).getByRole("button", { name, exact: true }).click();
/** ファイルの欄に入れて、送る。 */
async function give(
  page: Page,
  field: string,
  file: ReturnType<typeof pickedFile>,
  heading: string,
  name: string,
) {
  await page.setInputFiles(field, file);
  await submit(page, heading, name);
}

const vtt = `WEBVTT

00:01.000 --> 00:05.000
<v 話者1>えーと、ただいまから始めます。</v>

00:10.000 --> 00:16.000
<v 話者2>窓口は、電話のほかに対面も残してください。</v>

00:20.000 --> 00:22.000
だれかの声です。
`;

async function pollAndFix(page: Page): Promise<void> {
  await page.goto("/council");
  expect(await told(page)).toContain("会議は、まだ予定されていません。");
  await page.getByRole("button", { name: "工程表の会議2回を予定する" }).click();
  await page.getByRole("link", { name: "第1回有識者会議" }).click();
  await expectFittingPage(page);
  await page.fill("#topics", "骨子の構成について");
  await submit(page, "h-brief", "残す");
  await page.getByRole("link", { name: "日程", exact: true }).click();
  await page.fill("#from", "2024-08-19");
  await page.fill("#to", "2024-08-23");
  await page.fill("#limit", "3");
  await page.getByRole("button", { name: "候補の案を作る" }).click();
  await expectFittingPage(page);
  await page.fill("#by", "2024-07-10");
  await page.getByRole("button", { name: "この候補でうかがう" }).click();
  expect(await told(page)).toContain("3人のうち0人が答えました。");
  const sheet = await take(page, () => page.getByRole("link", { name: "回答用紙（.html）" }).click());
  expect(new TextDecoder().decode(sheet)).toContain("日程の回答用紙");

  // 電話で、座長に代わって。
  await page.selectOption("#member", { label: "架空 一郎" });
  for (const at of [1, 2, 3])
    await page.check(`input[name=m${at}][value=${at === 1 ? "no" : "yes"}]`, { force: true });
  await submit(page, "h-answer", "回答を残す");
  // メールで。
  const reply =
    "From: b@example.jp\r\nDate: Fri, 5 Jul 2024 10:00:00 +0900\r\nSubject: Re\r\n\r\n候補1：○\r\n候補2：○\r\n候補3：×\r\n";
  await give(page, "#file", pickedFile("返信.eml", reply, "message/rfc822"), "h-reply", "読む");
  expect(await told(page)).toContain("3の候補への印を読みました。");
  await expectFittingPage(page);
  await submit(page, "h-answer", "回答を残す");
  expect(await told(page)).toContain("3人のうち2人が答えました。いちばん良いのは");
  await expectFittingPage(page);
  await expectSoundPage(page);
  await page.locator("section:has(#h-best) form button").first().click();
  const first = await take(page, () => page.getByRole("link", { name: "全員宛て（.ics）" }).click());
  const [method, sequence, start] = readIcs(first);
  expect([method, sequence]).toEqual(["REQUEST", 0]);
  expect(String(start)).toMatch(/^2024-08-2\d/);
  await answered(page, first);
}

/** 招集状への返事が、カレンダーのメールで届く。 */
async function answered(page: Page, invitation: Uint8Array): Promise<void> {
  const uid = /UID:(\S+)/.exec(new TextDecoder().decode(invitation))?.[1] ?? "";
  const reply = [
    ...["BEGIN:VCALENDAR", "METHOD:REPLY", "VERSION:2.0", "BEGIN:VEVENT", `UID:${uid}`, "SEQUENCE:0"],
    ...["DTSTART:20240820T050000Z", "ATTENDEE;PARTSTAT=DECLINED:mailto:b@example.jp"],
    ...["COMMENT:校務のため", "END:VEVENT", "END:VCALENDAR", ""],
  ].join("\r\n");
  const mail = [
    ...["From: b@example.jp", "Date: Fri, 12 Jul 2024 10:00:00 +0900", "Subject: Declined"],
    ...["MIME-Version: 1.0", 'Content-Type: multipart/alternative; boundary="B"', "", "--B"],
    ...["Content-Type: text/plain; charset=utf-8", "", "辞退", "--B"],
    ...["Content-Type: text/calendar; charset=utf-8; method=REPLY", "", reply, "--B--", ""],
  ].join("\r\n");
  await give(page, "#rsvp", pickedFile("返事.eml", mail, "message/rfc822"), "h-rsvp", "読む");
  expect(await told(page)).toContain("「欠席」と読みました。");
  expect(await page.inputValue("#rsvp-note")).toBe("校務のため");
  await expectFittingPage(page);
  await expectSoundPage(page);
  await submit(page, "h-rsvp", "返事を残す");
  expect(await told(page)).toContain("出席0・欠席1・未定0・返事待ち2");
}

async function papers(page: Page): Promise<void> {
  await page.getByRole("link", { name: "次第と資料" }).click();
  await page.getByRole("link", { name: /案を作る/ }).click();
  expect(await page.inputValue("#agenda")).toContain("骨子の構成について｜20｜");
  await page.getByRole("button", { name: "この次第で残す" }).click();
  await page.fill("#title", "骨子（案）");
  await page.fill("#pages", "9");
  await page.fill("#copies", "8");
  await give(page, "#paper-file", pickedFile("骨子.docx", "x"), "h-paper", "加える");
  expect(await told(page)).toContain("紙40枚");
  await expectFittingPage(page);
  await submit(page, "h-papers", "刷ったことを記録する");
  expect(await told(page)).toContain("紙40枚を、今月の環境の数に足しました。");
  expect(
    wordText(await take(page, () => page.getByRole("link", { name: "次第", exact: true }).click())),
  ).toContain("骨子の構成について");
  const letter = await take(page, () => page.getByRole("link", { name: "依頼文" }).click());
  expect(wordText(letter)).toContain("見本 三月　様");
  expect(wordText(letter)).not.toContain("meet.example.jp");
  await submit(page, "h-send", "残す");
  expect(await told(page)).toContain("1点を送りました");
}

/** 座長が、送られた確認の頁を自分の機械（file://）で開いて直し、回答のファイルが返る。 */
async function checkByPage(page: Page): Promise<void> {
  const zip = openZip(await take(page, () => page.getByRole("link", { name: "確認の頁" }).click()));
  const [, sheet] = [...zip].find(([name]) => name.endsWith("委員1.html")) ?? [];
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-check-"));
  try {
    await writeFile(join(folder, "check.html"), sheet ?? "");
    const own = await page.context().newPage();
    const faults: string[] = [];
    own.on("console", (line) => line.type() === "error" && faults.push(line.text()));
    await own.goto(`file://${join(folder, "check.html")}`);
    await own
      .getByRole("textbox", { name: "0:00:01 架空 一郎の発言" })
      .fill("ただいまから、会議を始めます。");
    expect(await own.textContent("#count")).toBe("1か所を直しました。");
    const answer = await take(own, () => own.getByRole("button", { name: "回答のファイルを作る" }).click());
    expect(faults).toEqual([]);
    await own.close();
    await give(
      page,
      "#file",
      pickedFile("会議録の確認の回答.json", answer, "application/json"),
      "h-check",
      "返事を読む",
    );
    // どなたの回答かは、選ばなくても分かる。
    expect(await told(page)).toContain("架空 一郎の修正 1件");
    await page.getByRole("button", { name: "選んだ修正を反映する" }).click();
    expect(await told(page)).toContain("2人の確認が返りました。");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function minutes(page: Page): Promise<void> {
  await page.goto("/council");
  await page.getByRole("link", { name: "第1回有識者会議" }).click();
  await page.getByRole("link", { name: "当日", exact: true }).click();
  await expectFittingPage(page);
  await page.fill("#decisions", "骨子を了承した");
  await page.getByRole("button", { name: "会議を開いたことを記録する" }).click();
  expect(await told(page)).toContain("会議は成立しました。");
  await page.getByRole("link", { name: "会議録", exact: true }).click();
  await give(page, "#file", pickedFile("t.vtt", vtt, "text/vtt"), "h-begin", "取り込む");
  expect(await told(page)).toContain("話し手の決まっていない発言が3あります。");
  await expectFittingPage(page);
  await expectSoundPage(page);
  const side = page.locator("section:has(#h-speakers)");
  await side.locator("select").nth(0).selectOption({ label: "架空 一郎" });
  await side.locator("select").nth(1).selectOption({ label: "見本 三月" });
  await submit(page, "h-speakers", "話し手を残す");
  await page.selectOption("select[name=s3]", { label: "発言者不明と決める" });
  await page.fill("#t2", "窓口は、電話のほかに、対面も残してください。");
  await page.getByRole("button", { name: "この画面の直しを残す" }).click();
  expect(await told(page)).toContain("2の発言を直しました。");

  // 委員の修正が Word で返る。
  const sheet = await take(page, () => page.getByRole("link", { name: "確認用の Word" }).click());
  const zip = openZip(sheet);
  const body = new TextDecoder()
    .decode(zip.get("word/document.xml"))
    .replace("対面も残して", "対面の窓口も残して");
  const back = writeZip(new Map([...zip, ["word/document.xml", bytes(body)]]));
  await page.selectOption("#member", { label: "見本 三月" });
  await give(page, "#file", pickedFile("back.docx", back), "h-check", "返事を読む");
  expect(await told(page)).toContain("見本 三月の修正 1件");
  await expectFittingPage(page);
  await page.getByRole("button", { name: "選んだ修正を反映する" }).click();
  await checkByPage(page);
  await page.getByRole("button", { name: "会議録を確定する" }).click();
  expect(await told(page)).toContain("会議録は確定しました。");
  const word = wordText(await take(page, () => page.getByRole("link", { name: "公開用（記名）" }).click()));
  expect(word).toContain("窓口は、電話のほかに、対面の窓口も残してください。");
  expect(word).toContain("ただいまから、会議を始めます。");
  const roles = wordText(
    await take(page, () => page.getByRole("link", { name: "公開用（氏名なし）" }).click()),
  );
  expect(roles).not.toMatch(/架空|見本/);
  await expectFittingPage(page);
}

async function remark(page: Page): Promise<void> {
  await page.locator("#l2 a").click();
  expect(await page.inputValue("#remark")).toContain("対面の窓口も残して");
  await submit(page, "h-raise", "指摘を残す");
  await page.goto("/council");
  await page.getByRole("link", { name: "第2回有識者会議" }).click();
  await page.getByRole("link", { name: "次第と資料" }).click();
  await page.getByRole("link", { name: /案を作る/ }).click();
  expect(await page.inputValue("#agenda")).toContain(
    "前回までのご指摘への対応（指摘1）: 窓口は、電話のほかに",
  );
  await page.goto("/council/actions");
  await page.click("#a1 summary");
  await page.selectOption("#block-1", { label: "・窓口は電話でも受ける。" });
  await page.getByRole("button", { name: "つなぐ" }).click();
  // 計画の、その部分の画面にも現れる。
  await page.locator("#a1").getByRole("link", { name: "・窓口は電話でも受ける。" }).click();
  expect(await told(page)).toContain("この部分への指摘");
  expect(await told(page)).toContain("答えていないもの 1");
  await expectFittingPage(page);
  await page.getByRole("link", { name: "第1回有識者会議の指摘1" }).click();
  await page.click("#a1 summary");
  await page.fill("#answer-1", "対面の窓口を書き足した。");
  await page.fill("#text-1", "窓口は電話でも対面でも受ける。");
  await expectFittingPage(page);
  await page.getByRole("button", { name: "答えを残す" }).click();
  expect(await told(page)).toContain("計画の文を直し、答えを残しました。");
  await expectSoundPage(page);
}

test("3(2) 日程から会議録、指摘が計画と次の次第に現れるまで", async () => {
  const { page, leave } = await visit(journey.browser, journey.served);
  await journey.sitDown(page);
  await pollAndFix(page);
  await papers(page);
  await leave();

  journey.desk.clock.set(instantOf("2024-08-26", "10:00"));
  const later = await visit(journey.browser, journey.served);
  await journey.sitDown(later.page);
  await minutes(later.page);
  await remark(later.page);
  const manager = journey.desk.actor("m", "manager");
  const [plan] = await listPlans(journey.desk.office, manager);
  const blocks = await listPlanBlocks(journey.desk.office, manager, plan?.id ?? "");
  expect(blocks.find(({ id }) => id === "p1")?.text).toBe("窓口は電話でも対面でも受ける。");
  for (const path of ["/council", "/council/members", "/council/rooms", "/council/actions"]) {
    await later.page.goto(path);
    await expectFittingPage(later.page);
    await expectSoundPage(later.page);
  }
  await later.leave();
}, 180_000);
