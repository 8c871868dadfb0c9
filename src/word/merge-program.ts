import type { FieldFormat } from "./field-format.ts";

/**
 * 差し込みの手順。ひな形を一度だけこの並びに直し、人数分は文字列をつなぐだけで作る。
 * 文字列はそのまま出す XML。
 */
export type Op =
  | string
  /** 変わらない文字。text は条件の中で使うときの文字。 */
  | { op: "run"; rPr: string; xml: string; text: string }
  | { op: "value"; rPr: string; value: Value; instruction?: true }
  | { op: "choose"; test: Test; yes: Op[]; no: Op[] }
  /** 次の人へ進む。test があれば、当てはまるときだけ。 */
  | { op: "next"; test?: Test }
  /** 当てはまる人を飛ばす。 */
  | { op: "skip"; test: Test }
  | { op: "set"; name: string; content: Op[] }
  /** 文書の中で重ならない番号。 */
  | { op: "serial" }
  /** 一組ごとに付け替える名前や番号。同じ組の同じ key には同じものを出す。 */
  | { op: "keyed"; kind: KeyedKind; key: string }
  /** 一つの部品に一度だけ出すもの（VML の図形の型）。 */
  | { op: "once"; key: string; ops: Op[] }
  /** 同じ内容の別の書き方（mc:AlternateContent）。どの枝も同じ人から始める。 */
  | { op: "either"; branches: Op[][] }
  /** ヘッダー・フッターの関係番号。 */
  | { op: "part"; id: string }
  | { op: "note"; kind: "footnote" | "endnote"; id: string }
  /** 箇条書きの番号の組。 */
  | { op: "list"; id: string }
  /** 一組の終わりの区切り（sectPr）を置く場所。 */
  | { op: "tail" };

export type KeyedKind = "bookmarkId" | "bookmarkName" | "vml" | "spid" | "textBox";

export type Value =
  /** literal は、列が無いときに書かれていたまま出す文字（MERGEFIELD のひな形の中の { }）。 */
  | { kind: "field"; name: string; format: FieldFormat; literal?: string }
  | { kind: "sequence" | "record"; format: FieldFormat }
  | { kind: "text"; content: Op[]; format: FieldFormat }
  | { kind: "formula"; content: Op[]; format: FieldFormat }
  | { kind: "now"; format: FieldFormat; standard: string }
  /** SET で決めた値か、ひな形のブックマークの中身。 */
  | { kind: "reference"; name: string; format: FieldFormat; otherwise: string }
  | { kind: "truth"; test: Test };

export type Comparison = "=" | "<>" | "<" | ">" | "<=" | ">=";

export type Test =
  /** pattern: 右辺が引用符つきで、* と ? を任意の文字とみなす。 */
  | { kind: "compare"; left: Op[]; comparison: Comparison; right: Op[]; pattern: boolean }
  | { kind: "filled"; name: string }
  | { kind: "not"; test: Test }
  | { kind: "firstSheet" }
  /** 表裏で一組のものを、奇数ページで改めるか。 */
  | { kind: "oddStart" }
  /** いまの人（ahead なら、その先の人）がいる。名簿の最後を過ぎた空きの札でない。 */
  | { kind: "present"; ahead: number };

function runXml(rPr: string, inner: string): string {
  return `<w:r>${rPr}${inner}</w:r>`;
}

/** 続く文字列と変わらない文字をまとめて、実行するときの手数を減らす。 */
export function optimise(ops: Op[]): Op[] {
  const out: Op[] = [];
  let open: { rPr: string; xml: string } | undefined;
  const push = (xml: string) => {
    const last = out.length - 1;
    if (typeof out[last] === "string") out[last] += xml;
    else if (xml) out.push(xml);
  };
  const flush = () => {
    if (open) push(runXml(open.rPr, open.xml));
    open = undefined;
  };
  for (const op of ops) {
    if (typeof op !== "string" && op.op === "run") {
      // 書式が同じ隣どうしは一つの文字列（run）にする。見た目は同じで、ファイルが小さくなる。
      if (open && open.rPr === op.rPr) open.xml += op.xml;
      else {
        flush();
        open = { rPr: op.rPr, xml: op.xml };
      }
      continue;
    }
    flush();
    if (typeof op === "string") push(op);
    else out.push(withinOp(op));
  }
  flush();
  return out;
}

function withinOp(op: Exclude<Op, string>): Op {
  if (op.op === "choose") return { ...op, yes: optimise(op.yes), no: optimise(op.no) };
  if (op.op === "once") return { ...op, ops: optimise(op.ops) };
  if (op.op === "either") return { ...op, branches: op.branches.map(optimise) };
  return op;
}

/** 手順を、枝の中まで順に訪ねる。条件や値の中の手順も含む。 */
export function visitOps(ops: Op[], visit: (op: Exclude<Op, string>) => void): void {
  for (const op of ops) {
    if (typeof op === "string") continue;
    visit(op);
    for (const inner of innerOps(op)) visitOps(inner, visit);
  }
}

function innerOps(op: Exclude<Op, string>): Op[][] {
  if (op.op === "choose") return [...testOps(op.test), op.yes, op.no];
  if (op.op === "next") return op.test ? testOps(op.test) : [];
  if (op.op === "skip") return testOps(op.test);
  if (op.op === "set") return [op.content];
  if (op.op === "once") return [op.ops];
  if (op.op === "either") return op.branches;
  if (op.op !== "value") return [];
  if (op.value.kind === "text" || op.value.kind === "formula") return [op.value.content];
  return op.value.kind === "truth" ? testOps(op.value.test) : [];
}

function testOps(test: Test): Op[][] {
  if (test.kind === "compare") return [test.left, test.right];
  return test.kind === "not" ? testOps(test.test) : [];
}

/** 人によって変わる手順を含むか。含まない部品は全員で共有できる。 */
export function dependsOnRecord(ops: Op[]): boolean {
  let found = false;
  visitOps(ops, (op) => {
    if (op.op === "next" || op.op === "skip" || op.op === "set") found = true;
    if (op.op === "value" && op.value.kind !== "now") found = true;
    if (op.op === "choose" && op.test.kind !== "firstSheet" && op.test.kind !== "oddStart") found = true;
  });
  return found;
}
