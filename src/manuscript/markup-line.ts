const ATTRIBUTES = /\s*\{#([\p{L}\p{N}_.-]+)((?:\s+[\w-]+="[^"]*")*)\s*\}\s*$/u;

/** 行の終わりの印を読んだもの。 */
export interface Mark {
  id: string | undefined;
  text: string;
  values: Map<string, string>;
}

/** 行の終わりの {#id 名="値"}。 */
export function readMark(line: string): Mark {
  const found = ATTRIBUTES.exec(line);
  const values = new Map(
    [...(found?.[2] ?? "").matchAll(/([\w-]+)="([^"]*)"/g)].map((one) => [one[1] ?? "", one[2] ?? ""]),
  );
  return { id: found?.[1], text: (found ? line.slice(0, found.index) : line).trim(), values };
}

/** 「A-1, B-2」→ 記号の並び。 */
export function codesOf(text: string): string[] {
  return text.split(/[,、\s]+/).filter(Boolean);
}

/** 表の見せ方（wide、widths、source）。 */
export function tableLook({ values }: Mark): { wide?: boolean; widths?: number[]; source?: string } {
  const widths = codesOf(values.get("widths") ?? "").map(Number);
  const source = values.get("source");
  return {
    ...(/^(yes|はい|true)$/.test(values.get("wide") ?? "") ? { wide: true } : {}),
    ...(widths.length > 0 && widths.every((one) => one > 0) ? { widths } : {}),
    ...(source ? { source } : {}),
  };
}

/** 「|」で区切る。「\\|」は字のまま。{{data/x.csv!B2|0.0}} の中の「|」では分けない。 */
export function cellsOf(line: string): string[] {
  const inner = line.replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  const cells = inner.match(/(?:\\\||\{\{[^{}]*\}\}|[^|])+|(?<=^|\|)(?=\||$)/g) ?? [""];
  return cells.map((cell) => cell.replaceAll("\\|", "|").trim());
}

/** 行の折り返しは、英数字どうしの間だけ空白にする。 */
export function joinLines(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    const space = /[\p{Script=Latin}\d,.]$/u.test(text) && /^[\p{Script=Latin}\d]/u.test(line) ? " " : "";
    return text === "" ? line : text + space + line;
  }, "");
}
