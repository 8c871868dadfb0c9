import type { Piece } from "./format-section.ts";

/** 書式を通した見え方。 */
export interface Shown {
  text: string;
  kind: "number" | "date" | "time" | "datetime" | "text";
  iso?: string;
}

/** 日付か時刻の記号か。 */
export function isDatePiece(piece: Piece): boolean {
  return (
    piece.kind === "code" &&
    /^(y+|m+|d+|h+|s+|a{3,4}|g+|e+|r+|b+|AM\/PM|A\/P|上午\/下午|午前\/午後)$/i.test(piece.text)
  );
}

const DAY_MS = 86_400_000;
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const kanjiDays = ["日", "月", "火", "水", "木", "金", "土"];
const eraFormat = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", {
  era: "long",
  year: "numeric",
  timeZone: "UTC",
});
const eraLetters: Record<string, string> = { 明治: "M", 大正: "T", 昭和: "S", 平成: "H", 令和: "R" };

/** シリアル値 → UTC として読んだ日時。Excel の表せる範囲（1900〜9999年）の外は undefined。 */
export function dateOfSerial(serial: number, date1904: boolean): Date | undefined {
  const days = date1904 ? serial + 1462 : serial;
  if (!(days >= 0 && days < 2_958_466)) return undefined;
  // 1900年を閏年とみなす Excel の誤りのため、3月1日より前は1日ずれる。
  const fromEpoch = days < 60 ? days - 25_568 : days - 25_569;
  return new Date(Math.round(fromEpoch * 86_400) * 1000);
}

/** 日付の書式の一節で表示する。表せない値は undefined。 */
export function showDate(value: number, pieces: Piece[], date1904: boolean): Shown | undefined {
  const date = dateOfSerial(value, date1904);
  const elapsed = pieces.some((piece) => piece.kind === "elapsed");
  if (!date) return undefined;
  const roles = rolesOf(pieces);
  const hasDay = roles.some((role) => /^[ymdaeg]/.test(role));
  const hasTime = roles.some((role) => /^[hns]/.test(role));
  const half = roles.some((role) => role === "AM");
  const text = pieces
    .map((piece, at) => showDatePiece(piece, roles[at] ?? "", date, { value, half }))
    .join("");
  const iso = date.toISOString();
  const clock = elapsed ? clockOf(value) : iso.slice(11, iso.slice(17, 19) === "00" ? 16 : 19);
  if (elapsed || (hasTime && !hasDay)) return { text, kind: "time", iso: clock };
  // 日付の書式でも 1 未満は「1900年1月0日」: 時刻だけが入っている。
  if (value >= 0 && value < 1 && value !== 0 && !date1904) return { text, kind: "time", iso: clock };
  if (hasTime) return { text, kind: "datetime", iso: `${iso.slice(0, 10)}T${clock}` };
  return value < 1 && !date1904 ? { text, kind: "number" } : { text, kind: "date", iso: iso.slice(0, 10) };
}

/** m が月か分か（分は n）を、前の時や後ろの秒から決める。 */
function rolesOf(pieces: Piece[]): string[] {
  const roles = pieces.map((piece) => (piece.kind === "literal" ? "" : piece.text.toLowerCase()));
  const codes = roles.flatMap((role, at) => (/^[ymdhsaegrb]/.test(role) ? [at] : []));
  return roles.map((role, at) => {
    if (/^(am\/pm|a\/p|上午\/下午|午前\/午後)$/.test(role)) return "AM";
    if (!/^m+$/.test(role) || pieces[at]?.kind === "elapsed")
      return pieces[at]?.kind === "elapsed" ? role.replaceAll("m", "n") : role;
    const place = codes.indexOf(at);
    const before = roles[codes[place - 1] ?? -1] ?? "";
    const later = roles[codes[place + 1] ?? -1] ?? "";
    return role.length <= 2 && (/^h/.test(before) || /^s/.test(later)) ? role.replaceAll("m", "n") : role;
  });
}

function showDatePiece(
  piece: Piece,
  role: string,
  date: Date,
  more: { value: number; half: boolean },
): string {
  if (piece.kind === "literal") return piece.text;
  if (piece.kind === "elapsed") return showElapsed(role, more.value);
  const pad = (n: number) => String(n).padStart(Math.min(role.length, 2), "0");
  const hour = date.getUTCHours();
  switch (role[0]) {
    case "A":
      return /^a\/p$/i.test(piece.text)
        ? hour < 12
          ? "A"
          : "P"
        : (piece.text.split("/")[hour < 12 ? 0 : 1] ?? "");
    case "y":
    case "b":
      return String(date.getUTCFullYear()).slice(role.length > 2 ? 0 : -2);
    case "m":
      return role.length < 3
        ? pad(date.getUTCMonth() + 1)
        : shortName(months[date.getUTCMonth()] ?? "", role.length);
    case "d":
      return role.length < 3
        ? pad(date.getUTCDate())
        : shortName(weekdays[date.getUTCDay()] ?? "", role.length);
    case "a":
      return `${kanjiDays[date.getUTCDay()] ?? ""}${role.length === 4 ? "曜日" : ""}`;
    case "g":
    case "e":
    case "r":
      return showEra(role, date);
    case "h":
      return pad(more.half ? hour % 12 || 12 : hour);
    case "n":
      return pad(date.getUTCMinutes());
    case "s":
      return pad(date.getUTCSeconds());
    default:
      return role.startsWith(".") ? `.${"0".repeat(role.length - 1)}` : piece.text;
  }
}

function shortName(name: string, length: number): string {
  return length === 3 ? name.slice(0, 3) : length === 5 ? name.slice(0, 1) : name;
}

function showEra(role: string, date: Date): string {
  const parts = eraFormat.formatToParts(date);
  const era = parts.find((part) => part.type === "era")?.value ?? "";
  const shown = parts.find((part) => part.type === "year")?.value ?? "";
  const year = shown === "元" ? "1" : shown;
  if (role[0] === "e") return year.padStart(Math.min(role.length, 2), "0");
  if (role[0] === "r") return `${role.length > 1 ? era : ""}${year.padStart(role.length > 1 ? 2 : 1, "0")}`;
  return role.length === 1 ? (eraLetters[era] ?? era) : role.length === 2 ? era.slice(0, 1) : era;
}

function clockOf(value: number): string {
  const seconds = Math.round(value * 86_400);
  const two = (n: number) => String(n).padStart(2, "0");
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? clock : `${clock}:${two(seconds % 60)}`;
}

function showElapsed(role: string, value: number): string {
  const seconds = Math.round((value * DAY_MS) / 1000);
  const unit = role[0] === "h" ? 3600 : role[0] === "n" ? 60 : 1;
  return String(Math.floor(seconds / unit)).padStart(role.length, "0");
}
