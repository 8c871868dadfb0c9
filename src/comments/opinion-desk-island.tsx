import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { sentenceRanges } from "../opinions/propose-split.ts";
import type { TextRange } from "../opinions/split-letter.ts";
import { postJson } from "../ui/post-json.ts";
import type { TextCursor } from "./desk-form-panel.tsx";
import { OpinionDeskPanel } from "./opinion-desk-panel.tsx";
import type { OpinionDesk } from "./read-desk.ts";

// 意見の机を、画面を替えずに使う。なくても、素の form で同じことができる。

/** なぞった範囲の、もとの文での位置。意見書の外なら undefined。 */
function selectedRange(): TextRange | undefined {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  const letter = document.getElementById("letter");
  if (!letter?.contains(range.startContainer) || !letter.contains(range.endContainer)) return undefined;
  const [start, end] = [
    offsetOf(range.startContainer, range.startOffset),
    offsetOf(range.endContainer, range.endOffset),
  ];
  return start === undefined || end === undefined || start === end ? undefined : [start, end];
}

function offsetOf(node: Node, offset: number): number | undefined {
  const element = node instanceof Element ? node : node.parentElement;
  const own = element?.closest<HTMLElement>("[data-start]");
  if (own && node.nodeType === Node.TEXT_NODE) return Number(own.dataset.start) + offset;
  // 印の字（A）や段落の端で止まったときは、続く一切れの頭。
  const place = document.createRange();
  place.setStart(node, offset);
  for (const piece of document.querySelectorAll<HTMLElement>("#letter [data-start]")) {
    const order = place.comparePoint(piece, 0);
    if (order >= 0) return Number(piece.dataset.start);
  }
  const last = [...document.querySelectorAll<HTMLElement>("#letter [data-start]")].at(-1);
  return last ? Number(last.dataset.start) + (last.textContent?.length ?? 0) : undefined;
}

function DeskApp({ first, csrf, firstMark }: { first: OpinionDesk; csrf: string; firstMark: string }) {
  const [desk, setDesk] = useState(first);
  const [mark, setMark] = useState(firstMark);
  const [cursor, setCursor] = useState<TextCursor>();
  const [said, setSaid] = useState<string>();
  const sentences = useMemo(() => sentenceRanges(desk.letter.text), [desk.letter.text]);
  const reload = useCallback(async () => {
    const response = await fetch(`/api/comments/letters/${first.letter.id}/desk`).catch(() => undefined);
    if (response?.ok) setDesk((await response.json()) as OpinionDesk);
  }, [first.letter.id]);
  const send = useCallback(
    async (path: string, body: unknown, done = "残しました。"): Promise<boolean> => {
      const response = await postJson(path, csrf, body).catch(() => undefined);
      if (!response?.ok) {
        const fault =
          response &&
          ((await response.json().catch(() => undefined)) as { error?: { message?: string } } | undefined);
        setSaid(fault?.error?.message ?? "送れませんでした。もう一度お試しください。");
        if (response?.status === 409) await reload();
        return false;
      }
      await reload();
      setSaid(done);
      return true;
    },
    [csrf, reload],
  );
  const now = useRef({ desk, mark, cursor, sentences, send, setCursor, setMark, setSaid });
  now.current = { desk, mark, cursor, sentences, send, setCursor, setMark, setSaid };
  useEffect(() => listen(now), []);
  useEffect(() => showChoices(desk, mark), [desk, mark]);
  return <OpinionDeskPanel {...{ desk, csrf, mark, cursor, said }} />;
}

/** 欄の見え方を、届いたものに合わせる（欄は素の form のものなので、描き直しでは変わらない）。 */
function showChoices(desk: OpinionDesk, mark: string): void {
  const opinion = desk.opinions.find((one) => one.mark === mark) ?? desk.opinions[0];
  if (!opinion) return;
  for (const radio of document.querySelectorAll<HTMLInputElement>("#opinion-desk input[type=radio]"))
    radio.checked = radio.value === (radio.name === "code" ? opinion.code : opinion.status);
  const selects: [string, string][] = [
    ["#other-code", opinion.code],
    ["#block", opinion.block],
  ];
  for (const [selector, value] of selects) {
    const select = document.querySelector<HTMLSelectElement>(selector);
    if (select) select.value = value;
  }
}

interface Now {
  desk: OpinionDesk;
  mark: string;
  cursor: TextCursor | undefined;
  sentences: readonly TextRange[];
  send(path: string, body: unknown, done?: string): Promise<boolean>;
  setCursor(cursor: TextCursor | undefined): void;
  setMark(mark: string): void;
  setSaid(said: string | undefined): void;
}

