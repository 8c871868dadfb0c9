import type { Figure, FigureGroup } from "../base/figure.ts";
import { dayOf } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { fillOf, guidingOf, rateOf } from "./rate.ts";
import { tallyBookings } from "./tally-bookings.ts";

const kinds = [
  "booking.taken",
  "booking.undone",
  "booking.cancelled",
  "booking.changed",
  "seat.guided",
  "wait.opened",
  "wait.accepted",
] as const;

/** 期ごとの、申込みの受付の数（仕様書６(2)ア〜ウ、９(1)）。始まった期だけ。氏名は開かない。 */
export async function listReceptionFigures(office: Office, contract: string): Promise<FigureGroup[]> {
  const { blueprint } = await openContract(office, contract);
  const today = dayOf(office.clock.officeNow(contract));
  const started = blueprint.terms.filter((term) => term.deskFrom <= today);
  if (started.length === 0) return [];
  const [{ classes }, events] = await Promise.all([
    tallyBookings(office, contract),
    listEvents(office.read, { contract, kinds, limit: 200_000 }),
  ]);
  const termOf = new Map(classes.map((cls) => [cls.id, cls.term]));
  const classOf = ({ payload }: (typeof events)[number]) =>
    [payload.class, payload.from, payload.to].find((id) => typeof id === "string") as string | undefined;
  // 元に戻した記録は、元の予約の期に入れる。
  const bookingTerm = new Map(
    events.flatMap((one) => {
      const term = one.kind === "booking.taken" ? termOf.get(classOf(one) ?? "") : undefined;
      return term === undefined || one.about === null ? [] : [[one.about, term] as const];
    }),
  );
  const own = Map.groupBy(
    events,
    (one) => termOf.get(classOf(one) ?? "") ?? bookingTerm.get(one.about ?? "") ?? "",
  );
  const figures = started.flatMap((term): Figure[] => {
    const mine = own.get(term.id) ?? [];
    const counted = guidingOf(mine);
    const fill = fillOf(classes.filter((cls) => cls.term === term.id));
    const rate = rateOf(fill);
    const say = (label: string, value: number, unit: string, basis: string): Figure => ({
      ...{ label, value, unit, basis, term: term.id },
    });
    return [
      say("受け付けた予約", counted.taken, "件", "予約の記録（元に戻したものを除く）"),
      say("変更", mine.filter((one) => one.kind === "booking.changed").length, "件", "予約の変更の記録"),
      say("取消", counted.cancelled, "件", "予約の取消の記録"),
      say("満席のときの案内", counted.asked, "件", "案内の記録"),
      say("案内が予約になったもの", counted.guided, "件", "案内した予約の記録"),
      say("待機", counted.waits, "件", "待機の記録"),
      say("講習会の回", fill.classes, "回", "日程"),
      say("定員", fill.capacity, "席", "日程"),
      say("予約の入った席", fill.booked, "席", "今の予約"),
      ...(rate === undefined ? [] : [say("予約率", rate, "％", "予約の入った席 ÷ 定員")]),
    ];
  });
  return [{ title: "申込みの受付", clause: "6(2)ア〜ウ", figures }];
}
