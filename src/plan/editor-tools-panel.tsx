import { useState } from "react";
import { Icon } from "../ui/icon.tsx";
import { insertAt, toggleBold } from "./editable-dom.ts";
import type { CaretSpot } from "./editor-block-panel.tsx";
import type { EditorMemory, EditorView } from "./editor-memory.ts";
import type { EditorWork } from "./editor-work.ts";
import { cellRef } from "./inline.ts";
import type { BlockContent, BlockKind } from "./plan-block.ts";
import { blankContent, kindLabels } from "./plan-kind.ts";

export interface ToolsProps {
  view: EditorView;
  memory: EditorMemory;
  work: EditorWork;
  caret: { spot: CaretSpot | undefined };
}

const adds: readonly BlockKind[] = [
  ...(["paragraph", "heading", "list", "table", "kpi", "figure", "photo", "measure", "column"] as const),
];
const looks: readonly [string, string][] = [
  ["paragraph", "本文"],
  ["1", "見出し1（章）"],
  ["2", "見出し2"],
  ["3", "見出し3"],
];

type Asking = "note" | "ref" | "cell" | "figure" | undefined;

/** 道具の一行。 */
export function EditorTools(props: ToolsProps) {
  const { view, memory, work, caret } = props;
  const [asking, setAsking] = useState<Asking>(undefined);
  const block = view.current === null ? undefined : view.blocks.get(view.current);
  const content = block?.content;
  const isText = content?.kind === "paragraph" || content?.kind === "heading";
  const hold = (event: { preventDefault(): void }) => event.preventDefault();
  const tool = (label: string, on: () => void, more: { disabled?: boolean; pressed?: boolean } = {}) => (
    <button
      type="button"
      className="btn"
      onMouseDown={hold}
      onClick={on}
      disabled={more.disabled}
      aria-pressed={more.pressed}
    >
      {label}
    </button>
  );
  const ask = (what: Asking) => setAsking((now) => (now === what ? undefined : what));
  return (
    <>
      <div className="tools" role="toolbar" aria-label="編集">
        <select
          aria-label="この部分の形"
          disabled={!isText}
          value={content?.kind === "heading" ? String(Math.min(content.level, 3)) : "paragraph"}
          onChange={(event) => block && reshape(props, event.currentTarget.value)}
        >
          {looks.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <i />
        {tool("太字", () => bold(props), { disabled: content?.kind !== "paragraph" })}
        {tool("脚注", () => ask("note"), { disabled: !isText })}
        {tool("参照", () => ask("ref"), { disabled: !isText })}
        {tool("数", () => ask("cell"), { disabled: !isText })}
        <i />
        <select
          aria-label="部分を足す"
          value=""
          onChange={(event) => {
            if (event.currentTarget.value === "survey") {
              ask("figure");
              return;
            }
            const kind = event.currentTarget.value as BlockKind;
            void work.insert(view.current, blankContent(kind), { inside: false });
          }}
        >
          <option value="">＋ 足す</option>
          {view.figures.length > 0 && <option value="survey">調査の図…</option>}
          {adds.map((kind) => (
            <option key={kind} value={kind}>
              {kindLabels[kind]}
            </option>
          ))}
        </select>
        <i />
        <button
          type="button"
          className="btn"
          aria-pressed={view.tracking}
          onMouseDown={hold}
          onClick={() => memory.set({ tracking: !view.tracking })}
        >
          {view.tracking && <Icon name="check" />}変更を記録
        </button>
        <button
          type="button"
          className="btn"
          aria-label={`元に戻す${view.undo.length > 0 ? `（${view.undo.at(-1)?.label}）` : ""}`}
          onClick={() => void work.undo()}
        >
          <Icon name="back" />
        </button>
      </div>
      {asking !== undefined && block !== undefined && (
        <AskRow
          key={asking}
          {...props}
          asking={asking}
          onDone={(token) => {
            setAsking(undefined);
            if (token !== undefined) putToken(memory, work, caret.spot, block.id, token);
          }}
        />
      )}
    </>
  );
}

/** 見出しの段か、本文に替える。 */
function reshape({ view, work, memory }: ToolsProps, value: string): void {
  const id = view.current;
  const block = id === null ? undefined : view.blocks.get(id);
  if (!block || (block.content.kind !== "paragraph" && block.content.kind !== "heading")) return;
  const now = memory.drafts.get(block.id)?.content ?? block.content;
  const text = "text" in now ? now.text : "";
  const next: BlockContent =
    value === "paragraph" ? { kind: "paragraph", text } : { kind: "heading", level: Number(value), text };
  if (next.kind === block.content.kind) {
    work.type(block.id, next.kind === "heading" ? { ...block.content, ...next } : next);
    void work.flush(block.id);
    return;
  }
  // 種類が替わるときは、同じところに新しい部分を置き、古いものを消す（経過に残る）。
  void work.insert(block.id, next).then((made) => {
    if (made !== undefined) void work.replace(block.id, made);
  });
}

function bold({ view, memory, work, caret }: ToolsProps): void {
  const spot = caret.spot;
  const block = spot && view.blocks.get(spot.id);
  if (!spot || block?.content.kind !== "paragraph") return;
  if (spot.from === spot.to) {
    work.say("太字にする字を選んでください。");
    return;
  }
  const now = memory.drafts.get(block.id)?.content ?? block.content;
  if (now.kind !== "paragraph") return;
  redraw(memory, work, block.id, { ...now, text: toggleBold(now.text, spot.from, spot.to, view.book) });
}

/** 印を、カーソルのあったところに入れる。 */
function putToken(
  memory: EditorMemory,
  work: EditorWork,
  spot: CaretSpot | undefined,
  id: string,
  token: string,
): void {
  const view = memory.get();
  const block = view.blocks.get(id);
  const now = memory.drafts.get(id)?.content ?? block?.content;
  if (!now || !("text" in now)) return;
  const at = spot?.id === id ? spot.to : Number.MAX_SAFE_INTEGER;
  redraw(memory, work, id, { ...now, text: insertAt(now.text, at, token, view.book) });
}

/** 道具が変えた文を、直しているところに描く。 */
function redraw(memory: EditorMemory, work: EditorWork, id: string, content: BlockContent): void {
  work.type(id, content);
  const refreshed = new Map(memory.get().refreshed);
  refreshed.set(id, (refreshed.get(id) ?? 0) + 1);
  memory.set({ refreshed, active: id, current: id });
  void work.flush(id);
}

interface AskProps extends ToolsProps {
  asking: Exclude<Asking, undefined>;
  onDone(token: string | undefined): void;
}

function AskRow(props: AskProps) {
  if (props.asking === "figure") return <AskFigure {...props} />;
  if (props.asking === "note") return <AskNote {...props} />;
  return props.asking === "ref" ? <AskReference {...props} /> : <AskCell {...props} />;
}

function AskNote({ work, onDone }: AskProps) {
  const [text, setText] = useState("");
  const put = async () => {
    if (text.trim() === "") return;
    const id = `n${Date.now().toString(36)}`;
    await work.insert(null, { kind: "footnote", text }, { id: `^${id}`, stay: true });
    onDone(`[^${id}]`);
  };
  return (
    <form
      className="ask"
      onSubmit={(event) => {
        event.preventDefault();
        void put();
      }}
    >
      <label htmlFor="ask-note">脚注の本文</label>
      <input
        id="ask-note"
        type="text"
        value={text}
        maxLength={1000}
        // biome-ignore lint/a11y/noAutofocus: 押した道具の続き
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" className="btn">
        入れる
      </button>
      <button type="button" className="btn plain" onClick={() => onDone(undefined)}>
        やめる
      </button>
    </form>
  );
}

function AskFigure({ view, work, onDone }: AskProps) {
  return (
    <div className="ask">
      <label htmlFor="ask-figure">どの図を入れますか（数の表も、原稿のデータになります）</label>
      <select
        id="ask-figure"
        defaultValue=""
        onChange={(event) => {
          void work.insertFigure(event.currentTarget.value, view.current);
          onDone(undefined);
        }}
      >
        <option value="">選んでください</option>
        {view.figures.map(({ id, title, n, stale }) => (
          <option key={id} value={id}>
            {`${title}（n=${n}${stale ? "・古い" : ""}）`}
          </option>
        ))}
      </select>
      <button type="button" className="btn plain" onClick={() => onDone(undefined)}>
        やめる
      </button>
    </div>
  );
}

function AskReference({ view, onDone }: AskProps) {
  const choices = view.order.flatMap((id) => {
    const number = view.book.numbers.get(id) ?? "";
    const content = view.blocks.get(id)?.content;
    if (number === "" || !content) return [];
    const name =
      "caption" in content
        ? content.caption
        : "title" in content
          ? content.title
          : "text" in content
            ? content.text
            : "";
    return [{ id, label: `${number}　${name}` }];
  });
  return (
    <div className="ask">
      <label htmlFor="ask-ref">どこを指しますか（番号が変わっても、追いつきます）</label>
      <select id="ask-ref" defaultValue="" onChange={(event) => onDone(`[[@${event.currentTarget.value}]]`)}>
        <option value="">選んでください</option>
        {choices.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      <button type="button" className="btn plain" onClick={() => onDone(undefined)}>
        やめる
      </button>
    </div>
  );
}

function AskCell({ view, onDone }: AskProps) {
  const names = Object.keys(view.book.tables);
  const [name, setName] = useState(names[0] ?? "");
  const rows = view.book.tables[name] ?? [];
  return (
    <div className="ask">
      <label htmlFor="ask-cell">どのデータの、どの数ですか（データが変われば、文の数も変わります）</label>
      <select id="ask-cell" value={name} onChange={(event) => setName(event.currentTarget.value)}>
        {names.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      <button type="button" className="btn plain" onClick={() => onDone(undefined)}>
        やめる
      </button>
      <div className="doc-sheet">
        <table className="doc-tbl">
          <caption className="vh">{name}</caption>
          <tbody>
            {rows.slice(0, 30).map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: 行は並びで決まる
              <tr key={row}>
                {cells.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: 列は並びで決まる
                  <td key={column}>
                    {row > 0 && column > 0 && cell !== "" ? (
                      <button
                        type="button"
                        className="btn plain"
                        aria-label={`${cells[0] ?? ""} ${rows[0]?.[column] ?? ""} ${cell} を入れる`}
                        onClick={() => onDone(`{{${name}!${cellRef(row + 1, column)}}}`)}
                      >
                        {cell}
                      </button>
                    ) : (
                      cell
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
