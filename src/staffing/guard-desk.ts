import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import type { Ask, Route } from "../platform/route.ts";
import { mayTakeDesk, readGate } from "./desk-gate.ts";

/**
 * 受付デスクの道を、研修（６(10)）を終えた人と、本日緊急に認められた人だけに開ける。
 * 室は同じ道のまま、main が受付デスクの一覧に重ねる。
 */
export function guardDesk(routes: readonly Route[]): Route[] {
  return routes.map((route) => ({
    ...route,
    handle: async (ask) => {
      if (!(await isOpen(ask)))
        throw new AppError(
          "REFUSED",
          "事前の研修（６(10)）がまだ終わっていないので、受付の席には着けません。研修を終えるか、SV に緊急の着席をお願いしてください（「要員」の画面）。",
        );
      return route.handle(ask);
    },
  }));
}

/** 席の画面は毎秒尋ねるので、着けると分かった人は少しの間覚える。着けない人は、いつも確かめ直す。 */
const REMEMBER_MS = 10_000;
const allowed = new WeakMap<Office, Map<string, number>>();

async function isOpen({ office, actor }: Ask): Promise<boolean> {
  const known = allowed.get(office) ?? new Map<string, number>();
  allowed.set(office, known);
  const name = `${actor.contract}/${actor.id}`;
  if (performance.now() - (known.get(name) ?? Number.NEGATIVE_INFINITY) < REMEMBER_MS) return true;
  const open = mayTakeDesk(await readGate(office, actor.contract), actor.id);
  if (open) known.set(name, performance.now());
  else known.delete(name);
  return open;
}
