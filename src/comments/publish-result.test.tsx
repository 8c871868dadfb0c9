// @engine both
import { createHash } from "node:crypto";
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openZip } from "../office/zip.ts";
import { listEvents } from "../platform/event-store.ts";
import { readPdfSource } from "../reading/pdf-source-reader.ts";
import { letterOf, openComments } from "../testing/comment-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { commentRoutes } from "./comment-routes.tsx";
import { makeResult } from "./make-result.ts";
import { closePeriod } from "./open-period.ts";
import { publishResult } from "./publish-result.ts";
import { readBook } from "./read-book.ts";
import { receiveLetters } from "./receive-letters.ts";
import { takeSorted } from "./take-sorted.ts";

let app: Hono;
let desk: TestDesk;
let planner: SignedIn;
let client: SignedIn;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  app = roomApp(desk.office, commentRoutes);
  planner = await signIn(app, desk.office, desk.contract, "planner");
  client = await signIn(app, desk.office, desk.contract, "client");
  await openComments(desk.office, planner.actor);
});
afterEach(() => desk.close());

const secrets = ["佐藤", "011-000-1234", "北一条", "sato@example.jp"];
const wish = "相談の場を増やしてください。";

/** 一通を受け、分けて分類し、答えまで書いて締め切る。 */
async function answered(): Promise<string> {
  const text = `佐藤清です。電話は011-000-1234、sato@example.jp です。${wish}`;
  const { letters } = await receiveLetters(desk.office, planner.actor, [
    letterOf(text, {
      senders: [{ name: "佐藤 清", address: "北区北一条1丁目2", contact: "sato@example.jp" }],
    }),
  ]);
  const letter = letters[0]?.id ?? "";
  await takeSorted(desk.office, planner.actor, [{ letter, opinions: [{ words: wish, code: "2-1" }] }]);
  await planner.send("POST", "/api/comments/answers/prepare", {});
  const { groups } = await readBook(desk.office, desk.contract);
  await planner.send("POST", `/api/comments/answers/${groups[0]?.id}`, {
    answer: "相談の場を増やします。",
    status: "C",
  });
  await closePeriod(desk.office, planner.actor);
  return letter;
}

test("３(1)(ｴ)② 公表したと記録すると、ファイルとその SHA-256 が残り、段取りが済みになり、数も答えも変えられない", async () => {
  const given = { day: "2025-09-17", places: "市のホームページ\n本庁舎" };
  await expect(publishResult(desk.office, planner.actor, given)).rejects.toThrow("締め切ってから");
  const letter = await answered();
  expect((await client.send("POST", "/api/comments/publish", given)).status).toBe(403);
  const early = await planner.post("/comments/result/publish", { ...given, day: "2025-09-08", places: "" });
  expect(early.status).toBe(422);
  expect(await early.text()).toContain("終わりより前");
  expect((await planner.post("/comments/result/publish", given)).status).toBe(303);
  expect((await planner.send("POST", "/api/comments/publish", given)).status).toBe(409);
  const html = await (await client.get("/comments/result")).text();
  expect(html).toContain("公表しました");
  expect(await (await client.get("/comments")).text()).toContain("公表済み");
  const { period, groups, opinions } = await readBook(desk.office, desk.contract);
  const [first] = period.publications;
  expect(first?.files.map(({ fileName }) => fileName.split(".").at(-1))).toEqual(
    expect.arrayContaining(["docx", "html", "xlsx"]),
  );
  for (const [at, { sha256 }] of (first?.files ?? []).entries()) {
    const bytes = new Uint8Array(await (await client.get(`/comments/published/1/${at + 1}`)).arrayBuffer());
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
  }
  const [event] = await listEvents(desk.office.read, { contract: desk.contract, limit: 1_000 }).then((all) =>
    all.filter(({ kind }) => kind === "comment.published"),
  );
  expect(JSON.stringify(event?.payload)).toContain(first?.files[0]?.sha256);
  const closed = [
    [`/api/comments/answers/${groups[0]?.id}`, { answer: "直す" }],
    [`/api/comments/opinions/${opinions[0]?.id}/code`, { code: "9" }],
    [`/api/comments/letters/${letter}/split`, { act: "mark", start: 0, end: 2 }],
    [`/api/comments/letters/${letter}/stand`, { standing: "copy", reason: "x" }],
    [`/api/comments/letters/${letter}/reopen`, {}],
    [`/api/comments/letters/${letter}/text`, { text: "打ち足す" }],
    ["/api/comments/sorted", { letters: [{ letter, opinions: [] }] }],
  ] as const;
  for (const [path, body] of closed) {
    const answer = await planner.send("POST", path, body);
    expect(answer.status, path).toBe(409);
    expect(await answer.text(), path).toContain("公表済み");
  }
  expect((await planner.post("/comments/result/withdraw", { reason: "" })).status).toBe(422);
  await planner.post("/comments/result/withdraw", { reason: "No.1 の考え方に書きまちがいがあった" });
  expect(
    (await planner.send("POST", `/api/comments/answers/${groups[0]?.id}`, { answer: "直します。" })).status,
  ).toBe(200);
  expect(await (await client.get("/comments/result")).text()).toContain("書きまちがい");
  expect((await planner.post("/comments/result/publish", given)).status).toBe(303);
  expect((await readBook(desk.office, desk.contract)).period.publications).toHaveLength(2);
});

