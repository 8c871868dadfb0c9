import { formatWareki } from "../japan/wareki.ts";
import { type CellLook, type WorkbookCell, writeTableWorkbook } from "../office/table-workbook.ts";
import {
  attendHows,
  type CouncilBody,
  inSeatOrder,
  type Meeting,
  type Member,
  meetingName,
  sendHows,
} from "./meeting.ts";
import type { PrintList } from "./print-list.ts";

const cell = (value: string | number | null, look: CellLook): WorkbookCell => ({ value, look });
const heads = (names: readonly string[]) => names.map((name) => cell(name, "head"));

interface Facts {
  council: CouncilBody;
  meeting: Meeting;
}

function titleRow({ council, meeting }: Facts, name: string): WorkbookCell[] {
  const day = meeting.day === null ? "" : `　${formatWareki(meeting.day, { weekday: true })}`;
  return [cell(`${meetingName(council, meeting)}　${name}${day}`, "title")];
}

/** 印刷の一覧と、送付の控え（Excel）。 */
export function printWorkbook(facts: Facts, list: PrintList): Uint8Array {
  const { meeting } = facts;
  return writeTableWorkbook([
    {
      name: "印刷の一覧",
      landscape: true,
      headRows: 2,
      rows: [
        titleRow(facts, "印刷の一覧"),
        heads([
          "資料番号",
          "資料",
          "版",
          "ページ",
          "うちカラー",
          "部数",
          "両面",
          "一部の枚数",
          "全部の枚数",
          "両面で減った枚数",
        ]),
        ...list.lines.map(({ paper, sheets, all, duplexSaved }) => [
          ...[paper.number, paper.title, paper.version, paper.pages, paper.colour, paper.copies],
          ...[paper.duplex ? "両面" : "片面", sheets, all, duplexSaved],
        ]),
        ["合計", "", null, null, list.colour, null, "", null, list.sheets, list.duplexSaved],
        [cell(`電子データで渡して刷らなかった紙 ${list.dataSaved} 枚。カラーの合計は、刷る面の数。`, "note")],
      ],
    },
    {
      ...{ name: "送付の控え", headRows: 2, landscape: true },
      rows: [
        titleRow(facts, "資料の送付の控え"),
        heads(["日", "方法", "資料", "人数", "受取りを確かめた人数", "控え"]),
        ...meeting.sendings.map(({ at, how, papers, people, received, note }) => [
          ...[at.slice(0, 10), sendHows[how], papers, people, received, note],
        ]),
      ],
    },
  ]);
}

/** 出席簿と、謝金・旅費（Excel）。 */
export function attendanceWorkbook(facts: Facts, members: readonly Member[]): Uint8Array {
  const { meeting } = facts;
  const lines = inSeatOrder(members).map((member, at) => {
    const line = meeting.attendance.find((one) => one.member === member.id);
    return { member, at, line };
  });
  const sum = (of: "fee" | "travel") => lines.reduce((total, { line }) => total + (line?.[of] ?? 0), 0);
  return writeTableWorkbook([
    {
      ...{ name: "出席簿", headRows: 2, landscape: true, widths: [5, 20, 40, 12, 12, 12, 12, 22, 20] },
      rows: [
        titleRow(facts, "出席簿"),
        heads(["", "氏名", "所属・職名", "出欠", "謝金（円）", "旅費（円）", "計（円）", "署名", "備考"]),
        ...lines.map(({ member, at, line }) => [
          ...[at + 1, member.name, member.post, line === undefined ? "" : attendHows[line.how]],
          ...[line?.fee ?? null, line?.travel ?? null],
          ...[line === undefined ? null : line.fee + line.travel, "", line?.note ?? ""],
        ]),
        ["", "合計", "", "", sum("fee"), sum("travel"), sum("fee") + sum("travel"), "", ""],
      ],
    },
  ]);
}
