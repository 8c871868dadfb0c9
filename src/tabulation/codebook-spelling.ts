/*
 * 手で書いたコードブックの、書き方の違いをそろえる。意味の変わることはしない。
 * ここを通した後の形は codebook.ts が確かめる。
 */

type Bag = Record<string, unknown>;
const isBag = (one: unknown): one is Bag => typeof one === "object" && one !== null && !Array.isArray(one);
const listOf = (one: unknown): unknown[] => (Array.isArray(one) ? one : one === undefined ? [] : [one]);

/** 種類の名。はじめに合ったもの。 */
const typeNames: readonly (readonly [RegExp, string])[] = [
  [/^(sa$|sa[（(]|single|radio|select|category|categorical|単一|単数|一つ|択一|シングル)/i, "sa"],
  [/^(ma$|ma[（(]|multi|checkbox|複数|いくつでも|マルチ)/i, "ma"],
  [/^(num|int|float|real|quantity|数|実数)/i, "number"],
  [/^(rank|order|順位)/i, "rank"],
  [/^(text|free|open|string|fa$|oa$|自由|文|記述)/i, "text"],
  [/^(matrix|grid|表|マトリ)/i, "matrix"],
];

/** 設問の種類の、いろいろな書き方から。知らなければ undefined。 */
export function typeNamed(word: string): string | undefined {
  return typeNames.find(([pattern]) => pattern.test(word.normalize("NFKC").trim()))?.[1];
}

const missingNames: readonly (readonly [RegExp, string])[] = [
  [/^(noanswer|no_answer|無回答|未回答|無記入|未記入|回答なし)$/i, "noAnswer"],
  [/^(notapplicable|not_applicable|非該当|対象外|該当なし)$/i, "notApplicable"],
  [/^(unknown|不明|無効|判読不能)$/i, "unknown"],
  [/^(dontknow|dont_know|わからない|分からない|dk)$/i, "dontKnow"],
];

/** 「無回答」などの言葉から、答えのないことの種類。 */
export function missingNamed(word: string): string | undefined {
  return missingNames.find(([pattern]) => pattern.test(word.normalize("NFKC").trim()))?.[1];
}

/** 書き方をそろえたコードブック。 */
export function settleSpelling(raw: unknown): unknown {
  const book = withoutNull(raw);
  if (!isBag(book)) return book;
  const head = rename(book, { axis: "axes", banner: "axes", banners: "axes", items: "questions" });
  const questions = isBag(head.questions)
    ? Object.entries(head.questions).map(([id, one]) => (isBag(one) ? { id, ...one } : one))
    : head.questions;
  return {
    ...head,
    ...(questions === undefined
      ? {}
      : { questions: Array.isArray(questions) ? questions.map(settleQuestion) : questions }),
    ...(head.axes === undefined ? {} : { axes: listOf(head.axes).map(settleAxis) }),
    ...(isBag(head.design) ? { design: settleDesign(head.design) } : {}),
    ...(head.tests === undefined ? {} : { tests: settleTests(head.tests) }),
  };
}

/** 値のない項目（null、空の文字）は、書かれていないのと同じ。 */
function withoutNull(one: unknown): unknown {
  if (Array.isArray(one)) return one.map(withoutNull);
  if (!isBag(one)) return one;
  const kept = Object.entries(one).filter(([, value]) => value !== null);
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutNull(value)]));
}

/** 別の名で書かれた項目を、決まりの名に（決まりの名があれば、そのまま）。 */
function rename(bag: Bag, names: Readonly<Record<string, string>>): Bag {
  const made: Bag = {};
  for (const [key, value] of Object.entries(bag)) {
    const plain = key.replace(/[\s_-]/g, "").toLowerCase();
    const name = names[plain] ?? key;
    if (name === key || !(name in bag)) made[name] = value;
  }
  return made;
}

const questionNames = {
  ...{ number: "id", name: "id", key: "id", question: "text", label: "text", title: "text", kind: "type" },
  ...{ column: "columns", variable: "columns", variables: "columns", choices: "options" },
  ...{ values: "options", categories: "options", labels: "options", missingcodes: "missing" },
  ...{ missingvalues: "missing", missingcode: "missing", na: "missing", filter: "when", askedif: "when" },
} as const;