test("３(1)(ｴ)② 伏せた言葉は、公表した Word・HTML・Excel・PDF の文にも性質にも記録にもない（soffice）", async () => {
  await answered();
  for (const format of ["docx", "html", "xlsx", "pdf"] as const) {
    const { bytes } = await makeResult(desk.office, client.actor, { format, edition: "public" });
    const text = await everything(bytes, format);
    expect(text, format).toContain("相談の場を増やしてください");
    for (const word of secrets) expect(text, `${format} ${word}`).not.toContain(word);
    expect(text, format).not.toMatch(/<w:(?:ins|del|comment)\b|<f>/);
  }
  const log = JSON.stringify(await listEvents(desk.office.read, { contract: desk.contract, limit: 1_000 }));
  for (const word of secrets) expect(log).not.toContain(word);
});

/** zip なら中のどの部分も、PDF なら文と、圧縮されていない所（性質、しおり）も。 */
async function everything(bytes: Uint8Array, format: string): Promise<string> {
  const decode = (part: Uint8Array) => new TextDecoder().decode(part);
  if (format === "html") return decode(bytes);
  if (format === "pdf") {
    const { text } = await readPdfSource(bytes);
    const raw = Buffer.from(bytes).toString("latin1");
    const named = [...raw.matchAll(/<FEFF([0-9A-F]+)>/g)].map(([, hex = ""]) =>
      Buffer.from(hex, "hex").swap16().toString("utf16le"),
    );
    return [text.replace(/\s+/g, ""), raw, ...named].join("\n");
  }
  const parts = [...openZip(bytes)].map(([name, part]) => `${name}\n${decode(part)}`).join("\n");
  return `${parts}\n${parts.replace(/<[^>]+>/g, "")}`;
}

test("３(1)(ｴ)① 同じ人・別の人は人が直せ、人数だけが変わり、通数・意見数は変わらない。氏名は開かない", async () => {
  const { letters } = await receiveLetters(desk.office, planner.actor, [
    letterOf("一", { senders: [{ name: "佐藤 清", address: "北区1", contact: "" }] }),
    letterOf("二", { channel: "mail", senders: [{ name: "佐藤 清", address: "", contact: "s@example.jp" }] }),
    letterOf("三"),
  ]);
  const [one, two, three] = letters.map((made) => made?.id);
  const counts = async () => {
    const { counts: book } = await readBook(desk.office, desk.contract);
    expect(book.faults).toEqual([]);
    return [book.total.people, book.total.letters];
  };
  expect(await counts()).toEqual([3, 3]);
  await planner.post(`/comments/letters/${two}/person`, { signer: "1", as: "第0001号", asSigner: "1" });
  expect(await counts()).toEqual([2, 3]);
  await planner.send("POST", `/api/comments/letters/${three}/person`, { as: "1" });
  expect(await counts()).toEqual([1, 3]);
  for (const as of ["9", "1"])
    expect(
      (await planner.post(`/comments/letters/${one}/person`, { signer: "1", as, asSigner: "1" })).status,
    ).toBe(422);
  await planner.post(`/comments/letters/${two}/person`, { signer: "1", as: "", asSigner: "1" });
  expect(await counts()).toEqual([2, 3]);
  expect((await client.send("POST", `/api/comments/letters/${two}/person`, { as: "1" })).status).toBe(403);
});

