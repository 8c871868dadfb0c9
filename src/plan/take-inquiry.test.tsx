// @engine both
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openZip, writeZip } from "../office/zip.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { planRoutes } from "./plan-routes.tsx";

let desk: TestDesk;
let planner: SignedIn;
let plan: string;
beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
  const resolve = ({ id }: { id: string }) => ({ label: "意見への答え", href: `/comments/answers/${id}` });
  const app: Hono = roomApp(desk.office, planRoutes({ contract: async () => desk.contract, resolve }));
  planner = await signIn(app, desk.office, desk.contract, "planner");
  plan = await importPlan("第２次計画");
});
afterEach(() => desk.close());

async function importPlan(title: string): Promise<string> {
  const text = (words: string) => new TextEncoder().encode(words);
  const chapter =
    "# 策定に当たって {#c1}\n一つ目の文。市は、計画を作る。 {#p1}\n\n二つ目の文。申請を増やす。 {#p2}\n\n三つ目の文。支所で相談する。 {#p3}\n\n{{年度:2028}}に、[[@c1]]の**内容**を見直す。 {#p4}\n";
  const folder = new Map([
    ["計画/plan.yaml", text(`title: ${title}\n`)],
    ["計画/01.md", text(chapter)],
  ]);
  const made = await planner.post("/plans", {
    file: new File([new Uint8Array(writeZip(folder))], "計画.zip"),
  });
  return made.headers.get("location") ?? "";
}

async function inquire(department: string, at = plan): Promise<Uint8Array> {
  const made = await planner.post(`${at}/inquiries`, [
    ["department", department],
    ["due", "2025-09-30"],
    ["subject", "確認"],
    ["chapters", "c1"],
  ]);
  const own = made.headers.get("location") ?? "";
  return new Uint8Array(await (await planner.get(`${own}/file/docx`)).arrayBuffer());
}

/** 文を書き換えた Word。 */
function answered(word: Uint8Array, changes: Record<string, string>): Uint8Array {
  const parts = openZip(word);
  let xml = new TextDecoder().decode(parts.get("word/document.xml"));
  for (const [from, to] of Object.entries(changes)) {
    if (!xml.includes(from)) throw new Error(`「${from}」がない`);
    xml = xml.replace(from, to);
  }
  return new Uint8Array(writeZip(parts.set("word/document.xml", new TextEncoder().encode(xml))));
}

async function give(
  number: number,
  bytes: Uint8Array,
  name = "回答.docx",
): Promise<{ status: number; html: string }> {
  const came = await planner.post(`${plan}/inquiries/${number}/returned`, {
    file: new File([new Uint8Array(bytes)], name),
  });
  const html = await came.text();
  expect(markupFaults(html)).toEqual([]);
  return { status: came.status, html };
}

const lines = async (number: number) => {
  const all = (await (await planner.get(`/api${plan}/inquiries`)).json()) as {
    number: number;
    state: string;
    lines: { id: string; block: string; state: string; came: string | null }[];
  }[];
  const found = all.find((one) => one.number === number);
  return { state: found?.state, of: (block: string) => found?.lines.find((line) => line.block === block) };
};
const decide = (number: number, id: string | undefined, body: Record<string, string>) =>
  planner.post(`${plan}/inquiries/${number}/lines/${id}`, body);

test("3(1)(ｱ) 同じ部署の二枚目は前の紙と合わせ、違う文は両方を並べ、選んだ文か、直した文を入れる", async () => {
  const word = await inquire("総務課");
  await give(
    1,
    answered(word, { "計画を作る。": "計画を作り直す。", "申請を増やす。": "申請を倍に増やす。" }),
    "甲係.docx",
  );
  const second = await give(1, answered(word, { "計画を作る。": "計画を改める。" }), "乙係.docx");
  for (const words of ["違う文が2つ来ています。", "2枚目に読んだ紙　乙係.docx", "り直す", "改め"])
    expect(second.html).toContain(words);
  const found = await lines(1);
  expect(["p1", "p2", "p3"].map((id) => found.of(id)?.state)).toEqual(["changed", "changed", "same"]);
  await decide(1, found.of("p1")?.id, { decision: "accepted", text: "一つ目の文。市は、計画を改める。" });
  // 書き方が崩れる文は、断られて残る。
  const blank = await decide(1, found.of("p2")?.id, { decision: "accepted", text: "" });
  expect(blank.status).toBe(422);
  await decide(1, found.of("p2")?.id, {
    decision: "accepted",
    text: "申請を倍に増やす。\n\n貼り付けた段落。",
  });
  const blocks = (await (await planner.get(`/api${plan}/blocks`)).json()) as { id: string; text: string }[];
  expect(blocks.find(({ id }) => id === "p1")?.text).toBe("一つ目の文。市は、計画を改める。");
  // 貼られた段落は、次の段落になる。
  const at = blocks.findIndex(({ id }) => id === "p2");
  expect(blocks.slice(at, at + 2).map((one) => one.text)).toEqual(["申請を倍に増やす。", "貼り付けた段落。"]);
  expect((await lines(1)).state).toBe("closed");
  // 決めたあとに違う文が来たら、決めるところに戻る。同じ文なら戻らない。
  await give(1, answered(word, { "計画を作る。": "計画を作り直す。" }));
  expect((await lines(1)).of("p1")?.state).toBe("accepted");
  const late = await give(1, answered(word, { "計画を作る。": "計画をやめる。" }));
  expect(late.html).toContain("決めた1つの部分に、違う文が来たので、決めるところに戻しました。");
  expect((await lines(1)).of("p1")?.state).toBe("changed");
});

