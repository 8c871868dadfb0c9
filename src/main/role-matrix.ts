import { humanRoles } from "../access/role.ts";
import type { Role } from "../base/actor.ts";
import { analysisRows } from "./role-matrix-analysis.ts";
import { answerRows } from "./role-matrix-answers.ts";
import { commentRows } from "./role-matrix-comments.ts";
import { contractRows } from "./role-matrix-contract.ts";
import { councilRows } from "./role-matrix-council.ts";
import { erasureRows } from "./role-matrix-erasure.ts";
import { houseRows } from "./role-matrix-house.ts";
import { noticeRows } from "./role-matrix-notices.ts";
import { operationRows } from "./role-matrix-operation.ts";
import { planRows } from "./role-matrix-plan.ts";
import { receptionRows } from "./role-matrix-reception.ts";
import { researchRows } from "./role-matrix-research.ts";
import { surveyRows } from "./role-matrix-survey.ts";
import { watchRows } from "./role-matrix-watch.ts";

/*
 * 役割と道の表。手で書く（router から作らない）。道を足したら、
 * 題ごとの表（role-matrix-*.ts）に一行足す。足し忘れは role-matrix.test.ts が見つける。
 * 「o」は開ける、「-」は開けない。列の順は role.ts の humanRoles:
 *   OP・SV・責任者・企画・保護管理者・総括・委託者・監査
 * ここで開けても、行ってよいかは動詞がもう一度決める（自分の登録は扱えない、SV は OP だけ、など）。
 */
const lines: readonly [id: string, line: string][] = [
  houseRows,
  receptionRows,
  answerRows,
  commentRows,
  contractRows,
  councilRows,
  noticeRows,
  operationRows,
  erasureRows,
  watchRows,
  analysisRows,
  surveyRows,
  planRows,
  researchRows,
].flatMap((rows) => Object.entries(rows));

const allowed: ReadonlyMap<string, ReadonlySet<Role>> = new Map(
  lines.map(([id, line]) => [id, rolesIn(id, line)]),
);

function rolesIn(id: string, line: string): ReadonlySet<Role> {
  const marks = line.trim().split(/\s+/);
  if (marks.length !== humanRoles.length || marks.some((mark) => mark !== "o" && mark !== "-"))
    throw new Error(`the line of ${id} in the role table is not complete`);
  return new Set(humanRoles.filter((_, at) => marks[at] === "o"));
}

/** 表にある道の id。二つの表に同じ道があれば、二度（どちらが効くか分からないので、試験が落とす）。 */
export function matrixRouteIds(): string[] {
  return lines.map(([id]) => id);
}

/** その役割のどれかで、その道を開けるか。表にない道はだれも開けない。 */
export function mayOpen(routeId: string, roles: readonly Role[]): boolean {
  return roles.some((role) => allowed.get(routeId)?.has(role) ?? false);
}
