import type { Fault } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { isDay } from "../japan/day.ts";

/** つながりの種類。FS=終わってから始める、SS=始まってから始める、FF=終わってから終える。 */
export const linkKinds = ["FS", "SS", "FF"] as const;
export type LinkKind = (typeof linkKinds)[number];
export const linkLabels: Readonly<Record<LinkKind, string>> = {
  FS: "終わってから始める",
  SS: "始まってから始める",
  FF: "終わってから終える",
};

export interface TaskLink {
  /** 先行する作業の記号。 */
  readonly of: string;
  readonly kind: LinkKind;
  /** 間の営業日。負なら重ねる。 */
  readonly lag: number;
}

/** 工程表の一つの作業。節目（milestone）は長さ 0。 */
export interface PlanTask {
  /** 記号。「T01」。 */
  readonly code: string;
  readonly name: string;
  /** まとまりの名（大きな区分）。 */
  readonly group: string;
  readonly owner: string;
  readonly clause: string;
  /** もとの義務（contract の duty のキー）。 */
  readonly duty: string | null;
  readonly milestone: boolean;
  /** 長さ（営業日）。calendar なら暦の日数。節目は 0。 */
  readonly days: number;
  /** 長さを暦の日で数える（意見募集の30日間など）。 */
  readonly calendar: boolean;
  /** この日より前には始めない（委託者の決めた日、工程表に書かれた始まり）。 */
  readonly from: Day | null;
  /** 期限。この日までに終える。 */
  readonly by: Day | null;
  /** 期限が動かない（履行期間の終わりなど、契約に書かれた日）。 */
  readonly firm: boolean;
  readonly links: readonly TaskLink[];
  /** 実績。 */
  readonly started: Day | null;
  readonly finished: Day | null;
  /** 進み（百分率）。 */
  readonly progress: number;
}

export const taskLimits = { tasks: 500, name: 120, days: 1000, lag: 250, links: 30 } as const;

/** パブリックコメントの期間の下限（札幌市の制度: 原則30日以上）。 */
export const COMMENT_DAYS = 30;

/** 意見を募る期間そのものの作業か（募集の前の準備や、意見の整理は含まない）。 */
export function isCommentPeriod(name: string): boolean {
  return (
    /(パブリック・?コメント|パブコメ|意見募集|意見公募)/.test(name) &&
    !/(原稿|概要版|準備|資料|整理|回答|反映|結果|案内|作成|公表|補助|決裁|協議|対応|集計|分析)/.test(name)
  );
}

/** 空の作業。 */
export function blankTask(code: string, name: string): PlanTask {
  return {
    ...{ code, name, group: "", owner: "", clause: "", duty: null, milestone: false, days: 1 },
    ...{ calendar: false, from: null, by: null, firm: false, links: [] },
    ...{ started: null, finished: null, progress: 0 },
  };
}

/** 工程表の誤り。欄の名は「記号.欄」。空なら良い。 */
export function planFaults(tasks: readonly PlanTask[]): Fault[] {
  const faults: Fault[] = [];
  const say = (code: string, field: string, message: string) =>
    faults.push({ field: `${code}.${field}`, message });
  if (tasks.length === 0) faults.push({ field: "tasks", message: "作業が一つもありません。" });
  if (tasks.length > taskLimits.tasks)
    faults.push({ field: "tasks", message: `作業は${taskLimits.tasks}までです。表を分けてください。` });
  const codes = new Set<string>();
  for (const task of tasks) {
    if (codes.has(task.code)) say(task.code, "code", `記号「${task.code}」が二つあります。`);
    codes.add(task.code);
    for (const [field, message] of taskFaults(task)) say(task.code, field, message);
  }
  for (const task of tasks)
    for (const link of task.links)
      if (!codes.has(link.of))
        say(task.code, "links", `先行する作業「${link.of}」が、この工程表にありません。`);
  const ring = findRing(tasks);
  if (ring !== undefined)
    say(
      ring[0] ?? "",
      "links",
      `先行が輪になっています（${ring.join(" → ")}）。どれか一つを外してください。`,
    );
  return faults;
}

