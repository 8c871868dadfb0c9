import { AppError } from "../base/error.ts";
import { isPlausible, readWall, type ZoneClock } from "./zone-clock.ts";

/** 日時の書き方を読むもの。読めなければ undefined。秒は UTC の通し秒。 */
type TimeReader = (date: string, time: string) => number | undefined;

const tokens: Readonly<Record<string, string>> = {
  YYYY: "(?<y>\\d{4})",
  YY: "(?<yy>\\d{2})",
  MM: "(?<mo>\\d{1,2})",
  M: "(?<mo>\\d{1,2})",
  DD: "(?<d>\\d{1,2})",
  D: "(?<d>\\d{1,2})",
  HH: "(?<h>\\d{1,2})",
  H: "(?<h>\\d{1,2})",
  hh: "(?<h>\\d{1,2})",
  mm: "(?<mi>\\d{1,2})",
  ss: "(?<s>\\d{1,2})",
  A: "(?<half>AM|PM|午前|午後)",
};

/** よくある書き方。上から試す。 */
const common = [
  /^(?<y>\d{4})[-/.年](?<mo>\d{1,2})[-/.月](?<d>\d{1,2})日?(?:\([^)]{1,4}\))?[T ]*(?<half>AM|PM|午前|午後)? ?(?<h>\d{1,2})[:時](?<mi>\d{1,2})(?:[:分](?<s>\d{1,2})?)?秒?(?:\.\d+)?(?: ?(?<half2>AM|PM))?(?<zone>Z| ?[+-]\d{2}:?\d{2})?$/i,
  /^(?<y>\d{4})(?<mo>\d{2})(?<d>\d{2})[T ]?(?<h>\d{2}):?(?<mi>\d{2}):?(?<s>\d{2})(?<zone>Z|[+-]\d{2}:?\d{2})?$/,
  /^(?<mo>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4}) +(?<h>\d{1,2}):(?<mi>\d{2})(?::(?<s>\d{2}))?(?: ?(?<half>AM|PM))?$/i,
];

/** 書き方（「YYYY/MM/DD HH:mm:ss」）があればそれだけ、なければよくある書き方を、地域の時刻として読む。 */
export function timeReader(clock: ZoneClock, format: string | undefined): TimeReader {
  const patterns = format === undefined ? common : [patternOf(format)];
  return (date, time) => {
    const text = `${date} ${time}`.normalize("NFKC").trim();
    if (format === undefined && /^\d{9,10}(\.\d+)?$/.test(text)) return plausible(Math.floor(Number(text)));
    if (format === undefined && /^1\d{12}$/.test(text)) return plausible(Math.floor(Number(text) / 1000));
    for (const pattern of patterns) {
      const groups = pattern.exec(text)?.groups;
      if (groups) return instantOf(groups, clock);
    }
    return undefined;
  };
}

function plausible(seconds: number): number | undefined {
  return isPlausible(seconds) ? seconds : undefined;
}

function instantOf(
  groups: Readonly<Record<string, string | undefined>>,
  clock: ZoneClock,
): number | undefined {
  const pad = (name: string) => (groups[name] ?? "0").padStart(2, "0");
  const year = groups.y ?? `20${pad("yy")}`;
  const half = (groups.half ?? groups.half2 ?? "").toUpperCase();
  const hour = Number(groups.h ?? 0);
  if (half !== "" && hour > 12) return undefined;
  const late = half === "PM" || half === "午後";
  const real = half === "" ? hour : (hour % 12) + (late ? 12 : 0);
  const wall = readWall(
    `${year}-${pad("mo")}-${pad("d")} ${String(real).padStart(2, "0")}:${pad("mi")}:${pad("s")}`,
  );
  if (wall === undefined) return undefined;
  const zone = groups.zone?.trim();
  if (zone === undefined || zone === "") return clock.secondsOf(wall);
  if (zone.toUpperCase() === "Z") return wall;
  const [sign, h, m] = [zone.startsWith("-") ? -1 : 1, Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return wall - sign * (h * 3600 + m * 60);
}

function patternOf(format: string): RegExp {
  const seen = new Set<string>();
  const source = format.normalize("NFKC").replace(/YYYY|YY|MM|DD|HH|hh|mm|ss|[MDHA]|[\s\S]/g, (part) => {
    const token = tokens[part];
    if (token === undefined) return part.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    const name = /<(\w+)>/.exec(token)?.[1] ?? "";
    if (seen.has(name)) throw badFormat();
    seen.add(name);
    return token;
  });
  if (!["mo", "d", "h", "mi"].every((name) => seen.has(name)) || !(seen.has("y") || seen.has("yy")))
    throw badFormat();
  return new RegExp(`^${source}$`, "i");
}

function badFormat(): AppError {
  return new AppError(
    "BAD_INPUT",
    "dateFormat は「YYYY/MM/DD HH:mm:ss」の形で、年月日時分を一度ずつ書いてください（使える印: YYYY YY MM DD HH hh mm ss A）。",
  );
}

/** 長さを秒に（「75」「1:15」「00:01:15」「1分15秒」「75秒」）。読めなければ undefined。 */
export function readLength(source: string): number | undefined {
  const text = source.normalize("NFKC").trim();
  if (/^\d{1,6}(\.\d+)?(秒|s|sec)?$/i.test(text)) return Math.round(Number.parseFloat(text));
  const clock = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:\.\d+)?$/.exec(text);
  const kana = /^(?:(\d{1,3})時間)?(?:(\d{1,3})分)?(?:(\d{1,2})秒)?$/.exec(text);
  const found = clock ?? (text === "" ? null : kana);
  if (!found) return undefined;
  return Number(found[1] ?? 0) * 3600 + Number(found[2] ?? 0) * 60 + Number(found[3] ?? 0);
}
