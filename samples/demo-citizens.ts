import { ages, CITIZEN_TITLE, citizenQuestions, opinionCodes, opinionTexts, wards } from "./citizen-texts.ts";
import { Random } from "./random.ts";

/*
 * 作りものの市民三千人の回答。年代からスマートフォンの使い方が、そこからオンライン手続の利用・意向・不安が決まるので、
 * クロス集計に傾向が現れる。人も意見も架空で、同じ種からは同じ回答になる。
 */

/** 区ごと・年代ごと・性別ごとの十八歳以上の人口（作りものの丸い数）。 */
const wardPopulation = [
  213_000, 243_000, 227_000, 184_000, 108_000, 195_000, 95_000, 116_000, 187_000, 122_000,
];
const agePopulation = [257_000, 224_000, 272_000, 276_000, 242_000, 419_000];
const sexPopulation = [778_000, 912_000];
/** 回収のかたより: 年代ごとの回収のしやすさ。 */
const ageReply = [0.52, 0.68, 0.84, 0.98, 1.22, 1.28];

export interface CitizenAnswers {
  /** 列の名。 */
  names: string[];
  /** 行ごとの値（文字）。 */
  rows: string[][];
  /** 自由記述のある人の、正しい符号（番号 → 符号）。 */
  codes: Map<string, readonly string[]>;
}

/**
 * 回答を作る。people 人に、二度送られた回答（番号の重なり）などの傷を少し混ぜる。
 * @param clean 傷を混ぜない（数の試験のため）
 */
export function citizenAnswers(people = 3000, seed = 20240610, clean = false): CitizenAnswers {
  const random = new Random(seed);
  const names = columnNames();
  const codes = new Map<string, readonly string[]>();
  const rows: string[][] = [];
  for (let at = 0; at < people; at += 1) {
    const number = String(10_001 + at);
    const answer = citizen(random, codes, number);
    agree(answer, at);
    if (!clean) scratch(random, answer, at);
    rows.push(names.map((name) => answer.get(name) ?? ""));
  }
  // 郵送と Web の両方で答えた人、二度押しの人。
  if (!clean) for (const at of [120, 777, 2048]) if (rows[at]) rows.push([...rows[at]]);
  return { names, rows, codes };
}

function columnNames(): string[] {
  const asked = citizenQuestions.flatMap(({ id, columns, type, options = [] }) => [
    ...(type === "matrix" ? [] : (columns ?? [id])),
    ...options.flatMap((one) => (typeof one === "object" && one.write ? [one.write] : [])),
  ]);
  return ["番号", "層", "層の人口", "回答方法", ...asked];
}

const weighted = (random: Random, weights: readonly number[]): number => {
  let left = random.next() * weights.reduce((sum, one) => sum + one, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return at;
  }
  return weights.length - 1;
};

function citizen(random: Random, codes: Map<string, readonly string[]>, number: string): Map<string, string> {
  const out = new Map<string, string>();
  const put = (name: string, value: number | string) => out.set(name, String(value));
  const miss = (p: number) => random.chance(p);
  const ward = weighted(random, wardPopulation);
  const age = weighted(
    random,
    agePopulation.map((one, at) => one * (ageReply[at] ?? 1)),
  );
  const sex = weighted(random, [0.43, 0.555, 0.015]);
  // 得意さ: 若いほど高い。一人ひとりの散らばりを足す。
  const skill = Math.min(1, Math.max(0, 0.95 - age * 0.13 + (random.next() - 0.5) * 0.5));
  put("番号", number);
  put("層", wards[ward] ?? "");
  put("層の人口", wardPopulation[ward] ?? 0);
  put("回答方法", random.chance(0.15 + skill * 0.55) ? "Web" : "郵送");
  if (!miss(0.012)) put("F1", sex + 1);
  if (!miss(0.009)) put("F2", age + 1);
  if (!miss(0.015)) put("F3", ward + 1);
  if (!miss(0.02)) put("F4", weighted(random, jobs(age, sex)) + 1);
  const uses = devices(random, skill);
  if (!miss(0.01)) put("Q1", uses.join(","));
  if (uses.includes(6))
    put("Q1_text", random.pick(["ゲーム機", "読み上げの機器", "スマートスピーカー", "電子辞書"]));
  const often = weighted(random, [skill ** 0.6, 0.16, 0.08, (1 - skill) * 0.35, (1 - skill) ** 2 * 0.9]);
  if (!miss(0.012)) put("Q2", often + 1);
  if (uses.includes(1) && !miss(0.05)) put("Q3", minutes(random, skill));
  usage(random, skill, put);
  attitude(random, skill, age, put);
  freeText(random, skill, age, number, codes, put);
  return out;
}

