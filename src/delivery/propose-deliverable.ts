import type { Blueprint } from "../terms/blueprint.ts";
import type { DeliverableForm } from "./deliverable.ts";
import { fileFormats, readFormats } from "./file-format.ts";
import type { NewDeliverable } from "./register-deliverable.ts";

const deliveringVerbs = /納品|納入|提出|引渡|引き渡/;
type Duty = Blueprint["obligations"][number];

/**
 * 設計図の「納品する・提出する」義務のうち形式の決まったものを、成果品の案にする。期ごとの義務は、期の数だけ。
 * もう台帳にある義務（obligation が同じ）は除く。
 */
export function proposeDeliverables(
  blueprint: Pick<Blueprint, "obligations" | "clauses" | "terms" | "clientUnit">,
  known: readonly { obligation: string | null }[],
): NewDeliverable[] {
  const kept = new Set(known.map((one) => one.obligation));
  const numberOf = new Map(blueprint.clauses.map((clause) => [clause.id, clause.number]));
  return blueprint.obligations
    .filter(isDelivery)
    .flatMap((duty) => instancesOf(duty, blueprint.terms, numberOf.get(duty.clause) ?? ""))
    .map((one) => ({ ...one, accepter: blueprint.clientUnit }))
    .filter((one) => !kept.has(one.obligation ?? null));
}

function isDelivery(duty: Duty): boolean {
  return duty.nature === "act" && deliveringVerbs.test(duty.verb) && duty.format !== undefined;
}

function instancesOf(duty: Duty, terms: Blueprint["terms"], clause: string): NewDeliverable[] {
  const formats = readFormats(duty.format ?? "");
  const base = {
    ...{ code: "", accepter: "", clause },
    title: cleanTitle(duty.object),
    formats: formats.length === 0 ? [...fileFormats] : formats,
    form: formOf(duty.object),
  };
  const perTerm = duty.when.some((when) => "each" in when && when.each === "term");
  if (!perTerm) return [{ ...base, due: dueOf(duty), obligation: duty.id }];
  return terms.map((term) => ({
    ...base,
    title: `${base.title}　${term.label}`,
    due: term.deskTo,
    obligation: `${duty.id}:${term.id}`,
  }));
}

function cleanTitle(object: string): string {
  return object.replace(/[。、]+$/, "").slice(0, 60) || "成果品";
}

function formOf(object: string): DeliverableForm | undefined {
  if (/完了報告/.test(object)) return "completion-report";
  return /完了届/.test(object) ? "completion-notice" : undefined;
}

/** 日の決まっている期限だけ。ほかは、義務の一覧で決まる。 */
function dueOf(duty: Duty): string {
  const dated = duty.when.find((when) => "date" in when);
  if (dated && "date" in dated) return dated.date;
  const { rule } = duty.due;
  return typeof rule === "object" && "date" in rule ? rule.date : "";
}
