import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from "react";
import { fillEditable, placeCaret, readEditable, selectionIn } from "./editable-dom.ts";
import type { InlineBook } from "./inline.ts";

export interface EditableProps {
  label: string;
  text: string;
  book: InlineBook;
  /** 外から変わった回数。変われば、描き直す。 */
  refreshed?: number;
  className?: string;
  /** 描いたらすぐ、ここにカーソルを置く（見えている字の位置）。 */
  focusAt?: number | undefined;
  onText(text: string): void;
  onCaret?(root: HTMLElement): void;
  onBlur?(): void;
  /** Enter。位置は見えている字の位置。言わなければ、改行を入れる。 */
  onEnter?(at: number, text: string): void;
  /** 前・後の部分へ移る。 */
  onLeave?(step: -1 | 1): void;
  /** 空のところで Backspace。 */
  onErase?(): void;
}

/** 直せる文。変換中（IME）の鍵は、何もしない。打つたびの仕事は、DOM を読むことだけ。 */
export function Editable(props: EditableProps) {
  const { label, text, book, refreshed = 0, className = "", focusAt, onText, onBlur, onCaret } = props;
  const root = useRef<HTMLDivElement>(null);
  const composing = useRef(false);
  const shown = useRef<string | undefined>(undefined);
  const bookRef = useRef(book);
  // biome-ignore lint/correctness/useExhaustiveDependencies: refreshed は、描き直す合図
  useLayoutEffect(() => {
    const element = root.current;
    if (!element || composing.current) return;
    const stale = bookRef.current !== book;
    if (shown.current === text && !stale) return;
    const caret = document.activeElement === element ? selectionIn(element)?.to : undefined;
    fillEditable(element, text, book);
    shown.current = text;
    bookRef.current = book;
    if (caret !== undefined) placeCaret(element, caret);
  }, [text, book, refreshed]);
  useEffect(() => {
    if (focusAt === undefined || !root.current) return;
    root.current.focus({ preventScroll: false });
    placeCaret(root.current, focusAt);
  }, [focusAt]);
  const report = () => {
    if (!root.current) return;
    const now = readEditable(root.current);
    shown.current = now;
    onText(now);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || composing.current || !root.current) return;
    if (handleKey(event, root.current, props)) event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: contentEditable なので、入れる
    <div
      ref={root}
      className={`edit ${className}`}
      contentEditable="plaintext-only"
      suppressContentEditableWarning
      role="textbox"
      aria-multiline="true"
      aria-label={label}
      spellCheck={false}
      onInput={() => !composing.current && report()}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={() => {
        composing.current = false;
        report();
      }}
      onKeyDown={onKeyDown}
      onKeyUp={() => root.current && onCaret?.(root.current)}
      onMouseUp={() => root.current && onCaret?.(root.current)}
      onBlur={() => {
        if (root.current) onCaret?.(root.current);
        onBlur?.();
      }}
    />
  );
}

/** 鍵の行い。したなら真。 */
function handleKey(event: KeyboardEvent, root: HTMLElement, props: EditableProps): boolean {
  const { onEnter, onLeave, onErase } = props;
  const text = root.textContent ?? "";
  const at = selectionIn(root);
  if (event.key === "Enter" && !event.shiftKey && onEnter) {
    onEnter(at?.to ?? text.length, readEditable(root));
    return true;
  }
  if (event.key === "Backspace" && text === "" && onErase) {
    onErase();
    return true;
  }
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !onLeave) return false;
  if (event.key === "ArrowDown" && at?.to === text.length) {
    onLeave(1);
    return true;
  }
  if (event.key === "ArrowUp" && at?.from === 0) {
    onLeave(-1);
    return true;
  }
  return false;
}
