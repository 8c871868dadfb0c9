// @engine both
import { afterEach, expect, test } from "vitest";
import { verifyCertificate } from "../erasure/certificate.ts";
import { certifyErasure } from "../erasure/certify-erasure.ts";
import { openErasure } from "../erasure/open-erasure.ts";
import type { PersonPick } from "../erasure/person-holder.ts";
import { findPerson } from "../erasure/pick-person.ts";
import { planErasure } from "../erasure/plan-erasure.ts";
import { requestErasure } from "../erasure/request-erasure.ts";
import { resumeErasures, runErasure } from "../erasure/run-erasure.ts";
import { answerFiling } from "../filings/answer-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { findMasks } from "../opinions/mask-text.ts";
import { listEvents } from "../platform/event-store.ts";
import { forgetErased } from "../platform/forget-erased.ts";
import { canary } from "../testing/canary.ts";
import { letterOf, openComments } from "../testing/comment-fixture.ts";
import { openDesk, openReplica, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { keptDesks } from "./desk-memory.ts";
import { senderHolder } from "./erase-sender.ts";
import { findLikeness } from "./find-likeness.ts";
import { readBook } from "./read-book.ts";
import { receiveLetters } from "./receive-letters.ts";
import { maskLetter, openOriginal } from "./sort-letter.ts";
import { splitLetter, undoSplit } from "./split-opinions.ts";

let desk: TestDesk;
afterEach(() => desk.close());

const planner = () => desk.actor("p", "planner");
const manager = () => desk.actor("manager", "manager");
const privacy = () => desk.actor("privacy", "privacy");
const holders = [senderHolder];
const own = { name: canary.name, address: canary.address, contact: canary.phone };
const other = { name: "別府　みどり", address: "札幌市南区真駒内1丁目2-3", contact: "011-000-0099" };

async function open(): Promise<string[]> {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("op", "operator"), [{ id: "a", capacity: 3 }]);
  await openComments(desk.office, manager());
  const png = { media: "image/png", extension: "png", bytes: new Uint8Array([1, 2, 3]) };
  const { letters } = await receiveLetters(desk.office, planner(), [
    letterOf(`${own.name}です。窓口を残してください。`, { senders: [own], files: [png] }),
    letterOf(`${own.name}と別府　みどりです。待ち時間を短く。`, { senders: [own, other], signers: 2 }),
    letterOf("相談を増やして。", { senders: [other] }),
  ]);
  return letters.map((one) => one?.id ?? "");
}

/** 伏せる所を、機械の候補のまま、人が確かめたことにする。 */
async function mask(id: string): Promise<void> {
  const { text } = await openOriginal(desk.office, planner(), id, "mask");
  const known = [own, other].map(({ name }) => ({ kind: "name" as const, words: name }));
  await maskLetter(desk.office, planner(), id, findMasks(text, known));
}

async function consented(picks: PersonPick[]): Promise<string> {
  const { id } = await planErasure(
    desk.office,
    manager(),
    { selection: { scope: "people", numbers: [], picks }, plannedDay: "2025-09-17" },
    holders,
  );
  const { filing } = await requestErasure(desk.office, manager(), id);
  await submitFiling(desk.office, manager(), filing);
  await answerFiling(desk.office, desk.actor("city", "client"), filing, {
    outcome: "approved",
    text: "承知しました",
  });
  return id;
}

const find = (sought: { name: string; contact: string }) =>
  findPerson(desk.office, manager(), sought, holders);
const run = (id: string) => runErasure(desk.office, privacy(), id, undefined, holders);
const asIdentity = (hits: readonly { holder: string; ref: string }[]): PersonPick[] =>
  hits.map(({ holder, ref }) => ({ holder, ref, how: "identity" }));

test("第13条 申出のあった方の意見書を、氏名の字体・電話の書き方の違いを越えて探し、言葉は記録に残さない", async () => {
  await open();
  const found = await find({ name: canary.name.replace("　", " "), contact: "０１１ー９８６ー７１９３" });
  expect(found.map(({ basis, hows }) => [basis, hows])).toEqual([
    ["氏名と連絡先が同じ", ["identity", "whole"]],
    ["氏名と連絡先が同じ", ["identity"]],
  ]);
  expect(found[0]?.note).toContain("添付1件");
  expect(found[1]?.label).toContain("差出人2人の1人め");
  expect(await find({ name: "", contact: canary.address })).toHaveLength(2);
  expect(await find({ name: "見当　たらぬ", contact: "" })).toEqual([]);
  await expect(find({ name: "", contact: "" })).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(
    findPerson(desk.office, planner(), { name: own.name, contact: "" }, holders),
  ).rejects.toMatchObject({ code: "FORBIDDEN" });
  const events = await listEvents(desk.office.read, {
    ...{ contract: desk.contract, kinds: ["erasure.searched"], limit: 9 },
  });
  expect(events.map(({ payload }) => payload).reverse()).toEqual([{ found: 2 }, { found: 2 }, { found: 0 }]);
});

