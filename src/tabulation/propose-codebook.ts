import { isMark } from "./answer-decoder.ts";
import { type Codebook, readCodebook } from "./codebook.ts";
import { missingNamed } from "./codebook-spelling.ts";
import { type ColumnLook, describeColumns, listValues } from "./describe-columns.ts";
import type { SurveyData } from "./survey-data.ts";

/** 列が、どの設問の何になったか。 */
export interface ColumnUse {
  look: ColumnLook;
  question: string | undefined;
  role: "question" | "row" | "option" | "write" | "id" | "design" | "unused";
}

export const columnRoles: Readonly<Record<ColumnUse["role"], string>> = {
  question: "設問",
  row: "表の形の設問の一行",
  option: "複数回答の選択肢",
  write: "「その他」の言葉",
  id: "回答の番号",
  design: "標本設計",
  unused: "使わない",
};

interface Draft {
  id: string;
  text: string;
  type: string;
  columns?: string[];
  options?: { code: string; label: string; write?: string; exclusive?: boolean }[];
  missing?: Record<string, string[]>;
  matrix?: string;
}

/**
 * 回答の表から、コードブックの案を作る。列の名のまとまり（Q5_1、Q5_2…）と値から、複数回答・表の形・順位・数・
 * 文・「その他」の言葉を見分ける。決めるのは人で、選択肢の名は後で書ける。
 */
export function proposeCodebook(data: SurveyData, title: string): { codebook: Codebook; uses: ColumnUse[] } {
  const looks = describeColumns(data);
  const idColumn = looks.find(({ kind }) => kind === "id");
  const uses: ColumnUse[] = [];
  const questions: Draft[] = [];
  const design: Record<string, unknown> = {};
  const names = new IdBook();
  for (const group of groupsOf(looks)) {
    const [first] = group;
    if (!first) continue;
    const use = (role: ColumnUse["role"], question?: string) =>
      uses.push(...group.map((look) => ({ look, question, role })));
    const designed = designOf(first);
    if (first === idColumn) use("id");
    else if (designed && group.length === 1) {
      Object.assign(design, designed);
      use("design");
    } else if (group.length > 1) addGroup(group, data, names, questions, use);
    else if (isWriteColumn(first) && giveWrite(first, questions)) use("write", questions.at(-1)?.id);
    else if (first.kind === "empty" || first.kind === "tool") use("unused");
    else {
      const question = singleQuestion(first, data, names);
      questions.push(question);
      use("question", question.id);
    }
  }
  const codebook = readCodebook(
    JSON.stringify({
      ...{ title, questions: questions.length > 0 ? questions : [{ id: "q1", type: "text" }] },
      ...(idColumn ? { id: idColumn.name } : {}),
      design: { ...design, random: Object.keys(design).length > 0 },
    }),
  );
  return { codebook, uses };
}

/** 設問の id は、重ならないように。 */
class IdBook {
  readonly #taken = new Set<string>();
  take(name: string): { id: string; text: string } {
    const plain = name.normalize("NFKC").trim();
    const match = /^((?:問|設問|質問|Q|F|SQ|S)\s*\d+(?:[-_.]\d+)?)[\s.．:：、)）]*(.*)$/iu.exec(plain);
    const short = plain.length <= 20 ? plain : `列${this.#taken.size + 1}`;
    const base = match?.[1]?.replace(/\s/g, "") ?? short;
    let id = base;
    for (let n = 2; this.#taken.has(id); n += 1) id = `${base}-${n}`;
    this.#taken.add(id);
    return { id, text: match ? (match[2] ?? "") : plain };
  }
}

/** 「Q5_1」「問5-1」「Q5[1]」「Q5（1）」「Q5_その他」のように続く、同じ頭の列のまとまり。 */
function groupsOf(looks: readonly ColumnLook[]): ColumnLook[][] {
  const groups: { head: string; looks: ColumnLook[] }[] = [];
  for (const look of looks) {
    const head = headOf(look.name);
    const last = groups.at(-1);
    const mixes = last?.looks.some(({ kind }) => !together(kind, look.kind)) ?? true;
    // 「Q2[other]」は、書いた人がその他を選んだことになる列（番号の列のほかに言葉の列がある「Q2_その他」とは違う）。
    const other = isOther(look) && /[\]］]$/.test(look.name.trim()) && last?.looks.every(isTickColumn);
    if (last && head !== "" && last.head === head && (!mixes || other)) last.looks.push(look);
    else groups.push({ head: isWriteColumn(look) ? "" : head, looks: [look] });
  }
  return groups.flatMap(({ looks: found }) => (isGroup(found) ? [found] : found.map((one) => [one])));
}

function headOf(name: string): string {
  const match = /^(.+?)(?:[_\-－.．]\s*\d{1,2}|\s*[[［(（【].+[\]］)）】]|[_＿].{1,30})$/u.exec(name.trim());
  return match?.[1]?.trim() ?? "";
}

