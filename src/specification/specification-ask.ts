import { AppError } from "../base/error.ts";
import type { DraftChange, DutyEdit } from "./change-draft.ts";

const fields = [
  "actor",
  "to",
  "verb",
  "object",
  "format",
  "nature",
  "when",
  "rule",
  "amount",
  "closedDay",
  "done",
] as const;

/** 画面の form から、下書きへの行い。欄の直しを先に、押したボタンの行いを後に。 */
export function changesIn(form: ReadonlyMap<string, string>): DraftChange[] {
  const edits = new Map<string, DutyEdit>();
  for (const [name, value] of form) {
    const found = /^d\.([a-z0-9.-]{1,80})\.([a-zA-Z]+)$/.exec(name);
    const [, id, field] = found ?? [];
    if (id === undefined || !fields.includes(field as never)) continue;
    edits.set(id, { ...(edits.get(id) ?? { id }), [field as string]: value });
  }
  const save: DraftChange = { act: "save", duties: [...edits.values()] };
  const pressed = form.get("act") ?? "save";
  const at = pressed.indexOf(":");
  const act = at < 0 ? pressed : pressed.slice(0, at);
  const target = at < 0 ? "" : pressed.slice(at + 1);
  switch (act) {
    case "save":
      return [save];
    case "settle":
      return [save, { act }];
    case "keep":
    case "drop":
    case "reopen":
    case "split":
    case "merge":
      return [save, { act, id: target }];
    case "confirm":
      return [save, { act, clause: target }];
    case "add":
      return [
        save,
        { act, clause: target, quote: form.get("add.quote") ?? "", verb: form.get("add.verb") ?? "" },
      ];
    default:
      throw new AppError("BAD_INPUT", "知らない行いです。画面を開き直してください。");
  }
}
