import { AppError } from "../base/error.ts";
import { readXml } from "./xml-reader.ts";
import { openZip } from "./zip.ts";

/** 表を読むのに要る部品の場所。名前は小文字にそろえてある（部品の名前は大文字小文字を区別しない）。 */
export interface XlsxPackage {
  parts: Map<string, Uint8Array>;
  workbook: Uint8Array;
  sharedStrings?: Uint8Array;
  styles?: Uint8Array;
  /** 関係の id → シートの部品。 */
  sheets: Map<string, Uint8Array>;
}

/** 表の文字としては十分な大きさ（百万のます目でおよそ 60 MiB）。 */
const limits = { entryBytes: 64 * 1024 * 1024, totalBytes: 128 * 1024 * 1024 };
/** 写真、グラフ、印刷設定などは展開もしない。 */
const ignored =
  /\/(media|drawings|charts|chartsheets|theme|embeddings|printersettings|customxml|externallinks|pivot\w*|ctrlprops|activex)\//i;

/**
 * .xlsx / .xlsm を開き、シートと文字列と書式の部品を関係（.rels）から見つける。
 * @throws AppError BAD_INPUT: Excel の新しい形式でない。直し方を言う。
 */
export function openXlsx(bytes: Uint8Array): XlsxPackage {
  const opened = openZip(
    bytes,
    limits,
    (name) => /(\.(xml|rels|bin)|^mimetype)$/i.test(name) && !ignored.test(name),
  );
  const parts = new Map([...opened].map(([name, data]) => [name.toLowerCase(), data]));
  const main = [...relationsOf(parts, "").values()].find((relation) =>
    relation.type.endsWith("/officedocument"),
  );
  const path = main?.target ?? "xl/workbook.xml";
  const workbook = parts.get(path);
  if (!workbook || path.endsWith(".bin") || !isWorkbook(workbook)) throw notExcel(parts, path);
  const found: XlsxPackage = { parts, workbook, sheets: new Map() };
  for (const [id, relation] of relationsOf(parts, path)) {
    const part = parts.get(relation.target);
    if (!part) continue;
    if (relation.type.endsWith("/worksheet")) found.sheets.set(id, part);
    else if (relation.type.endsWith("/sharedstrings")) found.sharedStrings = part;
    else if (relation.type.endsWith("/styles")) found.styles = part;
  }
  return found;
}

interface Relation {
  type: string;
  target: string;
}

function relationsOf(parts: Map<string, Uint8Array>, path: string): Map<string, Relation> {
  const slash = path.lastIndexOf("/") + 1;
  const folder = path.slice(0, slash);
  const data = parts.get(`${folder}_rels/${path.slice(slash)}.rels`);
  const relations = new Map<string, Relation>();
  if (!data) return relations;
  readXml(data, {
    open(tag) {
      if (tag.name !== "Relationship" || tag.get("TargetMode") === "External") return;
      relations.set(tag.get("Id") ?? "", {
        type: (tag.get("Type") ?? "").toLowerCase(),
        target: resolve(folder, tag.get("Target") ?? "").toLowerCase(),
      });
    },
  });
  return relations;
}

function resolve(folder: string, target: string): string {
  const path = target.startsWith("/") ? target.slice(1) : folder + target;
  const out: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") out.pop();
    else if (step !== "." && step !== "") out.push(step);
  }
  return out.join("/");
}

function isWorkbook(data: Uint8Array): boolean {
  let root: string | undefined;
  readXml(data, {
    open(tag) {
      root ??= tag.name;
    },
  });
  return root === "workbook";
}

function notExcel(parts: Map<string, Uint8Array>, path: string): AppError {
  const saveAs = "Excel で開き、「Excel ブック（.xlsx）」で保存し直してからお試しください。";
  const mime = new TextDecoder().decode(parts.get("mimetype") ?? new Uint8Array());
  if (mime.includes("opendocument")) {
    return new AppError("BAD_INPUT", `OpenDocument 形式（.ods など）のファイルです。${saveAs}`);
  }
  if (path.endsWith(".bin"))
    return new AppError("BAD_INPUT", `バイナリ形式（.xlsb）のファイルです。${saveAs}`);
  const kind = path.startsWith("word/") ? "Word の文書" : path.startsWith("ppt/") ? "PowerPoint の資料" : "";
  return new AppError(
    "BAD_INPUT",
    kind
      ? `${kind}です。表の入った Excel（.xlsx）か CSV のファイルを選び直してください。`
      : `Excel のブックとして読めないファイルです。${saveAs}`,
  );
}
