import Encoding from "encoding-japanese";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { addDays, weekdayName } from "../japan/day.ts";
import { formatWareki } from "../japan/wareki.ts";
import { type FixtureCell, serialOf, sheetOf, xlsxOf } from "../testing/sheet-fixture.ts";
import type { ClassRow, ClassSchedule } from "./class.ts";
import { readClassFile } from "./read-class-file.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const sjis = (text: string) =>
  new Uint8Array(Encoding.convert(Encoding.stringToCode(text), { to: "SJIS", from: "UNICODE" }));
const date = (iso: string, format = 'm"月"d"日"(aaa)') => ({ value: serialOf(iso), format });
const time = (text: string) => ({
  value: (Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) / 1440,
  format: "h:mm",
});
const brief = (schedule: ClassSchedule) =>
  schedule.classes.map((row) =>
    [row.date, row.start, row.end, row.venue, row.course, row.capacity].join(" "),
  );
const faults = (schedule: ClassSchedule) =>
  schedule.errors.map((error) => `${error.cell} ${error.message.slice(0, 9)}`);
const list = (rows: FixtureCell[][], merges: string[] = []) =>
  readClassFile(sheetOf(rows, { merges }), "日程.xlsx");
const csv = (text: string, name = "日程.csv") => readClassFile(utf8(text), name);