function jobs(age: number, sex: number): number[] {
  if (age === 0) return [50, 2, 14, 30, 2, 2, 2];
  if (age < 4) return [sex === 1 ? 40 : 70, 10, sex === 1 ? 27 : 6, 0, sex === 1 ? 16 : 1, 5, 3];
  if (age === 4) return [25, 10, 22, 0, sex === 1 ? 20 : 1, 24, 3];
  return [3, 6, 8, 0, sex === 1 ? 24 : 1, 60, 3];
}

function devices(random: Random, skill: number): number[] {
  const chances = [
    0.38 + skill * 0.62,
    0.18 + skill * 0.55,
    0.08 + skill * 0.32,
    0.32 * (1 - skill) ** 2,
    skill * 0.22,
    0.012,
  ];
  const uses = chances.flatMap((p, at) => (random.chance(p) ? [at + 1] : []));
  return uses.length > 0 ? uses : [7];
}

function minutes(random: Random, skill: number): number {
  const middle = 40 + skill * 190;
  return Math.min(1200, Math.max(5, Math.round((middle * (0.35 + random.next() * 1.4)) / 10) * 10));
}

type Put = (name: string, value: number | string) => unknown;

/** 問4から問7: オンライン手続の利用と満足。 */
function usage(random: Random, skill: number, put: Put): void {
  const used = random.chance(0.06 + skill * 0.62);
  const unsure = !used && random.chance(0.03);
  if (!random.chance(0.015)) put("Q4", unsure ? 8 : used ? 1 : 2);
  if (used && !random.chance(0.02)) {
    const chances = [0.34, 0.42, 0.38, 0.2 * (1.2 - Math.abs(skill - 0.65)), 0.3, 0.05];
    const done = chances.map((p) => random.chance(p));
    if (!done.includes(true)) done[1] = true;
    for (const [at, yes] of done.entries()) put(`Q5_${at + 1}`, yes ? 1 : 0);
  }
  if (!used && !unsure && !random.chance(0.03)) {
    const weak = 1 - skill;
    const chances = [
      0.5,
      0.12 + weak * 0.4,
      0.24 + weak * 0.12,
      0.14 + weak * 0.3,
      0.1,
      0.06 + weak * 0.12,
      0.03,
    ];
    const why = chances.flatMap((p, at) => (random.chance(p) ? [at + 1] : []));
    put("Q6", (why.length > 0 ? why : [1]).join(","));
    if (why.includes(7))
      put(
        "Q6_text",
        random.pick([
          "家族が代わりに行う",
          "カードの暗証番号を忘れた",
          "急ぐ用事ではなかった",
          "印鑑が要ると言われた",
        ]),
      );
  }
  const mood = (used ? 0.25 : -0.1) + (skill - 0.5) * 0.5 + (random.next() - 0.5);
  for (const [at, lean] of [0.0, 0.15, -0.3, -0.2, 0.05].entries()) {
    if (random.chance(0.06 + (1 - skill) * 0.08)) continue;
    const value = 3 - 2.1 * (mood + lean + (random.next() - 0.5) * 0.7);
    put(`Q7_${at + 1}`, Math.min(5, Math.max(1, Math.round(value))));
  }
}

