import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { mayRead, mayWrite } from "./register.ts";
import type { Register } from "./register-field.ts";

/** 帳簿に書いてよい役割か。 @throws AppError FORBIDDEN */
export function refuseWriter(register: Register, actor: Pick<Actor, "roles">): void {
  if (mayWrite(register, actor.roles)) return;
  throw new AppError(
    "FORBIDDEN",
    `${register.title}に書くのは、あなたの役割ではありません。保護管理者に頼んでください。`,
  );
}

/** 帳簿を読んでよい役割か。 @throws AppError FORBIDDEN */
export function refuseReader(register: Register, actor: Pick<Actor, "roles">): void {
  if (mayRead(register, actor.roles)) return;
  throw new AppError(
    "FORBIDDEN",
    `${register.title}は、あなたの役割では開けません。必要なときは保護管理者に頼んでください。`,
  );
}

/** 緊急の閲覧を許してよい役割か（頼んだ人とは別の人であることは、動詞が確かめる）。 */
export function mayBreak(roles: Actor["roles"]): boolean {
  return roles.some((role) => role === "privacy" || role === "chief-privacy" || role === "manager");
}
