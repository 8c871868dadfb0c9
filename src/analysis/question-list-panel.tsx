import { useState } from "react";
import type { ExploreAct } from "./explore-panel.tsx";
import type { ExploreState } from "./explore-state.ts";

/** 設問の一覧（島だけ）。引いて行・列・絞り込みに落とす。ボタンと鍵盤（行 R、列 C、絞り込み F）でも同じことができる。 */
export function QuestionList({ state, act }: { state: ExploreState; act: ExploreAct }) {
  const [typed, setTyped] = useState("");
  const wanted = typed.normalize("NFKC").toLowerCase();
  const found = state.questions.filter(({ label }) => label.normalize("NFKC").toLowerCase().includes(wanted));
  const { ask } = state;
  const place = (id: string, where: string) => {
    const question = state.questions.find((one) => one.id === id);
    if (where === "c") act.change({ column: id, rows: ask.rows.filter((one) => one !== id) });
    if (!question?.axis) return;
    if (where === "r") act.change({ rows: [id, ...ask.rows.slice(1).filter((one) => one !== id)] });
    if (where === "f") {
      act.setPending(id);
      document.getElementById("add")?.focus();
    }
  };
  return (
    <details className="qlist">
      <summary>設問を引いて置く</summary>
      <p className="sub">行・列・絞り込みへ引くか、ボタン（R・C・F）で置きます。</p>
      <input
        type="search"
        aria-label="設問を探す"
        placeholder="設問を探す"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) event.preventDefault();
        }}
      />
      <ul>
        {found.map(({ id, label, axis }) => (
          <li
            key={id}
            draggable
            onDragStart={(event) => event.dataTransfer.setData("text/plain", id)}
            onKeyDown={(event) => {
              const key = event.key.toLowerCase();
              if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
              if (["r", "c", "f"].includes(key)) {
                event.preventDefault();
                place(id, key);
              }
            }}
          >
            <span className="q-name">{label}</span>
            <span className="q-acts">
              <button
                type="button"
                disabled={!axis}
                aria-label={`${label} を行に`}
                onClick={() => place(id, "r")}
              >
                行
              </button>
              <button type="button" aria-label={`${label} を列に`} onClick={() => place(id, "c")}>
                列
              </button>
              <button
                type="button"
                disabled={!axis}
                aria-label={`${label} で絞り込む`}
                onClick={() => place(id, "f")}
              >
                絞
              </button>
            </span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="sub">その言葉の設問はありません。</p>}
    </details>
  );
}
