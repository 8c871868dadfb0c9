import { isTruthy } from "./docx-brace.ts";
import { instructionXml, textXml } from "./docx-token.ts";
import { compareTexts } from "./field-comparison.ts";
import { type FieldFormat, formatValue, type MergeValue } from "./field-format.ts";
import { evaluateFormula } from "./field-formula.ts";
import type { MergeData } from "./merge-data.ts";
import type { Op, Test, Value } from "./merge-program.ts";

/** 手順を実行しながら、文書の側で決まるものを得る口。 */
export interface MergeHost {
  /** 差し込み項目の名前 → 列の番号。無ければ undefined。 */
  columnOf(name: string): number | undefined;
  /** いまの日時（DATE, TIME のため）。2025-08-05T09:00 の形。 */
  now: string;
  /** 表裏で一組のものを奇数ページで改めるか。 */
  oddStart: boolean;
  serial(): number;
  keyed(kind: string, key: string): string;
  part(id: string): string;
  note(kind: "footnote" | "endnote", id: string, at: MergeMachine): string;
  list(id: string): string;
  reference(name: string): Op[] | undefined;
  misfit(field: string, kind: "date" | "number"): void;
}

/** 名簿のどこまで来たか。一組（一人分、または一枚分）の間だけ使う。 */
export class MergeMachine {
  /** いまの人の行。名簿の長さ以上なら、もういない。 */
  cursor: number;
  /** いまの人が、差し込まれた何人目か（1 から）。 */
  sequence: number;
  /** 飛ばされたので、この組を次の人から作り直す。 */
  restart = false;
  private readonly start: number;
  private readonly variables = new Map<string, string>();
  private readonly data: MergeData;
  private readonly host: MergeHost;
  private readonly sheet: number;
  /** 部品ごとに一度だけ出すもの。 */
  private readonly once: Set<string>;
  tail = "";

  constructor(
    data: MergeData,
    host: MergeHost,
    place: { cursor: number; sequence: number; sheet: number; once: Set<string> },
  ) {
    this.data = data;
    this.host = host;
    this.cursor = place.cursor;
    this.start = place.cursor;
    this.sequence = place.sequence;
    this.sheet = place.sheet;
    this.once = place.once;
  }

  get present(): boolean {
    return this.cursor < this.data.rows.length;
  }

  /** 手順を実行して XML を足す。tail に出会うと、そこへ入れる印として配列に区切りを残す。 */
  run(ops: Op[], out: string[], onTail: () => void = () => {}): void {
    for (const op of ops) {
      if (this.restart) return;
      if (typeof op === "string") out.push(op);
      else this.step(op, out, onTail);
    }
  }

