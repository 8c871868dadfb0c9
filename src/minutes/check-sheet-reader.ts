import { AppError } from "../base/error.ts";
import {
  childrenOf,
  descendantsOf,
  localName,
  parseXml,
  textOf,
  type XmlElement,
} from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { checkHeads } from "./check-sheet-document.ts";
import type { MinutesRecord } from "./minutes-record.ts";

export interface Correction {
  line: number;
  /** いまの会議録の文。 */
  before: string;
  after: string;
}

export interface ReadCorrections {
  corrections: Correction[];
  /** 会議録にない番号など、そのままでは反映できない行。 */
  refused: { line: number; why: string; after: string }[];
}

/**
 * 委員から返ってきた確認用の Word を読む。右の欄に書かれたものと、左の発言の欄を直に書き直したもののどちらも修正とみる。
 * 変更履歴は、挿入を読み、削除を読まない。
 * @throws AppError BAD_INPUT（確認用の表がない）
 */
export function readCheckSheet(bytes: Uint8Array, record: MinutesRecord): ReadCorrections {
  const rows = tableRows(bytes);
  const byId = new Map(record.lines.map((line) => [line.id, line]));
  const found: ReadCorrections = { corrections: [], refused: [] };
  for (const [number = "", , , said = "", wanted = ""] of rows) {
    const id = Number.parseInt(number.normalize("NFKC"), 10);
    const line = byId.get(id);
    const after = (wanted.trim() === "" ? said : wanted).trim();
    if (line === undefined) {
      if (wanted.trim() !== "")
        found.refused.push({ line: Number.isNaN(id) ? 0 : id, why: "番号の発言がありません", after });
      continue;
    }
    if (after === "" || unspaced(after) === unspaced(line.text)) continue;
    // 発言の欄が前の文のままなら、確認に出したあとで事務局が直しただけで、委員の修正ではない。
    if (wanted.trim() === "" && line.edits.some(({ before }) => unspaced(before) === unspaced(after)))
      continue;
    found.corrections.push({ line: id, before: line.text, after });
  }
  return found;
}

/** 空白を除いた文（見た目だけの違いを、直しと数えないため）。 */
export function unspaced(text: string): string {
  return text.replace(/\s+/g, "");
}

function tableRows(bytes: Uint8Array): string[][] {
  const body = bytes[0] === 0x50 && bytes[1] === 0x4b ? openZip(bytes).get("word/document.xml") : undefined;
  if (!body) throw notSheet();
  const tables = descendantsOf(parseXml(body), (one) => localName(one) === "tbl");
  for (const table of tables) {
    const rows = childrenOf(table)
      .filter((row) => localName(row) === "tr")
      .map((row) =>
        childrenOf(row)
          .filter((cell) => localName(cell) === "tc")
          .map(cellText),
      );
    const head = (rows[0] ?? []).map((text) => text.replace(/\s+/g, ""));
    if (head.length >= 5 && head[0] === checkHeads[0] && head[3] === checkHeads[3]) return rows.slice(1);
  }
  throw notSheet();
}

function cellText(cell: XmlElement): string {
  return descendantsOf(cell, (one) => localName(one) === "p")
    .map((paragraph) => runText(paragraph))
    .join("\n");
}

function runText(element: XmlElement): string {
  let text = "";
  for (const child of element.children) {
    if (typeof child === "string") continue;
    const name = localName(child);
    if (name === "t") text += textOf(child);
    else if (name === "br" || name === "cr") text += "\n";
    else if (name !== "del" && name !== "delText" && name !== "instrText") text += runText(child);
  }
  return text;
}

function notSheet(): AppError {
  return new AppError(
    "BAD_INPUT",
    "確認用の会議録（.docx）ではないようです。お送りした Word のファイルを、そのまま返していただいてください。",
  );
}
