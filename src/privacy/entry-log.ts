import { readDate } from "../japan/written-date.ts";
import type { LineTable } from "./line-table.ts";

const inWords = /^(入室|入館|入場|入|in|entry|enter)$/i;
const outWords = /^(退室|退館|退場|退|出|out|exit|leave)$/i;
const refusedWords = /拒否|不可|エラー|失敗|^(NG|denied|error|refused|invalid)$/i;

/**
 * 「入室」と「退室」が別々の行の記録（カードリーダーの書き出し）を、一人・一室ずつ、入った時と出た時の一行に組む。
 * そうでない表は、そのまま返す。断られた行と、入室のない退室は数えて言う（足さない）。
 */
export function foldEntryLog(table: LineTable): LineTable {
  const way = wayColumn(table);
  const when = whenColumn(table);
  if (way === undefined || when === undefined) return table;
  const about = table.heads
    .map((_, at) => at)
    .filter((at) => at !== way && at !== when.at && at !== when.clock);
  const who = about.filter((at) =>
    /氏名|名前|カード|社員|利用者|区域|扉|ドア|部屋|室|ゲート|リーダー|user|name|card|door|gate|reader/i.test(
      table.heads[at] ?? "",
    ),
  );
  const open = new Map<string, { row: string[]; out: string }>();
  const made: { row: string[]; out: string }[] = [];
  let refused = 0;
  let alone = 0;
  // 「20250110」の列と「8:55」の列は、読める形（2025-01-10 8:55）にして合わせる。
  const dayIn = (text: string) => {
    const read = readDate(text);
    return "day" in read ? read.day : text;
  };
  const whenOf = (row: readonly string[]) =>
    when.clock === undefined ? (row[when.at] ?? "") : `${dayIn(row[when.at] ?? "")} ${row[when.clock] ?? ""}`;
  const ordered = table.rows.toSorted((a, b) => sortKey(whenOf(a)).localeCompare(sortKey(whenOf(b))));
  for (const row of ordered) {
    const said = row[way] ?? "";
    if (row.some((text) => refusedWords.test(text)) || !(inWords.test(said) || outWords.test(said))) {
      refused += 1;
      continue;
    }
    const key = JSON.stringify(who.map((at) => row[at]));
    const before = open.get(key);
    if (inWords.test(said)) {
      const one = { row: [whenOf(row), ...about.map((at) => row[at] ?? "")], out: "" };
      made.push(one);
      open.set(key, one);
    } else if (before === undefined) alone += 1;
    else {
      before.out = whenOf(row);
      open.delete(key);
    }
  }
  return {
    heads: ["入室の日時", "退室の日時", ...about.map((at) => table.heads[at] ?? "")],
    rows: made.map(({ row: [first = "", ...rest], out }) => [first, out, ...rest]),
    left: [
      ...table.left,
      ...(refused > 0 ? [`断られた入室や、入退室でない${refused}行は読みませんでした。`] : []),
      ...(alone > 0
        ? [`入室の記録のない退室が${alone}行あります。カードリーダーの記録をご確認ください。`]
        : []),
      ...(made.some(({ out }) => out === "")
        ? [
            `退室の記録のない入室が${made.filter(({ out }) => out === "").length}行あります。在室中として書きます。`,
          ]
        : []),
    ],
  };
}

function sortKey(text: string): string {
  const read = readDate(text);
  const seconds = /:\d{2}:(\d{2})/.exec(text)?.[1] ?? "00";
  return "day" in read ? `${read.day}T${read.time ?? "00:00"}:${seconds}` : text;
}

/** どの行も入・退のどちらかと言う列（断られた行は別の言葉でよい。半分より多ければ、その列）。 */
function wayColumn({ heads, rows }: LineTable): number | undefined {
  const counted = heads.map((_, at) => {
    const [ins, outs] = [inWords, outWords].map(
      (words) => rows.filter((row) => words.test(row[at] ?? "")).length,
    );
    return { at, ins: ins ?? 0, outs: outs ?? 0 };
  });
  return counted.find(({ ins, outs }) => ins > 0 && outs > 0 && (ins + outs) * 2 > rows.length)?.at;
}

/** 日時の列。日と時刻が別の列なら、その二つ。 */
function whenColumn({ heads, rows }: LineTable): { at: number; clock?: number } | undefined {
  const some = rows.slice(0, 20);
  const reads = heads.map((_, at) => some.map((row) => readDate(row[at] ?? "")));
  const whole = reads.findIndex((own) => own.some((one) => "day" in one && one.time !== undefined));
  if (whole >= 0) return { at: whole };
  const day = reads.findIndex((own) => own.some((one) => "day" in one));
  const clock = heads.findIndex((_, at) =>
    some.some((row) => /^\d{1,2}:\d{2}(:\d{2})?$/.test(row[at] ?? "")),
  );
  return day >= 0 && clock >= 0 ? { at: day, clock } : undefined;
}