test("第13条 差出人の欄になく文の中にだけ氏名のある通も、探せて、伏せた文だけが残る", async () => {
  await open();
  const { letters } = await receiveLetters(desk.office, planner(), [
    letterOf(`紹介してくれた${own.name}さんは、こう言っています。バスを増やして。`, { senders: [other] }),
  ]);
  const id = letters[0]?.id ?? "";
  const hit = (await find({ name: own.name, contact: "" })).find(({ ref }) => ref === `${id}/text`);
  expect(hit).toMatchObject({ basis: "文の中に氏名か連絡先がある", hows: ["identity"] });
  await mask(id);
  await run(await consented(asIdentity(hit ? [hit] : [])));
  const { text, senders } = await openOriginal(desk.office, planner(), id, "stand");
  expect(text).not.toContain(own.name);
  expect(text).toContain("バスを増やして。");
  expect(senders.map(({ name }) => name)).toEqual([other.name]);
});

test("第13条 この方の分だけを消すと、伏せた意見と数、連名のほかの差出人は残り、証明書が一通ごとに言う", async () => {
  const [alone = "", joint = "", rest = ""] = await open();
  for (const id of [alone, joint]) await mask(id);
  await splitLetter(desk.office, planner(), alone, { act: "propose" });
  const before = await readBook(desk.office, desk.contract);
  const id = await consented(asIdentity(await find({ name: own.name, contact: "" })));
  const { counts, parts, filing } = await openErasure(desk.office, desk.contract, id);
  expect(counts.map(({ table, rows }) => [table, rows]).sort()).toEqual([
    ["blob", 1],
    ["comment_original", 2],
    ["comment_signer", 2],
  ]);
  expect(parts.map(({ label }) => label)).toEqual([
    "意見書 第0001号: この方の氏名・住所・連絡先、届いたままの原本と添付1件。伏せた意見の文は、公表のために残る。",
    "意見書 第0002号: この方の氏名・住所・連絡先。原本の文の、この方の言葉を伏せる。ほかの差出人1人と、伏せた意見の文は残る。",
  ]);
  expect(filing?.stateText).toBeDefined();
  expect((await run(id)).found).toEqual([]);
  const after = await readBook(desk.office, desk.contract);
  expect(after.opinions.map(({ text }) => text)).toEqual(before.opinions.map(({ text }) => text));
  expect(after.letters.map(({ text, people }) => [text, people])).toEqual(
    before.letters.map(({ text, people }) => [text, people]),
  );
  expect(after.letters[0]?.attachments).toEqual([]);
  await expect(openOriginal(desk.office, planner(), alone, "mask")).rejects.toThrow("消去の申出により");
  const left = await openOriginal(desk.office, planner(), joint, "mask");
  expect(left.text).not.toContain(own.name);
  expect(left.text).toContain("別府　みどりです。待ち時間を短く。");
  expect(left.senders.map(({ name, contact }) => [name, contact]).sort()).toEqual(
    [
      ["（消去済み）", "（消去済み）"],
      [other.name, other.contact],
    ].sort(),
  );
  expect((await openOriginal(desk.office, planner(), rest, "mask")).senders).toMatchObject([other]);
  const hmacs = await desk.office.read.q.selectFrom("comment_signer").select("match_hmac").execute();
  expect(hmacs.filter(({ match_hmac }) => match_hmac === null)).toHaveLength(2);
  expect(await find({ name: own.name, contact: own.contact })).toEqual([]);
  const certificate = await certifyErasure(desk.office, manager(), id);
  expect(certificate.parts).toEqual(parts.map(({ label }) => label));
  expect(verifyCertificate(JSON.stringify(certificate))).toMatchObject({ ok: true, complete: true });
  const cut = { ...certificate, parts: [] };
  expect(verifyCertificate(JSON.stringify(cut))).toMatchObject({ ok: false });
  // 残った方も、あとから同じように消せる。
  const [second] = (await find({ name: other.name, contact: "" })).filter(({ ref }) => ref.startsWith(joint));
  await run(await consented(asIdentity(second ? [second] : [])));
  await expect(openOriginal(desk.office, planner(), joint, "mask")).rejects.toThrow("消去の申出により");
});

test("第13条 全部を消すと意見の文もなくなり、数は残る。連名の全部や、もう消した通は断る", async () => {
  const [alone = ""] = await open();
  await splitLetter(desk.office, planner(), alone, { act: "propose" });
  const counts = (await readBook(desk.office, desk.contract)).counts;
  const hits = await find({ name: own.name, contact: "" });
  const whole = hits.map(({ holder, ref }): PersonPick => ({ holder, ref, how: "whole" }));
  await expect(consented(whole)).rejects.toThrow("ほかの差出人1人がいます");
  await run(await consented(whole.slice(0, 1)));
  const after = await readBook(desk.office, desk.contract);
  expect(after.letters[0]?.text).toBe("（消去済み）");
  expect(after.opinions.every(({ text }) => text === "（消去済み）")).toBe(true);
  expect([after.counts.total.letters, after.counts.total.people]).toEqual([
    counts.total.letters,
    counts.total.people,
  ]);
  await expect(consented(whole.slice(0, 1))).rejects.toThrow("もう消してあります");
});

