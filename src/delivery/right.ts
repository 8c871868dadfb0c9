import type { Fault } from "../base/error.ts";
import { isDay } from "../japan/day.ts";

/** 成果品にかかわる権利の種類（000 の仕様書10、002 の仕様書10(2)）。 */
export const rightKinds = {
  transfer: {
    label: "著作権の譲渡",
    terms: "著作権（著作権法第27条及び第28条に規定する権利を含む。）を委託者に譲渡する。",
    clause: "10(1)",
  },
  moral: {
    label: "著作者人格権の不行使",
    terms: "委託者及び委託者が指定する第三者に対して、著作者人格権を行使しない。",
    clause: "10(2)",
  },
  warranty: {
    label: "第三者の権利を侵害しない保証",
    terms: "第三者の著作権、著作者人格権、特許権、商標権その他の知的財産権を侵害しないことを保証する。",
    clause: "10(3)",
  },
  licence: {
    label: "使った素材の利用許諾",
    terms: "書体・図・写真などの素材を、利用の条件に従って使った。",
    clause: "10(3)",
  },
  remain: {
    label: "受託者などに残る権利",
    terms: "残る権利を行使するときは、内容をすべて示し、書面で委託者の承諾を得る。",
    clause: "10(2)ア",
  },
} as const satisfies Record<string, { label: string; terms: string; clause: string }>;
export type RightKind = keyof typeof rightKinds;

export function isRightKind(text: string): text is RightKind {
  return Object.hasOwn(rightKinds, text);
}

/** 成果品を登録したとき、はじめから要る権利。 */
export const neededKinds: readonly RightKind[] = ["transfer", "moral", "warranty"];

export type RightState = "open" | "signed";

export interface RightInput {
  kind: string;
  /** 何の（素材の名、著作物の部分）。 */
  subject: string;
  /** だれの（創作者、権利を持つ人や会社）。 */
  holder: string;
  terms: string;
}

export const rightLimits = { subject: 80, holder: 60, terms: 1_000, evidence: 120 } as const;

export function rightFaults(given: RightInput): Fault[] {
  const faults: Fault[] = [];
  if (!isRightKind(given.kind)) faults.push({ field: "kind", message: "権利の種類を選んでください。" });
  if (given.holder.trim() === "")
    faults.push({ field: "holder", message: "だれの権利か（創作者、権利者）を書いてください。" });
  for (const field of ["subject", "holder", "terms"] as const)
    if ([...given[field]].length > rightLimits[field])
      faults.push({ field, message: `${rightLimits[field]}字までで書いてください。` });
  return faults;
}

/** 署名・確認の証跡の直すところ。signedOn は書面の日付で、今日より後にはできない。 */
export function signatureFaults(given: { signedOn: string; evidence: string }, today: string): Fault[] {
  const faults: Fault[] = [];
  if (!isDay(given.signedOn))
    faults.push({ field: "signedOn", message: "書面の日付を「2026-01-30」の形で入れてください。" });
  else if (given.signedOn > today)
    faults.push({ field: "signedOn", message: "まだ来ていない日です。書面に書かれた日を入れてください。" });
  if (given.evidence.trim() === "")
    faults.push({ field: "evidence", message: "証跡（書面の名と番号、保管場所）を書いてください。" });
  if ([...given.evidence].length > rightLimits.evidence)
    faults.push({ field: "evidence", message: `${rightLimits.evidence}字までで書いてください。` });
  return faults;
}
