import type { Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { actLabels, type FilingAct, type FilingKind, kindInfo } from "./filing.ts";

const writers: readonly Role[] = ["supervisor", "manager", "planner", "privacy", "chief-privacy"];
/** 市との窓口は責任者（仕様書６(5)イ）。個人情報のことは保護管理者も出せる。 */
const submitters: readonly Role[] = ["manager", "privacy", "chief-privacy"];
/** 市の答えを記録できる人（責任者、連絡調整をする SV）。 */
const recorders: readonly Role[] = ["manager", "supervisor"];

/** 役割で、その行いができるか（だれが出したかは、別に見る）。 */
export function roleMay(act: FilingAct, kind: FilingKind, roles: readonly Role[]): boolean {
  const has = (wanted: readonly Role[]) => roles.some((role) => wanted.includes(role));
  const own = kindInfo(kind).from;
  if (act === "answer") return own === "contractor" ? has(["client"]) || has(recorders) : has(recorders);
  // 委託者の指示は、委託者が自分で出すか、受けた責任者・SV が記録する。
  if (own === "client") return has(["client"]) || has(recorders);
  return has(act === "submit" ? submitters : writers);
}

/** 役割で断る。FORBIDDEN。 */
export function refuseFilingRole(act: FilingAct, kind: FilingKind, roles: readonly Role[]): void {
  if (roleMay(act, kind, roles)) return;
  const who =
    act === "submit"
      ? "責任者（個人情報のことは保護管理者）"
      : act === "answer"
        ? "委託者の方、または回答を受けた責任者・SV"
        : "SV・責任者・保護管理者";
  throw new AppError(
    "FORBIDDEN",
    `${kindInfo(kind).label}を${actLabels[act]}は、${who}の役割です。該当する方にお願いしてください。`,
  );
}

/** 一人が両方の側に立たない。作った人・提出した人は答えられない（委託者の答えを記録することもできない）。 */
export function refuseBothSides(
  filing: { kind: FilingKind; made_by: string; submitted_by: string | null },
  actor: string,
): void {
  if (filing.made_by !== actor && filing.submitted_by !== actor) return;
  throw new AppError(
    "REFUSED",
    `ご自分が作った、または出した${kindInfo(filing.kind).label}には答えられません。委託者の回答を記録するときも、別の責任者か SV の方にお願いしてください。`,
  );
}