test("スキャンだけで届いた通は、人が見て打てる。届いたときに文のあった通は変えられない", async () => {
  const { letters } = await receiveLetters(desk.office, planner.actor, [
    letterOf("", { senders: [{ name: "佐藤 清", address: "北区1", contact: "" }] }),
    letterOf("文のある通です。"),
  ]);
  const [blank, written] = letters.map((made) => made?.id);
  expect((await planner.post(`/comments/letters/${blank}/text`, { text: " " })).status).toBe(422);
  await planner.post(`/comments/letters/${blank}/text`, { text: "佐藤清です。窓口を残してください。" });
  const { letterOf: byId } = await readBook(desk.office, desk.contract);
  expect(byId.get(blank ?? "")).toMatchObject({ text: "●●●です。窓口を残してください。", masked: false });
  for (const id of [blank, written])
    expect((await planner.send("POST", `/api/comments/letters/${id}/text`, { text: "x" })).status).toBe(409);
});

test("反映の区分は画面で改められ、答えに使った区分はなくせない", async () => {
  await answered();
  const form = (rows: readonly (readonly string[])[], needs: readonly string[]) => [
    ...rows.flatMap(([code = "", label = "", short = ""]): [string, string][] => [
      ["code", code],
      ["label", label],
      ["short", short],
    ]),
    ...needs.map((one): [string, string] => ["needs", one]),
  ];
  const post = (fields: [string, string][]) => planner.post("/comments/period/statuses", fields);
  const lost = await post(form([["ア", "修正する", "修正"]], ["0"]));
  expect(lost.status).toBe(422);
  expect(await lost.text()).toContain("区分「C」は、答えに使われています");
  expect(
    (
      await post(
        form(
          [
            ["C", "参考", "参考"],
            ["C", "二つめ", "二"],
          ],
          [],
        ),
      )
    ).status,
  ).toBe(422);
  expect(
    (
      await post(
        form(
          [
            ["ア", "案を直します", "直す"],
            ["C", "参考にします", "参考"],
            ["", "", ""],
          ],
          ["0"],
        ),
      )
    ).status,
  ).toBe(303);
  expect((await readBook(desk.office, desk.contract)).period.statuses).toEqual([
    { code: "ア", label: "案を直します", short: "直す", needsChange: true },
    { code: "C", label: "参考にします", short: "参考", needsChange: false },
  ]);
});

test("一つの意見にいくつもの分類を付けても、数は一度だけ。使った分類は一覧からなくせない", async () => {
  await answered();
  const { opinions } = await readBook(desk.office, desk.contract);
  const path = `/api/comments/opinions/${opinions[0]?.id}/code`;
  for (const body of [{ add: "1-1" }, { add: "1-2" }, { add: "2-1" }])
    expect((await planner.send("POST", path, body)).status).toBe(200);
  expect((await planner.send("POST", path, { add: "ない" })).status).toBe(422);
  const also = async () => (await readBook(desk.office, desk.contract)).opinions[0];
  expect(await also()).toMatchObject({ code: "2-1", also: ["1-1", "1-2"] });
  // 二つめを、はじめの分類にすると、二つめからは除かれる。
  await planner.send("POST", path, { code: "1-1" });
  await planner.send("POST", path, { drop: "9" });
  expect(await also()).toMatchObject({ code: "1-1", also: ["1-2"] });
  const { counts } = await readBook(desk.office, desk.contract);
  expect([counts.total.opinions, counts.bySection.map(({ opinions: n }) => n), counts.faults]).toEqual([
    1,
    [1],
    [],
  ]);
  expect(await (await client.get("/comments/map?row=1-2")).text()).toContain("あわせて付けた意見1件");
  const frame = [{ code: "1-1", title: "窓口" }];
  const lost = await planner.send("POST", "/api/comments/frame", { frame });
  expect([lost.status, await lost.text()]).toEqual([
    422,
    expect.stringContaining("分類「1-2」は、意見に付いています"),
  ]);
});
