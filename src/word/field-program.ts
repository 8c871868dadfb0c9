import { usesMinuteForMonth } from "./date-picture.ts";
import { type FieldToken, firstFormat, instructionXml, type Token } from "./docx-token.ts";
import type { FieldFormat } from "./field-format.ts";
import { type Argument, type Instruction, parseInstruction, staticText } from "./field-instruction.ts";
import { type Inventory, noteField, noteUnsupported } from "./merge-inventory.ts";
import type { Comparison, Op, Test, Value } from "./merge-program.ts";

export interface FieldContext {
  inventory: Inventory;
  /** 並びを手順に直す。code は、残すフィールドの命令の中。 */
  compile(tokens: Token[], place: "text" | "code"): Op[];
  /** ひな形にあるブックマークの名前。 */
  bookmarks: Set<string>;
  /** 一組が一つの節なら、そのページ数の見積もり（総ページ数を節のページ数に読み替えられる）。 */
  sectionPages: number | undefined;
}

/** 差し込みのあとも Word が計算するもの。 */
const kept = new Set(
  (
    "PAGE NUMPAGES SECTION SECTIONPAGES PAGEREF NOTEREF SEQ TOC TC TA TOA HYPERLINK STYLEREF SYMBOL EQ ADVANCE LISTNUM AUTONUM " +
    "AUTONUMLGL AUTONUMOUT FORMTEXT FORMCHECKBOX FORMDROPDOWN DISPLAYBARCODE BARCODE XE INDEX RD PRINT PRIVATE EMBED CONTROL " +
    "SHAPE CITATION BIBLIOGRAPHY"
  ).split(" "),
);
/** 最後に保存されたときの表示を、文字として残すもの。 */
const frozen = new Set(
  (
    "FILENAME AUTHOR USERNAME USERINITIALS USERADDRESS TITLE SUBJECT KEYWORDS COMMENTS DOCPROPERTY DOCVARIABLE CREATEDATE SAVEDATE " +
    "PRINTDATE EDITTIME FILESIZE LASTSAVEDBY NUMCHARS NUMWORDS REVNUM TEMPLATE INFO AUTOTEXT AUTOTEXTLIST GLOSSARY"
  ).split(" "),
);
/** 差し込めず、利用者に直してもらうもの。 */
const unsupported = new Set(
  "ADDRESSBLOCK GREETINGLINE DATABASE INCLUDETEXT INCLUDE INCLUDEPICTURE IMPORT LINK DDE DDEAUTO ASK FILLIN MACROBUTTON DATA".split(
    " ",
  ),
);
const standardPictures: Record<string, string> = { DATE: "yyyy年M月d日", TIME: "H:mm" };
const comparisons = new Set(["=", "<>", "<", ">", "<=", ">="]);

/** フィールド一つを手順にする。 */
export function fieldOps(field: FieldToken, ctx: FieldContext, place: "text" | "code"): Op[] {
  const instruction = parseInstruction(field.code);
  const { type, format } = instruction;
  if (format.date && usesMinuteForMonth(format.date)) {
    ctx.inventory.warnings.add(
      "日付の書式に小文字の m（分）があります。月（M）の書き間違いとして月を入れます。",
    );
  }
  const emit = (value: Value) => [valueOp(value, formatOf(field, instruction), place)];
  if (type === "MERGEFIELD") {
    const name = instruction.args.map(staticText).join(" ").trim();
    noteField(ctx.inventory, name, "MERGEFIELD", format.date);
    return emit({ kind: "field", name, format });
  }
  if (type === "MERGESEQ") return emit({ kind: "sequence", format });
  if (type === "MERGEREC") return emit({ kind: "record", format });
  if (type === "=") return emit({ kind: "formula", content: formulaContent(instruction, ctx), format });
  const standard = standardPictures[type];
  if (standard) return emit({ kind: "now", format, standard });
  return ruleOps(field, instruction, ctx, place) ?? otherOps(field, instruction, ctx, place);
}

function valueOp(value: Value, rPr: string, place: "text" | "code"): Op {
  return place === "code" ? { op: "value", rPr, value, instruction: true } : { op: "value", rPr, value };
}

/** 結果の書式。\* CHARFORMAT なら種類の文字の書式、ふつうは前回の結果の最初の文字の書式。 */
function formatOf(field: FieldToken, instruction: Instruction): string {
  if (hasGeneral(instruction.format, "CHARFORMAT")) return instruction.typeFormat;
  return firstFormat(field.result) ?? (instruction.typeFormat || field.rPr);
}

function hasGeneral(format: FieldFormat, name: string): boolean {
  return format.general.some((one) => one.toUpperCase() === name);
}

