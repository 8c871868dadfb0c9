import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

/**
 * 調査の行い。work=作る・取り込む・直す・ウエイト・符号、key=調査票の打ち込み、
 * look=集計できる回答を使う（一人ひとりの値も開ける）、see=進み具合を見る。
 */
export type SurveyAct = "work" | "key" | "look" | "see";

const who: Readonly<Record<SurveyAct, readonly Role[]>> = {
  work: ["manager", "planner"],
  key: ["manager", "planner", "supervisor", "operator"],
  look: ["manager", "planner"],
  see: ["manager", "planner", "supervisor", "operator", "privacy", "chief-privacy", "client", "auditor"],
};
const say: Readonly<Record<SurveyAct, string>> = {
  work: "調査を作ること、回答を取り込むこと・直すことは、責任者・企画担当の役割です。",
  key: "調査票の打ち込みは、責任者・企画担当・SV・OPの役割です。",
  look: "調査の回答を開くことは、責任者・企画担当の役割です。",
  see: "調査を見る役割がありません。",
};

export function maySurvey(act: SurveyAct, roles: readonly Role[]): boolean {
  return roles.includes("system") || roles.some((role) => who[act].includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refuseSurveyRole(act: SurveyAct, actor: Pick<Actor, "roles">): void {
  if (maySurvey(act, actor.roles)) return;
  throw new AppError("FORBIDDEN", `${say[act]}該当する方にお願いしてください。`);
}