function listen(now: { readonly current: Now }): () => void {
  const split = async (body: Record<string, unknown>, done: string) => {
    const { desk, send, setCursor } = now.current;
    const path = `/api/comments/letters/${desk.letter.id}/split`;
    if (!(await send(path, { ...body, edition: desk.letter.edition }, done))) return;
    setCursor(undefined);
    window.getSelection()?.removeAllRanges();
  };
  async function onSubmit(event: SubmitEvent) {
    const form = event.target instanceof HTMLFormElement ? event.target : undefined;
    const path = form?.dataset.api;
    if (!form || path === undefined || !form.closest("#opinion-desk")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { desk, send } = now.current;
    const done = await send(path, Object.fromEntries(new FormData(form)));
    if (done && form.id === "sort-form" && desk.next) location.assign(`/comments/letters/${desk.next}`);
  }
  function onChange(event: Event) {
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    const form = target?.closest<HTMLFormElement>("form.auto, #code-form");
    if (form?.closest("#opinion-desk")) form.requestSubmit();
  }
  function onClick(event: MouseEvent) {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLElement>("#letter a[data-mark]") : null;
    if (!link) return;
    event.preventDefault();
    if (selectedRange() !== undefined) return;
    now.current.setMark(link.dataset.mark ?? "A");
    now.current.setCursor(undefined);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.metaKey) return;
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    if (target?.matches("textarea, select, input:not([type=radio])")) return;
    if (event.ctrlKey && event.key.toLowerCase() === "z") {
      event.preventDefault();
      document.querySelector<HTMLFormElement>("#undo-form")?.requestSubmit();
      return;
    }
    if (event.ctrlKey) return;
    if (letterKey(event, target, now, split)) event.preventDefault();
    else if (deskKey(event)) event.preventDefault();
  }
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("change", onChange);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKeyDown);
  return () => {
    document.removeEventListener("submit", onSubmit, true);
    document.removeEventListener("change", onChange);
    document.removeEventListener("click", onClick);
    document.removeEventListener("keydown", onKeyDown);
  };
}

/** 原文の中の鍵: 矢印で文を選び、Enter で分け、M でつなげ、Delete で外す。 */
function letterKey(
  event: KeyboardEvent,
  target: HTMLElement | undefined,
  now: { readonly current: Now },
  split: (body: Record<string, unknown>, done: string) => Promise<void>,
): boolean {
  const { desk, mark, cursor, sentences, setCursor } = now.current;
  const inside = target?.closest("#letter") !== null && target?.closest("#letter") !== undefined;
  const chosen = selectedRange() ?? (cursor && ([cursor.start, cursor.end] as const));
  const selected = desk.opinions.find((one) => one.mark === mark) ?? desk.opinions[0];
  if (inside && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
    const moved = moveCursor(sentences, cursor, event.key === "ArrowRight" ? 1 : -1, event.shiftKey);
    if (moved) setCursor(moved);
    return true;
  }
  if (event.key === "Escape" && cursor) {
    setCursor(undefined);
    return true;
  }
  if (!desk.may.work) return false;
  if (event.key === "Enter" && chosen && (inside || target === document.body)) {
    void split({ act: "mark", start: chosen[0], end: chosen[1] }, "分けました。");
    return true;
  }
  if (event.key === "Delete" && (chosen || (inside && selected))) {
    if (chosen) void split({ act: "clear", start: chosen[0], end: chosen[1] }, "意見から外しました。");
    else void split({ act: "remove", opinion: selected?.id }, "意見から外しました。");
    return true;
  }
  if (event.key.toLowerCase() === "m" && selected) {
    if (chosen)
      void split(
        { act: "move", start: chosen[0], end: chosen[1], to: selected.id },
        `${selected.mark} につなげました。`,
      );
    else {
      const at = desk.opinions.indexOf(selected);
      const [into, from] = at > 0 ? [desk.opinions[at - 1], selected] : [selected, desk.opinions[1]];
      if (!into || !from) return false;
      now.current.setMark(into.mark);
      void split(
        { act: "merge", into: into.id, from: from.id },
        `${into.mark} と ${from.mark} をつなげました。`,
      );
    }
    return true;
  }
  return false;
}

/** 文のカーソルを動かす。shift なら、範囲をのばす。 */
function moveCursor(
  sentences: readonly TextRange[],
  cursor: TextCursor | undefined,
  step: 1 | -1,
  extend: boolean,
): TextCursor | undefined {
  const find = (at: number) => sentences.findIndex(([start, end]) => at >= start && at < end);
  const at =
    cursor === undefined
      ? step > 0
        ? -1
        : sentences.length
      : find(step > 0 ? cursor.end - 1 : cursor.start);
  const next = sentences[Math.max(0, Math.min(sentences.length - 1, at + step))];
  if (next === undefined) return undefined;
  if (!extend || cursor === undefined) return { start: next[0], end: next[1] };
  return { start: Math.min(cursor.start, next[0]), end: Math.max(cursor.end, next[1]) };
}

/** 1–5 は分類、J・K は次と前、/ はほかの分類、P・G・B はそれぞれのボタン。 */
function deskKey(event: KeyboardEvent): boolean {
  // 「+」は Shift を押して打つ並びの鍵盤が多い。
  if (event.shiftKey && event.key !== "+") return false;
  const field = { "/": "#other-code", "+": "#also-code" }[event.key];
  if (field !== undefined) {
    const select = document.querySelector<HTMLSelectElement>(field);
    select?.focus();
    return select !== null;
  }
  const own = document.querySelector<HTMLElement>(
    `#opinion-desk [data-key="${CSS.escape(event.key.toLowerCase())}"]`,
  );
  if (!own) return false;
  own.click();
  return true;
}

async function start(root: HTMLElement): Promise<void> {
  const response = await fetch(`/api/comments/letters/${root.dataset.letter}/desk`).catch(() => undefined);
  if (!response?.ok) return;
  const desk = (await response.json()) as OpinionDesk;
  createRoot(root).render(
    <DeskApp first={desk} csrf={root.dataset.csrf ?? ""} firstMark={root.dataset.mark ?? "A"} />,
  );
  root.dataset.ready = "1";
}

const root = document.getElementById("opinion-desk");
if (root) void start(root);
