// @engine both
import Encoding from "encoding-japanese";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAccount } from "../access/create-account.ts";
import { type Actor, type Role, systemActor } from "../base/actor.ts";
import { prepareFiling } from "../filings/prepare-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { enterLine } from "./enter-line.ts";
import { importLines, planImport } from "./import-lines.ts";
import { readLineTable } from "./line-table.ts";
import { listGates } from "./list-gates.ts";
import { listLines } from "./list-lines.ts";
import { registerOf } from "./register.ts";

let desk: TestDesk;
let privacy: Actor;

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  privacy = await hire("0103", "privacy", "三浦　修");
});
afterEach(() => desk.close());

async function hire(number: string, role: Role, name: string): Promise<Actor> {
  const { id } = await createAccount(desk.office, systemActor(desk.contract), {
    ...{ number, name },
    roles: [{ role, from: "2025-07-01" }],
  });
  return { id, contract: desk.contract, roles: [role] };
}

async function report(form: string, fields: Record<string, string>): Promise<string> {
  const { id } = await prepareFiling(desk.office, privacy, { form, fields, title: form });
  await submitFiling(desk.office, privacy, id);
  return id;
}

const utf8 = (text: string) => new TextEncoder().encode(text);

test("特記 第3条 ほかの台帳の名簿（題の行、和暦、全角、番号と氏名の列）を読み、名簿と資格になる。二度取り込んでも増えない", async () => {
  const op = await hire("0107", "operator", "佐伯　千尋");
  await hire("0108", "operator", "東海林 葵");
  const filing = await report("handler-list", {
    privacyManager: "管理課長",
    handlers: "2人",
    from: "2025-09-17",
  });
  const book = writeTableWorkbook([
    {
      name: "従事者",
      rows: [
        ["個人情報取扱従事者名簿"],
        ["令和７年９月１日現在"],
        ["№", "社員番号", "氏名", "雇用形態", "担当業務", "取扱情報", "従事開始日", "備考"],
        ["1", "０１０７", "佐伯　千尋", "正規", "電話の受付", "氏名・住所・電話番号", "令和７年９月１日", ""],
        ["2", "", "東海林葵", "派遣", "電話の受付", "氏名", "R7.9.1", ""],
        ["3", "9999", "いない　人", "正規", "電話", "氏名", "R7.9.1", ""],
        ["計", "3人"],
      ],
    },
  ]);
  const table = readLineTable(registerOf("handler"), book, "名簿.xlsx");
  expect(table.left).toEqual([
    "見出しの上の2行は、題として読みませんでした。",
    "合計・注の1行は読みませんでした。",
  ]);
  const given = { register: "handler", table, filing };
  const first = await planImport(desk.office, privacy, { ...given, filing: undefined });
  expect(first.faults.map((one) => one.field)).toEqual(["filing"]);
  const map = { ...first.map, values: { flowdown: "誓約書と研修" } };
  const plan = await planImport(desk.office, privacy, { ...given, map });
  expect(plan.rows.map((row) => row.state)).toEqual(["new", "new", "fault"]);
  expect(plan.rows[0]?.fields).toMatchObject({ handler: op.id, employment: "regular", from: "2025-09-01" });
  const made = await importLines(desk.office, privacy, { ...given, map });
  expect(made).toMatchObject({ made: 2, same: 0, faults: 1 });
  const lines = await listLines(desk.office, privacy, "handler");
  expect(lines.map((line) => line.shown.employment).sort()).toEqual(["正社員（直接雇用）", "派遣労働者"]);
  const gate = (await listGates(desk.office, desk.contract)).find((one) => one.number === "0107");
  expect(gate?.missing).not.toContain("listed");
  const again = await planImport(desk.office, privacy, { ...given, map });
  expect(again.rows.map((row) => row.state)).toEqual(["same", "same", "fault"]);
  await expect(importLines(desk.office, privacy, { ...given, map })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});

test("基準4(2) カードリーダーの書き出し（Shift_JIS、入室と退室が別の行、断られた行）を、入った時と出た時の一行にする", async () => {
  const filing = await report("area-report", { area: "事務室", measures: "施錠", from: "2025-09-17" });
  await enterLine(desk.office, privacy, {
    ...{ register: "area", filing },
    fields: {
      name: "事務室",
      place: "3階",
      wall: "壁",
      lock: "電気錠",
      entrants: "全員",
      authentication: "暗証は月ごと",
    },
  });
  const log = [
    "日時,カード番号,氏名,扉,入退,結果",
    "2025/09/16 08:55:12,000123,佐伯千尋,事務室,入室,OK",
    "2025/09/16 08:56:01,000124,東海林葵,事務室,入室,OK",
    "2025/09/16 08:57:40,000999,,事務室,入室,拒否",
    "2025/09/16 12:01:05,000123,佐伯千尋,事務室,退室,OK",
    "2025/09/16 12:50:00,000123,佐伯千尋,事務室,入室,OK",
    "2025/09/16 17:31:09,000123,佐伯千尋,事務室,退室,OK",
    "2025/09/16 18:00:00,000125,夜間,事務室,退室,OK",
  ].join("\r\n");
  const sjis = new Uint8Array(Encoding.convert(Encoding.stringToCode(log), { to: "SJIS", from: "UNICODE" }));
  const table = readLineTable(registerOf("entry"), sjis, "20250916.csv");
  expect(table.left).toEqual([
    "断られた入室や、入退室でない1行は読みませんでした。",
    "入室の記録のない退室が1行あります。カードリーダーの記録をご確認ください。",
    "退室の記録のない入室が1行あります。在室中として書きます。",
  ]);
  const given = { register: "entry", table };
  const { map } = await planImport(desk.office, privacy, given);
  const values = { kind: "handler", purpose: "業務" };
  const made = await importLines(desk.office, privacy, { ...given, map: { ...map, values } });
  expect(made).toEqual({ made: 3, closed: 2, same: 0, faults: 0 });
  const lines = await listLines(desk.office, privacy, "entry");
  expect(lines.map((line) => [line.values.day, line.values.in, line.closing.out ?? ""]).sort()).toEqual([
    ["2025-09-16", "08:55", "12:01"],
    ["2025-09-16", "08:56", ""],
    ["2025-09-16", "12:50", "17:31"],
  ]);
  expect(lines.every((line) => line.shown.area?.includes("事務室"))).toBe(true);
  const doors = {
    ...table,
    rows: table.rows.map((row) => row.map((text) => (text === "事務室" ? "ドア０１" : text))),
  };
  const other = { ...given, table: doors };
  const open = await planImport(desk.office, privacy, { ...other, map: { ...map, values } });
  expect(open.rows.map((row) => row.faults.map((one) => one.field))).toEqual([
    ["f.area"],
    ["f.area"],
    ["f.area"],
  ]);
  const area = lines[0]?.values.area ?? "";
  const chosen = await planImport(desk.office, privacy, {
    ...other,
    map: { ...map, values: { ...values, area } },
  });
  expect(chosen.rows.map((row) => row.state)).toEqual(["same", "same", "same"]);
});

test("特記 第5条 研修の出席表は、点と日をそろえて受講になり、来ていない日・知らない研修・同じ氏名は断る", async () => {
  await hire("0107", "operator", "佐藤　花");
  await hire("0108", "operator", "佐藤　花");
  await hire("0109", "operator", "鈴木　海");
  await enterLine(desk.office, privacy, {
    register: "course",
    fields: { name: "着手前の研修", day: "2025-09-10", content: "特記事項", system: "保護管理者" },
  });
  const rows = [
    ["受講者", "研修名", "受講日", "テスト得点"],
    ["鈴木　海", "着手前の研修", "9月10日", "90点"],
    ["佐藤花", "着手前の研修", "9月10日", "100"],
    ["0108", "別の研修", "9月10日", "100"],
    ["0107", "着手前の研修", "2099/1/1", "100"],
  ];
  const table = readLineTable(registerOf("attendance"), writeTableWorkbook([{ name: "a", rows }]), "a.xlsx");
  const plan = await planImport(desk.office, privacy, { register: "attendance", table });
  expect(plan.rows.map((row) => row.state)).toEqual(["new", "fault", "fault", "fault"]);
  expect(plan.rows.map((row) => row.faults[0]?.field)).toEqual([undefined, "f.handler", "f.course", "f.day"]);
  await importLines(desk.office, privacy, { register: "attendance", table });
  const gate = (await listGates(desk.office, desk.contract)).find((one) => one.number === "0109");
  expect(gate?.missing).not.toContain("trained");
});

test("写しか承認の要る帳簿はまとめて取り込めず、役割のない人は断られ、読めない表は一文で言う", async () => {
  const table = { heads: ["従業者"], rows: [["0103"]], left: [] };
  await expect(planImport(desk.office, privacy, { register: "pledge", table })).rejects.toMatchObject({
    code: "REFUSED",
  });
  const op = await hire("0107", "operator", "佐伯　千尋");
  await expect(planImport(desk.office, op, { register: "handler", table })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect(() => readLineTable(registerOf("entry"), utf8("%PDF-1.7"), "a.pdf")).toThrow(
    expect.objectContaining({ code: "BAD_INPUT" }),
  );
  const empty = readLineTable(registerOf("entry"), utf8("備考\r\n\r\n"), "a.csv");
  await expect(importLines(desk.office, privacy, { register: "entry", table: empty })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});

test("基準4(2) 日と時刻が別の列の記録、英語の見出しの記録、来客簿も読む", () => {
  const read = (lines: string[]) => readLineTable(registerOf("entry"), utf8(lines.join("\n")), "a.csv");
  const split = read([
    "No.,年月日,時分,区分,社員コード,氏名,リーダー名",
    "1,20250110,8:55,入,0107,佐伯,執務室",
    "2,20250110,12:00,出,0107,佐伯,執務室",
    "3,20250110,23:50,入,0108,東海林,執務室",
    "4,20250111,0:10,出,0108,東海林,執務室",
  ]);
  expect(split.rows.map((row) => row.slice(0, 2))).toEqual([
    ["2025-01-10 8:55", "2025-01-10 12:00"],
    ["2025-01-10 23:50", "2025-01-11 0:10"],
  ]);
  const english = read([
    "Date,Time,User,Door,Direction",
    "2025-01-10,08:55:12,Wang,Office,IN",
    "2025-01-10,17:00:00,Wang,Office,OUT",
  ]);
  expect(english.rows).toEqual([["2025-01-10 08:55:12", "2025-01-10 17:00:00", "Wang", "Office"]]);
  const visit = read([
    "入室日,入室時刻,退室時刻,入室者氏名,用件",
    "令和7年1月10日,9時05分,11:20,山本 一,清掃",
  ]);
  expect(visit).toMatchObject({
    left: [],
    rows: [["令和7年1月10日", "9時05分", "11:20", "山本 一", "清掃"]],
  });
});