/** 差し込みの規則（IF, NEXT, SKIPIF, SET …）。 */
function ruleOps(
  field: FieldToken,
  instruction: Instruction,
  ctx: FieldContext,
  place: "text" | "code",
): Op[] | undefined {
  const { type, args } = instruction;
  if (type === "IF") return ifOps(field, instruction, ctx, place);
  if (type === "NEXT") return [{ op: "next" }];
  if (type === "NEXTIF" || type === "SKIPIF" || type === "COMPARE") {
    const test = testOf(args, ctx);
    if (!test) return broken(field, type, ctx, place);
    if (type === "COMPARE") return [valueOp({ kind: "truth", test }, formatOf(field, instruction), place)];
    if (type === "SKIPIF") ctx.inventory.skips = true;
    return [type === "SKIPIF" ? { op: "skip", test } : { op: "next", test }];
  }
  if (type === "SET") {
    const name = args[0] ? staticText(args[0]) : "";
    ctx.inventory.variables.add(name.toLowerCase());
    return [{ op: "set", name, content: ctx.compile(joined(args.slice(1)), "text") }];
  }
  if (type === "QUOTE") return contentOps(field, instruction, joined(args), ctx, place);
  return undefined;
}

function ifOps(field: FieldToken, instruction: Instruction, ctx: FieldContext, place: "text" | "code"): Op[] {
  const { args } = instruction;
  const test = testOf(args, ctx);
  if (!test) return broken(field, "IF", ctx, place);
  const yes = contentOps(field, instruction, args[3]?.tokens ?? [], ctx, place);
  const no = contentOps(field, instruction, args[4]?.tokens ?? [], ctx, place);
  return [{ op: "choose", test, yes, no }];
}

/** 選ばれる中身。文字の書式は命令に書かれたもの（\* MERGEFORMAT なら前回の結果のもの）。 */
function contentOps(
  field: FieldToken,
  instruction: Instruction,
  tokens: Token[],
  ctx: FieldContext,
  place: "text" | "code",
): Op[] {
  const { format } = instruction;
  const plain = tokens.every((token) => token.t === "text" || token.t === "field" || token.t === "piece");
  const general = format.general.some((name) => !/^(MERGEFORMAT|CHARFORMAT)$/i.test(name));
  if (plain && (place === "code" || general || format.date !== undefined || format.number !== undefined)) {
    const value: Value = { kind: "text", content: ctx.compile(tokens, "text"), format };
    return [valueOp(value, formatOf(field, instruction), place)];
  }
  const fixed = hasGeneral(format, "MERGEFORMAT") || hasGeneral(format, "CHARFORMAT");
  if (!plain || !fixed) return ctx.compile(tokens, place);
  const rPr = formatOf(field, instruction);
  return ctx.compile(
    tokens.map((token) => (token.t === "text" ? { ...token, rPr } : token)),
    place,
  );
}

/** 項を空白でつないだ並び。 */
function joined(args: Argument[]): Token[] {
  return args.flatMap((one, at): Token[] =>
    at === 0 ? one.tokens : [{ t: "text", rPr: "", text: " " }, ...one.tokens],
  );
}

function testOf(args: Argument[], ctx: FieldContext): Test | undefined {
  const [left, sign, right] = args;
  const comparison = sign ? staticText(sign) : "";
  if (!left || !right || !isComparison(comparison)) return undefined;
  return {
    kind: "compare",
    left: sideOps(left, ctx),
    comparison,
    right: sideOps(right, ctx),
    pattern: right.quoted,
  };
}

function isComparison(text: string): text is Comparison {
  return comparisons.has(text);
}

/** 引用符のない語は、SET で決めた名前かもしれない。 */
function sideOps(side: Argument, ctx: FieldContext): Op[] {
  const text = staticText(side);
  if (side.quoted || !side.tokens.every((token) => token.t === "text"))
    return ctx.compile(side.tokens, "text");
  return [
    {
      op: "value",
      rPr: "",
      value: { kind: "reference", name: text, format: { general: [] }, otherwise: text },
    },
  ];
}

function formulaContent(instruction: Instruction, ctx: FieldContext): Op[] {
  return ctx.compile(joined(instruction.args), "text");
}

function broken(field: FieldToken, type: string, ctx: FieldContext, place: "text" | "code"): Op[] {
  ctx.inventory.warnings.add(
    `${type} フィールドの書き方が読み取れないため、ひな形に表示されていた文字をそのまま使います。`,
  );
  return ctx.compile(field.result, place);
}