describe("6(2)ア 市ごとの日程表の形", () => {
  test("見出しの名前と順は自由。Shift_JIS の CSV も同じに読む", () => {
    const text =
      "募集人数,講習名,開催場所,所在地,行政区,種別,持ち物,問合せ先,終了時刻,開始時刻,実施日\r\n" +
      "１０名,スマホ入門,中央区民センター,中央区南2条西10丁目,中央区,講習会,スマートフォン,デジタル推進課 ０１１－２１１－００００,11時30分,10時,令和7年8月5日（火）\r\n";
    const read = readClassFile(sjis(text), "a.csv");
    expect(read).toEqual(csv(text));
    expect(read.errors).toEqual([]);
    expect(read.classes).toEqual([
      {
        date: "2025-08-05",
        start: "10:00",
        end: "11:30",
        venue: "中央区民センター",
        venueAddress: "中央区南2条西10丁目",
        ward: "中央区",
        course: "スマホ入門",
        kind: "講習会",
        bring: "スマートフォン",
        phone: "011-211-0000",
        contact: "デジタル推進課 ０１１－２１１－００００",
        capacity: 10,
        source: { cell: "A2" },
      },
    ]);
  });

  test("表題、二段で結合した見出し、〃、合計の行、表の下の注。年度は表題から（1〜3月は翌年）", () => {
    const read = list(
      [
        ["令和７年度　スマートフォン講習会　日程表（10月以降実施分）", null, null, null, null, null, null],
        ["No.", "日程", "時間", "会場", null, "定員", "備考"],
        [null, null, null, "名称", "所在地", null, null],
        [
          "1",
          "10月7日（火）",
          "10時00分～11時30分",
          "中央区民センター",
          "中央区南２条西10丁目",
          "各10人",
          "",
        ],
        ["2", "〃", "１３：３０～１５：００", "〃", "同上", "〃", ""],
        ["3", "1月13日（火）", "午前10時～正午", "東区民センター", "東区北11条東7丁目", "10", "駐車場なし"],
        ["合計", "", "", "", "", "30", ""],
        ["※持ち物：スマートフォン、筆記用具"],
        ["※定員に達し次第締め切ります。"],
      ],
      ["A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "G2:G3"],
    );
    expect(read.errors).toEqual([]);
    expect(brief(read)).toEqual([
      "2025-10-07 10:00 11:30 中央区民センター スマートフォン講習会 10",
      "2025-10-07 13:30 15:00 中央区民センター スマートフォン講習会 10",
      "2026-01-13 10:00 12:00 東区民センター スマートフォン講習会 10",
    ]);
    expect(read.classes[1]).toMatchObject({
      venueAddress: "中央区南２条西10丁目",
      bring: "スマートフォン、筆記用具",
      number: "2",
    });
    expect(read.notes.join("\n")).toMatch(/年は、表題の「令和7年度」から補いました（B4 ほか 2 か所）/);
    expect(read.notes.join("\n")).toContain("講座名は A1 の「スマートフォン講習会」から");
  });

  test("Excel の日付と時刻、縦に結合した会場、別の列の曜日", () => {
    const read = list(
      [
        ["会　場", "実施日", "曜日", "開始\n時刻", "終了\n時刻", "コース", "定員\n（名）"],
        ["清田区民センター", date("2025-08-05"), "火", time("10:00"), time("11:30"), "入門", 15],
        [
          null,
          date("2025-08-06", "[$-411]ge.m.d"),
          "水",
          time("13:00"),
          time("14:30"),
          "応用",
          { value: 8, format: '0"名"' },
        ],
      ],
      ["A2:A3"],
    );
    expect(read.errors).toEqual([]);
    expect(brief(read)).toEqual([
      "2025-08-05 10:00 11:30 清田区民センター 入門 15",
      "2025-08-06 13:00 14:30 清田区民センター 応用 8",
    ]);
  });

  test("午前の部・午後の部の列、①② を一つの欄に書いたものは、枠ごとに分ける", () => {
    const read = list(
      [
        ["R7年度 スマホ教室", null, null, null, null, null],
        ["月日", "会場", "午前の部", null, "午後の部", null],
        [null, null, "時間", "定員", "時間", "定員"],
        ["8/5(火)", "中央", "10:00～11:30", "10", "1:30～3:00", "8"],
        ["8/6(水)", "北", "10:00～11:30", "10", "－", "－"],
      ],
      ["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"],
    );
    expect([read.errors, brief(read)]).toEqual([
      [],
      [
        "2025-08-05 10:00 11:30 中央 スマホ教室 10",
        "2025-08-05 13:30 15:00 中央 スマホ教室 8",
        "2025-08-06 10:00 11:30 北 スマホ教室 10",
      ],
    ]);
    const marked = csv(
      "実施日,場所,講座,時間,定員\n令和7年9月2日,西,入門,①10:00～11:30 ②13:30～15:00,各10名\n令和7年9月3日,西,①入門 ②応用,①10:00～11:30 ②13:30～15:00,①10名 ②8名\n",
    );
    expect([marked.errors, brief(marked)]).toEqual([
      [],
      [
        "2025-09-02 10:00 11:30 西 入門 10",
        "2025-09-02 13:30 15:00 西 入門 10",
        "2025-09-03 10:00 11:30 西 入門 10",
        "2025-09-03 13:30 15:00 西 応用 8",
      ],
    ]);
  });

  test("定員が講習会と相談会の列に分かれる", () => {
    const read = list(
      [
        ["会場", "日時", "講座", "定員", null],
        [null, null, null, "講習会", "相談会"],
        ["中央", "令和7年8月5日(火) 10:00～11:30", "スマホ", 10, 4],
      ],
      ["A1:A2", "B1:B2", "C1:C2", "D1:E1"],
    );
    expect(read.classes.map((row) => [row.kind, row.capacity])).toEqual([
      ["講習会", 10],
      ["相談会", 4],
    ]);
  });

  test.each([
    [
      "日付が横、会場が縦、ます目に時間帯",
      [
        ["令和7年度 スマホ相談会"],
        ["会場", "8月5日(火)", "8月6日(水)"],
        ["中央", "10:00～11:30", "×"],
        ["北", "", "10:00～11:30\n13:00～14:30"],
        ["定員は各回10名"],
      ],
      [],
    ],
    [
      "日付が縦、会場が横",
      [
        ["2025年8月 スマホ相談会"],
        ["", "中央", "北"],
        ["8月5日", "10:00～11:30", ""],
        ["8月6日", "－", "10:00～11:30、13:00～14:30"],
        ["※定員10名"],
      ],
      [],
    ],
    [
      "日付と時間帯が横に二段、ます目に ○",
      [
        ["令和7年8月 スマホ相談会"],
        ["会場", "8月5日(火)", "8月6日(水)", null],
        [null, "10:00～11:30", "10:00～11:30", "13:00～14:30"],
        ["中央", "○", "", ""],
        ["北", "", "○", "●"],
        ["定員：10名"],
      ],
      ["A2:A3", "C2:D2"],
    ],
    [
      "時間帯が横、日付が縦、ます目に会場",
      [
        ["令和7年度 スマホ相談会"],
        ["日付", "10:00～11:30", "13:00～14:30"],
        ["8/5（火）", "中央", ""],
        ["8/6（水）", "北", "北"],
        ["定員：10名"],
      ],
      [],
    ],
  ] as [string, FixtureCell[][], string[]][])("縦横の表: %s", (_, rows, merges) => {
    const read = list(rows, merges);
    expect(read.errors).toEqual([]);
    expect(brief(read).sort()).toEqual([
      "2025-08-05 10:00 11:30 中央 スマホ相談会 10",
      "2025-08-06 10:00 11:30 北 スマホ相談会 10",
      "2025-08-06 13:00 14:30 北 スマホ相談会 10",
    ]);
  });

  test("見出しが縦に並ぶ表、一枠ずつの札、横に二つ並んだ表", () => {
    const expected = ["2025-08-05 10:00 11:30 中央 入門 10", "2025-08-12 10:00 11:30 北 応用 12"];
    const turned = list([
      ["開催日", "令和7年8月5日", "令和7年8月12日"],
      ["時間", "10:00～11:30", "10:00～11:30"],
      ["会場", "中央", "北"],
      ["講座名", "入門", "応用"],
      ["定員", "10名", "12名"],
    ]);
    const cards = list([
      ["講座名", "入門"],
      ["日時", "令和7年8月5日（火）10:00～11:30"],
      ["会場", "中央"],
      ["定員", "10名"],
      [],
      ["講座名", "応用"],
      ["日時", "令和7年8月12日（火）10:00～11:30"],
      ["会場", "北"],
      ["定員", "12名"],
    ]);
    const head = ["No", "日付", "時間", "会場", "講座", "定員"];
    const beside = list([
      [...head, null, ...head],
      [1, "R7.8.5", "10:00～11:30", "中央", "入門", 10, null, 2, "R7.8.12", "10:00～11:30", "北", "応用", 12],
    ]);
    for (const read of [turned, cards, beside]) expect([read.errors, brief(read)]).toEqual([[], expected]);
  });

  test("講座が横に並び、ます目に日時がある表。二段目が知らない名前だけのこともある", () => {
    const expected = ["2025-08-05 10:00 11:30 中央 LINE 10", "2025-08-07 13:30 15:00 中央 カメラ 10"];
    const grouped = list(
      [
        ["令和7年度 スマホ講習会日程表"],
        ["会場", "講座名", null, null, "定員"],
        [null, "LINE", "入門", "カメラ", null],
        ["中央", "8月5日(火) 10:00～11:30", "－", "8月7日(木)\n13:30～15:00", "10名"],
      ],
      ["B2:D2", "A2:A3", "E2:E3"],
    );
    const flat = csv(
      "令和7年度,,,\n会場,講座名,,,定員\n,LINE,入門,カメラ,\n中央,8/5(火) 10時～11時半,,8/7(木) 13時半～15時,10\n",
    );
    const named = list([
      ["令和7年度"],
      ["区", "会場", "講座①入門", "講座②LINE", "定員"],
      ["中央区", "中央", "8/5(火)\n10:00～11:30", "8/12(火)\n10:00～11:30", 10],
    ]);
    expect([grouped.errors, brief(grouped)]).toEqual([[], expected]);
    expect([flat.errors, brief(flat)]).toEqual([[], expected]);
    expect(named.classes.map((row) => row.course)).toEqual(["講座①入門", "講座②LINE"]);
  });

  test("第1回・第2回の日付の列、会場の括弧の中の定員、知らない見出しの日付の列", () => {
    const rounds = csv(
      "令和7年度 連続講座（全2回）\n会場,講座名,第1回,第2回,時間,定員\n中央,入門,8/5(火),8/12(火),10:00～11:30,10\n",
    );
    expect([rounds.errors, rounds.classes.map((row) => row.date)]).toEqual([
      [],
      ["2025-08-05", "2025-08-12"],
    ]);
    const seats = csv(
      "やる日,時間,会場（定員）,コース\n令和7年11月3日（月・祝）,10時～12時,中央区民センター（20名）,A\n",
    );
    expect([seats.errors, brief(seats)]).toEqual([[], ["2025-11-03 10:00 12:00 中央区民センター A 20"]]);
  });

  test("区や日付の区切りの行、くり返す見出し、会場の欄の中の住所", () => {
    const read = list([
      ["令和７年度デジタル活用支援講習会"],
      ["【中央区】"],
      ["開催日時", "会場", "講座", "定員"],
      ["8月5日（火） 10:00～11:30", "中央区民センター（中央区南2条西10丁目）", "入門", 10],
      ["【北区】"],
      ["開催日時", "会場", "講座", "定員"],
      ["8月6日（水） 午後1時30分～3時", "北区民センター\n北区北25条西6丁目", "入門", 10],
    ]);
    expect(read.errors).toEqual([]);
    expect(read.classes.map((row) => [row.ward, row.venue, row.venueAddress])).toEqual([
      ["中央区", "中央区民センター", "中央区南2条西10丁目"],
      ["北区", "北区民センター", "北区北25条西6丁目"],
    ]);
    const dated = list([
      ["令和7年度 スマホ講座"],
      ["時間", "会場", "定員"],
      ["8月5日（火）"],
      ["10:00～11:30", "中央", 10],
      ["13:30～15:00", "北", 10],
      ["8月6日（水）"],
      ["10:00～11:30", "中央", 10],
    ]);
    expect(dated.classes.map((row) => row.date)).toEqual(["2025-08-05", "2025-08-05", "2025-08-06"]);
  });

  test("結合の消えた CSV: 上段の空欄の見出し、最初の行だけの会場、～ だけの列", () => {
    const read = csv(
      "令和7年度,,,,,,\nNo,日時,,,,会場,定員\n,月日,開始,,終了,,\n1,8月5日(火),10:00,～,11:30,中央,10\n2,8月6日(水),10:00,～,11:30,,10\n3,8月7日(木),10:00,～,11:30,,10\n4,8月8日(金),10:00,～,11:30,北,10\n講座名：スマホ入門,,,,,,\n",
    );
    expect([read.errors, brief(read).map((row) => row.split(" ")[3])]).toEqual([
      [],
      ["中央", "中央", "中央", "北"],
    ]);
    expect(read.notes.join("\n")).toContain("空欄の会場は、上の行を引き継ぎました（F5 ほか 1 か所）");
  });

  test("シートごとの区と月、隠しシート、日程表でないシート、ファイル名の年度", () => {
    const head = ["日", "時間", "会場", "講座", "定員"];
    const read = readClassFile(
      xlsxOf([
        { name: "8月", rows: [head, [5, "10:00～11:30", "中央", "入門", 10]] },
        { name: "９月分", rows: [head, ["6日(土)", "10:00～11:30", "中央", "入門", 10]] },
        { name: "旧", hidden: true, rows: [head, [7, "10:00～11:30", "中央", "入門", 10]] },
        { name: "メモ", rows: [["連絡事項"]] },
      ]),
      "令和7年度_日程.xlsx",
    );
    expect([read.errors, brief(read)]).toEqual([
      [],
      ["2025-08-05 10:00 11:30 中央 入門 10", "2025-09-06 10:00 11:30 中央 入門 10"],
    ]);
    expect(read.classes[1]?.source).toEqual({ sheet: "９月分", cell: "A2" });
    expect(read.notes.join("\n")).toMatch(
      /隠れたシート「旧」は読みませんでした[\s\S]*シート「メモ」には日程表が見つからない/,
    );
  });

  test("書式の消えた通し番号、0:00:00 付きの日付、4桁の時刻、所要時間", () => {
    const read = csv(
      "開催日,開始,終了,会場,コース,定員\n45874,0.416666666666667,0.479166666666667,中央,入門,10\n2025/8/6 0:00:00,10:00:00,11:30:00,中央,入門,10\n20250807,1000,1130,中央,入門,10\n",
    );
    expect([read.errors, read.classes.map((row) => [row.date, row.start, row.end].join(" "))]).toEqual([
      [],
      ["2025-08-05 10:00 11:30", "2025-08-06 10:00 11:30", "2025-08-07 10:00 11:30"],
    ]);
    const long = csv("開催日,開始,所要時間,会場,講座,定員\n2025/8/5,10:00,90分,中央,入門,10\n");
    expect(long.classes[0]?.end).toBe("11:30");
  });
});

describe("直すところをます目で言う", () => {
  test("ない日、曜日違い、終わりが先、人数でない定員、欠け、重なり、未定", () => {
    const read = list([
      ["開催日", "時間", "会場", "講座名", "定員"],
      ["令和7年2月30日", "10:00～11:30", "中央", "入門", 10],
      ["令和7年8月5日（水）", "10:00～11:30", "中央", "入門", 10],
      ["令和7年8月6日", "11:30～10:00", "中央", "入門", "若干名"],
      ["令和7年8月7日", "あさ", null, "", "0"],
      ["令和7年8月8日", "10:00～11:30", "中央", "入門", 10],
      ["令和7年8月8日", "10：00～11：30", "中 央", "入門", 10],
      ["", "10:00～", "中央", "入門", 10],
      ["令和7年8月9日", "未定", "調整中", "入門", 10],
    ]);
    expect(faults(read)).toEqual([
      "A2 2025年2月30",
      "A3 曜日が合いません。",
      "B4 終わりの時刻が始ま",
      "E4 定員が人数として読",
      "B5 時間が読めません。",
      "C5 会場がありません。",
      "D5 講座名がありません",
      "E5 定員が人数として読",
      "A7 同じ日時・会場・講",
      "A8 日付がありません。",
      "B8 終わりの時刻があり",
      "B9 時間が決まっていま",
      "C9 会場が決まっていま",
    ]);
    expect(read.errors.every((error) => error.sheet === "Sheet1")).toBe(true);
    expect(brief(read)).toEqual(["2025-08-08 10:00 11:30 中央 入門 10"]);
  });

  test("期の外の日は誤り。表題の年度・「○月以降」の外も誤り", () => {
    const text =
      "令和7年度 スマホ講習会（8月以降実施分）\n日程,時間,会場,定員\n7月31日,10:00～11:30,中央,10\n8月1日,10:00～11:30,中央,10\n令和8年4月1日,10:00～11:30,中央,10\n";
    expect(faults(csv(text))).toEqual(["A3 7月31日は、対象", "A5 2026-04-0"]);
    const term = { from: "2025-08-02", to: "2025-09-30" };
    const outside = readClassFile(
      utf8("日程,時間,会場,講座,定員\n2025/8/1,10:00～11:30,中央,入門,10\n"),
      "a.csv",
      { term },
    );
    expect(outside.errors).toEqual([
      {
        cell: "A2",
        message: "2025-08-01 は取り込む期間（2025-08-02～2025-09-30）の外です。日付か期間をご確認ください。",
      },
    ]);
  });

  test("見た目に年のない日付の中身が表題の年と違えば、曜日で決まるときだけ補い、あとは誤り", () => {
    const read = list([
      ["令和７年度 日程"],
      ["日付", "曜日", "時間", "会場", "講座", "定員"],
      [date("2024-08-05", "m/d"), "火", "10:00～11:30", "中央", "入門", 10],
      [date("2024-08-06", "m/d"), "", "10:00～11:30", "中央", "入門", 10],
    ]);
    expect(read.classes.map((row) => row.date)).toEqual(["2025-08-05"]);
    expect(faults(read)).toEqual(["A4 見た目に年がありま"]);
    expect(read.notes.join("\n")).toContain("曜日の合う");
  });

  test("年がどこにもなければ、今日を渡したときだけ補い、補ったと言う", () => {
    const bytes = utf8("日程,時間,会場,講座,定員\n1月13日(火),10:00～11:30,中央,入門,10\n");
    expect(readClassFile(bytes, "a.csv").errors[0]?.message).toContain("年が書かれていません");
    const read = readClassFile(bytes, "a.csv", { today: "2025-12-01" });
    expect([read.classes[0]?.date, read.notes[0]]).toEqual([
      "2026-01-13",
      "年は、どこにも書かれていないので今日（2025-12-01）に最も近い年から補いました（A2）。",
    ]);
  });

  test("中止の行、暦だけの行は取り込まず、取り込まなかったと言う", () => {
    const read = csv(
      "日程,時間,会場,講座,定員,備考\n令和7年8月5日,10:00～11:30,中央,入門,10,中止\n令和7年8月11日,,,,,山の日\n",
    );
    expect([read.classes, read.errors, read.notes.length]).toEqual([[], [], 2]);
  });

  test("日程表でない表は、何が要るかを言って断る", () => {
    for (const text of [
      "受付番号,氏名,電話\n1,a,b\n",
      "あいうえお",
      "令和7年8月5日,10:00,11:30,中央,入門,10\n",
    ]) {
      expect(() => csv(text)).toThrow(AppError);
      expect(() => csv(text)).toThrow(/日程表が見つかりません/);
    }
  });
});

describe("どんな日程表でも", () => {
  const headings: Record<string, string[]> = {
    date: ["開催日", "実施日", "月日", "日程", "期日"],
    time: ["時間", "開催時間", "時間帯"],
    venue: ["会場", "場所", "開催場所", "会場名"],
    course: ["講座", "コース", "講習名", "講座名"],
    capacity: ["定員", "募集人数", "人数", "定員（名）"],
    note: ["備考", "摘要"],
  };
  const dates: ((day: string) => string)[] = [
    (day) => day,
    (day) => formatWareki(day, { weekday: true }),
    (day) => formatWareki(day, { short: true }),
    (day) => day.replaceAll("-", "/"),
    (day) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日（${weekdayName(day)}）`,
    (day) => `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`,
  ];
  const times: ((start: string, end: string) => string)[] = [
    (start, end) => `${start}～${end}`,
    (start, end) => `${start}-${end}`.replaceAll(":", "："),
    (start, end) =>
      `${Number(start.slice(0, 2))}時${start.slice(3)}分から${Number(end.slice(0, 2))}時${end.slice(3)}分まで`,
  ];
  const seats: ((count: number) => FixtureCell)[] = [
    (n) => n,
    (n) => `${n}名`,
    (n) => `各${n}人`,
    (n) => ({ value: n, format: '0"名"' }),
  ];
  const wide = (text: string) =>
    text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

  const style = fc.record({
    order: fc.shuffledSubarray(Object.keys(headings), { minLength: 6, maxLength: 6 }),
    pick: fc.array(fc.nat(4), { minLength: 6, maxLength: 6 }),
    date: fc.constantFrom(...dates),
    time: fc.constantFrom(...times),
    seat: fc.constantFrom(...seats),
    full: fc.boolean(),
    title: fc.boolean(),
    merged: fc.boolean(),
  });
  const classes = fc.uniqueArray(
    fc.record({
      day: fc.integer({ min: 0, max: 360 }).map((n) => addDays("2025-04-02", n)),
      start: fc.constantFrom("09:30", "10:00", "13:30"),
      venue: fc.constantFrom("中央区民センター", "北区役所", "ちえりあ", "市民会館"),
      course: fc.constantFrom("入門", "応用"),
      capacity: fc.integer({ min: 1, max: 40 }),
    }),
    { minLength: 2, maxLength: 8, selector: (row) => [row.day, row.start, row.venue, row.course].join() },
  );

  test("列の順・見出し・日付・時間・人数の書き方を変えても、同じ枠が読める", () => {
    fc.assert(
      fc.property(classes, style, (rows, look) => {
        const label = (field: string) =>
          (headings[field] ?? [])[(look.pick[0] ?? 0) % (headings[field]?.length ?? 1)] ?? "";
        const write = (text: string) => (look.full ? wide(text) : text);
        const body = rows.map((row) =>
          look.order.map((field): FixtureCell => {
            if (field === "date") return write(look.date(row.day));
            if (field === "time") return write(look.time(row.start, "15:00"));
            if (field === "venue") return row.venue;
            if (field === "course") return row.course;
            return field === "capacity" ? look.seat(row.capacity) : "";
          }),
        );
        const title: FixtureCell[][] = [["令和７年度 講習会日程"], []];
        const read = list(
          [...title, look.order.map(label), ...body, ["※会場により変わります。"]],
          look.merged ? ["A1:F1"] : [],
        );
        expect(read.errors).toEqual([]);
        const expected = rows.map((row) =>
          [row.day, row.start, "15:00", row.venue, row.course, row.capacity].join(" "),
        );
        expect(brief(read)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  test("何が書いてあっても、結果か AppError になる", () => {
    const words = [
      "開催日",
      "時間",
      "会場",
      "定員",
      "講座",
      "午前の部",
      "8月5日",
      "8/5(火)",
      "10:00～11:30",
      "①10:00～②13:00～",
      "〃",
      "合計",
      "※",
      "○",
      "10名",
      "令和99年13月45日",
      "R7",
      "2025",
      "～",
      "中央区",
      "未定",
      "-1",
      "25:99",
      "8月5日～8月7日",
      "(((",
      "",
    ];
    const cell = fc.oneof(
      fc.constantFrom<FixtureCell>(
        ...words,
        5,
        45874,
        0.5,
        -3,
        true,
        null,
        { error: "#N/A" },
        { value: 45874, format: "m/d" },
      ),
      fc.string(),
    );
    const grid = fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 8 });
    const merges = fc.subarray(["A1:C1", "A2:A4", "B2:D3", "A1:XFD1048576"]);
    fc.assert(
      fc.property(grid, merges, (rows, joined) => {
        let read: ClassSchedule | undefined;
        try {
          read = list(rows, joined);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
        const good = (row: ClassRow) =>
          /^\d{4}-\d\d-\d\d$/.test(row.date) &&
          row.start < row.end &&
          row.venue !== "" &&
          row.course !== "" &&
          row.capacity >= 1;
        expect(read?.classes.every(good) ?? true).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
