import type { Obligation as ReadDuty } from "../reading/obligation.ts";
import type { Specification } from "../reading/read-specification.ts";
import { carryOver, type KnownDuty, missingWords } from "./carry-over.ts";
import type { DraftDuty } from "./draft-duty.ts";
import { natureOf, ruleOf, whenOf } from "./guess-rule.ts";

/** 確かめる前の仕様書。封じて保存する。 */
export interface SpecificationDraft {
  clauses: DraftClause[];
  duties: DraftDuty[];
  /** 読み取りで気づいたこと。 */
  warnings: string[];
}

export interface DraftClause {
  number: string;
  parent: string;
  title: string;
  text: string;
}

/** 読み取った仕様書を、確かめる前の形にする。known と同じ文の義務は、決まりを引き継ぐ。 */
export function draftSpecification(
  specification: Specification,
  known: readonly KnownDuty[],
): SpecificationDraft {
  const clauses = specification.clauses.map((one) => ({
    number: one.id,
    parent: one.parent ?? "",
    title: one.title,
    text: one.text,
  }));
  const carried = carryOver(specification.obligations.map(draftDuty), known);
  const text = clauses.map((one) => one.text).join("");
  const warnings = [...specification.warnings, ...missingWords(carried, known, text)];
  return { clauses, duties: uniqueIds(carried), warnings };
}

function draftDuty(one: ReadDuty): DraftDuty {
  const nature = natureOf(one);
  const rule = ruleOf(one.due);
  return {
    id: "",
    clause: one.clause,
    actor: one.actor,
    to: "",
    verb: one.verb,
    object: one.object,
    format: one.format ?? "",
    quote: one.sentence,
    nature,
    when: nature === "act" ? whenOf(one.due, one.sentence) : undefined,
    due: {
      text: one.due.text,
      ...(one.due.date === undefined ? {} : { date: one.due.date }),
      rule,
      closedDay: "none",
    },
    done: [],
    reviewMonths: nature === "standing" || nature === "prohibition" ? 6 : undefined,
    rest: {},
    state: "open",
    origin: "read",
    source: "",
  };
}

/** 引き継いだ id は保ち、ほかは条項と順から付ける。重ならない。 */
export function uniqueIds(duties: readonly DraftDuty[]): DraftDuty[] {
  const used = new Set<string>();
  const first = duties.map((one) => {
    if (one.id === "" || used.has(one.id)) return { ...one, id: "" };
    used.add(one.id);
    return one;
  });
  let at = 0;
  return first.map((one) => {
    if (one.id !== "") return one;
    do at += 1;
    while (used.has(`duty-${at}`));
    used.add(`duty-${at}`);
    return { ...one, id: `duty-${at}` };
  });
}