function otherOps(
  field: FieldToken,
  instruction: Instruction,
  ctx: FieldContext,
  place: "text" | "code",
): Op[] {
  const { type } = instruction;
  if (kept.has(type) || type === "MERGEBARCODE") return keptOps(field, instruction, ctx);
  const cached = plainText(field.result);
  if (unsupported.has(type)) {
    noteUnsupported(ctx.inventory, type);
    // «住所ブロック» のような見本の文字を刷らない。
    return cached.includes("«") ? [] : ctx.compile(field.result, place);
  }
  const name =
    type === "REF" ? (instruction.args[0] ? staticText(instruction.args[0]) : "") : staticName(field);
  if (frozen.has(type) || !name) return ctx.compile(field.result, place);
  const value: Value = { kind: "reference", name, format: instruction.format, otherwise: cached };
  return [valueOp(value, formatOf(field, instruction), place)];
}

/** 種類の語がなく、名前だけが書かれたフィールド（{ ブックマーク名 }）。 */
function staticName(field: FieldToken): string {
  return plainText(field.code).trim().split(/\s/)[0] ?? "";
}

export function plainText(tokens: Token[]): string {
  return tokens
    .map((token) => {
      if (token.t === "text" || token.t === "code" || token.t === "piece") return token.text;
      return token.t === "field" ? plainText(token.result) : "";
    })
    .join("");
}

function keptOps(field: FieldToken, instruction: Instruction, ctx: FieldContext): Op[] {
  const mark = (type: string): Op => `<w:r>${field.rPr}<w:fldChar w:fldCharType="${type}"/></w:r>`;
  const code = keptCode(field, instruction, ctx);
  const shown = keptResult(field, instruction, ctx);
  const result = shown.length > 0 ? [mark("separate"), ...ctx.compile(shown, "text")] : [];
  if (isStale(field, instruction)) {
    // 見本の値で描かれた結果（バーコードなど）を出さず、開いたときに Word が描き直す。
    const dirty = '<w:fldChar w:fldCharType="begin" w:dirty="true"/>';
    return [`<w:r>${field.rPr}${dirty}</w:r>`, ...code, ...result, mark("end")];
  }
  return [`<w:r>${field.rPr}`, ...field.begin, "</w:r>", ...code, ...result, mark("end")];
}

/** 命令に人ごとの値が入るのに、結果は見本のまま残っているもの。ハイパーリンクの結果は見出しなので別。 */
function isStale(field: FieldToken, { type }: Instruction): boolean {
  return type !== "HYPERLINK" && (type === "MERGEBARCODE" || field.code.some((token) => token.t === "field"));
}

function keptResult(field: FieldToken, instruction: Instruction, ctx: FieldContext): Token[] {
  if (isStale(field, instruction)) {
    if (/BARCODE$/.test(instruction.type)) {
      ctx.inventory.warnings.add(
        "バーコードは Word で開いたときに描かれます。LibreOffice で作る PDF には出ません。",
      );
    }
    return [];
  }
  if (instruction.type !== "NUMPAGES" || ctx.sectionPages === undefined) return field.result;
  // 開き直すまで計算しない読み手のために、見積もりのページ数を入れておく。
  const rPr = firstFormat(field.result) ?? field.rPr;
  return [{ t: "text", rPr, text: String(ctx.sectionPages) }];
}

function keptCode(field: FieldToken, instruction: Instruction, ctx: FieldContext): Op[] {
  const { type, args } = instruction;
  const fixed = field.code.every((token) => token.t === "code" || token.t === "text" || token.t === "atom");
  if (!fixed)
    return ctx.compile(
      field.code.filter((token) => token.t !== "open" && token.t !== "close"),
      "code",
    );
  const text = plainText(field.code);
  const raw = (part: string): Op[] => (part ? [`<w:r>${field.rPr}${instructionXml(part)}</w:r>`] : []);
  if (type === "MERGEBARCODE" && args[0]) {
    const name = staticText(args[0]);
    noteField(ctx.inventory, name, "MERGEFIELD");
    const rest = text.replace(/^\s*MERGEBARCODE\s+("[^"]*"|\S+)/i, "");
    const value: Value = { kind: "field", name, format: { general: [] } };
    return [...raw(' DISPLAYBARCODE "'), valueOp(value, field.rPr, "code"), ...raw(`"${rest}`)];
  }
  // 全員分を一つの文書にすると総ページ数は人数分になる。一人分の枚数を出すのは節のページ数。
  if (type === "NUMPAGES" && ctx.sectionPages !== undefined)
    return raw(text.replace(/NUMPAGES/i, "SECTIONPAGES"));
  const target = /^(PAGEREF|NOTEREF)$/.test(type) && args[0] ? staticText(args[0]) : undefined;
  if (!target || !ctx.bookmarks.has(target)) return raw(text);
  const at = text.indexOf(target);
  const renamed: Op[] = [
    `<w:r>${field.rPr}<w:instrText>`,
    { op: "keyed", kind: "bookmarkName", key: target },
    "</w:instrText></w:r>",
  ];
  return [...raw(text.slice(0, at)), ...renamed, ...raw(text.slice(at + target.length))];
}
