import { TextBinder } from "../manuscript/bound-text.ts";
import { allBlocks, type Manuscript, type ManuscriptBlock } from "../manuscript/manuscript.ts";
import { sentencesOf } from "../manuscript/readability.ts";
import { halfDigits, readTarget, yearsIn } from "./upper.ts";

/** 原稿の中の食い違い。両方の文を持つ。 */
export interface Contradiction {
  kind: "plan-period" | "year-count" | "measure-count" | "kpi-value" | "same-figure" | "out-of-period";
  block: string;
  ours: string;
  theirs: string;
  /** 食い違う相手の部分（同じ文の中の食い違いは、自分）。 */
  other: string;
}

interface Statement {
  block: string;
  text: string;
}

type Kpi = Extract<ManuscriptBlock, { kind: "kpi" }>;

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 58)}…` : text);

/**
 * 原稿の文どうし、文と指標の表の、期間と数の食い違い。意味が一つに決まる言い方だけを比べる
 * （言い切れないものは言わない: 計画期間、「〜年間」、全N施策、指標の名のある文の目標値、同じ年の同じものの数）。
 */
export function contradictionsOf(manuscript: Manuscript): Contradiction[] {
  const blocks = allBlocks(manuscript.blocks);
  const binder = new TextBinder(manuscript);
  const statements = blocks.flatMap((block): Statement[] => {
    const texts = block.kind === "paragraph" ? [block.text] : block.kind === "list" ? block.items : [];
    return texts
      .flatMap((text) => sentencesOf(binder.bind(text, block.place)))
      .map((text) => ({ block: block.id, text: plainYears(halfDigits(text)) }));
  });
  const period = statements.find(({ text }) => periodIn(text) !== undefined);
  const kpis = blocks
    .filter((block): block is Kpi => block.kind === "kpi")
    .map((kpi) => ({
      ...kpi,
      rows: kpi.rows.map((row) => row.map((cell) => plainYears(binder.bind(cell, kpi.place)))),
    }));
  return [
    ...periodClashes(statements, period),
    ...statements.flatMap(countClash),
    ...measureCounts(statements, blocks),
    ...kpiClashes(statements, kpis),
    ...figureClashes(statements),
    ...late(kpis, period),
  ];
}

/** 「令和10年度（2028年度）」の、くり返しの西暦を除く。 */
function plainYears(text: string): string {
  return text.replace(/（(?:19|20)\d{2}年度?）/g, "");
}

/** 計画期間を言う文の、始めと終わりの年度。「前計画」「国の」など、ほかの計画の期間は除く。 */
function periodIn(text: string): [number, number] | undefined {
  if (!/計画期間|(?:本|この)(?:計画|戦略|ビジョン|プラン)の(?:計画)?期間/.test(text)) return undefined;
  if (/前(?:計画|戦略|期)|第[1一]次|上位計画|総合計画|国の|県の|道の|府の|各計画|関連計画/.test(text))
    return undefined;
  const [from, until, more] = yearsIn(text);
  return from === undefined || until === undefined || until <= from || more !== undefined
    ? undefined
    : [from, until];
}

function periodClashes(statements: readonly Statement[], first: Statement | undefined): Contradiction[] {
  const base = first && periodIn(first.text);
  if (!first || !base) return [];
  return statements.flatMap((one): Contradiction[] => {
    const own = periodIn(one.text);
    if (own === undefined || (own[0] === base[0] && own[1] === base[1])) return [];
    return [
      {
        kind: "plan-period",
        block: one.block,
        ours: short(one.text),
        theirs: short(first.text),
        other: first.block,
      },
    ];
  });
}

/** 「令和7年度から令和14年度までの5年間」: 年の数が合わない。 */
function countClash({ block, text }: Statement): Contradiction[] {
  return [
    ...text.matchAll(
      /((?:令和|平成)(?:元|\d{1,2})(?:年度?)?\s*(?:から|[～〜~-])\s*(?:(?:令和|平成)?\d{1,2})年度?)(?:まで)?の(\d{1,2})(?:か|カ|ヵ|箇)?年(?:間|計画)?/g,
    ),
  ].flatMap(([, range = "", count]): Contradiction[] => {
    const years = yearsIn(range.replace("から", "～"));
    const [from, until] = [years[0], years.at(-1)];
    if (from === undefined || until === undefined || until <= from) return [];
    const size = until - from + 1;
    return size === Number(count)
      ? []
      : [
          {
            kind: "year-count",
            block,
            ours: `${range}の${count}年間`,
            theirs: `${range}は${size}年間`,
            other: block,
          },
        ];
  });
}

/** 「全12施策」「12の施策すべて」が、施策の数と合わない。 */
function measureCounts(
  statements: readonly Statement[],
  blocks: readonly ManuscriptBlock[],
): Contradiction[] {
  const measures = blocks.filter(({ kind }) => kind === "measure");
  const [first] = measures;
  if (first === undefined) return [];
  return statements.flatMap(({ block, text }): Contradiction[] => {
    const found = /(?:全|全部で|合わせて|合計)(\d+)の?施策|基本目標(?:と|及び)(\d+)の?施策/.exec(text);
    const count = Number(found?.[1] ?? found?.[2] ?? Number.NaN);
    return !found || count === measures.length
      ? []
      : [
          {
            kind: "measure-count",
            block,
            ours: short(text),
            theirs: `施策は${measures.length}`,
            other: first.id,
          },
        ];
  });
}

/** 指標の名のある文の目標値が、指標の表と違う。 */
function kpiClashes(statements: readonly Statement[], kpis: readonly Kpi[]): Contradiction[] {
  return kpis.flatMap((kpi) => {
    const at = (word: string) => kpi.header.findIndex((one) => one.includes(word));
    const [name, target, now, unit] = [at("指標"), at("目標値"), at("現状値"), at("単位")];
    if (name < 0 || target < 0) return [];
    return kpi.rows.flatMap((row) => {
      const indicator = (row[name] ?? "").trim();
      const known = [row[target], row[now]].map((cell) => readTarget(cell ?? "").value);
      const wanted = known[0];
      const mark = (row[unit] ?? "").trim();
      if (indicator.length < 5 || wanted === undefined || mark === "") return [];
      return statements.flatMap(({ block, text }): Contradiction[] => {
        if (!text.includes(indicator) || !/目標|目指|までに|引き上げ|します|する/.test(text)) return [];
        const values = numbersWith(text.slice(text.indexOf(indicator) + indicator.length), mark);
        if (values.length === 0 || values.some((value) => known.includes(value))) return [];
        return [
          {
            ...{ kind: "kpi-value" as const, block, ours: short(text), other: kpi.id },
            theirs: `${indicator}の目標値は${row[target] ?? ""}（単位 ${mark}）`,
          },
        ];
      });
    });
  });
}

/** その単位の数。「増」「減」「倍」「以内」のような差は除く。 */
function numbersWith(text: string, unit: string): number[] {
  const own = unit.replace("%", "％");
  const plain = text.replaceAll("%", "％");
  return [...plain.matchAll(/[\d,]+(?:\.\d+)?/g)].flatMap(({ 0: digits, index }) => {
    const after = plain.slice(index + digits.length).trimStart();
    const alone =
      after.startsWith(own) && !/^(?:の?(?:増|減)|ポイント|ずつ|以内)/.test(after.slice(own.length));
    return alone ? [Number(digits.replaceAll(",", ""))] : [];
  });
}

/** 同じ年の、同じものの、違う数（「本市の人口は、令和2年に312,678人」）。 */
function figureClashes(statements: readonly Statement[]): Contradiction[] {
  const seen = new Map<string, Statement & { value: number }>();
  return statements.flatMap((one): Contradiction[] => {
    const found = figureIn(one.text);
    if (found === undefined) return [];
    const before = seen.get(found.key);
    if (before === undefined) {
      seen.set(found.key, { ...one, value: found.value });
      return [];
    }
    return before.value === found.value
      ? []
      : [
          {
            kind: "same-figure",
            block: one.block,
            ours: short(one.text),
            theirs: short(before.text),
            other: before.block,
          },
        ];
  });
}

/** 主語・年・数がどれも一つだけの文。数は3桁からか、小数のあるもの（小さな数は、別のことを言うことが多い）。 */
function figureIn(text: string): { key: string; value: number } | undefined {
  const years = yearsIn(text);
  const [, owner = "", subject] =
    /(?<![\p{Script=Han}\p{Script=Katakana}ー])(?:([\p{Script=Han}\p{Script=Katakana}ー]{1,14})の)?([\p{Script=Han}\p{Script=Katakana}ー]{2,14})[はが]/u.exec(
      text,
    ) ?? [];
  const values = [...text.matchAll(/([\d,]+(?:\.\d+)?)(人|世帯|件|％|%|円|万円|億円|か所|社|台)/g)];
  const [only] = values;
  if (subject === undefined || years.length !== 1 || values.length !== 1 || only === undefined)
    return undefined;
  if (/目標|見込|推計|予測|目指|以上|以下|約|程度|増|減/.test(text)) return undefined;
  const digits = only[1] ?? "";
  if (digits.replace(/\D/g, "").length < 3) return undefined;
  // 「中央区の人口」は、「本市の人口」と比べない。
  const whose = /^(?:本|全)?市$/.test(owner) ? "" : owner;
  return { key: `${whose}|${subject}|${years[0]}|${only[2]}`, value: Number(digits.replaceAll(",", "")) };
}

/** 指標の目標の年度が、計画期間の外。 */
function late(kpis: readonly Kpi[], period: Statement | undefined): Contradiction[] {
  const span = period && periodIn(period.text);
  if (!period || !span) return [];
  return kpis.flatMap((kpi) => {
    const name = kpi.header.findIndex((one) => one.includes("指標"));
    const target = kpi.header.findIndex((one) => one.includes("目標値"));
    return kpi.rows.flatMap((row): Contradiction[] => {
      const year = readTarget(row[target] ?? "").year;
      if (target < 0 || year === undefined || (year >= span[0] && year <= span[1])) return [];
      return [
        {
          ...{ kind: "out-of-period", block: kpi.id, theirs: short(period.text), other: period.block },
          ours: `${row[name] ?? ""}の目標は${row[target] ?? ""}`,
        },
      ];
    });
  });
}
