import { reduceDesk } from "./desk.ts";
import { DeskRefusal } from "./desk-client.ts";
import type { DeskAction, DeskState, Word } from "./desk-state.ts";

/** 状態の置き場。描く側（React）と、描かない仕事（更新、自動保存）が同じものを見る。 */
export interface DeskStore {
  get: () => DeskState;
  dispatch: (action: DeskAction) => void;
  subscribe: (listener: () => void) => () => void;
}

export function deskStore(initial: DeskState): DeskStore {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    dispatch(action) {
      const next = reduceDesk(state, action);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** 版4の UUID。crypto.randomUUID は https でない構内の接続では使えない。 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** 失敗を、話している人に伝わる言葉に。 */
export function wordOf(error: unknown): Word {
  if (error instanceof DeskRefusal) return { tone: "late", text: error.body.message };
  return {
    tone: "late",
    text: "つながりません。入力はそのまま続けられます。つながったら、もう一度お試しください。",
  };
}
