import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import type { Nature } from "../terms/obligation.ts";
import { natures } from "../terms/obligation.ts";
import { chooseRule, chooseWhen, type DraftDuty, isSettled, tallyDuties } from "./draft-duty.ts";
import { type SpecificationDraft, uniqueIds } from "./draft-specification.ts";
import { openSpecification } from "./open-specification.ts";
import { refuseSpecificationRole } from "./specification-right.ts";
import { updateSpecification } from "./specification-store.ts";

/** 一つの義務に画面から入れたもの。書かなかった欄は、いまのまま。 */
export interface DutyEdit {
  id: string;
  actor?: string | undefined;
  to?: string | undefined;
  verb?: string | undefined;
  object?: string | undefined;
  format?: string | undefined;
  nature?: string | undefined;
  when?: string | undefined;
  rule?: string | undefined;
  amount?: string | undefined;
  closedDay?: string | undefined;
  /** 果たした記録の種類。「kept」はいまのまま、空は「決めていない」。 */
  done?: string | undefined;
}

/** 下書きへの行い。 */
export type DraftChange =
  | { act: "save"; duties: DutyEdit[] }
  | { act: "keep" | "drop" | "reopen" | "split"; id: string }
  /** 同じ条項の前の義務に、まとめる。 */
  | { act: "merge"; id: string }
  | { act: "add"; clause: string; quote: string; verb: string }
  /** その条項の、まだ確かめていない義務をみな入れる。 */
  | { act: "confirm"; clause: string }
  /** 前の設計図と同じ文で、決めていないことのない義務を、みな入れる。 */
  | { act: "settle" };

const MOST_DUTIES = 20_000;

/** 下書きに行いを当てる。純粋。 */
export function changeDraft(draft: SpecificationDraft, change: DraftChange): SpecificationDraft {
  const { duties } = draft;
  const set = (of: (one: DraftDuty) => DraftDuty) => ({ ...draft, duties: duties.map(of) });
  switch (change.act) {
    case "save": {
      const edits = new Map(change.duties.map((one) => [one.id, one]));
      return set((one) => editDuty(one, edits.get(one.id)));
    }
    case "keep":
    case "drop":
    case "reopen": {
      needed(duties, change.id);
      const state = change.act === "keep" ? "kept" : change.act === "drop" ? "dropped" : "open";
      return set((one) => (one.id === change.id ? { ...one, state } : one));
    }
    case "confirm":
      return set((one) =>
        one.clause === change.clause && one.state === "open" ? { ...one, state: "kept" } : one,
      );
    case "settle":
      return set((one) => (isSettled(one) ? { ...one, state: "kept" } : one));
    case "split":
      return splitDuty(draft, change.id);
    case "merge":
      return mergeDuty(draft, change.id);
    case "add":
      return addDuty(draft, change);
  }
}

function needed(duties: readonly DraftDuty[], id: string): number {
  const at = duties.findIndex((one) => one.id === id);
  if (at < 0) throw new AppError("NOT_FOUND", "その義務はありません。画面を開き直してください。");
  return at;
}

function editDuty(one: DraftDuty, edit: DutyEdit | undefined): DraftDuty {
  if (edit === undefined) return one;
  const text = (given: string | undefined, now: string, most: number) =>
    given === undefined ? now : [...given.trim()].slice(0, most).join("");
  const rule =
    edit.rule === undefined ? one.due.rule : chooseRule(edit.rule, edit.amount ?? "", one.due.rule);
  const closed = edit.closedDay;
  const nature = natures.includes(edit.nature as Nature) ? (edit.nature as Nature) : one.nature;
  const endless = nature === "standing" || nature === "prohibition";
  return {
    ...one,
    actor: text(edit.actor, one.actor, 60),
    to: text(edit.to, one.to, 60),
    verb: text(edit.verb, one.verb, 40) || one.verb,
    object: text(edit.object, one.object, 300),
    format: text(edit.format, one.format, 60),
    nature,
    when: edit.when === undefined ? one.when : chooseWhen(edit.when, one.when, rule),
    due: {
      ...one.due,
      rule,
      closedDay: closed === "before" || closed === "next" || closed === "none" ? closed : one.due.closedDay,
    },
    done: edit.done === undefined || edit.done === "kept" ? one.done : doneOf(edit.done),
    reviewMonths: endless ? (one.reviewMonths ?? 6) : undefined,
  };
}

function doneOf(choice: string): DraftDuty["done"] {
  if (choice === "") return [];
  const [event, form] = choice.split(":");
  return [{ event: event ?? choice, ...(form === undefined ? {} : { with: { form } }) }];
}

