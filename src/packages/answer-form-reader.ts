import { AppError } from "../base/error.ts";
import { readXlsx } from "../office/xlsx-reader.ts";
import {
  childrenOf,
  descendantsOf,
  localName,
  parseXml,
  textOf,
  type XmlElement,
} from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { type FormLabel, formLabels } from "./answer-form-document.ts";

/** 署名のない回答様式に書かれたこと。outcome は書かれた言葉（「承認」）。 */
export interface FormAnswer {
  code: string;
  outcome: string;
  words: string;
  officer: string;
}

const limits = { tables: 20, rows: 5_000, cells: 50_000 };
const maxBody = 20 * 1024 * 1024;

/**
 * 返ってきた回答様式（.xlsx か .docx）を読む。保存し直されて行や列が動いていても、見出しの右の欄を読む。
 * @throws AppError BAD_INPUT（回答様式ではない、壊れている）
 */
export function readFormAnswer(bytes: Uint8Array): FormAnswer & { source: "xlsx" | "docx" } {
  const word = wordRows(bytes);
  const rows = word ?? sheetRows(bytes);
  const found = pick(rows);
  if (found.code === "")
    throw new AppError(
      "BAD_INPUT",
      `回答様式の「${formLabels.code}」が見つかりません。受託者が渡した回答様式を、そのまま返していただいてください。`,
    );
  return { ...found, source: word ? "docx" : "xlsx" };
}

function sheetRows(bytes: Uint8Array): string[][] {
  return readXlsx(bytes, limits).flatMap((table) =>
    table.rows.map((row) => row.filter((cell) => cell.mergedFrom === undefined).map((cell) => cell.text)),
  );
}

/** Word の表の行。Word でなければ undefined。 */
function wordRows(bytes: Uint8Array): string[][] | undefined {
  const parts = openZip(bytes, {}, (name) => name === "word/document.xml");
  const part = parts.get("word/document.xml");
  if (!part) return undefined;
  if (part.length > maxBody)
    throw new AppError("TOO_LARGE", "回答様式が大きすぎます。渡した様式のまま返していただいてください。");
  return descendantsOf(parseXml(part), is("tr")).map((row) => childrenOf(row).filter(is("tc")).map(cellText));
}

/** ますの中の段落を、改行でつなぐ。消した字（変更履歴）は読まない。 */
function cellText(cell: XmlElement): string {
  return descendantsOf(cell, is("p"))
    .map((paragraph) =>
      descendantsOf(paragraph, is("r"))
        .flatMap((run) => childrenOf(run))
        .map((child) => {
          if (localName(child) === "br" || localName(child) === "cr") return "\n";
          if (localName(child) === "tab") return "\t";
          return localName(child) === "t" ? textOf(child) : "";
        })
        .join(""),
    )
    .join("\n")
    .trim();
}

function is(name: string): (element: XmlElement) => boolean {
  return (element) => localName(element) === name;
}

function pick(rows: readonly (readonly string[])[]): FormAnswer {
  const found: FormAnswer = { code: "", outcome: "", words: "", officer: "" };
  const flat = (text: string) => text.normalize("NFKC").replace(/\s/g, "");
  for (const row of rows)
    for (const [name, label] of Object.entries(formLabels) as [FormLabel, string][]) {
      const at = row.findIndex((text) => flat(text) === flat(label));
      if (at < 0 || found[name] !== "") continue;
      found[name] =
        row
          .slice(at + 1)
          .find((text) => text.trim() !== "")
          ?.trim() ?? "";
    }
  // 「☑承認」「■ 承認」「承認。」と書かれても読む。
  found.outcome = found.outcome.replace(/^[\s☑✓✔■●○◯レ□・]+/u, "").replace(/[\s。．]+$/u, "");
  return found;
}
