import { AppError } from "../base/error.ts";
import { readTables } from "../office/table-reader.ts";
import { childrenOf, parseXml, unescapeXml, type XmlElement } from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import type { CameLine } from "./inquiry.ts";

/**
 * 返ってきた照会（Word の表、または Excel・CSV）を読む。「部分の印」の見出しのある表を探し、変更履歴は承諾したあとの文で読む。
 * @throws AppError BAD_INPUT（開けない、「部分の印」の表がない: よその Word など）
 */
export function readInquiry(bytes: Uint8Array, fileName: string): CameLine[] {
  const rows = /\.docx$/i.test(fileName) ? wordRows(bytes) : sheetRows(bytes, fileName);
  for (const table of rows) {
    // 表の上の案内の文（一つのます目）も「部分の印」と言うので、別々の列にある行を見出しとする。
    const head = table.findIndex((row) =>
      row.some(
        (cell) =>
          cell.includes("部分の印") && row.some((other) => other !== cell && other.includes("原稿の文")),
      ),
    );
    if (head < 0) continue;
    const names = table[head] ?? [];
    const at = (word: string) => names.findIndex((name) => name.includes(word));
    const [mark, text, remark] = [at("部分の印"), at("原稿の文"), at("意見")];
    if (text < 0) continue;
    return table
      .slice(head + 1)
      .map((row) => ({
        block: (row[mark] ?? "").trim(),
        text: (row[text] ?? "").trim(),
        remark: remark < 0 ? "" : (row[remark] ?? "").trim(),
      }))
      .filter((line) => line.block !== "" || line.text !== "" || line.remark !== "");
  }
  throw new AppError(
    "BAD_INPUT",
    "「部分の印」と「原稿の文」の列のある表が見つかりません。この照会で送った Word か Excel を、そのままの表で返してもらってください。届いたファイルは変えていません。",
  );
}

function sheetRows(bytes: Uint8Array, fileName: string): string[][][] {
  return readTables(bytes, fileName).map((table) => table.rows.map((row) => row.map((cell) => cell.text)));
}

function wordRows(bytes: Uint8Array): string[][][] {
  const body = openZip(bytes).get("word/document.xml");
  if (!body)
    throw new AppError("BAD_INPUT", "Word の文書として開けません。.docx で保存し直してもらってください。");
  const tables: string[][][] = [];
  walk(parseXml(body), (node) => {
    if (node.name !== "w:tbl") return true;
    tables.push(
      childrenOf(node)
        .filter(({ name }) => name === "w:tr")
        .map((row) =>
          childrenOf(row)
            .filter(({ name }) => name === "w:tc")
            .map(cellText),
        ),
    );
    return false;
  });
  return tables;
}

function walk(node: XmlElement, visit: (node: XmlElement) => boolean): void {
  if (!visit(node)) return;
  for (const child of childrenOf(node)) walk(child, visit);
}

/** ます目の文。段落と改行は改行に、消した字（w:del）は読まない。 */
function cellText(cell: XmlElement): string {
  const lines: string[] = [];
  let line = "";
  const read = (node: XmlElement): void => {
    if (node.name === "w:del" || node.name === "w:moveFrom") return;
    if (node.name === "w:br" || node.name === "w:cr") line += "\n";
    else if (node.name === "w:tab") line += " ";
    else if (node.name === "w:t")
      line += unescapeXml(node.children.filter((one) => typeof one === "string").join(""));
    for (const child of childrenOf(node)) read(child);
    if (node.name === "w:p") {
      lines.push(line);
      line = "";
    }
  };
  read(cell);
  return lines.join("\n").trim();
}
