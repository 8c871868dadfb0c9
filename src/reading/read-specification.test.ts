import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { AppError } from "../base/error.ts";
import type { Obligation } from "./obligation.ts";
import { readSpecFile } from "./read-spec-file.ts";
import { readSpecificationText } from "./read-specification.ts";

const folder = new URL("../../samples/specifications/", import.meta.url);
const samples = readdirSync(folder).filter((name) => name.endsWith(".labels.yaml"));

/** 条項の「*」は、番号のない文書のどこでも。 [条項, 動詞, 手がかり, 期限の種類, 義務, 理由, 主体, 期日と形式] */
type Label = [string, string, string, string, string, string, (string | null)?, Sure?];
interface Sure {
  date?: string;
  format?: string;
}
interface Labels {
  source: string;
  clauses: string[];
  duties: Label[];
  optional: Label[];
}

const readings = await Promise.all(
  samples.map(async (name) => {
    const labels = parse(readFileSync(new URL(name, folder), "utf8")) as Labels;
    const bytes = readFileSync(new URL(labels.source, folder));
    return { name, labels, bytes, reading: await readSpecFile(bytes) };
  }),
);

describe.each(readings)("人の付けた札との答え合わせ $name", ({ name, labels, bytes, reading }) => {
  const { clauses, obligations } = reading;
  const text = labels.source.endsWith(".txt") ? bytes.toString("utf8") : undefined;
  const score = compare(labels, obligations);

  test("条項は 99 % 以上を見つけ、余計なものを作らない", () => {
    const numbers = clauses.map((clause) => mark(clause.number));
    const wanted = labels.clauses.map(mark);
    const found = wanted.filter((number) => numbers.includes(number));
    const extra = numbers.filter((number) => !wanted.includes(number));
    console.info(`${name} 条項 ${found.length}/${labels.clauses.length} 余分 ${extra.length}`);
    expect(found.length / labels.clauses.length).toBeGreaterThanOrEqual(0.99);
    expect(extra.length / labels.clauses.length).toBeLessThanOrEqual(0.01);
  });

  test("義務は再現率 95 % 以上、適合率 90 % 以上", () => {
    const recall = score.hits.length / labels.duties.length;
    const precision = score.hits.length / (obligations.length - score.optional);
    console.info(
      `${name} 義務 再現率 ${percent(recall)}（${score.hits.length}/${labels.duties.length}）適合率 ${percent(precision)}`,
    );
    expect(
      score.lost.length / labels.duties.length,
      `見落とし: ${score.lost.join(" / ")}`,
    ).toBeLessThanOrEqual(0.05);
    expect(precision, `余分: ${score.extra.join(" / ")}`).toBeGreaterThanOrEqual(0.9);
  });

  test("期限の種類は 95 % 以上、書かれた主体は 90 % 以上が合う", () => {
    const due = score.hits.filter(({ label, found }) => label[3].split("|").includes(found.due.kind));
    const named = score.hits.filter(({ label }) => label[6]);
    const actors = named.filter(({ label, found }) => label[6]?.split("|").includes(found.actor));
    console.info(`${name} 期限 ${due.length}/${score.hits.length} 主体 ${actors.length}/${named.length}`);
    expect(due.length / score.hits.length).toBeGreaterThanOrEqual(0.95);
    expect(actors.length).toBeGreaterThanOrEqual(
      Math.floor(named.length * 0.9) - (named.length < 10 ? 1 : 0),
    );
  });

  test("札に書いた期日と形式は 95 % 以上が合う", () => {
    const sure = score.hits.flatMap(({ label, found }) => {
      const { date, format } = label[7] ?? {};
      return [
        ...(date ? [{ what: `${label[4]} ${date}`, ok: found.due.date === date }] : []),
        ...(format ? [{ what: `${label[4]} ${format}`, ok: found.format?.includes(format) === true }] : []),
      ];
    });
    const wrong = sure.filter((one) => !one.ok).map((one) => one.what);
    console.info(`${name} 期日と形式 ${sure.length - wrong.length}/${sure.length}`);
    expect(wrong.length, wrong.join(" / ")).toBeLessThanOrEqual(sure.length * 0.05);
  });

  test("quote は元の文のそのままの一部で、条項の文の中にある", () => {
    const texts = new Map(clauses.map((clause) => [clause.id, solid(clause.text)]));
    for (const one of obligations) {
      if (text !== undefined) expect(text).toContain(one.quote);
      expect(texts.get(one.clause)).toContain(solid(one.quote));
    }
  });

  test("条項の文をつなぐと、元の文字がちょうど一度ずつ出る", () => {
    if (text !== undefined) expect(solid(clauses.map((clause) => clause.text).join(""))).toBe(solid(text));
    else expect(clauses.length).toBeGreaterThan(0);
  });

  test("id は一つずつで、親はそれより前にある", () => {
    const seen = new Set<string>();
    for (const clause of clauses) {
      expect(seen.has(clause.id)).toBe(false);
      if (clause.parent !== null) expect(seen.has(clause.parent)).toBe(true);
      seen.add(clause.id);
    }
  });
});