/** 問8から問15: 意向、取組、認知、不安、相談、講習会、情報。 */
function attitude(random: Random, skill: number, age: number, put: Put): void {
  const weak = 1 - skill;
  const often = (name: string, p: number, value: () => number | string) => {
    if (!random.chance(p)) put(name, value());
  };
  const pickOf = (weights: readonly number[]) => weighted(random, weights) + 1;
  const anyOf = (chances: readonly number[]) =>
    chances.flatMap((p, at) => (random.chance(p) ? [at + 1] : []));
  often("Q8", 0.02, () => {
    const at = pickOf([skill * 0.75, 0.3, weak * 0.25, weak ** 2 * 0.35, 0.02 + weak * 0.16]);
    return at === 5 ? 8 : at;
  });
  often("Q9", 0.05, () => {
    const family = age === 1 || age === 2 ? 2.4 : 0.8;
    const left = [1.2 + skill * 2, 0.8 + weak * 3, 2.2, family, 1.9, 1.5 + weak, 0.7, 0.9];
    const order: number[] = [];
    for (let n = 0; n < (random.chance(0.9) ? 3 : 2); n += 1) {
      const at = weighted(random, left);
      order.push(at + 1);
      left[at] = 0;
    }
    return order.join(",");
  });
  often("Q10", 0.02, () => pickOf([skill * 0.12, 0.1 + skill * 0.12, 0.22, 0.6]));
  const worry = 0.5 + weak * 0.25 + (random.next() - 0.5) * 0.5;
  often("Q11", 0.02, () => pickOf([worry ** 2, worry, 1 - worry * 0.6, 0.12 * (1 - worry)]));
  often("Q12", 0.02, () => pickOf([0.3 + skill * 0.35, 0.34, 0.06, 0.1 + weak * 0.06]));
  often("Q13", 0.015, () => {
    const alone = random.chance(0.02 + weak * 0.06);
    const asks = anyOf([
      0.45 + weak * 0.25,
      0.24,
      0.16 + weak * 0.18,
      0.03 + weak * 0.05,
      0.12 + skill * 0.7,
    ]);
    return alone || asks.length === 0 ? 6 : asks.join(",");
  });
  often("Q14", 0.02, () => pickOf([0.05 + weak * 0.22, 0.14 + weak * 0.3, 0.25, 0.15 + skill * 0.6]));
  often("Q15", 0.02, () => {
    const from = anyOf([
      0.3 + age * 0.08,
      0.2 + skill * 0.3,
      0.1 + skill * 0.3,
      0.25 + age * 0.05,
      0.06 + age * 0.05,
      0.15,
    ]);
    return from.length > 0 ? from.join(",") : 7;
  });
}

function freeText(
  random: Random,
  skill: number,
  age: number,
  number: string,
  codes: Map<string, readonly string[]>,
  put: Put,
): void {
  if (!random.chance(0.3)) return;
  const weak = 1 - skill;
  const weights = [
    weak * 3,
    skill * 2.4,
    weak * 1.6,
    1.3,
    1.1,
    1.4,
    age === 1 || age === 2 ? 1.8 : 0.3,
    0.7,
    0.9,
    0.4,
  ];
  const chosen: string[] = [];
  for (let n = random.chance(0.24) ? 2 : 1; n > 0; n -= 1) {
    const at = weighted(random, weights);
    weights[at] = 0;
    chosen.push(opinionCodes[at]?.code ?? "90");
  }
  let text = chosen.map((code) => random.pick(opinionTexts[code] ?? [])).join("");
  // 名前や電話を書いてしまった人（どちらも作りもの）。
  if (random.chance(0.012))
    text += `東区北99条東99丁目の${random.pick(["佐藤", "高橋", "本間"])}さんも困っています。`;
  if (random.chance(0.01)) text += `返事は011-000-${String(random.int(1000, 9999))}へお願いします。`;
  put("Q16", text);
  codes.set(number, chosen.toSorted());
}

