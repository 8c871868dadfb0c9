import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

export type PackageAct = "make" | "read" | "confirm" | "phone" | "revoke";

const allowed: Record<PackageAct, readonly Role[]> = {
  make: ["supervisor", "manager", "planner", "privacy", "chief-privacy"],
  read: ["supervisor", "manager", "privacy", "chief-privacy"],
  confirm: ["manager"],
  // 署名のない回答は、出した本人が確かめない。責任者が出したものは、別の責任者か SV が電話をかける。
  phone: ["manager", "supervisor"],
  // 委託者の方も、自分のものでない鍵を止められる。
  revoke: ["manager", "client"],
};
const who: Record<PackageAct, string> = {
  make: "確認用の一式を作るのは、SV・責任者・企画・保護管理者の役割です。",
  read: "届いた回答を読み込むのは、SV・責任者・保護管理者の役割です。",
  confirm: "委託者の鍵を電話で確かめるのは、責任者の役割です。",
  phone: "届いた回答を電話で確かめるのは、責任者か SV の役割です。",
  revoke: "委託者の鍵を止めるのは、責任者か委託者の方です。",
};

/** 役割でその行いができるか。コマンド（事務所の機械の前の人）は、作ることと読み込むことだけ。 */
export function mayPackage(act: PackageAct, actor: Pick<Actor, "id" | "roles">): boolean {
  if (actor.id === "system") return act === "make" || act === "read";
  return actor.roles.some((role) => allowed[act].includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refusePackage(act: PackageAct, actor: Pick<Actor, "id" | "roles">): void {
  if (!mayPackage(act, actor)) throw new AppError("FORBIDDEN", `${who[act]}該当する方にお願いしてください。`);
}
