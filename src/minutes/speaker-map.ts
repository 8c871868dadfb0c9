import { AppError } from "../base/error.ts";
import { decodeText, headText } from "../office/csv-encoding.ts";
import { readTables } from "../office/table-reader.ts";

/**
 * 札 → 名の対応表。JSON（{"話者1":"佐藤委員"}）か、二列の表（CSV、.xlsx）。
 * 札は、幅と空白をそろえて突き合わせる。
 * @throws AppError BAD_INPUT（形が違う、同じ札に二つの名）
 */
export function readSpeakerMap(bytes: Uint8Array, fileName: string): Map<string, string> {
  const pairs = isJson(bytes) ? jsonPairs(bytes) : tablePairs(bytes, fileName);
  const map = new Map<string, string>();
  for (const [label, name] of pairs) {
    const key = plainLabel(label);
    const known = map.get(key);
    if (key === "" || name.trim() === "") continue;
    if (known !== undefined && known !== name.trim())
      throw new AppError(
        "BAD_INPUT",
        `対応表の「${label}」に、二つの名が書かれています。一つにしてください。`,
      );
    map.set(key, name.trim());
  }
  if (map.size === 0)
    throw new AppError(
      "BAD_INPUT",
      "対応表に札と名の組がありません。1列目に文字起こしの札、2列目に会議録に書く名を並べてください。",
    );
  return map;
}

/** 札の幅と空白をそろえる。 */
export function plainLabel(label: string): string {
  return label.normalize("NFKC").replace(/\s+/g, " ").trim();
}

function isJson(bytes: Uint8Array): boolean {
  return /^\s*[{[]/.test(headText(bytes));
}

function jsonPairs(bytes: Uint8Array): [string, string][] {
  try {
    const value: unknown = JSON.parse(decodeText(bytes).text.replace(/^\ufeff/, ""));
    if (value && typeof value === "object" && !Array.isArray(value))
      return Object.entries(value).map(([label, name]) => [label, String(name)]);
  } catch {
    // 下の断りにまとめる。
  }
  throw new AppError("BAD_INPUT", '対応表の JSON は {"札": "名"} の形で書いてください。');
}

function tablePairs(bytes: Uint8Array, fileName: string): [string, string][] {
  const rows = readTables(bytes, fileName)[0]?.rows ?? [];
  const pairs = rows.map((row): [string, string] => [row[0]?.text ?? "", row[1]?.text ?? ""]);
  const [first] = pairs;
  return first && /^(label|札|speaker|話者)$/i.test(first[0].normalize("NFKC").trim())
    ? pairs.slice(1)
    : pairs;
}
