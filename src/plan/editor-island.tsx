import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { type Instant, instantFromMs } from "../base/time.ts";
import { BlockRow, type CaretSpot } from "./editor-block-panel.tsx";
import { EditorCheckPanel } from "./editor-check-panel.tsx";
import { editorClient } from "./editor-client.ts";
import { type EditorMemory, type EditorView, editorMemory } from "./editor-memory.ts";
import { EditorTools } from "./editor-tools-panel.tsx";
import { EditorWork } from "./editor-work.ts";

interface AppProps {
  memory: EditorMemory;
  work: EditorWork;
  first: string;
}

/** 章ごとの部分。all なら全部。 */
function chapterBlocks(view: EditorView, chapter: string): string[] {
  if (chapter === "all") return [...view.order];
  const from = view.order.indexOf(chapter);
  if (from < 0) return [...view.order];
  const out: string[] = [];
  for (const id of view.order.slice(from)) {
    const content = view.blocks.get(id)?.content;
    if (out.length > 0 && content?.kind === "heading" && content.level === 1) break;
    out.push(id);
  }
  return out;
}

function chaptersOf(view: EditorView): { id: string; label: string }[] {
  return view.order.flatMap((id) => {
    const content = view.blocks.get(id)?.content;
    if (content?.kind !== "heading" || content.level !== 1) return [];
    return [{ id, label: `${view.book.numbers.get(id) ?? ""}　${content.text}` }];
  });
}

function EditorApp({ memory, work, first }: AppProps) {
  const view = useSyncExternalStore(memory.subscribe, memory.get);
  const [chapter, setChapter] = useState(first);
  const caret = useRef<{ spot: CaretSpot | undefined }>({ spot: undefined });
  const shown = useMemo(() => chapterBlocks(view, chapter), [view, chapter]);
  const go = useCallback(
    (block: string) => {
      if (!shown.includes(block)) setChapter(chapterOf(memory.get(), block));
      memory.set({ current: block });
      requestAnimationFrame(() => document.getElementById(`b-${block}`)?.scrollIntoView({ block: "center" }));
    },
    [shown, memory],
  );
  return (
    <div className="ed">
      <div className="sheet">
        <div className="ed-top">
          <label className="inline">
            <span className="vh">章</span>
            <select value={chapter} onChange={(event) => setChapter(event.currentTarget.value)}>
              {chaptersOf(view).map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
              <option value="all">すべての章</option>
            </select>
          </label>
          <Said view={view} />
        </div>
        <EditorTools view={view} memory={memory} work={work} caret={caret.current} />
        <article className="doc" aria-label="本文">
          {shown.map((id) => {
            const block = view.blocks.get(id);
            return block ? (
              <BlockRow
                key={id}
                block={block}
                number={view.book.numbers.get(id) ?? ""}
                book={view.book}
                active={view.active === id}
                current={view.current === id}
                refreshed={view.refreshed.get(id) ?? 0}
                asides={asidesOf(view, id)}
                inner={block.parent !== null}
                memory={memory}
                work={work}
                caret={caret.current}
              />
            ) : null;
          })}
        </article>
      </div>
      <EditorCheckPanel view={view} work={work} shown={shown} onGo={go} />
    </div>
  );
}

const none: EditorView["asides"] = [];

/** この部分の、脇に残した文（なければ同じ空の並びを返し、描き直させない）。 */
function asidesOf(view: EditorView, id: string): EditorView["asides"] {
  return view.asides.some(({ block }) => block === id)
    ? view.asides.filter(({ block }) => block === id)
    : none;
}

function chapterOf(view: EditorView, block: string): string {
  const before = view.order.slice(0, view.order.indexOf(block) + 1);
  const head = before.findLast((id) => {
    const content = view.blocks.get(id)?.content;
    return content?.kind === "heading" && content.level === 1;
  });
  return head ?? "all";
}

function Said({ view: { said } }: { view: EditorView }) {
  return (
    <p className={said.tone === "late" ? "said late-word" : "said sub"} role="status">
      {said.text}
    </p>
  );
}

async function mountEditor(root: HTMLElement): Promise<void> {
  const csrf =
    document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? root.dataset.csrf ?? "";
  const { plan = "", chapter = "", now = "" } = root.dataset;
  const ahead = Date.parse(now) - Date.now();
  const officeNow = (): Instant => instantFromMs(Date.now() + ahead);
  const client = editorClient(plan, csrf);
  const memory = editorMemory(await client.open());
  const work = new EditorWork(memory, client, officeNow);
  const first = chapter || chaptersOf(memory.get())[0]?.id || "all";
  const block = root.dataset.block;
  memory.set({ current: block || (chapterBlocks(memory.get(), first)[0] ?? null) });
  createRoot(root).render(<EditorApp memory={memory} work={work} first={first} />);
  if (block)
    requestAnimationFrame(() => document.getElementById(`b-${block}`)?.scrollIntoView({ block: "center" }));
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key !== "Escape") return;
    work.activate(null);
  });
  work.keepFresh();
}

const root = document.getElementById("plan-editor");
if (root !== null) void mountEditor(root);