function splitDuty(draft: SpecificationDraft, id: string): SpecificationDraft {
  const at = needed(draft.duties, id);
  const copy = draft.duties.slice(at, at + 1).map((one) => ({ ...one, id: "", state: "open" as const }));
  return placed(draft, [...draft.duties.slice(0, at + 1), ...copy, ...draft.duties.slice(at + 1)]);
}

function mergeDuty(draft: SpecificationDraft, id: string): SpecificationDraft {
  const at = needed(draft.duties, id);
  const now = draft.duties[at];
  const before = draft.duties.slice(0, at).findLastIndex((one) => one.clause === now?.clause);
  const into = draft.duties[before];
  if (now === undefined || into === undefined)
    throw new AppError("REFUSED", "同じ条項に前の義務がないので、まとめられません。");
  const quote = into.quote.includes(now.quote) ? into.quote : `${into.quote}${now.quote}`;
  const verb = into.verb === now.verb ? into.verb : `${into.verb}・${now.verb}`.slice(0, 40);
  const object =
    into.object === now.object || now.object === "" ? into.object : `${into.object}、${now.object}`;
  return {
    ...draft,
    duties: draft.duties.flatMap((one, index) =>
      index === at ? [] : index === before ? [{ ...one, quote, verb, object: object.slice(0, 300) }] : [one],
    ),
  };
}

function addDuty(
  draft: SpecificationDraft,
  given: { clause: string; quote: string; verb: string },
): SpecificationDraft {
  const clause = draft.clauses.find((one) => one.number === given.clause);
  const faults = [];
  if (given.verb.trim() === "")
    faults.push({ field: "verb", message: "何をするか（提出、報告など）を書いてください。" });
  if (!clause) faults.push({ field: "clause", message: "条項を選び直してください。" });
  else if (given.quote.trim() === "" || !flat(clause.text).includes(flat(given.quote)))
    faults.push({ field: "quote", message: "条項の文から、そのまま写してください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "足す義務に直すところがあります。", { faults });
  const last = draft.duties.findLastIndex((one) => one.clause === given.clause);
  const made: DraftDuty = {
    ...{ id: "", clause: given.clause, actor: "受託者", to: "", verb: given.verb.trim().slice(0, 40) },
    ...{ object: "", format: "", quote: given.quote.trim().slice(0, 4_000), nature: "act", when: undefined },
    due: { text: "", rule: undefined, closedDay: "none" },
    ...{ done: [], reviewMonths: undefined, rest: {}, state: "open", origin: "added", source: "" },
  };
  const at = last < 0 ? draft.duties.length : last + 1;
  return placed(draft, [...draft.duties.slice(0, at), made, ...draft.duties.slice(at)]);
}

function placed(draft: SpecificationDraft, duties: DraftDuty[]): SpecificationDraft {
  if (duties.length > MOST_DUTIES)
    throw new AppError("TOO_LARGE", "義務が多すぎます。まとめてから足してください。");
  return { ...draft, duties: uniqueIds(duties) };
}

function flat(text: string): string {
  return text.replace(/\s/g, "");
}

/**
 * 下書きを書き換える（自動保存も同じ）。edition を渡せば、その後に変わっていると CONFLICT。
 * 確かめ終えた仕様書は REFUSED（もう一度開いてから直す）。
 */
export async function changeSpecification(
  office: Office,
  actor: Actor,
  id: string,
  changes: readonly DraftChange[],
  edition?: number,
): Promise<{ edition: number; draft: SpecificationDraft }> {
  refuseSpecificationRole("write", actor.roles);
  const { row, key, draft } = await openSpecification(office, actor, id);
  if (row.state !== "draft" || !draft)
    throw new AppError(
      "REFUSED",
      row.state === "reading"
        ? "まだ読み取りの途中です。少し待って、画面を開き直してください。"
        : "確かめ終えた仕様書です。「もう一度直す」を押してから直してください。",
    );
  if (edition !== undefined && edition !== row.edition) throw changed();
  const after = changes.reduce(changeDraft, draft);
  const { open, all } = tallyDuties(after.duties);
  const done = await office.keep((tx) =>
    updateSpecification(tx, key, row, {
      ...{ ...row, content: JSON.stringify(after), open_count: open, all_count: all },
    }),
  );
  if (!done) throw changed();
  return { edition: row.edition + 1, draft: after };
}

function changed(): AppError {
  return new AppError("CONFLICT", "ほかの画面で先に直されました。開き直して、もう一度お試しください。");
}
