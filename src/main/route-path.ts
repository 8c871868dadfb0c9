import type { Role } from "../base/actor.ts";
import { mayOpen } from "./role-matrix.ts";
import { routes } from "./routes.ts";

interface Known {
  id: string;
  parts: string[];
  /** 名前のまま合う区切りの数。多いほうが先（/classes/new は /classes/:id より先）。 */
  fixed: number;
}

const byLength = Map.groupBy(
  routes
    .filter(({ method }) => method === "GET")
    .map(({ id, path }): Known => {
      const parts = path.split("/");
      return { id, parts, fixed: parts.filter((part) => !part.startsWith(":")).length };
    })
    .toSorted((a, b) => b.fixed - a.fixed),
  ({ parts }) => parts.length,
);

/**
 * 画面のリンク先を、その役割で開けるか。道の表にない先（静的なファイルなど）は、開けるものとして扱う。
 * @param href 「/classes/…?term=2」の形。? と # から後は見ない
 */
export function mayVisit(href: string, roles: readonly Role[]): boolean {
  const parts = (href.split(/[?#]/)[0] ?? "").split("/");
  const found = byLength
    .get(parts.length)
    ?.find((known) => known.parts.every((part, at) => part.startsWith(":") || part === parts[at]));
  return found === undefined || mayOpen(found.id, roles);
}
