import { describe, expect, test } from "vitest";
import { readCsv } from "../office/csv-reader.ts";
import { type Cell, refOf, type Table } from "../office/table.ts";
import { readNoticeList } from "./notice-list.ts";

const fields = ["氏名", "住所１", "受講日", "会場"].map((name) => ({ name, literal: false }));

function csv(text: string): Table {
  return readCsv(new TextEncoder().encode(text), "一覧");
}

function sheet(name: string, rows: (string | { text: string; mergedFrom: string })[][]): Table {
  return {
    name,
    rows: rows.map((row, at) =>
      row.map((value, column): Cell => {
        const cell = typeof value === "string" ? { text: value } : value;
        return { ...cell, kind: cell.text ? "text" : "empty", ref: refOf(at, column) };
      }),
    ),
  };
}

const texts = (list: { rows: { text: string }[][] }) =>
  list.rows.map((row) => row.map((value) => value.text));

describe("一覧を読む", () => {
  test("全角半角や空白の違う見出しを同じとみなし、使わない見出しと足りない項目を挙げる", () => {
    const list = readNoticeList(
      [csv("備考,氏 名,住所1,受講日\nx,甲,北１条,2025/8/5\n\n,乙,北２条,2025/8/6\n")],
      fields,
    );
    expect(list.columns).toEqual(["氏名", "住所１", "受講日"]);
    expect(texts(list)).toEqual([
      ["甲", "北１条", "2025/8/5"],
      ["乙", "北２条", "2025/8/6"],
    ]);
    expect([list.missing, list.unused]).toEqual([["会場"], ["備考"]]);
    expect(list.places).toEqual(["一覧!2", "一覧!4"]);
  });

  test("同じ名前の見出しがあれば、似た呼び名より先に使う", () => {
    const list = readNoticeList([csv("お名前,氏名,住所１,受講日,会場\n違う人,甲,北,8/5,館\n")], fields);
    expect(texts(list)[0]).toEqual(["甲", "北", "8/5", "館"]);
    expect(list.warnings).toEqual([]);
  });

  test("同じ名前がなければ、同じ意味の呼び名の列を使って、そう知らせる", () => {
    const list = readNoticeList([csv("お名前,住所,開催日,場所\n甲,北１条,8/5,北館\n")], fields);
    expect(texts(list)).toEqual([["甲", "北１条", "8/5", "北館"]]);
    expect(list.warnings).toHaveLength(4);
    expect(list.warnings[0]).toContain("お名前");
  });

  test("同じ意味の列が二つあるときは、勝手に選ばない", () => {
    expect(readNoticeList([csv("お名前,宛名,住所１\n甲,乙,北\n")], fields).missing).toContain("氏名");
  });

  test("題名や二段の見出しの下から読み、結合した注意書きと氏名のない行を人にしない", () => {
    const down = (text: string, mergedFrom: string) => ({ text, mergedFrom });
    const list = readNoticeList(
      [
        sheet("予約者", [
          ["予約者リスト", down("予約者リスト", "A1"), down("予約者リスト", "A1")],
          ["会場", "", "北区民センター"],
          ["番号", "氏名", "住所１"],
          [down("番号", "A3"), down("氏名", "B3"), down("住所１", "C3")],
          ["1", "甲", "北１条"],
          ["2", "", ""],
          ["3", "", "北３条"],
          ["注意", down("注意", "A8"), down("注意", "A8")].map((cell, at) => (at === 0 ? cell : cell)),
        ]),
      ],
      fields,
    );
    expect(texts(list)).toEqual([["甲", "北１条", "北区民センター"]]);
    expect(list.warnings.join()).toMatch(/C2 の値.*全員/);
    expect(list.warnings.join()).toMatch(/氏名のない行が 1 行あります（7 行目）/);
  });

  test("見出しの合うシートを全部読み、関係のないシートと隠しシートは読まない", () => {
    const head = ["氏名", "住所１", "受講日", "会場"];
    const tables = [
      sheet("8月", [head, ["甲", "北", "8/5", "館"]]),
      sheet("会場一覧", [
        ["会場", "電話"],
        ["館", "1"],
      ]),
      sheet("9月", [head, ["乙", "南", "9/5", "館"], head]),
      { ...sheet("控え", [head, ["丙", "東", "", ""]]), hidden: true },
    ];
    const list = readNoticeList(tables, fields);
    expect(texts(list).map((row) => row[0])).toEqual(["甲", "乙"]);
    expect(list.warnings[0]).toContain("8月 1人、9月 1人");
    expect(texts(readNoticeList(tables, fields, "9月")).map((row) => row[0])).toEqual(["乙"]);
    expect(() => readNoticeList(tables, fields, "10月")).toThrow(/シートがありません/);
  });

  test("取消の人と隠れた行を知らせる", () => {
    const table = {
      ...sheet("予約", [
        ["氏名", "住所１", "状態"],
        ["甲", "北", "取消"],
        ["乙", "南", "確定"],
      ]),
      hiddenRows: [3],
    };
    expect(readNoticeList([table], fields).warnings.join()).toMatch(/隠れている行.*1 人.*取消.*1 人/s);
  });

  test("見出しが合わないときは、人の名前を漏らさずに断る", () => {
    const failing = () => readNoticeList([csv("山田太郎,札幌市\n鈴木花子,小樽市\n")], fields);
    expect(failing).toThrow(/氏名、住所１、受講日、会場/);
    expect(failing).not.toThrow(/山田|鈴木/);
    expect(() => readNoticeList([csv("氏名,住所１\n")], fields)).toThrow(/人がいません/);
  });
});
