import { AppError } from "../base/error.ts";
import { type Codebook, type Question, readCodebook } from "../tabulation/codebook.ts";

/** 設問の種類の名。 */
export const questionTypes: Readonly<Record<Question["type"], string>> = {
  sa: "一つだけ選ぶ",
  ma: "いくつでも選ぶ",
  matrix: "表の形（題だけ。行は別の設問）",
  rank: "順位をつける",
  number: "数を書く",
  text: "文を書く",
};

export const baseRules: Readonly<Record<Question["base"], string>> = {
  all: "聞かれた人（無回答を含む）",
  asked: "聞かれた人",
  answered: "答えた人",
};

/** 画面の欄（名 → 文字）から、設問の JSON を作る。選択肢は o.0.code のように番号で並ぶ。 */
export function questionOf(form: Readonly<Record<string, string>>): Record<string, unknown> {
  const text = (name: string) => (form[name] ?? "").trim();
  const type = text("type");
  const columns = listOf(text("columns"));
  const options = optionsOf(form);
  const when = text("when.question");
  const range = { min: numberOf(text("min")), max: numberOf(text("max")) };
  return {
    ...{ id: text("id"), text: text("text"), type },
    ...(text("short") === "" ? {} : { short: text("short") }),
    ...(type === "sa" && text("matrix") !== "" ? { matrix: text("matrix") } : {}),
    ...(columns.length > 0 && type !== "matrix" ? { columns } : {}),
    ...(type === "sa" || type === "ma" || type === "rank" ? { options, nets: netsOf(text("nets")) } : {}),
    missing: Object.fromEntries(
      ["noAnswer", "notApplicable", "unknown", "dontKnow"]
        .map((kind) => [kind, listOf(text(`missing.${kind}`))] as const)
        .filter(([, codes]) => codes.length > 0),
    ),
    ...(text("base") === "" ? {} : { base: text("base") }),
    ...(when === "" ? {} : { when: { question: when, codes: listOf(text("when.codes")) } }),
    ...(type === "number" && (range.min !== undefined || range.max !== undefined) ? { range } : {}),
  };
}

function optionsOf(form: Readonly<Record<string, string>>): Record<string, unknown>[] {
  const places = new Set(
    Object.keys(form).flatMap((name) => {
      const match = /^o\.(\d+)\./.exec(name);
      return match ? [Number(match[1])] : [];
    }),
  );
  return [...places]
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const cell = (name: string) => (form[`o.${at}.${name}`] ?? "").trim();
      if (cell("label") === "" && cell("code") === "") return [];
      const score = numberOf(cell("score"));
      return [
        {
          ...{ code: cell("code"), label: cell("label") || cell("code") },
          ...(cell("short") === "" ? {} : { short: cell("short") }),
          ...(cell("write") === "" ? {} : { write: cell("write") }),
          ...(score === undefined ? {} : { score }),
          ...(cell("exclusive") === "" ? {} : { exclusive: true }),
        },
      ];
    });
}

/** 「1,2、3」や改行で区切った並び。 */
export function listOf(text: string): string[] {
  return text
    .split(/[,、\n]+/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

function numberOf(text: string): number | undefined {
  if (text === "") return undefined;
  const value = Number(text.normalize("NFKC").replaceAll(",", ""));
  if (!Number.isFinite(value))
    throw new AppError("BAD_INPUT", `「${text}」は数ではありません。半角の数で書いてください。`);
  return value;
}

/** 一行に一つ「満足（計）=1,2」。 */
function netsOf(text: string): { label: string; codes: string[] }[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const at = line.lastIndexOf("=");
      const codes = listOf(line.slice(at + 1));
      if (at < 1 || codes.length === 0)
        throw new AppError("BAD_INPUT", `まとめ「${line}」は、「満足（計）=1,2」のように書いてください。`);
      return { label: line.slice(0, at).trim(), codes };
    });
}

/**
 * 設問を一つ置き換える（before が undefined なら足す）。
 * @throws AppError BAD_INPUT（形、重なる id、知らない設問・選択肢を指す）
 */
export function withQuestion(
  codebook: Codebook,
  before: string | undefined,
  question: Record<string, unknown>,
): Codebook {
  const questions: unknown[] = codebook.questions.map((one) => (one.id === before ? question : one));
  if (before === undefined) questions.push(question);
  const made = readCodebook(JSON.stringify({ ...codebook, questions }));
  const known = new Map(made.questions.map((one) => [one.id, one]));
  for (const { id, when, nets, options } of made.questions) {
    const gate = when && known.get(when.question);
    const open = gate?.options.map(({ code }) => code) ?? [];
    const lost = when?.codes.find((code) => !open.includes(code));
    if (lost !== undefined)
      throw new AppError(
        "BAD_INPUT",
        `設問 ${id} を聞く条件の「${lost}」は、設問 ${when?.question} の選択肢にありません。`,
      );
    const stray = nets
      .flatMap(({ codes }) => codes)
      .find((code) => !options.some((one) => one.code === code));
    if (stray !== undefined)
      throw new AppError("BAD_INPUT", `設問 ${id} のまとめの「${stray}」は、選択肢にありません。`);
  }
  return made;
}

/** 設問を一つ外す。ほかから指されていれば断る。 */
export function withoutQuestion(codebook: Codebook, id: string): Codebook {
  if (!codebook.questions.some((one) => one.id === id))
    throw new AppError("NOT_FOUND", "その設問は、コードブックにありません。");
  if (codebook.questions.length === 1)
    throw new AppError("REFUSED", "最後の設問は外せません。コードブックを読み直してください。");
  const questions = codebook.questions.filter((one) => one.id !== id && one.matrix !== id);
  const axes = codebook.axes.filter((axis) => !axis.includes(id));
  return readCodebook(JSON.stringify({ ...codebook, questions, axes }));
}

/** 設問から、画面の欄の値。 */
export function formOf(question: Question): Record<string, string> {
  const { id, text, short, type, matrix, columns, missing, base, when, range, nets, options } = question;
  const missingOf = missing as Readonly<Record<string, readonly string[] | undefined>>;
  const values: Record<string, string> = {
    ...{
      id,
      text,
      type,
      base,
      short: short ?? "",
      matrix: matrix ?? "",
      columns: (columns ?? [id]).join("\n"),
    },
    ...{ "when.question": when?.question ?? "", "when.codes": when?.codes.join(",") ?? "" },
    ...{ min: String(range?.min ?? ""), max: String(range?.max ?? "") },
    nets: nets.map(({ label, codes }) => `${label}=${codes.join(",")}`).join("\n"),
  };
  for (const kind of ["noAnswer", "notApplicable", "unknown", "dontKnow"])
    values[`missing.${kind}`] = (missingOf[kind] ?? []).join(",");
  for (const [at, option] of options.entries()) {
    values[`o.${at}.code`] = option.code;
    values[`o.${at}.label`] = option.label;
    values[`o.${at}.short`] = option.short ?? "";
    values[`o.${at}.write`] = option.write ?? "";
    values[`o.${at}.score`] = option.score === undefined ? "" : String(option.score);
    values[`o.${at}.exclusive`] = option.exclusive ? "1" : "";
  }
  return values;
}
