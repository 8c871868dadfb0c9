import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

/** 意見公募の行い。decide=始める・締め切る・公開を決める、work=受け取り・整理・答え、open=原本を開く、read=読む。 */
export type CommentAct = "decide" | "work" | "open" | "read";

const who: Readonly<Record<CommentAct, readonly Role[]>> = {
  decide: ["manager", "planner"],
  work: ["manager", "planner"],
  open: ["manager", "planner", "privacy", "chief-privacy"],
  read: ["manager", "planner", "supervisor", "privacy", "chief-privacy", "client", "auditor"],
};
const say: Readonly<Record<CommentAct, string>> = {
  decide: "意見公募を始めること、締め切ることは、責任者・企画担当の役割です。",
  work: "意見の受け取りと整理は、責任者・企画担当の役割です。",
  open: "原本を開くことは、責任者・企画担当・保護管理者の役割です。",
  read: "意見公募は、あなたの役割では読めません。",
};

export function mayComment(act: CommentAct, roles: readonly Role[]): boolean {
  return roles.some((role) => who[act].includes(role) || role === "system");
}

/** 役割で断る。FORBIDDEN。 */
export function refuseComment(act: CommentAct, actor: Pick<Actor, "roles">): void {
  if (mayComment(act, actor.roles)) return;
  throw new AppError("FORBIDDEN", `${say[act]}該当する方にお願いしてください。`);
}