function taskFaults(task: PlanTask): [string, string][] {
  const faults: [string, string][] = [];
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,19}$/.test(task.code))
    faults.push(["code", "記号は、英数字20字までにしてください。"]);
  if (task.name.trim() === "") faults.push(["name", "作業の名を書いてください。"]);
  if (task.name.length > taskLimits.name)
    faults.push(["name", `作業の名は${taskLimits.name}字までにしてください。`]);
  const least = task.milestone ? 0 : 1;
  if (!Number.isInteger(task.days) || task.days < least || task.days > taskLimits.days)
    faults.push(["days", `長さは${least}日から${taskLimits.days}日までの整数にしてください。`]);
  else if (task.milestone && task.days !== 0) faults.push(["days", "節目の長さは 0 日です。"]);
  else if (isCommentPeriod(task.name) && !task.milestone && (!task.calendar || task.days < COMMENT_DAYS))
    faults.push(["days", `意見を募る期間は、暦の日で${COMMENT_DAYS}日以上にしてください。`]);
  for (const field of ["from", "by", "started", "finished"] as const) {
    const value = task[field];
    if (value !== null && !isDay(value))
      faults.push([field, "日付は「2025-09-17」の形で、暦にある日にしてください。"]);
  }
  if (task.finished !== null && task.started !== null && task.finished < task.started)
    faults.push(["finished", "終わった日が、始めた日より前です。"]);
  if (task.finished !== null && task.started === null && !task.milestone)
    faults.push(["started", "終わった作業には、始めた日も書いてください。"]);
  if (!(task.progress >= 0 && task.progress <= 100))
    faults.push(["progress", "進みは 0 から 100 までです。"]);
  if (task.links.length > taskLimits.links)
    faults.push(["links", `先行は${taskLimits.links}までにしてください。`]);
  if (task.links.some(({ lag }) => !Number.isInteger(lag) || Math.abs(lag) > taskLimits.lag))
    faults.push(["links", `間の営業日は、前後${taskLimits.lag}日までの整数にしてください。`]);
  return faults;
}

/** 先行の輪。なければ undefined。 */
function findRing(tasks: readonly PlanTask[]): string[] | undefined {
  const ordered = new Set(orderTasks(tasks).map((task) => task.code));
  const left = tasks.filter((task) => !ordered.has(task.code));
  const [first] = left;
  if (first === undefined) return undefined;
  const by = new Map(left.map((task) => [task.code, task]));
  const path: string[] = [];
  for (let at: PlanTask | undefined = first; at !== undefined; ) {
    const seen = path.indexOf(at.code);
    if (seen >= 0) return [...path.slice(seen), at.code];
    path.push(at.code);
    at = at.links.map(({ of }) => by.get(of)).find((one) => one !== undefined);
  }
  return path;
}

/** 先行するものが先に来る順。輪の中と、輪の後ろの作業は含まない。表にない先行は見ない。 */
export function orderTasks(tasks: readonly PlanTask[]): PlanTask[] {
  const by = new Map(tasks.map((task) => [task.code, task]));
  const waits = new Map(tasks.map((task) => [task.code, task.links.filter(({ of }) => by.has(of)).length]));
  const after = new Map<string, string[]>();
  for (const task of tasks)
    for (const { of } of task.links) after.set(of, [...(after.get(of) ?? []), task.code]);
  const ready = tasks.filter((task) => waits.get(task.code) === 0);
  const ordered: PlanTask[] = [];
  for (let task = ready.shift(); task !== undefined; task = ready.shift()) {
    ordered.push(task);
    for (const code of after.get(task.code) ?? []) {
      const left = (waits.get(code) ?? 0) - 1;
      waits.set(code, left);
      const next = by.get(code);
      if (left === 0 && next !== undefined) ready.push(next);
    }
  }
  return ordered;
}

/** 「T03FS+2」「T03」の並びを読む。読めない所は error に。 */
export function readLinks(text: string): { links: TaskLink[]; error?: string } {
  const links: TaskLink[] = [];
  for (const part of text.normalize("NFKC").split(/[\s,、;・]+/)) {
    if (part === "") continue;
    const found = /^(.+?)(?:[:：]?(FS|SS|FF))?([+-]\d{1,3})?日?$/i.exec(part);
    const [, of = "", kind = "FS", lag = "0"] = found ?? [];
    if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,19}$/.test(of))
      return { links, error: "先行は「T03」「T03FS+2」の形で、空白で区切って書いてください。" };
    links.push({ of, kind: kind.toUpperCase() as LinkKind, lag: Number(lag) });
  }
  return { links };
}

/** 「T03」「T03SS+2」。 */
export function writeLinks(links: readonly TaskLink[]): string {
  return links
    .map(({ of, kind, lag }) => {
      const gap = lag === 0 ? "" : lag > 0 ? `+${lag}` : String(lag);
      return kind === "FS" && lag === 0 ? of : `${of}${kind}${gap}`;
    })
    .join(" ");
}
