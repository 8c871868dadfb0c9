import type { ListedDeliverable } from "../delivery/list-deliverables.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { StatusLook } from "../ui/status.tsx";
import type { DeliverableRow } from "./home-deliverable-panel.tsx";

/** 一画面に並べる行の数。 */
const SHOWN = 4;

/** 業務ホームに並べる成果品: 手直しと期限の近いもの、終わったばかりのものから四つ、期限の早い順。 */
export function deliverableRows(
  rows: readonly ListedDeliverable[],
  mayOpen: boolean,
): { rows: DeliverableRow[]; total: number; href: string } | undefined {
  if (rows.length === 0) return undefined;
  const shown = rows
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, SHOWN)
    .toSorted((a, b) => ((a.due ?? "9999") < (b.due ?? "9999") ? -1 : 1));
  return {
    total: rows.length,
    href: "/deliverables",
    rows: shown.map((row) => ({
      id: row.id,
      title: row.title,
      href: mayOpen ? `/deliverables/${row.id}` : undefined,
      state: look(row),
      stateText: word(row),
      due: row.due === null ? "－" : formatMonthDay(row.due),
    })),
  };
}

function rank(row: ListedDeliverable): number {
  if (row.urgency === "late") return 0;
  if (row.state === "rework") return 1;
  if (row.state !== "preparing" && row.state !== "handed") return 2;
  if (row.version > 0 && row.state === "preparing") return 3;
  return row.state === "handed" ? 4 : 5;
}

function look(row: ListedDeliverable): StatusLook {
  if (row.urgency === "late") return "late";
  if (row.state === "rework") return "warn";
  if (row.state === "preparing") return row.version === 0 ? "none" : "wait";
  return row.state === "submitted" || row.state === "resubmitted" ? "wait" : "done";
}

function word(row: ListedDeliverable): string {
  if (row.state !== "preparing") return row.stateText;
  if (row.urgency === "late") return "期限切れ";
  return row.version === 0 ? "期日前" : `作成中 ${row.version}版`;
}
