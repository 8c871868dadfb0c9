// @engine both
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readTables } from "../office/table-reader.ts";
import { openProtectedFile } from "../office/verify-protected-file.ts";
import type { CommandIo } from "../platform/command.ts";
import { answersOf, hireForCommand, permitExport, qualify } from "../testing/command-handler.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { listClasses } from "./class-store.ts";
import { receptionCommands } from "./reception-command.ts";
import { previewTemplate, registerTemplate } from "./register-template.ts";
import { takeBooking } from "./take-booking.ts";

const template = readFileSync(join(import.meta.dirname, "../testing/booking-list-template.xlsx"));
const hand = { sentOn: async (_office: unknown, _contract: string) => sent };
let sent = new Map<string, string>();
let desk: TestDesk | undefined;
afterEach(async () => {
  await desk?.close();
  desk = undefined;
});

/** コマンドを一つ動かし、結果と、書いたファイルを返す。 */
async function run(
  name: string,
  given: { args?: string[]; options?: Record<string, string | true>; files?: Record<string, Uint8Array> },
) {
  const { args = [], options = {}, files = {} } = given;
  const written = new Map<string, Uint8Array>();
  let value: unknown;
  const io: CommandIo = {
    args,
    option: (key) => (typeof options[key] === "string" ? options[key] : undefined),
    options: () => [],
    flag: (key) => options[key] === true,
    result: (result) => {
      value = result;
    },
    progress: () => {},
    secret: async (question) => (desk ? answersOf(desk)(question) : ""),
    readFile: async (path) => files[path] ?? new Uint8Array(),
    writeFile: async (path, bytes) => {
      written.set(path, bytes);
    },
    office: async () => {
      if (!desk) throw new Error("this command needs no office");
      return desk.office;
    },
    signal: new AbortController().signal,
  };
  await receptionCommands(hand)
    .find((command) => command.name === name)
    ?.run(io);
  return { value, written };
}

test("６(2)イ lists fill は事務所なしで、名簿を講習会ごとのシートに書く", async () => {
  const list = Buffer.from(
    "受付番号,氏名,フリガナ,電話番号,会場,日時,講座\n1,髙橋　次郎,タカハシ ジロウ,0110000001,北会館,2025-10-01 10:00,入門\n2,=1+1,テスト,0110000002,南会館,2025-10-02 10:00,入門\n",
  );
  const { value, written } = await run("lists fill", {
    options: { template: "t.xlsx", list: "l.csv", out: "o.xlsx" },
    files: { "t.xlsx": template, "l.csv": list },
  });
  expect(value).toMatchObject({ rows: 2, sheets: 2 });
  const sheets = readTables(written.get("o.xlsx") ?? new Uint8Array(), "o.xlsx").filter(
    (sheet) => !sheet.hidden,
  );
  const text = sheets.map((sheet) =>
    sheet.rows
      .flat()
      .map((cell) => cell.text)
      .join("|"),
  );
  expect(text[0]).toContain("髙橋　次郎");
  expect(text[0]).toContain("0110000001");
  expect(text[1]).toContain("=1+1");
});

test("書き出し先のない lists fill は、読む前に断る", async () => {
  await expect(run("lists fill", { options: { template: "t.xlsx", list: "l.csv" } })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});

test("６(2)ア classes import は、見るだけもでき、同じファイルの二度目は何も変えない", async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("sv", "supervisor"), []);
  const csv = Buffer.from(
    "開催日,開始,終了,会場,講座名,定員\n2025-10-08,10:00,11:30,北区民センター,応用,12\n2025-10-99,10:00,11:30,北区民センター,応用,12\n",
  );
  const files = { "日程.csv": csv };
  const seen = await run("classes import", { args: ["日程.csv"], options: { preview: true }, files });
  expect(seen.value).toMatchObject({ preview: { added: 1, changed: 0 }, errors: [{ cell: "A3" }] });
  expect(await listClasses(desk.office.read, desk.contract)).toEqual([]);
  const first = await run("classes import", { args: ["日程.csv"], files });
  expect(first.value).toMatchObject({ added: 1, unchanged: 0 });
  const again = await run("classes import", { args: ["日程.csv"], files });
  expect(again.value).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
  const other = run("classes import", { args: ["日程.csv"], options: { contract: "ほか" }, files });
  await expect(other).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test("６(2)イ 特記 第3条・第11条 lists make は、資格と許可のある従業者だけが、登録した様式で期のリストを作れる", async () => {
  desk = await openDesk();
  const sv = desk.actor("sv", "supervisor");
  await openReception(desk.office, sv, [{ id: "a", capacity: 5 }]);
  sent = new Map([[(await takeBooking(desk.office, sv, caller(1, "a"))).id, "2025-09-18"]]);
  const { token } = await previewTemplate(desk.office, sv, { fileName: "様式.xlsx", bytes: template });
  await registerTemplate(desk.office, sv, token);
  const staff = await hireForCommand(desk, "0105", "supervisor");
  const as = "0105";
  const asked = { options: { as, purpose: "venue", term: "2", out: "o.xlsx" } };
  // 画面と同じ関門: 資格がなければ、許可がなければ、一人も書き出せない。
  const refusal = (text: string) => ({ code: "FORBIDDEN", message: expect.stringContaining(text) });
  await expect(run("lists make", { options: { ...asked.options, as: "" } })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  await expect(run("lists make", asked)).rejects.toMatchObject(refusal("従業者名簿"));
  await qualify(desk, staff);
  await expect(run("lists make", asked)).rejects.toMatchObject(refusal("許可"));
  expect((await desk.events()).filter((kind) => kind === "list.made")).toEqual([]);
  await permitExport(desk);
  const { value, written } = await run("lists make", asked);
  expect(value).toMatchObject({ rows: 1, sheets: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const cells = readTables(written.get("o.xlsx") ?? new Uint8Array(), "o.xlsx").flatMap((sheet) =>
    sheet.rows.flat(),
  );
  expect(cells.some((cell) => cell.iso?.startsWith("2025-09-18"))).toBe(true);
  // 委託者へ渡すものは、相手を言い、パスワード付きになる。
  const nobody = run("lists make", { options: { as, purpose: "deliver", term: "2", out: "d.xlsx" } });
  await expect(nobody).rejects.toMatchObject({ code: "BAD_INPUT" });
  const given = await run("lists make", {
    options: { as, purpose: "deliver", recipient: "デジタル推進課", term: "2", out: "d.xlsx" },
  });
  const { password } = given.value as { password: string };
  expect(openProtectedFile(given.written.get("d.xlsx") ?? new Uint8Array(), password).length).toBeGreaterThan(
    1,
  );
});
