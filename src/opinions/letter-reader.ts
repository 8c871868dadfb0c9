import { AppError, type Fault } from "../base/error.ts";
import { isDay } from "../japan/day.ts";
import { dayFromExcelSerial, readDate } from "../japan/written-date.ts";
import type { LetterColumn } from "./letter-column.ts";
import { type LetterRow, readLetterTable } from "./letter-table.ts";
import { type Age, type Channel, channels, readAge } from "./period-rule.ts";

/** 受け取った一通。 */
export interface ReceivedLetter {
  channel: Channel;
  /** 届いた日（郵送は消印の日）。 */
  day: string;
  age: Age;
  ward: string;
  kids: boolean;
  /** 連名の人数。 */
  signers: number;
  senders: { name: string; address: string; contact: string }[];
  text: string;
  /** 二度取り込まないための印。なければ空。 */
  source: string;
}

/**
 * 意見の表（Excel、CSV）を読む。要るのは意見の列だけ。ほかの列がなければ、base の値になる。
 * 一行に一つの意見の表（同じ受付番号の行が続く、番号のますが結合されている）は、一通にまとめる。
 * 文は一字も直さない（「=」で始まる文も、空の文も、そのまま一通）。
 * @throws AppError BAD_INPUT（列がない、読めない行）
 */
export function readLetters(
  bytes: Uint8Array,
  fileName: string,
  base: { channel: Channel; day: string },
): ReceivedLetter[] {
  const table = readLetterTable(bytes, fileName);
  if (table === undefined)
    throw new AppError(
      "BAD_INPUT",
      "意見の列が見つかりません。見出しの行に「意見」という列を作ってください（受付番号、提出方法、受付日、年代、氏名などの列も読みます）。",
    );
  const faults: Fault[] = [];
  const letters: ReceivedLetter[] = [];
  const known = new Map<string, ReceivedLetter>();
  let last: ReceivedLetter | undefined;
  for (const row of table.rows) {
    const one = letterOf(row, base, faults);
    if (one === undefined) continue;
    const before = one.source === "" ? continued(table.columns, row, last) : known.get(keyOf(one));
    if (before === undefined) {
      letters.push(one);
      if (one.source !== "") known.set(keyOf(one), one);
      last = one;
      continue;
    }
    before.text = [before.text, one.text].filter((text) => text.trim() !== "").join("\n\n");
    last = before;
  }
  if (faults.length > 0)
    throw new AppError("BAD_INPUT", `読めない行が${faults.length}あります。${faults[0]?.message ?? ""}`, {
      faults: faults.slice(0, 20),
    });
  return letters;
}

function letterOf(
  { row, value, day: dated, texts }: LetterRow,
  base: { channel: Channel; day: string },
  faults: Fault[],
): ReceivedLetter | undefined {
  const channel = channelOf(value("channel"), base.channel);
  const day = dated ?? readLetterDay(value("day"), base.day);
  if (channel === undefined)
    faults.push({
      row,
      message: `${row}行目の提出方法が読めません（${Object.values(channels).join("・")}のどれか）。`,
    });
  if (day === undefined)
    faults.push({ row, message: `${row}行目の日が読めません（「2024-12-12」の形で）。` });
  if (channel === undefined || day === undefined) return undefined;
  const [name, address, contact] = [nameOf(value("name")), value("address"), value("contact")];
  const filled = texts.filter((text) => text.trim() !== "");
  return {
    ...{ channel, day, age: readAge(value("age")), ward: wardOf(value("ward"), address) },
    kids: /^(?:1|○|〇|はい|true|キッズ|こども|子ども)$/i.test(value("kids")),
    signers: Math.max(
      1,
      Math.trunc(
        Number(
          value("signers")
            .normalize("NFKC")
            .replace(/[人名]$/, ""),
        ),
      ) || 1,
    ),
    senders: name === "" && address === "" && contact === "" ? [] : [{ name, address, contact }],
    text: filled.length > 1 ? filled.join("\n\n") : (filled[0] ?? texts[0] ?? ""),
    source: sourceOf(value("source") || value("row")),
  };
}

/** 番号の列があるのに空で、ほかの欄も空なら、上の通の続き（一通に意見がいくつもある表）。 */
function continued(
  columns: ReadonlyMap<LetterColumn, number[]>,
  row: LetterRow,
  last: ReceivedLetter | undefined,
): ReceivedLetter | undefined {
  const own: LetterColumn[] = ["name", "address", "contact", "age", "channel", "day"];
  const marks = own.filter((column) => columns.has(column));
  const numbered = columns.has("source") || columns.has("row");
  if (!numbered || marks.length === 0) return undefined;
  return marks.every((column) => row.value(column) === "" || row.merged(column)) ? last : undefined;
}

function keyOf({ channel, source, senders }: ReceivedLetter): string {
  return `${channel}|${source}|${senders[0]?.name ?? ""}`;
}

/** 「第３号」「No.003」「受付番号3」は、みな同じ 3。 */
function sourceOf(given: string): string {
  const plain = given
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/^(?:第|受付番号|受付|整理番号|no\.?|№|#)+/i, "")
    .replace(/(?:号|番|通)$/, "");
  return /^\d+$/.test(plain) ? plain.replace(/^0+(?=\d)/, "") : plain;
}

/** 「匿名」「無記名」「－」は、名ではない。 */
function nameOf(given: string): string {
  return /^(?:匿名(?:希望)?|無記名|無名|なし|記載なし|不明|[-－―ー]+)$/.test(
    given.normalize("NFKC").replace(/\s/g, ""),
  )
    ? ""
    : given;
}

function wardOf(ward: string, address: string): string {
  return ward || (/(?:市|^)([^\s市区]{1,4}区)/.exec(address.normalize("NFKC"))?.[1] ?? "");
}

function channelOf(given: string, base: Channel): Channel | undefined {
  const text = given.normalize("NFKC").toLowerCase();
  if (/^[-―ー]*$/.test(text)) return base;
  if (/持参|窓口|来庁|直接|意見箱|回収箱|手渡/.test(text)) return "hand";
  if (/郵|はがき|ハガキ|葉書|封書|手紙/.test(text)) return "post";
  if (/fax|ファ[クッ]ク?ス/.test(text)) return "fax";
  if (/フォーム|form|web|ウェブ|ホームページ|hp|電子申請|オンライン|インターネット|ネット/.test(text))
    return "form";
  if (/mail|メール/.test(text)) return "mail";
  return Object.hasOwn(channels, text) ? (text as Channel) : undefined;
}

/** 「令和6年12月5日」「R6.12.5」「2024/12/5 10:00」「12月5日」（年は base に近いもの）、Excel の通し番号。空なら base。 */
function readLetterDay(given: string, base: string): string | undefined {
  const text = given.normalize("NFKC").replace(/[(（]?消印(?:有効|日)?[)）]?/g, "");
  if (text.trim() === "") return base;
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return dayFromExcelSerial(Number(text)).day;
  const read = readDate(text, { near: base });
  if ("day" in read) return read.day;
  const [, year = "", month = "", date = ""] = /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(text) ?? [];
  const day = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  return isDay(day) ? day : undefined;
}
