import { expect, test } from "vitest";
import type { Slot } from "./meeting.ts";
import { readReply, slotLine } from "./poll-reader.ts";

const slots: Slot[] = [
  { id: "1", day: "2025-02-05", start: "14:00", end: "16:00", room: null },
  { id: "2", day: "2025-02-06", start: "10:00", end: "12:00", room: null },
  { id: "3", day: "2025-02-12", start: "15:30", end: "17:30", room: null },
];

test("3(2) 案内の文面に印を書き込んだ返事を読む。引用の中に書いたものも、全角・半角も", () => {
  const reply = `お世話になっております。
お名前：架空 太郎
${slotLine(slots[0] as Slot)}：○
> ${slotLine(slots[1] as Slot)}：×
候補３ ：　△（午後４時からなら）
備考：資料は紙でお願いします

> 候補1　2月5日（水）14:00–16:00：
`;
  expect(readReply(reply, slots)).toEqual({
    ...{ marks: { "1": "yes", "2": "no", "3": "maybe" }, name: "架空 太郎" },
    ...{ note: "資料は紙でお願いします", unread: [] },
  });
});

test("3(2) 日付で書いた返事も読み、文の中の言い方は推し量らない", () => {
  const read = readReply(
    "2/5(水) 14時 参加できます\n2月6日 10:00～ 欠席します\n候補2と3なら行けます\n候補3 行けるかも",
    slots,
  );
  expect(read.marks).toEqual({ "1": "yes", "2": "no" });
  expect(read.unread).toEqual(["候補2と3なら行けます", "候補3 行けるかも"]);
  expect(readReply("候補1：○・△・×\n候補9：○\n2/7 14:00 ○", slots)).toMatchObject({ marks: {}, name: "" });
  expect(readReply("候補1：出席できません\n候補2：不可", slots).marks).toEqual({ "1": "no", "2": "no" });
});

test("3(2) 引用でない行の印が、引用の中の印に勝つ", () => {
  expect(readReply("> 候補1：×\n候補1：○\n> 候補1：△", slots).marks).toEqual({ "1": "yes" });
});
