import { minuteOf } from "../base/time.ts";
import { Icon } from "../ui/icon.tsx";
import type { EditorBlock } from "./editor.ts";
import type { EditorView } from "./editor-memory.ts";
import type { EditorWork } from "./editor-work.ts";
import { MatrixLegend, MatrixPanel } from "./matrix-panel.tsx";
import type { PlanRemark } from "./plan-remark.ts";

const icons = { late: "late", due: "warn", wait: "pen" } as const;
const MOST = 7;

export interface CheckProps {
  view: EditorView;
  work: EditorWork;
  /** いま見せている部分（章）。 */
  shown: readonly string[];
  onGo(block: string): void;
}

/** 整合と点検。直している節に付いていく。 */
export function EditorCheckPanel({ view, work, shown, onGo }: CheckProps) {
  const { check, plan } = view;
  const measure = measureOf(view, view.current);
  const rows = rowsNear(view, shown, measure);
  const section = sectionOf(view, shown);
  const near = [...trackedRemarks(view, section), ...remarksIn(check.remarks, section)];
  const rest = remarksIn(check.remarks, new Set(shown)).filter((one) => !section.has(one.block));
  const listed = [...near, ...rest].sort((a, b) => order[a.tone] - order[b.tone]);
  const others = check.remarks.length - remarksIn(check.remarks, new Set(shown)).length;
  return (
    <aside className="edside" aria-label="整合と点検">
      <div className="sec-h">
        <h2>整合表</h2>
        <a className="end" href={`/plans/${plan}/check`}>
          すべての施策 {check.rows.length}件
        </a>
      </div>
      {rows.length > 0 ? (
        <>
          <MatrixPanel {...{ plan, columns: check.columns, rows, current: measure, onOpen: onGo }} />
          <MatrixLegend rows={check.rows} />
        </>
      ) : (
        <p className="sub">施策を足すと、上位計画との対応がここに並びます。</p>
      )}
      <ul className="rem">
        {listed.slice(0, MOST).map((remark) => (
          <Remark key={remark.id} remark={remark} view={view} work={work} onGo={onGo} />
        ))}
      </ul>
      {listed.length > MOST && <p className="sub">この章に、ほか{listed.length - MOST}件。</p>}
      {others > 0 && (
        <p className="sub">
          <a href={`/plans/${plan}/check`}>ほかの章に{others}件</a>
        </p>
      )}
      {listed.length === 0 && others === 0 && <p className="sub">直すところはありません。</p>}
    </aside>
  );
}

const order = { late: 0, wait: 1, due: 2 } as const;

function Remark({
  remark,
  view,
  work,
  onGo,
}: {
  remark: PlanRemark & { track?: EditorBlock };
  view: EditorView;
  work: EditorWork;
  onGo(block: string): void;
}) {
  const { fix, track } = remark;
  return (
    <li>
      <span className={`st ${remark.tone}`}>
        <Icon name={icons[remark.tone]} />
      </span>
      <span>
        <button type="button" className="btn link" onClick={() => onGo(remark.block)}>
          <b>{remark.title}</b>
        </button>
        {"　"}
        {remark.where}
        <br />
        <span className="sub">
          {remark.text}
          {fix && (
            <button
              type="button"
              className="btn link"
              onClick={() => void work.fix(remark.block, fix.text, fix.reason)}
            >
              {fix.label}
            </button>
          )}
          {track && <TrackActs block={track} view={view} work={work} />}
        </span>
      </span>
    </li>
  );
}

function TrackActs({ block, work }: { block: EditorBlock; view: EditorView; work: EditorWork }) {
  const { tracked } = block;
  if (!tracked) return null;
  return (
    <>
      {tracked.link?.href && <a href={tracked.link.href}>意見を開く</a>}
      {"　"}
      <button
        type="button"
        className="btn link"
        onClick={() => void work.arrange(block.id, { act: "settle" })}
      >
        反映
      </button>
      {"　"}
      <button type="button" className="btn link" onClick={() => void work.unrecord(block.id)}>
        元に戻す
      </button>
    </>
  );
}

/** 記録している変更も、指摘の並びに出す。 */
function trackedRemarks(view: EditorView, section: ReadonlySet<string>) {
  return [...view.blocks.values()].flatMap((block): (PlanRemark & { track: EditorBlock })[] => {
    const { tracked } = block;
    if (!tracked || !section.has(block.id)) return [];
    return [
      {
        ...{ id: `track|${block.id}`, tone: "wait", kind: "tracked", block: block.id, track: block },
        title: tracked.link
          ? `${tracked.link.label} による修正`
          : tracked.before
            ? "記録した変更"
            : "足した部分",
        where: `${tracked.by}${tracked.by ? "・" : ""}${minuteOf(tracked.at)}`,
        text: tracked.reason === "" ? "" : `${tracked.reason}　`,
      },
    ];
  });
}

function remarksIn(remarks: readonly PlanRemark[], blocks: ReadonlySet<string>): PlanRemark[] {
  return remarks.filter(({ block }) => blocks.has(block));
}

/** この部分の施策（囲みの中なら、その囲み）。 */
function measureOf(view: EditorView, id: string | null): string | undefined {
  let block = id === null ? undefined : view.blocks.get(id);
  while (block) {
    if (block.content.kind === "measure") return block.id;
    block = block.parent === null ? undefined : view.blocks.get(block.parent);
  }
  return undefined;
}

/** いまの節（施策の中なら施策、そうでなければ同じ見出しの下）の部分。 */
function sectionOf(view: EditorView, shown: readonly string[]): Set<string> {
  const measure = measureOf(view, view.current);
  if (measure !== undefined) return new Set(shown.filter((id) => measureOf(view, id) === measure));
  const at = view.current === null ? 0 : Math.max(0, shown.indexOf(view.current));
  const isHead = (id: string | undefined) => {
    const content = id === undefined ? undefined : view.blocks.get(id)?.content;
    return content?.kind === "heading" && content.level <= 2;
  };
  let from = at;
  while (from > 0 && !isHead(shown[from])) from -= 1;
  let to = at + 1;
  while (to < shown.length && !isHead(shown[to])) to += 1;
  return new Set(shown.slice(from, to));
}

/** この章の施策を、いまの施策の近くから六つまで。章に施策がなければ、はじめの六つ。 */
function rowsNear(view: EditorView, shown: readonly string[], measure: string | undefined) {
  const { rows } = view.check;
  const own = new Set(shown);
  const inChapter = rows.filter((row) => own.has(row.measure));
  const from = inChapter.length > 0 ? inChapter : rows;
  const at = Math.max(
    0,
    from.findIndex((row) => row.measure === measure),
  );
  const start = Math.max(0, Math.min(at - 2, from.length - 6));
  return from.slice(start, start + 6);
}
