import { dayOf } from "../base/time.ts";
import type { Duty } from "../contract/duty.ts";
import { deriveDuties } from "../contract/owed.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import type { DeliverableForm } from "./deliverable.ts";
import { fileFormats, readFormats } from "./file-format.ts";
import type { NewDeliverable } from "./register-deliverable.ts";

const deliveringVerbs = /納品|納入|提出|引渡|引き渡/;
type Obligation = Blueprint["obligations"][number];

/**
 * 設計図の「納品する・提出する」義務のうち形式の決まったものを、成果品の案にする。期ごとの義務は、期の数だけ。
 * 期限は、義務と同じ決め方（休みの日の扱いも）で決まる。もう台帳にある義務（obligation が同じ）は除く。
 */
export function proposeDeliverables(
  blueprint: Blueprint,
  known: readonly { obligation: string | null }[],
): NewDeliverable[] {
  const kept = new Set(known.map((one) => one.obligation));
  const numberOf = new Map(blueprint.clauses.map((clause) => [clause.id, clause.number]));
  const wanted = blueprint.obligations.filter(isDelivery);
  const duties = deriveDuties(
    blueprint,
    [],
    blueprint.calendar,
    new Set(wanted.map((obligation) => obligation.id)),
  );
  return wanted
    .flatMap((obligation) =>
      instancesOf(
        obligation,
        duties.filter((duty) => duty.obligation === obligation.id),
        numberOf.get(obligation.clause) ?? "",
      ),
    )
    .map((one) => ({ ...one, accepter: blueprint.clientUnit }))
    .filter((one) => !kept.has(one.obligation ?? null));
}

function isDelivery(obligation: Obligation): boolean {
  return (
    obligation.nature === "act" && deliveringVerbs.test(obligation.verb) && obligation.format !== undefined
  );
}

function instancesOf(obligation: Obligation, duties: readonly Duty[], clause: string): NewDeliverable[] {
  const formats = readFormats(obligation.format ?? "");
  const title = cleanTitle(obligation.object);
  const base = {
    ...{ code: "", accepter: "", clause, title },
    formats: formats.length === 0 ? [...fileFormats] : formats,
    form: formOf(obligation.object),
  };
  // 会議のたびの義務は、会議があるまで一つも生じないので、まとめて一つ載せる。
  const perMeeting = obligation.when.some((when) => "each" in when && when.each === "meeting");
  if (duties.length === 0 && perMeeting) return [{ ...base, due: "", obligation: obligation.id }];
  return duties.map((duty) => ({
    ...base,
    title: duty.label === "" ? title : `${title}　${duty.label}`,
    due: duty.due === null ? "" : dayOf(duty.due),
    obligation: duty.key,
  }));
}

function cleanTitle(object: string): string {
  return object.replace(/[。、]+$/, "").slice(0, 60) || "成果品";
}

function formOf(object: string): DeliverableForm | undefined {
  if (/完了報告/.test(object)) return "completion-report";
  return /完了届/.test(object) ? "completion-notice" : undefined;
}