function together(a: ColumnLook["kind"], b: ColumnLook["kind"]): boolean {
  const flags = new Set(["flag", "empty"]);
  if (flags.has(a) && flags.has(b)) return true;
  if (a === "flag" && b === "sa") return false;
  return a === b || a === "empty" || b === "empty";
}

function isGroup(looks: readonly ColumnLook[]): boolean {
  return looks.length > 1 && looks.some(({ kind }) => kind === "flag" || kind === "scale" || kind === "sa");
}

type Use = (role: ColumnUse["role"], question?: string) => unknown;

function addGroup(
  group: readonly ColumnLook[],
  data: SurveyData,
  names: IdBook,
  questions: Draft[],
  use: Use,
): void {
  const [first] = group;
  if (!first) return;
  const head = names.take(headOf(first.name));
  const columns = group.map(({ name }) => name);
  const text = head.text || sharedTitle(columns, data);
  const single = group.every(
    (look) => look.kind === "flag" || look.distinct <= 1 || (isOther(look) && look.kind !== "scale"),
  );
  if (single) {
    const labels = group.map((look) => optionLabel(look, head.id, data));
    const options = labels.map((label, at) => ({ code: String(at + 1), label }));
    questions.push({ ...head, text, type: "ma", columns, options });
    use("option", head.id);
  } else if (isOrder(columns, data)) {
    const options = group.map((look, at) => ({ code: String(at + 1), label: tailOf(look, head.id) }));
    questions.push({ ...head, type: "rank", columns, options });
    use("option", head.id);
  } else if (isPlaces(group, data)) {
    const { options } = optionsOf(group.flatMap(({ values }) => values));
    questions.push({ ...head, text, type: "rank", columns, options });
    use("option", head.id);
  } else {
    questions.push({ ...head, text, type: "matrix" });
    const scale = optionsOf(group.flatMap(({ values }) => values));
    for (const look of group) {
      const row = names.take(look.name);
      questions.push({
        ...{ id: row.id, text: optionLabel(look, head.id, data), type: "sa", columns: [look.name], ...scale },
        matrix: head.id,
      });
    }
    use("row", head.id);
  }
}

/** 列の名の、まとまりの頭を除いたところ。値が一つの文字なら、それが選択肢の名。 */
function tailOf({ name, values }: ColumnLook, head: string): string {
  const [only] = values.filter(({ value }) => !isTick(value));
  if (values.length <= 2 && only && !/^\d+$/.test(only.value)) return only.value;
  const tail = name
    .slice(headOf(name).length)
    .replace(/^[_\-－.．＿\s]*[[［(（【]?|[\]］)）】]$/gu, "")
    .trim();
  return tail === "" || /^\d+$/.test(tail) ? `${head} の ${tail || "選択肢"}` : tail;
}

/** 選んだことだけを言う値。 */
function isTick(value: string): boolean {
  return /^(0|1|Y|N|Yes|No|TRUE|FALSE|[○◯●✓✔レ×])$/i.test(value);
}

function isTickColumn({ kind, values }: ColumnLook): boolean {
  return kind === "flag" || (values.length > 0 && values.every(({ value }) => isTick(value)));
}

/** 「その他」の列（言葉が入っていてもよい）。 */
function isOther({ name }: ColumnLook): boolean {
  return /(その他|other)[\]］)）】]?$/i.test(name.normalize("NFKC").trim());
}

/** 選択肢の名: 「その他」の列はその他、二段めの見出しがあれば、その終わり（「利用しているもの：スマホ」）。 */
function optionLabel(look: ColumnLook, head: string, data: SurveyData): string {
  if (isOther(look)) return "その他";
  const title = data.title(look.name)?.split(/[：:]/).at(-1)?.trim();
  return title || tailOf(look, head);
}

/** 二段めの見出しに共通する、設問文（「：」の前）。 */
function sharedTitle(columns: readonly string[], data: SurveyData): string {
  const heads = columns.map((name) => /^(.+)[：:]/.exec(data.title(name) ?? "")?.[1]?.trim() ?? "");
  return heads.every((one) => one === heads[0]) ? (heads[0] ?? "") : "";
}

/** 「1位」「2位」の列に選択肢を書いた順位: 列の名の終わりが順位で、どの行にも同じ選択肢が二度ない。 */
function isPlaces(group: readonly ColumnLook[], data: SurveyData): boolean {
  const named = group.every(({ name }) =>
    /(?:第?\d位|rank ?\d|[[_]\d)[\]］)）】]?$/i.test(name.normalize("NFKC").trim()),
  );
  if (!named || group.every(({ kind }) => kind === "scale")) return false;
  const read = group.map(({ name }) => data.column(name) ?? []);
  let ranked = 0;
  for (let row = 0; row < data.rows; row += 1) {
    const given = read.flatMap((column) => (column[row] ? [column[row]] : []));
    if (new Set(given).size !== given.length) return false;
    if (given.length > 1) ranked += 1;
  }
  return ranked * 2 > data.rows;
}

