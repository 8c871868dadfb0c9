import { AppError, type Fault } from "../base/error.ts";
import { isDay } from "../japan/day.ts";
import { readRecords } from "../office/record-reader.ts";
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

const columns = {
  text: ["意見", "ご意見", "意見の内容", "意見内容", "本文", "内容", "text", "comment"],
  channel: ["提出方法", "送り方", "方法", "channel"],
  day: ["受付日", "届いた日", "提出日", "消印", "日付", "送信日時", "タイムスタンプ", "day", "date"],
  age: ["年代", "年齢", "age"],
  ward: ["区", "お住まいの区", "居住区", "住んでいる区", "ward"],
  name: ["氏名", "お名前", "名前", "name"],
  address: ["住所", "ご住所", "address"],
  contact: ["電話", "電話番号", "連絡先", "メール", "メールアドレス", "contact", "phone", "mail"],
  signers: ["人数", "連名の人数", "signers"],
  kids: ["こども", "子ども", "キッズ", "kids"],
  source: ["id", "no", "番号", "受付番号"],
} as const;
type Column = keyof typeof columns;

/**
 * 意見の表（Excel、CSV）を一行一通で読む。要るのは意見の列だけ。ほかの列がなければ、base の値になる。
 * 文は一字も直さない（「=」で始まる文も、空の文も、そのまま一通）。
 * @throws AppError BAD_INPUT（列がない、読めない行）
 */
export function readLetters(
  bytes: Uint8Array,
  fileName: string,
  base: { channel: Channel; day: string },
): ReceivedLetter[] {
  let places: Map<Column, number> | undefined;
  const letters: ReceivedLetter[] = [];
  const faults: Fault[] = [];
  readRecords(bytes, fileName, (fields, row) => {
    if (fields.every((field) => field.trim() === "")) return;
    if (places === undefined) {
      places = placesOf(fields);
      return;
    }
    const value = (name: Column) => (fields[places?.get(name) ?? -1] ?? "").trim();
    const channel = channelOf(value("channel"), base.channel);
    const day = dayOfCell(value("day"), base.day);
    if (channel === undefined)
      faults.push({
        row,
        message: `${row}行目の提出方法が読めません（${Object.values(channels).join("・")}のどれか）。`,
      });
    if (day === undefined)
      faults.push({ row, message: `${row}行目の日が読めません（「2024-12-12」の形で）。` });
    if (channel === undefined || day === undefined) return;
    const [name, address, contact] = [value("name"), value("address"), value("contact")];
    letters.push({
      ...{ channel, day, age: readAge(value("age")), ward: value("ward") },
      kids: /^(?:1|○|〇|はい|true|キッズ|こども|子ども)$/i.test(value("kids")),
      signers: Math.max(1, Math.trunc(Number(value("signers").normalize("NFKC"))) || 1),
      senders: name === "" && address === "" && contact === "" ? [] : [{ name, address, contact }],
      text: fields[places.get("text") ?? -1] ?? "",
      source: value("source"),
    });
  });
  if (places === undefined) throw new AppError("BAD_INPUT", "意見の表に、見出しの行がありません。");
  if (faults.length > 0)
    throw new AppError("BAD_INPUT", `読めない行が${faults.length}あります。${faults[0]?.message ?? ""}`, {
      faults: faults.slice(0, 20),
    });
  return letters;
}

function placesOf(head: readonly string[]): Map<Column, number> {
  const plain = head.map((field) =>
    field
      .replace(/^\ufeff/, "")
      .normalize("NFKC")
      .replace(/\s+/g, "")
      .toLowerCase(),
  );
  const places = new Map<Column, number>();
  for (const name of Object.keys(columns) as Column[]) {
    const wanted: readonly string[] = columns[name].map((one) => one.normalize("NFKC").toLowerCase());
    const at = plain.findIndex((field) => wanted.includes(field));
    if (at >= 0) places.set(name, at);
  }
  if (!places.has("text"))
    throw new AppError("BAD_INPUT", "意見の列がありません。1行目に「意見」という見出しを付けてください。");
  return places;
}

function channelOf(given: string, base: Channel): Channel | undefined {
  const text = given.normalize("NFKC").toLowerCase();
  if (text === "") return base;
  if (/持参|窓口/.test(text)) return "hand";
  if (/郵/.test(text)) return "post";
  if (/fax|ファ[クッ]ク?ス/.test(text)) return "fax";
  if (/フォーム|form|web|ホームページ|hp/.test(text)) return "form";
  if (/mail|メール/.test(text)) return "mail";
  return Object.hasOwn(channels, text) ? (text as Channel) : undefined;
}

/** 「2024-12-12」「2024/12/12 10:05」「2024年12月12日」。空なら base。 */
function dayOfCell(given: string, base: string): string | undefined {
  if (given === "") return base;
  const [, year = "", month = "", date = ""] =
    /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(given.normalize("NFKC")) ?? [];
  const day = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  return isDay(day) ? day : undefined;
}