function compare(labels: Labels, obligations: Obligation[]) {
  const used = new Set<number>();
  const hits: { label: Label; found: Obligation }[] = [];
  const lost: string[] = [];
  for (const label of labels.duties) {
    const at = match(label, obligations, used, true) ?? match(label, obligations, used, false);
    const found = at === undefined ? undefined : obligations[at];
    if (at === undefined || !found) lost.push(`${label[0]} ${label[4]}`);
    else {
      used.add(at);
      hits.push({ label, found });
    }
  }
  let optional = 0;
  for (const label of labels.optional) {
    const at = match(label, obligations, used, false);
    if (at === undefined) continue;
    used.add(at);
    optional += 1;
  }
  const extra = obligations
    .filter((_, at) => !used.has(at))
    .map((one) => `${one.clause} ${one.verb} ${one.object}`);
  return { hits, lost, optional, extra };
}

function match(
  label: Label,
  obligations: Obligation[],
  used: Set<number>,
  exactActor: boolean,
): number | undefined {
  const [clause, verb, clue, , , , actor] = label;
  const at = obligations.findIndex(
    (one, index) =>
      !used.has(index) &&
      (clause === "*" || clause.split("|").map(mark).includes(mark(one.clause))) &&
      (verb === "" || verb.split("|").includes(one.verb)) &&
      fold(`${one.object}${one.sentence}`).includes(fold(clue)) &&
      (!exactActor || !actor || actor.split("|").includes(one.actor)),
  );
  return at < 0 ? undefined : at;
}

/** 番号の比べ方: 区切りの「/」と、Ⅰ と I、前書きの書き方は問わない。 */
function mark(number: string): string {
  return number === "前書き" ? "" : number.normalize("NFKC").replaceAll("/", "");
}

function fold(text: string): string {
  return solid(text.normalize("NFKC"));
}

function solid(text: string): string {
  return text.replace(/\s+/g, "");
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

describe("どんな入力でも", () => {
  const pieces = [
    "第１条",
    "（目的）",
    "１ ",
    "(1)",
    "（２）",
    "ア　",
    "①",
    "別紙１",
    "【別記】",
    "1.1 ",
    "第2章 ",
    "・",
    "※",
    "受託者は、",
    "報告書を提出すること。",
    "速やかに",
    "令和７年３月下旬",
    "（",
    "「",
    "」",
    "）",
    "。",
    "、",
    "\n",
    "\r\n",
    "\f",
    " ",
    "\u3000",
    "\t",
    "- 3 -",
    "あ",
    "漢",
    "𠮷",
    "\u0000",
    "提出期限：",
    "ものとし、",
  ];
  const anything = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 80 }),
  );

  test("失敗せず、文字を失わず、増やさない", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { clauses, obligations } = readSpecificationText(text);
        const letters = (value: string) => [...solid(value)].sort().join("");
        expect(letters(clauses.map((clause) => clause.text).join(""))).toBe(letters(text));
        for (const one of obligations) expect(text).toContain(one.quote);
      }),
      { numRuns: 500 },
    );
  });

  const odd = fc.constantFrom(
    ...[
      "\u202e",
      "\u200f",
      "\u0007",
      "\u200b",
      "\ufeff",
      "שלום",
      "مرحبا",
      "٣",
      "👨‍👩‍👧",
      "か\u3099",
      "\ud800",
    ],
    ...[
      "９９９９年９９月",
      "R99.99.99",
      "毎月",
      "ず、",
      "次第、",
      "に関する特記事項",
      "別表１（",
      "（月）正午",
      "を、",
      "\t",
    ],
  );
  const texts = samples
    .map((name) => (parse(readFileSync(new URL(name, folder), "utf8")) as Labels).source)
    .filter((source) => source.endsWith(".txt"))
    .map((source) => readFileSync(new URL(source, folder), "utf8"));
  const cut = fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.integer({ min: 20, max: 500 }));
  const mutation = fc.tuple(fc.nat(), fc.nat(12), odd, fc.integer({ min: 0, max: 30 }));

  test("本物の仕様書を切り、崩し、制御文字や右から書く文字を混ぜても、一字も失わない", () => {
    fc.assert(
      fc.property(cut, fc.array(mutation, { maxLength: 8 }), ([source, from, length], changes) => {
        let text = source.slice(from % source.length, (from % source.length) + length);
        for (const [at, drop, word, times] of changes) {
          const here = at % (text.length + 1);
          text = text.slice(0, here) + word.repeat(times) + text.slice(here + drop);
        }
        const { clauses, obligations } = readSpecificationText(text);
        const letters = (value: string) => [...solid(value)].sort().join("");
        expect(letters(clauses.map((clause) => clause.text).join(""))).toBe(letters(text));
        for (const one of obligations) {
          expect(text).toContain(one.quote);
          if (one.due.date !== undefined) expect(one.due.date).toMatch(/^\d{4}-\d\d-\d\d$/);
        }
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ["番号が一つもない", "受託者は報告書を提出すること。\n市は検査を行う。\n", 2],
    ["表だけ", "提出物\t提出期限\n月報\t毎月10日\n完了届\t令和８年３月31日\n", 2],
    ["右から書く文字", "\u202e１ 報告\u202c\nשלום\n受託者は報告書を提出すること。\n", 1],
    ["改行のない長い一行", `${"あ".repeat(9_000)}。受託者は報告書を提出すること。`, 1],
  ])("%s 文書でも、義務を読む", (_, text, count) => {
    const { clauses, obligations } = readSpecificationText(text);
    expect(solid(clauses.map((clause) => clause.text).join(""))).toBe(solid(text));
    expect(obligations).toHaveLength(count);
  });

  test("壊れた .docx と .pdf は、文で断るか、読めるだけ読む", async () => {
    const files = readings.filter(({ labels }) => !labels.source.endsWith(".txt")).map(({ bytes }) => bytes);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }),
        fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 3 }),
        async (file, changes, share) => {
          const bytes = new Uint8Array(file);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const given = share === null ? bytes : bytes.subarray(0, Math.floor(bytes.length * share));
          const told = await readSpecFile(given).catch((error: unknown) => error);
          if (told instanceof Error) expect(told).toBeInstanceOf(AppError);
        },
      ),
      { numRuns: 40 },
    );
  }, 30_000);
});

