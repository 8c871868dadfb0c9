import { readNumber, roundTo } from "./number-picture.ts";

/**
 * 式フィールド（{ = … }）を計算する。四則、^、%、比較（1 か 0）、
 * SUM AVERAGE MIN MAX COUNT PRODUCT ABS INT ROUND MOD SIGN AND OR NOT IF TRUE FALSE。
 * 表のます目を指す式（SUM(ABOVE) など）や読めない式は undefined。
 */
export function evaluateFormula(
  text: string,
  lookup: (name: string) => string | undefined,
): number | undefined {
  const tokens = text
    .normalize("NFKC")
    .match(/\d[\d,]*\.?\d*|\.\d+|<=|>=|<>|[-+*/^%()<>=;,]|[^\s\d\-+*/^%()<>=;,][^\s\-+*/^%()<>=;,]*/g);
  if (!tokens) return undefined;
  const parser = new Parser(tokens, lookup);
  const value = parser.comparison();
  return parser.ended && value !== undefined && Number.isFinite(value) ? value : undefined;
}

class Parser {
  private at = 0;
  private depth = 0;
  private readonly tokens: string[];
  private readonly lookup: (name: string) => string | undefined;

  constructor(tokens: string[], lookup: (name: string) => string | undefined) {
    this.tokens = tokens;
    this.lookup = lookup;
  }

  get ended(): boolean {
    return this.at === this.tokens.length;
  }

  comparison(): number | undefined {
    let left = this.sum();
    for (let sign = this.take(/^(=|<>|<=?|>=?)$/); sign; sign = this.take(/^(=|<>|<=?|>=?)$/)) {
      const right = this.sum();
      if (left === undefined || right === undefined) return undefined;
      left = compareNumbers(left, sign, right) ? 1 : 0;
    }
    return left;
  }

  private sum(): number | undefined {
    let left = this.product();
    for (let sign = this.take(/^[-+]$/); sign; sign = this.take(/^[-+]$/)) {
      const right = this.product();
      if (left === undefined || right === undefined) return undefined;
      left = sign === "+" ? left + right : left - right;
    }
    return left;
  }

  private product(): number | undefined {
    let left = this.power();
    for (let sign = this.take(/^[*/]$/); sign; sign = this.take(/^[*/]$/)) {
      const right = this.power();
      if (left === undefined || right === undefined) return undefined;
      left = sign === "*" ? left * right : left / right;
    }
    return left;
  }

  private power(): number | undefined {
    const base = this.unary();
    if (!this.take(/^\^$/)) return base;
    const exponent = this.power();
    return base === undefined || exponent === undefined ? undefined : base ** exponent;
  }

  private unary(): number | undefined {
    const sign = this.take(/^[-+]$/);
    if (sign) {
      this.depth += 1;
      const value = this.depth > 100 ? undefined : this.unary();
      this.depth -= 1;
      return value === undefined ? undefined : sign === "-" ? -value : value;
    }
    let value = this.primary();
    while (this.take(/^%$/)) value = value === undefined ? undefined : value / 100;
    return value;
  }

  private primary(): number | undefined {
    this.depth += 1;
    if (this.depth > 100) return undefined;
    const value = this.bare();
    this.depth -= 1;
    return value;
  }

  private bare(): number | undefined {
    if (this.take(/^\($/)) {
      const inner = this.comparison();
      return this.take(/^\)$/) ? inner : undefined;
    }
    const number = this.take(/^[\d.]/);
    if (number) return this.grouped(number);
    const name = this.take(/^[^-+*/^%()<>=;,]/);
    if (!name) return undefined;
    if (this.tokens[this.at] === "(") return this.call(name.toUpperCase());
    if (/^(true|false)$/i.test(name)) return /^true$/i.test(name) ? 1 : 0;
    const value = this.lookup(name);
    return value === undefined ? readNumber(name) : readNumber(value);
  }

  /** 関数の中の 1,000 は桁区切りでなく項の区切り。三桁でない「,」も区切りとして読み直す。 */
  private grouped(number: string): number | undefined {
    if (!number.includes(",") || /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(number)) return readNumber(number);
    const parts = number.split(/(,)/).filter(Boolean);
    this.tokens.splice(this.at, 0, ...parts.slice(1));
    return readNumber(parts[0] ?? "");
  }

  private call(name: string): number | undefined {
    this.take(/^\($/);
    const args: number[] = [];
    while (!this.take(/^\)$/)) {
      const value = this.comparison();
      if (value === undefined) return undefined;
      args.push(value);
      if (!this.take(/^[;,]$/) && this.tokens[this.at] !== ")") return undefined;
    }
    return functions[name]?.(args);
  }

  private take(pattern: RegExp): string | undefined {
    const token = this.tokens[this.at];
    if (token === undefined || !pattern.test(token)) return undefined;
    this.at += 1;
    return token;
  }
}

function compareNumbers(left: number, sign: string, right: number): boolean {
  if (sign === "=") return left === right;
  if (sign === "<>") return left !== right;
  if (sign === "<") return left < right;
  if (sign === ">") return left > right;
  return sign === "<=" ? left <= right : left >= right;
}

const sum = (args: number[]) => args.reduce((so, one) => so + one, 0);
const functions: Record<string, (args: number[]) => number | undefined> = {
  SUM: sum,
  PRODUCT: (args) => args.reduce((so, one) => so * one, 1),
  AVERAGE: (args) => (args.length > 0 ? sum(args) / args.length : undefined),
  MIN: (args) => Math.min(...args),
  MAX: (args) => Math.max(...args),
  COUNT: (args) => args.length,
  ABS: ([x]) => (x === undefined ? undefined : Math.abs(x)),
  INT: ([x]) => (x === undefined ? undefined : Math.floor(x)),
  SIGN: ([x]) => (x === undefined ? undefined : Math.sign(x)),
  ROUND: ([x, places = 0]) => (x === undefined ? undefined : roundTo(x, places)),
  MOD: ([x, y]) => (x === undefined || !y ? undefined : x - y * Math.floor(x / y)),
  AND: (args) => (args.every((one) => one !== 0) ? 1 : 0),
  OR: (args) => (args.some((one) => one !== 0) ? 1 : 0),
  NOT: ([x]) => (x === undefined ? undefined : x === 0 ? 1 : 0),
  IF: ([test, yes, no]) => (test === undefined ? undefined : test !== 0 ? yes : no),
};