test("第13条 伏せる所を人が確かめていない通や、伏せた文に氏名の残る通は、この方の分だけを消せない", async () => {
  const [alone = ""] = await open();
  const hits = (await find({ name: own.name, contact: "" })).filter(({ ref }) => ref.startsWith(alone));
  expect(hits[0]?.note).toContain("伏せる所をまだ確かめていません");
  await expect(consented(asIdentity(hits))).rejects.toThrow("まだ人が確かめていません");
  await maskLetter(desk.office, planner(), alone, []);
  await expect(consented(asIdentity(hits))).rejects.toThrow("この方の氏名か連絡先が残っています");
  await mask(alone);
  const id = await consented(asIdentity(hits));
  // 承諾のあとに伏せた所を外されたら、何も壊さずに断る。
  await maskLetter(desk.office, planner(), alone, []);
  await expect(run(id)).rejects.toThrow("この方の氏名か連絡先が残っています");
  expect((await openErasure(desk.office, desk.contract, id)).erasure.state).toBe("planned");
  await mask(alone);
  expect((await run(id)).found).toEqual([]);
});

test("第13条 文に残った電話は、どの線で区切って書かれていても見つけ、伏せるまで断る", async () => {
  await open();
  for (const dash of [..."-‐‑‒–—―−ー－ｰ～・"]) {
    const phone = ["011", "986", "7193"].join(dash);
    const { letters } = await receiveLetters(desk.office, planner(), [
      letterOf(`折り返しは${phone}まで。バスを増やして。`, { senders: [own] }),
      letterOf(`知り合いの電話は${phone}です。バスを増やして。`, { senders: [other] }),
    ]);
    const [mine = "", theirs = ""] = letters.map((one) => one?.id ?? "");
    const found = await find({ name: "", contact: canary.phone });
    expect([dash, found.some(({ ref }) => ref === `${theirs}/text`)]).toEqual([dash, true]);
    await maskLetter(desk.office, planner(), mine, []);
    const hits = found.filter(({ ref }) => ref.startsWith(mine));
    await expect(consented(asIdentity(hits))).rejects.toThrow("この方の氏名か連絡先が残っています");
  }
});

test("第13条 伏せる前の文の入った経過も、この方の分とともに消え、一手戻しても伏せた所は戻らない", async () => {
  const [alone = ""] = await open();
  await maskLetter(desk.office, planner(), alone, []);
  await splitLetter(desk.office, planner(), alone, { act: "propose" });
  await splitLetter(desk.office, planner(), alone, { act: "mark", range: [0, 4] });
  await mask(alone);
  await undoSplit(desk.office, planner(), alone);
  const { opinions } = await readBook(desk.office, desk.contract);
  expect(opinions.map(({ text }) => text).join()).not.toContain(own.name.slice(0, 3));
  const steps = async () =>
    (await desk.office.read.q.selectFrom("comment_step").selectAll().execute()).length;
  expect(await steps()).toBe(2);
  const hits = (await find({ name: own.name, contact: "" })).filter(({ ref }) => ref.startsWith(alone));
  await run(await consented(asIdentity(hits)));
  expect(await steps()).toBe(1);
});

test("第13条 鍵を壊す前で止まっても、再開すれば、残る差出人を移してから消え、ほかのプロセスは意見の机の記憶も忘れる", async () => {
  const [alone = "", joint = ""] = await open();
  for (const id of [alone, joint]) await mask(id);
  const elsewhere = await openReplica(desk.place, desk.root);
  for (const office of [desk.office, elsewhere.office])
    await findLikeness(office, await readBook(office, desk.contract));
  expect([keptDesks(desk.office), keptDesks(elsewhere.office)]).toEqual([1, 1]);
  const id = await consented(asIdentity(await find({ name: own.name, contact: "" })));
  const stop = new Error("止める");
  await expect(
    runErasure(
      desk.office,
      privacy(),
      id,
      (step) => {
        if (step === "intended") throw stop;
      },
      holders,
    ),
  ).rejects.toBe(stop);
  // 持つ所を知らずに続ければ、残る方の分まで失うので、壊さずに止まる。
  await expect(resumeErasures(desk.office)).rejects.toThrow("一人の方の分だけを消すことができません");
  expect((await openOriginal(desk.office, planner(), joint, "mask")).senders).toHaveLength(2);
  expect(await resumeErasures(desk.office, 0, holders)).toBe(1);
  const left = await openOriginal(desk.office, planner(), joint, "mask");
  expect(left.senders.map(({ name }) => name)).toContain(other.name);
  expect(keptDesks(desk.office)).toBe(0);
  expect(keptDesks(elsewhere.office)).toBe(1);
  expect(await forgetErased(elsewhere.office)).toBeGreaterThan(0);
  expect(keptDesks(elsewhere.office)).toBe(0);
  // 壊す前に鍵を受け取っていた要求が、あとから覚えたものも、次の回に忘れる。
  await readBook(elsewhere.office, desk.contract);
  expect(keptDesks(elsewhere.office)).toBe(1);
  expect(await forgetErased(elsewhere.office)).toBe(0);
  expect(keptDesks(elsewhere.office)).toBe(0);
  await elsewhere.office.close();
});