  private step(op: Exclude<Op, string>, out: string[], onTail: () => void): void {
    switch (op.op) {
      case "run":
        out.push(`<w:r>${op.rPr}${op.xml}</w:r>`);
        return;
      case "value": {
        const text = this.valueText(op.value);
        if (text === "") return;
        const inner = op.instruction ? instructionXml(text.replace(/[\\"]/g, "\\$&")) : textXml(text);
        if (inner) out.push("<w:r>", op.rPr, inner, "</w:r>");
        return;
      }
      case "choose":
        this.run(this.test(op.test) ? op.yes : op.no, out, onTail);
        return;
      case "next":
        if (!op.test || this.test(op.test)) this.advance();
        return;
      case "skip":
        this.skip(op.test);
        return;
      case "set":
        this.variables.set(op.name.toLowerCase(), this.textOf(op.content));
        return;
      case "once":
        if (this.once.has(op.key)) return;
        this.once.add(op.key);
        this.run(op.ops, out, onTail);
        return;
      case "either":
        this.either(op.branches, out);
        return;
      case "tail":
        onTail();
        return;
      default:
        out.push(this.given(op));
    }
  }

  private given(op: Extract<Op, { op: "serial" | "keyed" | "part" | "note" | "list" }>): string {
    if (op.op === "serial") return String(this.host.serial());
    if (op.op === "keyed") return this.host.keyed(op.kind, op.key);
    if (op.op === "part") return this.host.part(op.id);
    return op.op === "note" ? this.host.note(op.kind, op.id, this) : this.host.list(op.id);
  }

  private advance(): void {
    if (this.present) this.sequence += 1;
    this.cursor = Math.min(this.cursor + 1, this.data.rows.length);
  }

  private skip(test: Test): void {
    while (this.present && this.test(test)) {
      this.cursor += 1;
      // 組の最初の人を飛ばすなら、すでに出した文字ごと作り直す。二人目からは、次の人に進むだけでよい。
      if (this.cursor === this.start + 1) {
        this.restart = true;
        return;
      }
    }
  }

  /** 同じ中身の別表現は、同じ人から始めて同じ人で終わる。 */
  private either(branches: Op[][], out: string[]): void {
    const { cursor, sequence } = this;
    branches.forEach((branch, at) => {
      const after = { cursor: this.cursor, sequence: this.sequence };
      if (at > 0) Object.assign(this, { cursor, sequence });
      this.run(branch, out);
      if (at > 0) Object.assign(this, after);
    });
  }

  /** 手順の中の文字だけを取り出す（条件や式の中で使う）。 */
  textOf(ops: Op[]): string {
    let text = "";
    for (const op of ops) {
      if (typeof op === "string") continue;
      if (op.op === "run") text += op.text;
      else if (op.op === "value") text += this.valueText(op.value);
      else if (op.op === "choose") text += this.textOf(this.test(op.test) ? op.yes : op.no);
      else if (op.op === "either") text += this.textOf(op.branches[0] ?? []);
    }
    return text;
  }

  private lookup(name: string): MergeValue | undefined {
    const column = this.host.columnOf(name);
    return column === undefined ? undefined : (this.data.rows[this.cursor]?.[column] ?? { text: "" });
  }

  private valueText(value: Value): string {
    switch (value.kind) {
      case "field": {
        const found = this.lookup(value.name);
        if (!found) return value.literal !== undefined && this.present ? value.literal : "";
        return this.formatted(found, value.format, value.name);
      }
      case "sequence":
        return this.present ? this.formatted({ text: String(this.sequence) }, value.format, "") : "";
      case "record":
        return this.present ? this.formatted({ text: String(this.cursor + 1) }, value.format, "") : "";
      case "text":
        return this.formatted({ text: this.textOf(value.content) }, value.format, "");
      case "now":
        return this.formatted(
          { text: this.host.now, iso: this.host.now },
          { ...value.format, date: value.format.date ?? value.standard },
          "",
        );
      case "formula":
        return this.formula(value.content, value.format);
      case "reference":
        return this.referenced(value);
      case "truth":
        return this.test(value.test) ? "1" : "0";
    }
  }

  private formatted(value: MergeValue, format: FieldFormat, field: string): string {
    const shown = formatValue(value, format);
    if (shown.misfit && this.present) this.host.misfit(field, shown.misfit);
    return shown.text;
  }

  private formula(content: Op[], format: FieldFormat): string {
    if (!this.present) return "";
    const result = evaluateFormula(this.textOf(content), (name) => this.named(name));
    if (result === undefined) {
      this.host.misfit("計算式", "number");
      return "";
    }
    return this.formatted({ text: String(result), number: result }, format, "計算式");
  }

  private named(name: string): string | undefined {
    const set = this.variables.get(name.toLowerCase());
    if (set !== undefined) return set;
    const ops = this.host.reference(name.toLowerCase());
    return ops && this.textOf(ops);
  }

  private referenced(value: Extract<Value, { kind: "reference" }>): string {
    return this.formatted({ text: this.named(value.name) ?? value.otherwise }, value.format, value.name);
  }

  private test(test: Test): boolean {
    switch (test.kind) {
      case "compare":
        return compareTexts(this.textOf(test.left), test.comparison, this.textOf(test.right), test.pattern);
      case "filled":
        return isTruthy(this.lookup(test.name)?.text ?? "");
      case "not":
        return !this.test(test.test);
      case "firstSheet":
        return this.sheet === 0;
      case "oddStart":
        return this.host.oddStart;
      case "present":
        return this.cursor + test.ahead < this.data.rows.length;
    }
  }
}