test("3(1)(ｱ) 紙には書き方の印が出ず、返った文では、触れなかった参照と年度が元の書き方に戻る", async () => {
  const word = await inquire("総務課");
  const xml = new TextDecoder().decode(openZip(word).get("word/document.xml"));
  expect(xml).toContain("令和10年度（2028年度）に、第１章の内容を見直す。");
  await give(1, answered(word, { "の内容を見直す。": "の内容を点検する。" }));
  const found = (await lines(1)).of("p4");
  expect(found).toMatchObject({ state: "changed", came: "{{年度:2028}}に、[[@c1]]の**内容**を点検する。" });
  expect((await lines(1)).of("p1")?.state).toBe("same");
});

test("3(1)(ｱ) 二つの部署が同じ部分に違う答えをすると、どちらの画面にも並び、あとの方は重なりを言って脇に残す", async () => {
  const [one, two] = [await inquire("総務課"), await inquire("財政課")];
  await give(1, answered(one, { "計画を作る。": "計画を作り直す。" }));
  const second = await give(2, answered(two, { "計画を作る。": "計画を改める。" }));
  expect(second.html).toContain("第1号（総務課）");
  expect(second.html).toContain("り直す");
  await decide(1, (await lines(1)).of("p1")?.id, { decision: "accepted" });
  const clash = await decide(2, (await lines(2)).of("p1")?.id, { decision: "accepted" });
  expect(clash.status).toBe(422);
  expect(await clash.text()).toContain("あなたの文は脇に残してあります。");
  expect((await lines(2)).of("p1")?.state).toBe("changed");
});

test("3(1)(ｱ) 意見だけ、返らない行、足した行、表の外の文を残し、ほかの号と、ほかの計画の紙は断る", async () => {
  const [one, two] = [await inquire("総務課"), await inquire("財政課")];
  expect(await give(1, two)).toMatchObject({ status: 422 });
  expect((await give(1, two)).html).toContain("第2号（財政課）の紙です。第2号の画面で読んでください。");
  const foreign = await inquire("総務課", await importPlan("別の計画"));
  expect((await give(1, foreign)).html).toContain("ほかの計画か、ほかの契約の照会の紙です。");
  expect((await lines(1)).state).toBe("open");

  const cell = (text: string) => `<w:tc><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`;
  const extra = `<w:tr>${["", "", "足してほしい文。", ""].map(cell).join("")}</w:tr>`;
  const row = /<w:tr\b(?:(?!<w:tr\b)[\s\S])*三つ目の文[\s\S]*?<\/w:tr>/.exec(
    new TextDecoder().decode(openZip(one).get("word/document.xml")),
  )?.[0];
  const { html } = await give(
    1,
    answered(one, {
      [row ?? "?"]: extra,
      "申請を増やす。": "（削除）",
      "</w:tbl>": "</w:tbl><w:p><w:r><w:t>全体に、図を足してほしい。</w:t></w:r></w:p>",
    }),
  );
  for (const words of [
    ...["決めるところが2件あります。", "返った紙にない", "足してほしい文。", "全体に、図を足してほしい。"],
    "原稿に結べなかった行が1行あります。",
  ])
    expect(html).toContain(words);
  // 画面を開き直しても残っている。
  expect(await (await planner.get(`${plan}/inquiries/1`)).text()).toContain("足してほしい文。");
});
