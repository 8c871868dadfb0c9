import { readTables } from "../office/table-reader.ts";
import {
  attributeOf,
  childrenOf,
  descendantsOf,
  localName,
  parseXml,
  textOf,
  type XmlElement,
} from "../office/xml-tree.ts";
import type { CameCell, CamePaper } from "./came-paper.ts";

/**
 * 返った Excel・CSV の表。結合で写っているだけのます目は joined にし、ます目のコメントを添える。
 * 一部の字に取消線を引いたます目は、その字を消したものとして読む。
 * parts は、開いてある中身（CSV では空）。
 * @throws AppError BAD_INPUT（表として読めない）、TOO_LARGE
 */
export function readSheetPaper(
  bytes: Uint8Array,
  fileName: string,
  parts: ReadonlyMap<string, Uint8Array>,
): CamePaper {
  const [notes, struck] = [commentsOf(parts), struckTexts(parts)];
  const tables = readTables(bytes, fileName);
  return {
    tables: tables.map(({ name, rows }) => ({
      where: `シート「${name}」`,
      rows: rows.map((row) =>
        row.map((cell): CameCell => {
          const kept = struck.get(cell.text);
          const note = notes.get(`${name}!${cell.ref}`);
          const across = cell.mergedFrom?.replace(/\D/g, "") === cell.ref.replace(/\D/g, "");
          return {
            text: kept ?? cell.text,
            ...(cell.mergedFrom === undefined
              ? {}
              : { joined: across ? ("across" as const) : ("down" as const) }),
            ...(kept === undefined ? {} : { struck: true }),
            ...(note === undefined ? {} : { note }),
          };
        }),
      ),
    })),
    outside: [],
  };
}

/** 「シート名!B5」→ コメントの文（昔の形のコメントも、返信のあるコメントも）。 */
function commentsOf(parts: ReadonlyMap<string, Uint8Array>): Map<string, string> {
  const names = sheetNames(parts);
  const found = new Map<string, string>();
  for (const [path, name] of names) {
    const relations = parts.get(path.replace(/([^/]+)$/, "_rels/$1.rels"));
    if (!relations) continue;
    for (const relation of childrenOf(parseXml(relations))) {
      const target = (attributeOf(relation, "Target") ?? "").replace(/^(\.\.\/|\/xl\/)/, "");
      const part = /comment/i.test(attributeOf(relation, "Type") ?? "")
        ? parts.get(`xl/${target}`)
        : undefined;
      if (!part) continue;
      const own = new Map<string, string[]>();
      for (const one of descendantsOf(parseXml(part), (node) =>
        /^(comment|threadedComment)$/.test(localName(node)),
      )) {
        // 返信のあるコメントの古い写しは、説明だけなので読まない。
        const text = letters(one)
          .replace(/^\[Threaded comment\][\s\S]*?(Comment:|コメント:)\s*/, "")
          .trim();
        const ref = attributeOf(one, "ref") ?? "";
        if (text !== "") own.set(ref, [...(own.get(ref) ?? []), text]);
      }
      for (const [ref, texts] of own) {
        const key = `${name}!${ref}`;
        const all = [...(found.get(key)?.split("／") ?? []), ...texts];
        found.set(key, [...new Set(all)].join("／"));
      }
    }
  }
  return found;
}

/** シートの部品 → シートの名。 */
function sheetNames(parts: ReadonlyMap<string, Uint8Array>): Map<string, string> {
  const [book, relations] = [parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")];
  if (!book || !relations) return new Map();
  const targets = new Map(
    childrenOf(parseXml(relations)).map((one) => [
      attributeOf(one, "Id") ?? "",
      `xl/${(attributeOf(one, "Target") ?? "").replace(/^\/xl\//, "")}`,
    ]),
  );
  return new Map(
    [...descendantsOf(parseXml(book), (node) => localName(node) === "sheet")].map((sheet) => [
      targets.get(attributeOf(sheet, "r:id") ?? "") ?? "",
      attributeOf(sheet, "name") ?? "",
    ]),
  );
}

/** 一部の字に取消線のある文字列: 全部の字 → 消した字を除いた文。 */
function struckTexts(parts: ReadonlyMap<string, Uint8Array>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, part] of parts) {
    if (!/^xl\/(sharedStrings|worksheets\/[^/]+)\.xml$/i.test(name)) continue;
    if (!new TextDecoder().decode(part).includes("strike")) continue;
    for (const string of descendantsOf(parseXml(part), (node) => /^(si|is)$/.test(localName(node)))) {
      const runs = childrenOf(string).filter((one) => localName(one) === "r");
      const kept = runs.filter((run) => !isStruck(run));
      if (kept.length < runs.length) found.set(runs.map(letters).join(""), kept.map(letters).join(""));
    }
  }
  return found;
}

function isStruck(run: XmlElement): boolean {
  const look = childrenOf(run).find((one) => localName(one) === "rPr");
  const mark = look && childrenOf(look).find((one) => localName(one) === "strike");
  return mark !== undefined && !/^(0|false)$/.test(attributeOf(mark, "val") ?? "");
}

function letters(node: XmlElement): string {
  const name = localName(node);
  if (name === "t" || name === "text") {
    const inner = childrenOf(node);
    return inner.length > 0 ? inner.map(letters).join("") : textOf(node);
  }
  return name === "rPh" || name === "rPr" ? "" : childrenOf(node).map(letters).join("");
}