function settleQuestion(raw: unknown): unknown {
  if (!isBag(raw)) return raw;
  const one = rename(raw, "id" in raw ? { ...questionNames, name: "text" } : questionNames);
  const { min, max, base, when, ...rest } = one;
  const range = rangeOf(one.range, min, max);
  const gate = branchOf(when) ?? (typeof base === "string" ? branchOf(base) : branchOf(base));
  const settled = baseNamed(base);
  return {
    ...rest,
    ...(typeof one.type === "string" ? { type: typeNamed(one.type) ?? one.type } : {}),
    ...(one.options === undefined ? {} : { options: optionsNamed(one.options) }),
    ...(one.missing === undefined ? {} : { missing: missingOf(one.missing) }),
    ...(range ? { range } : {}),
    ...(gate ? { when: gate } : when === undefined ? {} : { when }),
    ...(settled !== undefined && !(gate && branchOf(base)) ? { base: settled } : {}),
  };
}

function rangeOf(range: unknown, min: unknown, max: unknown): unknown {
  if (Array.isArray(range)) return { min: range[0], max: range[1] };
  const text = typeof range === "string" ? /^(-?[\d.]+)\s*(?:-|–|~|～|\.\.)\s*(-?[\d.]+)$/.exec(range) : null;
  if (text) return { min: Number(text[1]), max: Number(text[2]) };
  if (range !== undefined) return range;
  return min === undefined && max === undefined
    ? undefined
    : { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** 「Q3=1」「Q3 in (1,2)」「Q3=1,2」「{ question: Q3, codes: [1] }」「{ Q3: [1, 2] }」。 */
function branchOf(given: unknown): Bag | undefined {
  if (isBag(given)) {
    if ("question" in given) {
      const codes = given.codes ?? given.code ?? given.values ?? given.value ?? given.in;
      return codes === undefined ? undefined : { question: given.question, codes };
    }
    const [only, ...others] = Object.entries(given);
    return only && others.length === 0 ? { question: only[0], codes: only[1] } : undefined;
  }
  if (typeof given !== "string") return undefined;
  const text = given.normalize("NFKC").trim();
  const match =
    /^(\S+?)\s*(?:==?|\bin\b|∈|が|で|は)\s*[[({「]?\s*([^\])}」]+?)\s*[\])}」]?(?:と(?:答え|回答し)た)?(?:の?(?:人|方|者)|のみ)?$/iu.exec(
      text,
    );
  if (!match) return undefined;
  const codes = (match[2] ?? "")
    .split(/\s*(?:[,、|]|または|\bor\b)\s*/u)
    .map((code) => code.replace(/^["']|["']$/g, ""))
    .filter((code) => code !== "");
  return codes.length === 0 ? undefined : { question: match[1], codes };
}

function baseNamed(base: unknown): unknown {
  if (typeof base !== "string") return isBag(base) ? undefined : base;
  const text = base.normalize("NFKC").trim();
  if (/^(all|total|全体|全員|回答者全員|全回答者|全回答者数)$/i.test(text)) return "all";
  if (/^(asked|applicable|該当者|対象者|聞かれた人)$/i.test(text)) return "asked";
  if (/^(answered|valid|respondents|有効回答|回答者|無回答を除く|答えた人)$/i.test(text)) return "answered";
  return text === "" ? undefined : base;
}

/** 選択肢: 「1=男性」の文、[コード, 名]、{value,label} などを {code,label} に。組と並びはそのまま。 */
function optionsNamed(options: unknown): unknown {
  if (typeof options === "string") return optionLines(options.split(/\r?\n|[;；]/));
  if (Array.isArray(options) && options.every((one) => typeof one === "string")) return optionLines(options);
  if (!Array.isArray(options)) {
    if (!isBag(options)) return options;
    return Object.entries(options).map(([code, label]) =>
      isBag(label) ? { code, ...renamedOption(label) } : { code, label: String(label) },
    );
  }
  return options.map((one) => {
    if (Array.isArray(one)) return { code: one[0], label: String(one[1] ?? one[0]) };
    if (isBag(one)) return renamedOption(one);
    return typeof one === "number" ? { code: String(one), label: String(one) } : one;
  });
}

function renamedOption(one: Bag): Bag {
  const made = rename(one, { value: "code", id: "code", key: "code", text: "label", name: "label" });
  return typeof made.label === "number" ? { ...made, label: String(made.label) } : made;
}

const CODED = /^\s*([A-Za-z]?\d{1,4})\s*([=＝:：]|[.．、)）]|[\s　]+)\s*(\S.*?)\s*$/u;

/**
 * 「1=男性」「1: 男性」「1．男性」「1　男性」の並び。どの行もその形で、コードも名も重ならないときだけコードとみる
 * （空白で分けたものは、1 からの続きであることも求める。「1 時間未満」は名）。
 */
export function optionLines(lines: readonly string[]): ({ code: string; label: string } | string)[] {
  const written = lines.map((line) => line.trim()).filter((line) => line !== "");
  const read = written.map((line) => CODED.exec(line.replace(/[０-９＝]/g, (one) => one.normalize("NFKC"))));
  const pairs = read.flatMap((one) => (one ? [{ code: one[1] ?? "", label: one[3] ?? "" }] : []));
  const spaced = read.some((one) => /^\s+$/.test(one?.[2] ?? ""));
  const sound =
    pairs.length === written.length &&
    new Set(pairs.map(({ code }) => code)).size === pairs.length &&
    new Set(pairs.map(({ label }) => label)).size === pairs.length &&
    (!spaced || pairs.every(({ code }, at) => Number(code) === at + 1));
  return sound ? pairs : written;
}

/** 答えのない印: 並び、{noAnswer: …}、{無回答: …}、{9: 無回答}。 */
function missingOf(given: unknown): unknown {
  if (Array.isArray(given) && given.some(isBag))
    return missingOf(
      Object.fromEntries(
        given.filter(isBag).map((one) => [String(one.code ?? one.value), one.label ?? one.kind]),
      ),
    );
  if (!isBag(given)) return given;
  const made: Record<string, unknown[]> = {};
  for (const [key, value] of Object.entries(given)) {
    const kind = missingNamed(key.replace(/[\s-]/g, ""));
    const told = typeof value === "string" ? missingNamed(value) : undefined;
    if (kind) made[kind] = [...(made[kind] ?? []), ...listOf(value)];
    else if (told) made[told] = [...(made[told] ?? []), key];
    else return given;
  }
  return made;
}

function settleAxis(axis: unknown): unknown {
  if (typeof axis === "string" && /[×*]/.test(axis)) return axis.split(/\s*[×*]\s*/);
  if (!isBag(axis) || "nest" in axis) return axis;
  const named = axis.questions ?? axis.question ?? axis.id ?? axis.row ?? axis.rows;
  return named === undefined ? axis : Array.isArray(named) ? { nest: named } : named;
}

const designNames = {
  ...{ weights: "weight", stratum: "strata", strat: "strata", stratification: "strata", psu: "cluster" },
  ...{ clusters: "cluster", ids: "cluster", id: "cluster", populationsize: "fpc" },
} as const;

function settleDesign(design: Bag): Bag {
  const named = rename(design, designNames);
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== "" && value !== "none"));
}

/** 検定: 名の並び、文、真偽、{chi2, letters: true}。 */
function settleTests(tests: unknown): unknown {
  if (typeof tests === "string") return tests.split(/[,、\s]+/).filter((one) => one !== "");
  if (typeof tests === "boolean") return { chi2: tests };
  if (!isBag(tests)) return tests;
  const named = rename(tests, {
    ...{ columnletters: "letters", columnproportions: "letters", ztest: "letters", z: "letters" },
    ...{ chisquare: "chi2", chisq: "chi2", chi: "chi2" },
  });
  const { letters, chi2, ...rest } = named;
  const settled =
    letters === true
      ? {}
      : typeof letters === "number"
        ? { level: letters }
        : typeof letters === "string"
          ? { method: letters.toLowerCase() }
          : letters;
  return {
    ...rest,
    ...(chi2 === undefined ? {} : { chi2: chi2 !== false }),
    ...(settled === undefined || settled === false ? {} : { letters: settled }),
  };
}
