import type { AgendaItem, Paper } from "./meeting.ts";

export interface AgendaSources {
  /** 論点（一行に一つ）。 */
  topics: string;
  /** 委員の指摘で、まだ答えていないものと、前の会議のあとに答えたもの。 */
  remarks: readonly { number: number; remark: string; answered: boolean }[];
  /** この会議までに報告する義務（期限の近いもの）。 */
  duties: readonly { key: string; title: string }[];
  /** 計画の版。 */
  plans: readonly { id: string; label: string }[];
  papers: readonly Pick<Paper, "number" | "title">[];
}

/**
 * 次第の案: 開会 → 前回までの指摘への対応 → 論点（計画の版を添える）→ 報告 → その他 → 閉会。
 * 答えていない指摘は、答えるまで毎回の次第に現れる。
 */
export function buildAgenda({ topics, remarks, duties, plans, papers }: AgendaSources): AgendaItem[] {
  const item = (title: string, minutes: number, source = ""): AgendaItem => ({
    ...{ title, minutes, source },
    paper: paperFor(title, papers),
  });
  const open = remarks.filter(({ answered }) => !answered);
  const done = remarks.filter(({ answered }) => answered);
  return [
    item("開会", 5),
    ...open.map(({ number, remark }) =>
      item(`前回までのご指摘への対応（指摘${number}）: ${brief(remark)}`, 10, `action/${number}`),
    ),
    ...(done.length > 0
      ? [
          item(
            `対応済みのご指摘の報告（${done.map(({ number }) => `指摘${number}`).join("・")}）`,
            5,
            `action/${done.map(({ number }) => number).join(",")}`,
          ),
        ]
      : []),
    ...plans.map(({ id, label }) => item(`${label}について`, 30, `plan/${id}`)),
    ...topics
      .split("\n")
      .map((line) => line.replace(/^[・●\-\s　]+/, "").trim())
      .filter((line) => line !== "")
      .map((line) => item(line, 20, "topic")),
    ...duties.map(({ key, title }) => item(`報告: ${title}`, 5, `duty/${key}`)),
    item("その他（次回の日程など）", 5),
    item("閉会", 0),
  ];
}

/** 次第に載せる長さ（40字まで）。 */
function brief(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return [...line].length > 40 ? `${[...line].slice(0, 39).join("")}…` : line;
}

/** 題のことばを含む資料の番号。 */
function paperFor(title: string, papers: readonly Pick<Paper, "number" | "title">[]): string {
  return papers
    .filter(
      (paper) => paper.title.length >= 3 && (title.includes(paper.title) || paper.title.includes(title)),
    )
    .map(({ number }) => number)
    .join("・");
}

/** 次第の文字（一行に「題｜分｜資料」）から。空の行は捨てる。 */
export function readAgenda(text: string, before: readonly AgendaItem[]): AgendaItem[] {
  const known = new Map(before.map((one) => [one.title, one.source]));
  return text
    .split("\n")
    .map((line) => line.split(/[|｜]/).map((part) => part.trim()))
    .filter(([title = ""]) => title !== "")
    .map(([title = "", minutes = "", paper = ""]) => ({
      ...{ title: title.slice(0, 300), paper: paper.slice(0, 100), source: known.get(title) ?? "" },
      minutes: Math.min(600, Number.parseInt(minutes.normalize("NFKC"), 10) || 0),
    }));
}

export function agendaText(items: readonly AgendaItem[]): string {
  return items.map(({ title, minutes, paper }) => `${title}｜${minutes}｜${paper}`).join("\n");
}