describe("壊れた、または意地の悪い入力でも、すぐ終わる", () => {
  const long = 200_000;
  test.each([
    ["閉じない括弧", "（「".repeat(long)],
    ["句点のない文", "受託者は、書類を提出し、".repeat(long / 10)],
    ["番号だけの行", "(1)あ\n".repeat(long / 10)],
    ["段の積み重ね", "１ あ\nア い\n① う\n(1) え\n".repeat(long / 40)],
    ["漢字の列", "期限".repeat(long)],
    ["助詞の列", "者は、".repeat(long / 4)],
  ])("%s", (_, text) => {
    const started = performance.now();
    const { clauses } = readSpecificationText(text);
    expect(solid(clauses.map((clause) => clause.text).join("")).length).toBe(solid(text).length);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

test("右端まで届いた題を、字下げした次の段落とつながない。条の前の括弧書きは題", () => {
  const { clauses } = readSpecificationText(
    readFileSync(new URL("sapporo-ict-strategy.txt", folder), "utf8"),
  );
  const title = (id: string) => clauses.find((one) => one.id === id)?.title;
  expect(title("3(1)(ｲ)")).toBe("第２次戦略のビジュアルデザイン（イラスト、写真、図表等）の作成");
  expect(title("別記/第13条")).toBe("個人情報の返還、消去又は廃棄");
  expect(title("別記")).toBe("個人情報の取扱いに関する特記事項");
});

describe("期限と形式", () => {
  const read = (file: string) =>
    readSpecificationText(readFileSync(new URL(file, folder), "utf8")).obligations;
  const booking = read("sapporo-class-booking.txt");
  const strategy = read("sapporo-ict-strategy.txt");
  const due = (list: Obligation[], clause: string, clue: string) =>
    list.find((one) => one.clause === clause && one.sentence.includes(clue))?.due;

  test("６(2)① 骨子は７月下旬（末日）、素案は９月下旬（予定）", () => {
    expect(due(strategy, "6(2)①", "骨子")).toEqual({
      kind: "absolute",
      date: "2024-07-31",
      text: "令和６年７月下旬",
    });
    expect(due(strategy, "6(2)①", "素案")).toMatchObject({ date: "2024-09-30", tentative: true });
    expect(due(strategy, "6(2)③", "期限")).toMatchObject({ kind: "absolute", date: "2025-03-20" });
  });

  test("６(9) １週間以内、翌営業日中、速やかに", () => {
    expect(due(booking, "6(9)", "日別集計")).toMatchObject({
      kind: "relative",
      rule: "P7D after 申込受付終了",
    });
    expect(due(booking, "6(9)", "翌営業日")).toMatchObject({ kind: "relative", rule: "next-business-day" });
    const kept = booking.find((one) => one.clause === "6(9)" && one.verb === "保管");
    expect(kept?.due).toEqual({ kind: "retain", rule: "keep until 業務終了時", text: "業務終了時まで" });
  });

  test("７(3) 毎月、９(1) 翌月末、９(2) 各期、別紙１の５(6) １年以上", () => {
    expect(due(booking, "7(3)", "様式")).toMatchObject({ kind: "recurring", text: "毎月の業務完了後に" });
    expect(due(booking, "9(1)", "期限")).toMatchObject({
      kind: "relative",
      rule: "end-of-next-month after 第三期の業務完了",
    });
    expect(due(booking, "9(2)", "期限")).toMatchObject({ kind: "recurring", text: "各期の開設期間終了時" });
    expect(booking.find((one) => one.due.kind === "retain" && one.clause === "別紙1/5(6)")?.due.rule).toBe(
      "P1Y keep after 契約期間終了",
    );
  });

  test("６(2)オ 通知書の形式、９ 成果品の形式", () => {
    expect(booking.find((one) => one.clause === "6(2)オ" && one.verb === "発送")?.format).toBe(".docx");
    expect(strategy.find((one) => one.clause === "3(1)(ｷ)")?.format).toBe("Word、PowerPoint");
  });
});
