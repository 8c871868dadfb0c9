import type { TextBinder } from "./bound-text.ts";
import { allBlocks, type Manuscript, type ManuscriptBlock } from "./manuscript.ts";

type Measure = Extract<ManuscriptBlock, { kind: "measure" }>;

/** 体系図の一つの枝: 見出し（基本目標）と、その下の施策。 */
export interface TreeBranch {
  id: string;
  label: string;
  measures: { id: string; number: string; title: string }[];
}

/** 体系図: 施策を、すぐ上の見出しごとにまとめる。原稿が変われば、図も変わる。 */
export function measureTree({ blocks }: Pick<Manuscript, "blocks">, binder: TextBinder): TreeBranch[] {
  const branches: TreeBranch[] = [];
  let heading: Extract<ManuscriptBlock, { kind: "heading" }> | undefined;
  for (const block of allBlocks(blocks)) {
    if (block.kind === "heading") heading = block;
    if (block.kind !== "measure") continue;
    const id = heading?.id ?? "";
    let branch = branches.at(-1);
    if (branch?.id !== id) {
      branch = { id, label: heading ? binder.bind(heading.text, heading.place) : "施策", measures: [] };
      branches.push(branch);
    }
    branch.measures.push({
      id: block.id,
      number: binder.numbers.get(block.id) ?? "",
      title: binder.bind(block.title, block.place),
    });
  }
  return branches;
}

/** 施策と上位計画の地図: 列は項目（記号と計画の名）、行は施策。 */
export interface UpperMap {
  plans: { name: string; span: number }[];
  items: { code: string; label: string }[];
  rows: { id: string; number: string; title: string; marks: boolean[] }[];
}

/** 上位計画の記号の「-」の前で、計画ごとにまとめる。 */
export function upperMap(manuscript: Pick<Manuscript, "blocks" | "meta">, binder: TextBinder): UpperMap {
  const { upper, upperPlans = {} } = manuscript.meta;
  const items = Object.entries(upper).map(([code, label]) => ({ code, label }));
  const plans: { name: string; span: number }[] = [];
  for (const { code } of items) {
    const head = code.split("-")[0] ?? code;
    const name = upperPlans[head] ?? head;
    const last = plans.at(-1);
    if (last?.name === name) last.span += 1;
    else plans.push({ name, span: 1 });
  }
  const rows = measuresOf(manuscript).map((block) => ({
    id: block.id,
    number: binder.numbers.get(block.id) ?? "",
    title: binder.bind(block.title, block.place),
    marks: items.map(({ code }) => block.upper.includes(code)),
  }));
  return { plans, items, rows };
}

/** 工程: 年度の並びと、施策ごとの始まりと終わり。 */
export interface Roadmap {
  years: { year: number; label: string }[];
  rows: { id: string; number: string; title: string; from: number; to: number }[];
}

/** 期間（「令和７年度～令和14年度」「2025-2032」）から、年度の帯を作る。読めない期間の施策は載せない。 */
export function roadmap(manuscript: Pick<Manuscript, "blocks">, binder: TextBinder): Roadmap {
  const rows = measuresOf(manuscript).flatMap((block) => {
    const [from, to = from] = yearsIn(block.period ?? "");
    return from === undefined || to === undefined || to < from
      ? []
      : [
          {
            ...{ id: block.id, number: binder.numbers.get(block.id) ?? "", from, to },
            title: binder.bind(block.title, block.place),
          },
        ];
  });
  const first = Math.min(...rows.map(({ from }) => from));
  const last = Math.min(Math.max(...rows.map(({ to }) => to)), first + 19);
  const years =
    rows.length === 0
      ? []
      : Array.from({ length: last - first + 1 }, (_, at) => ({
          year: first + at,
          label: `R${first + at - 2018}`,
        }));
  return { years, rows };
}

function measuresOf({ blocks }: Pick<Manuscript, "blocks">): Measure[] {
  return allBlocks(blocks).filter((block) => block.kind === "measure");
}

/** 文の中の年度（西暦）。令和は 2018 を足す。「令和７～９年度」の後ろの数も令和として読む。 */
function yearsIn(text: string): number[] {
  const half = text.normalize("NFKC");
  const reiwa = /令和|R\d/.test(half);
  return [...half.matchAll(/\d{1,4}/g)].map(([digits]) => {
    const value = Number(digits);
    return value < 100 && reiwa ? value + 2018 : value;
  });
}