/** インターネットを利用しない人は、手続もしない（書き違いの少しを残す）。乱数は使わない。 */
function agree(answer: Map<string, string>, at: number): void {
  if (answer.get("Q2") !== "5" || answer.get("Q4") !== "1" || at % 17 === 3) return;
  answer.set("Q4", "2");
  answer.set("Q6", at % 2 === 0 ? "2" : "1");
  for (let option = 1; option <= 6; option += 1) answer.delete(`Q5_${option}`);
}

/** 人が書いた調査票らしい傷: 範囲の外、知らないコード、矛盾、聞かれないのに答えた。 */
function scratch(random: Random, answer: Map<string, string>, at: number): void {
  if (at % 601 === 40 && answer.has("Q3")) answer.set("Q3", String(random.int(1500, 3000)));
  if (at % 733 === 15) answer.set("F4", "77");
  if (at % 431 === 9) answer.set("Q1", "1,7");
  if (at % 389 === 21 && answer.get("Q4") === "2") answer.set("Q5_2", "1");
  if (at % 997 === 5) answer.set("Q3", "二時間");
}

/** 回答のファイル（CSV）。 */
export function citizenCsv({ names, rows }: CitizenAnswers): string {
  const cell = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return `${[names, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** コードブック（readCodebook に渡す前の形）。weighting は母集団の周辺に合わせるもの。 */
export function citizenCodebook(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const questions = citizenQuestions.map(({ options, ...rest }) => ({
    ...rest,
    ...(options
      ? {
          options: options.map((one, at) => ({
            code: String(at + 1),
            ...(typeof one === "string" ? { label: one } : one),
          })),
        }
      : {}),
  }));
  return {
    ...{ title: CITIZEN_TITLE, id: "番号", questions, axes: ["F1", "F2", "F3"] },
    ...{ design: { strata: ["層"], fpc: ["層の人口"], random: true }, tests: { chi2: true, letters: {} } },
    logic: [
      {
        ...{ when: { question: "Q2", codes: ["5"] }, never: { question: "Q4", codes: ["1"] } },
        say: "インターネットを利用しない人が、インターネットで手続したと答えています。調査票をご確認ください。",
      },
    ],
    ...more,
  };
}

/** 母集団の周辺の表（CSV: 設問,区分,人数）。性別・年代・区の十八歳以上の人口。 */
export function citizenMargins(): string {
  const part = (id: string, labels: readonly string[], amounts: readonly number[]) =>
    labels.map((label, at) => `${id},${label},${amounts[at] ?? 0}`);
  return `${[
    "設問,区分,人数",
    ...part("F1", ["男性", "女性"], sexPopulation),
    ...part("F2", ages, agePopulation),
    ...part("F3", wards, wardPopulation),
  ].join("\n")}\n`;
}

/** 調査票の文（コードブックの名と突き合わせるもの）。 */
export function citizenQuestionnaire(): string {
  const lines = citizenQuestions.flatMap(({ id, text, options = [], matrix }) => {
    const last = citizenQuestions.findLast((one) => one.matrix === matrix)?.id === id;
    const scale = options.map((one) => (typeof one === "string" ? one : one.label)).join(" / ");
    if (matrix) return [`  ・${text.split("　")[1] ?? text}`, ...(last ? [`  （${scale}）`, ""] : [])];
    const number = id.startsWith("F") ? `Ｆ${id.slice(1)}` : `問${id.slice(1)}`;
    const listed = options.map((one, at) => `  ${at + 1} ${typeof one === "string" ? one : one.label}`);
    return [`${number}　${text}`, ...listed, ""];
  });
  return `${CITIZEN_TITLE}　調査票\n\n${lines.join("\n")}\n`;
}
