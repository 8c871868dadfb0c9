import { AppError } from "../base/error.ts";
import type { Route } from "../platform/route.ts";
import { mayTakeDesk, readGate } from "./desk-gate.ts";

/**
 * 受付デスクの道を、研修（６(10)）を終えた人と、本日緊急に認められた人だけに開ける。
 * 室は同じ道のまま、main が受付デスクの一覧に重ねる。
 */
export function guardDesk(routes: readonly Route[]): Route[] {
  return routes.map((route) => ({
    ...route,
    handle: async (ask) => {
      const gate = await readGate(ask.office, ask.actor.contract);
      if (!mayTakeDesk(gate, ask.actor.id))
        throw new AppError(
          "REFUSED",
          "事前の研修（６(10)）がまだ終わっていないので、受付の席には着けません。研修を終えるか、SV に緊急の着席をお願いしてください（「要員」の画面）。",
        );
      return route.handle(ask);
    },
  }));
}
