import type { Figure, FigureGroup } from "../base/figure.ts";
import { dayOf } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";

/** 期ごとの、受講通知書の数（仕様書６(2)オ）。投函した日が入る期（次の期が始まるまで）に数える。 */
export async function listNoticeFigures(office: Office, contract: string): Promise<FigureGroup[]> {
  const { blueprint } = await openContract(office, contract);
  const today = dayOf(office.clock.officeNow(contract));
  const started = blueprint.terms.filter((term) => term.deskFrom <= today);
  if (started.length === 0) return [];
  const events = await listEvents(office.read, {
    contract,
    kinds: ["batch.dispatched", "card.returned", "notice.phoned"],
    limit: 50_000,
  });
  const termOf = (day: string) => started.findLast((term) => term.deskFrom <= day)?.id;
  const own = Map.groupBy(events, ({ at, payload }) =>
    termOf(typeof payload.sent_on === "string" ? payload.sent_on : dayOf(at)),
  );
  const figures = started.flatMap((term): Figure[] => {
    const mine = own.get(term.id) ?? [];
    const of = (kind: string) => mine.filter((one) => one.kind === kind);
    const posted = of("batch.dispatched").reduce(
      (sum, { payload }) => sum + (typeof payload.count === "number" ? payload.count : 0),
      0,
    );
    const say = (label: string, value: number, unit: string, basis: string): Figure => ({
      ...{ label, value, unit, basis, term: term.id },
    });
    return [
      say("発送した受講通知書", posted, "通", "投函の記録（数えた通数）"),
      say("返戻", of("card.returned").length, "通", "返戻の記録"),
      say("はがきに代えた電話の案内", of("notice.phoned").length, "件", "電話案内の記録"),
    ];
  });
  return [{ title: "受講通知書の発送", clause: "6(2)オ", figures }];
}
