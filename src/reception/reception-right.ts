import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

type Roles = Pick<Actor, "roles">;

/** 講習会・会場・様式を変え、リストを書き出してよいか（SV と責任者、コマンド）。 */
export function mayChangeClasses({ roles }: Roles): boolean {
  return roles.some((role) => role === "supervisor" || role === "manager" || role === "system");
}

/** 予約者の氏名を仕事で見るか。 */
export function seesPeople(actor: Roles): boolean {
  return mayChangeClasses(actor) || actor.roles.includes("operator");
}

/** 変えてよい人でなければ FORBIDDEN。道の表で開けても、行いはここでもう一度決まる。 */
export function requireClassChange(actor: Roles): void {
  if (!mayChangeClasses(actor))
    throw new AppError("FORBIDDEN", "この行いは SV か責任者がします。SV に依頼してください。");
}

/** 予約者の氏名を見る人でなければ FORBIDDEN。 */
export function requirePeople(actor: Roles): void {
  if (!seesPeople(actor))
    throw new AppError("FORBIDDEN", "予約者の氏名は、受付の仕事をする人だけが開けます。");
}
