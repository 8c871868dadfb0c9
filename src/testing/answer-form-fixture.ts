import { openZip, writeZip } from "../office/zip.ts";

/** Excel の回答様式の欄に、委託者の方が書いたようにする（「B4」→ 言葉）。 */
export function fillXlsx(bytes: Uint8Array, cells: Readonly<Record<string, string>>): Uint8Array {
  const parts = openZip(bytes);
  const name = "xl/worksheets/sheet1.xml";
  let xml = Buffer.from(parts.get(name) ?? []).toString();
  for (const [ref, text] of Object.entries(cells))
    xml = xml.replace(
      new RegExp(`<c r="${ref}" s="(\\d+)"(?:/>| t="inlineStr">.*?</c>)`),
      `<c r="${ref}" s="$1" t="inlineStr"><is><t>${text}</t></is></c>`,
    );
  return writeZip(new Map([...parts, [name, Buffer.from(xml)]]));
}