/** どの行にも、同じ順位が二度ない。 */
function isOrder(columns: readonly string[], data: SurveyData): boolean {
  const read = columns.map((name) => data.column(name) ?? []);
  let ranked = 0;
  for (let row = 0; row < data.rows; row += 1) {
    const given = read.flatMap((column) => (column[row] ? [column[row]] : []));
    if (new Set(given).size !== given.length) return false;
    if (given.length > 1) ranked += 1;
    if (given.some((one) => !(Number(one) >= 1 && Number(one) <= columns.length))) return false;
  }
  return ranked * 2 > data.rows;
}

function isWriteColumn({ name, kind }: ColumnLook): boolean {
  const telling = /その他|other|自由|記述|_text$|_fa$|FA$|コメント/i.test(name.normalize("NFKC"));
  return telling && (kind === "text" || kind === "sa" || kind === "empty");
}

/** 直前の設問の「その他」に、言葉の列を結ぶ。なければ、ただの文の設問になる。 */
function giveWrite(look: ColumnLook, questions: readonly Draft[]): boolean {
  const last = questions.at(-1);
  const other = last?.options?.findLast(({ label }) => /その他|other/i.test(label)) ?? last?.options?.at(-1);
  const near = last && look.name.startsWith(last.columns?.[0]?.slice(0, 2) ?? last.id.slice(0, 2));
  if (!other || other.write !== undefined || !near) return false;
  other.write = look.name;
  return true;
}

function designOf({ name, kind }: ColumnLook): Record<string, unknown> | undefined {
  const plain = name.normalize("NFKC").trim().toLowerCase();
  const numeric = kind === "number" || kind === "scale";
  if (numeric && /^(weight|weights|wt|w|ウ[エェ]イト|重み|ウエイト値)$/.test(plain)) return { weight: name };
  if (/^(層|strata|stratum|抽出層)$/.test(plain)) return { strata: [name] };
  if (/^(地点|地点番号|集落|cluster|psu)$/.test(plain)) return { cluster: [name] };
  if (numeric && /^(fpc|層の人口|母集団|母集団の数|母数)$/.test(plain)) return { fpc: [name] };
  return undefined;
}

function singleQuestion(look: ColumnLook, data: SurveyData, names: IdBook): Draft {
  const { id, text: own } = names.take(look.name);
  const text = data.title(look.name) ?? own;
  const columns = id === look.name ? undefined : [look.name];
  const base = { id, text, ...(columns ? { columns } : {}) };
  if (look.kind === "number") return { ...base, type: "number" };
  if (look.kind === "text" || look.kind === "id" || look.kind === "order") return { ...base, type: "text" };
  const list = look.kind === "ma-list" ? listValues(data.column(look.name) ?? []) : look.values;
  return { ...base, type: look.kind === "ma-list" ? "ma" : "sa", ...optionsOf(list) };
}

/** 言葉でなく、慣わしで答えのないことを言うコード。 */
const missingCodes: readonly (readonly [RegExp, string])[] = [
  [/^(na|n\/a|9|99|999)$/i, "noAnswer"],
  [/^(88|888)$/, "notApplicable"],
  [/^8888$/, "unknown"],
];

/** 値から選択肢を。無回答などの印は、選択肢でなく missing に。 */
function optionsOf(values: readonly { value: string }[]): Required<Pick<Draft, "options" | "missing">> {
  const unique = [...new Set(values.map(({ value }) => value))];
  const told = unique.filter((one) => missingNamed(one) === undefined && !isMark(one));
  const numeric = told.length > 0 && told.every((one) => /^\d+$/.test(one));
  const sorted = numeric ? unique.sort((a, b) => Number(a) - Number(b)) : unique;
  const missing: Record<string, string[]> = {};
  const options: NonNullable<Draft["options"]> = [];
  for (const value of sorted) {
    // 「*」「-」は、何を言うかが表ごとに違うので、不明とする。
    const kind = isMark(value)
      ? "unknown"
      : (missingNamed(value) ?? missingCodes.find(([pattern]) => pattern.test(value.normalize("NFKC")))?.[1]);
    // 9 は、八つ以上の選択肢が続くときは、ただの九つめ。
    const counted = numeric && sorted.includes(String(Number(value) - 1));
    if (kind && !(kind === "noAnswer" && counted)) missing[kind] = [...(missing[kind] ?? []), value];
    else
      options.push({
        code: numeric || value === "-oth-" ? value : String(options.length + 1),
        label: numeric ? `${value}（名を書いてください）` : value === "-oth-" ? "その他" : value,
        ...(/^(特にない|ない|どれも|該当するものはない|いずれも)/.test(value) ? { exclusive: true } : {}),
      });
  }
  return { options: options.length > 0 ? options : [{ code: "1", label: "1" }], missing };
}
