/** 受付デスクの鍵。根拠は docs/adr/0011-desk-keys.md。 */
export type DeskAct =
  | "seats"
  | "caller"
  | "alternatives"
  | "answers"
  | "guide"
  | "readBack"
  | "book"
  | "startCall"
  | "endCall"
  | "release"
  | "undo"
  | "allKeys";

/** いま手がある所。text は文字を打つ欄、seats は空席表、window は開いた窓。 */
export type KeyPlace = "text" | "seats" | "window" | "page";

export interface DeskKey {
  act: DeskAct;
  /** 画面に見せる名。 */
  label: string;
  /** 何が起きるか。 */
  says: string;
  alt?: boolean;
  ctrl?: boolean;
  /** KeyboardEvent.key（小文字）。 */
  key: string;
  /** Alt で記号になる配列（macOS など）のための KeyboardEvent.code。 */
  code?: string;
  places: readonly KeyPlace[];
  /** 押しっぱなしで繰り返さない。予約・終話など、一度だけのもの。 */
  once?: boolean;
}

const anywhere: readonly KeyPlace[] = ["text", "seats", "page"];
const notTyping: readonly KeyPlace[] = ["seats", "page"];

export const deskKeys: readonly DeskKey[] = [
  { act: "seats", label: "Alt+S", says: "空席へ", alt: true, key: "s", code: "KeyS", places: anywhere },
  { act: "caller", label: "Alt+C", says: "お客様へ", alt: true, key: "c", code: "KeyC", places: anywhere },
  {
    act: "alternatives",
    label: "Alt+A",
    says: "ご案内先へ",
    alt: true,
    key: "a",
    code: "KeyA",
    places: anywhere,
  },
  {
    act: "answers",
    label: "Alt+J",
    says: "質問・件数・苦情",
    alt: true,
    key: "j",
    code: "KeyJ",
    places: anywhere,
  },
  { act: "guide", label: "Alt+G", says: "満席のご案内", alt: true, key: "g", code: "KeyG", places: anywhere },
  { act: "readBack", label: "Alt+R", says: "復唱", alt: true, key: "r", code: "KeyR", places: anywhere },
  {
    act: "book",
    label: "Alt+Enter",
    says: "予約する",
    alt: true,
    key: "enter",
    places: anywhere,
    once: true,
  },
  {
    act: "startCall",
    label: "Alt+O",
    says: "通話を始める",
    alt: true,
    key: "o",
    code: "KeyO",
    places: anywhere,
    once: true,
  },
  {
    act: "endCall",
    label: "Alt+P",
    says: "終話",
    alt: true,
    key: "p",
    code: "KeyP",
    places: anywhere,
    once: true,
  },
  { act: "release", label: "Esc", says: "仮押さえを放す", key: "escape", places: ["seats"], once: true },
  { act: "undo", label: "Ctrl+Z", says: "元に戻す", ctrl: true, key: "z", code: "KeyZ", places: notTyping },
  { act: "allKeys", label: "?", says: "すべての操作", key: "?", places: notTyping, once: true },
];

/** 空席表の中だけの動き。画面に見せるための一覧で、動きそのものは gridMoveFor。 */
export const gridKeys: readonly { label: string; says: string }[] = [
  { label: "矢印", says: "席を選ぶ" },
  { label: "Enter", says: "仮押さえ（満席ならご案内）" },
  { label: "Home・End", says: "行の初めと終わり" },
  { label: "Ctrl+Home・End", says: "表の初めと終わり" },
];

/** KeyboardEvent のうち、判断に使うもの。 */
export interface KeyPress {
  key: string;
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  isComposing: boolean;
  keyCode: number;
  repeat: boolean;
}

/**
 * 日本語入力の変換中か。isComposing が偽でも、入力方式が受け取った鍵は keyCode 229 か key "Process" で来る
 * （変換を確定する Enter が compositionend のあとに届くブラウザがある）。
 */
export function isComposing(press: KeyPress): boolean {
  return press.isComposing || press.keyCode === 229 || press.key === "Process";
}

/** 押された鍵の行い。変換中、場所が違う、繰り返しなら null。 */
export function actFor(press: KeyPress, place: KeyPlace): DeskAct | null {
  if (isComposing(press)) return null;
  const found = deskKeys.find((key) => fits(key, press));
  if (found === undefined || !found.places.includes(place)) return null;
  return found.once && press.repeat ? null : found.act;
}

function fits(key: DeskKey, press: KeyPress): boolean {
  const control = press.ctrlKey || press.metaKey;
  if ((key.alt ?? false) !== press.altKey || (key.ctrl ?? false) !== control) return false;
  // 「?」は配列によって Shift を要するので、文字だけを見る。ほかは Shift なし。
  if (key.key !== "?" && press.shiftKey) return false;
  const typed = press.key.toLowerCase();
  if (typed === key.key) return true;
  // Alt で別の字になったときだけ、鍵の位置で見る。英字のまま違う字なら、その配列に従う。
  return key.code === press.code && key.alt === true && !/^[a-z]$/.test(typed);
}

const moves = {
  arrowleft: "left",
  arrowright: "right",
  arrowup: "up",
  arrowdown: "down",
  home: "rowStart",
  end: "rowEnd",
} as const;

/** 空席表の中の矢印。Alt（ブラウザの戻る）が付くものは取らない。 */
export function gridMoveFor(press: KeyPress) {
  if (isComposing(press) || press.altKey || press.metaKey || press.shiftKey) return null;
  const move = moves[press.key.toLowerCase() as keyof typeof moves];
  if (move === undefined) return null;
  if (!press.ctrlKey) return move;
  if (move === "rowStart") return "first";
  return move === "rowEnd" ? "last" : null;
}

export function labelOf(act: DeskAct): string {
  return deskKeys.find((key) => key.act === act)?.label ?? "";
}
