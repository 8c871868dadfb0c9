import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  actFor,
  deskKeys,
  gridMoveFor,
  isComposing,
  type KeyPlace,
  type KeyPress,
  labelOf,
} from "./desk-keys.ts";

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
  return { key, code: "", isComposing: false, keyCode: 0, repeat: false, ...plain, ...more };
}

const places: KeyPlace[] = ["text", "seats", "window", "page"];

describe("受付デスクの鍵", () => {
  test("Alt+Enter で予約、Alt+O で通話開始、Alt+P で終話", () => {
    expect(actFor(press("Enter", { altKey: true }), "text")).toBe("book");
    expect(actFor(press("o", { altKey: true }), "text")).toBe("startCall");
    expect(actFor(press("p", { altKey: true }), "page")).toBe("endCall");
  });

  test("Alt で別の字になる配列では鍵の位置で、英字のまま違う配列では字で見る", () => {
    expect(actFor(press("ß", { altKey: true, code: "KeyS" }), "page")).toBe("seats");
    expect(actFor(press("q", { altKey: true, code: "KeyS" }), "page")).toBeNull();
    expect(actFor(press("S", { altKey: true, code: "KeyS" }), "page")).toBe("seats");
  });

  test.each(["isComposing", "229", "Process"])("変換中（%s）は、どの鍵もどこでも働かない", (how) => {
    const composing: Partial<KeyPress> =
      how === "isComposing" ? { isComposing: true } : how === "229" ? { keyCode: 229 } : {};
    for (const key of deskKeys) {
      const typed = how === "Process" ? "Process" : key.key;
      const event = press(typed, {
        altKey: key.alt ?? false,
        ctrlKey: key.ctrl ?? false,
        code: key.code ?? "",
        ...composing,
      });
      expect(isComposing(event)).toBe(true);
      for (const place of places) expect(actFor(event, place)).toBeNull();
      expect(
        gridMoveFor(press("ArrowDown", { ...composing, ...(how === "Process" ? { key: "Process" } : {}) })),
      ).toBeNull();
    }
  });

  // Mozc の ms-ime.tsv・atok.tsv と、ブラウザの予約（タブ、再読み込み、全画面、戻る、メニュー）。
  const taken: KeyPress[] = [
    ...["F1", "F2", "F3", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12"].map((key) => press(key)),
    ...["Enter", "Escape", "Tab", " ", "Backspace", "Delete", "Home", "End", "PageUp"].map((key) =>
      press(key),
    ),
    ...["Enter", "Backspace", " ", "m", "n", "z", "h", "g", "u", "i", "o", "p", "t", "w", "r", "l", "k"].map(
      (key) => press(key, { ctrlKey: true }),
    ),
    ...["Enter", " ", "Escape", "ArrowLeft"].map((key) => press(key, { shiftKey: true })),
    ...["d", "e", "f", "v", "b", "t", "h", "ArrowLeft", "Home", "1", "9"].map((key) =>
      press(key, { altKey: true }),
    ),
    ...["i", "t", "a", "b"].map((key) => press(key, { altKey: true, shiftKey: true })),
  ];

  test("日本語入力とブラウザが使う鍵では、予約も終話もせず、文字の欄では席も放さない", () => {
    for (const event of taken) {
      for (const place of places)
        expect(["book", "startCall", "endCall"]).not.toContain(actFor(event, place));
      expect(actFor(event, "text")).toBeNull();
    }
  });

  test("macOS のことえり風が変換中に使う Option+英字では、移るだけで、予約も通話も変えない", () => {
    for (const key of ["a", "c", "i", "j", "k", "l", "s", "x", "z"]) {
      const act = actFor(press(key, { altKey: true }), "text");
      expect([null, "seats", "caller", "alternatives", "answers"]).toContain(act);
    }
  });

  test("Esc で席を放すのは空席表の中だけ、Ctrl+Z は文字の欄の外だけ", () => {
    expect(places.map((place) => actFor(press("Escape"), place))).toEqual([null, "release", null, null]);
    const undo = press("z", { ctrlKey: true });
    expect(places.map((place) => actFor(undo, place))).toEqual([null, "undo", null, "undo"]);
    expect(actFor(press("?", { shiftKey: true }), "text")).toBeNull();
    expect(actFor(press("?", { shiftKey: true }), "page")).toBe("allKeys");
  });

  test("押しっぱなしで、予約・通話を繰り返さない", () => {
    expect(actFor(press("Enter", { altKey: true, repeat: true }), "text")).toBeNull();
    expect(actFor(press("p", { altKey: true, repeat: true }), "text")).toBeNull();
    expect(actFor(press("s", { altKey: true, repeat: true }), "text")).toBe("seats");
  });

  test("同じ鍵を二つの行いに当てていない", () => {
    const chords = deskKeys.map((key) => `${key.alt}${key.ctrl}${key.key}`);
    expect(new Set(chords).size).toBe(chords.length);
    expect(deskKeys.every((key) => labelOf(key.act) === key.label)).toBe(true);
  });

  test("修飾の付かない文字は、文字の欄で何も起こさない", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
        fc.boolean(),
        (key, shiftKey) => {
          expect(actFor(press(key, { shiftKey }), "text")).toBeNull();
        },
      ),
    );
  });

  test("矢印は表の中を動き、Alt+左（戻る）は取らない", () => {
    expect(gridMoveFor(press("ArrowLeft"))).toBe("left");
    expect(gridMoveFor(press("ArrowLeft", { altKey: true }))).toBeNull();
    expect(gridMoveFor(press("End"))).toBe("rowEnd");
    expect(gridMoveFor(press("End", { ctrlKey: true }))).toBe("last");
    expect(gridMoveFor(press("ArrowUp", { ctrlKey: true }))).toBeNull();
    expect(gridMoveFor(press("a"))).toBeNull();
  });
});
