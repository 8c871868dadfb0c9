import type { Role } from "../base/actor.ts";
import { mayOpen } from "./role-matrix.ts";
import { routes } from "./routes.ts";

interface Known {
  id: string;
  parts: string[];
  /** 名前のまま合う区切りの数。多いほうが先（/classes/new は /classes/:id より先）。 */
  fixed: number;
}

const byShape = Map.groupBy(
  routes
    .map(({ id, method, path }): Known & { method: string } => {
      const parts = path.split("/");
      return { id, method, parts, fixed: parts.filter((part) => !part.startsWith(":")).length };
    })
    .toSorted((a, b) => b.fixed - a.fixed),
  ({ method, parts }) => `${method} ${parts.length}`,
);

/**
 * 画面のリンク先や form の出し先を、その役割で開けるか。
 * 道の表にない先（静的なファイル、着席前の道）は、開けるものとして扱う。
 * @param path 「/classes/…?term=2」の形。? と # から後は見ない
 */
export function mayReach(method: "GET" | "POST", path: string, roles: readonly Role[]): boolean {
  const parts = (path.split(/[?#]/)[0] ?? "").split("/");
  const found = byShape
    .get(`${method} ${parts.length}`)
    ?.find((known) => known.parts.every((part, at) => part.startsWith(":") || part === parts[at]));
  return found === undefined || mayOpen(found.id, roles);
}
