import type { Token } from "./docx-token.ts";
import type { FieldFormat } from "./field-format.ts";

/** 命令の一つの項。引用符の中は段落や入れ子のフィールドも含む。 */
export interface Argument {
  tokens: Token[];
  quoted: boolean;
}

export interface Instruction {
  /** 大文字にした種類（MERGEFIELD, IF …）。式は "="。 */
  type: string;
  /** 種類の文字の書式（\* CHARFORMAT が使う）。 */
  typeFormat: string;
  args: Argument[];
  format: FieldFormat;
  /** 値をとらないスイッチ（\h など）の文字。 */
  flags: string[];
}

type Item = { kind: "argument"; argument: Argument } | { kind: "switch"; letter: string };

const comparing = new Set(["IF", "NEXTIF", "SKIPIF", "COMPARE"]);
const quotes = new Set(['"', "“", "”"]);

/** フィールドの命令を項とスイッチに分ける。命令は何個の run に分かれていてもよい。 */
export function parseInstruction(code: Token[]): Instruction {
  const lexer = new Lexer();
  for (const token of code) lexer.take(token);
  const items = lexer.finish();
  const first = items[0];
  const head = first?.kind === "argument" ? first.argument : undefined;
  const type = head ? staticText(head).toUpperCase() : "";
  const typeFormat = head?.tokens.find((token) => token.t === "text")?.rPr ?? "";
  return { type, typeFormat, ...sortItems(items.slice(1)) };
}

function sortItems(items: Item[]): Pick<Instruction, "args" | "format" | "flags"> {
  const args: Argument[] = [];
  const flags: string[] = [];
  const format: FieldFormat = { general: [] };
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    if (item?.kind === "argument") args.push(item.argument);
    if (item?.kind !== "switch") continue;
    const next = items[at + 1];
    const value = next?.kind === "argument" ? staticText(next.argument) : undefined;
    if (value === undefined || !takesValue(item.letter)) {
      flags.push(item.letter);
      continue;
    }
    at += 1;
    setSwitch(format, item.letter, value);
  }
  return { args, format, flags };
}

function takesValue(letter: string): boolean {
  return /^[@#*bf]$/i.test(letter);
}

function setSwitch(format: FieldFormat, letter: string, value: string): void {
  if (letter === "@") format.date = value;
  else if (letter === "#") format.number = value;
  else if (letter === "*") format.general.push(value);
  else if (letter.toLowerCase() === "b") format.before = value;
  else format.after = value;
}

/** 入れ子を含まない項の文字。 */
export function staticText(argument: Argument): string {
  return argument.tokens
    .map((token) => (token.t === "text" || token.t === "code" ? token.text : ""))
    .join("");
}

class Lexer {
  private readonly items: Item[] = [];
  private current: Argument | undefined;
  /** 開いている引用符があるか。 */
  private quoted = false;
  private escape = false;

  take(token: Token): void {
    if (token.t === "code" || token.t === "text") {
      for (const char of token.text) this.char(char, token.rPr);
    } else if (this.quoted) this.current?.tokens.push(token);
    else if (token.t === "field") this.open().tokens.push(token);
    else if (token.t === "piece" && !token.space) this.open().tokens.push(token);
    else if (token.t === "piece") this.close();
  }

  finish(): Item[] {
    if (this.escape) this.put("\\", "");
    this.close();
    return this.items;
  }

  private char(char: string, rPr: string): void {
    if (this.escape) this.escaped(char, rPr);
    else if (char === "\\") this.escape = true;
    else if (this.quoted) {
      if (quotes.has(char)) this.close();
      else this.put(char, rPr);
    } else if (quotes.has(char)) {
      this.close();
      this.current = { tokens: [], quoted: true };
      this.quoted = true;
    } else if (/[\s\u00a0]/.test(char)) this.close();
    else if (this.isOperator(char)) this.operator(char, rPr);
    else if (char === "=" && this.items.length === 0 && !this.current) {
      this.put(char, rPr);
      this.close();
    } else this.put(char, rPr);
  }

  /** \" は引用符そのもの。引用符の外の \x はスイッチ。 */
  private escaped(char: string, rPr: string): void {
    this.escape = false;
    if (this.quoted) {
      this.put(quotes.has(char) || char === "\\" ? char : `\\${char}`, rPr);
      return;
    }
    this.close();
    this.items.push({ kind: "switch", letter: char });
  }

  private isOperator(char: string): boolean {
    const first = this.items[0];
    if (!/[=<>]/.test(char) || first?.kind !== "argument" || this.items.length > 2) return false;
    return comparing.has(staticText(first.argument).toUpperCase());
  }

  private operator(char: string, rPr: string): void {
    const so = this.current && !this.current.quoted ? staticText(this.current) : "";
    if (!/^[=<>]+$/.test(so)) this.close();
    this.put(char, rPr);
  }

  private open(): Argument {
    // 比較の記号のすぐ後ろに続く項は、別の項にする（a="x" のように空白がない書き方）。
    if (this.current && /^[=<>]+$/.test(staticText(this.current)) && this.items.length === 2) this.close();
    this.current ??= { tokens: [], quoted: false };
    return this.current;
  }

  private put(char: string, rPr: string): void {
    const argument = this.quoted || /[=<>]/.test(char) ? this.opened() : this.open();
    const last = argument.tokens.at(-1);
    if (last?.t === "text" && last.rPr === rPr)
      argument.tokens[argument.tokens.length - 1] = { ...last, text: last.text + char };
    else argument.tokens.push({ t: "text", rPr, text: char });
  }

  private opened(): Argument {
    this.current ??= { tokens: [], quoted: false };
    return this.current;
  }

  private close(): void {
    if (this.current) this.items.push({ kind: "argument", argument: this.current });
    this.current = undefined;
    this.quoted = false;
  }
}
