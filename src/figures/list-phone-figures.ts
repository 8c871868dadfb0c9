import type { Figure, FigureGroup } from "../base/figure.ts";
import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { readFigures } from "./read-figures.ts";

/** 期ごとの、電話と応対の数（仕様書６(5)ウ・６(9)・９(1)）。業務完了報告書に刷る。始まった期だけ。 */
export async function listPhoneFigures(office: Office, contract: string): Promise<FigureGroup[]> {
  const { blueprint } = await openContract(office, contract);
  const today = dayOf(office.clock.officeNow(contract));
  const started = blueprint.terms.filter((term) => term.deskFrom <= today);
  if (started.length === 0) return [];
  const each = await Promise.all(
    started.map(async (term): Promise<Figure[]> => {
      const { calls, inquiries, items, complaints } = await readFigures(office, contract, {
        from: term.deskFrom,
        to: term.deskTo,
      });
      const open = calls.byDay.filter((row) => row.offered > 0);
      const say = (label: string, value: number, unit: string, basis: string): Figure => ({
        ...{ label, value, unit, basis, term: term.id },
      });
      return [
        say("入電合計", calls.total.offered, "件", "電話の記録"),
        say("応答", calls.total.answered, "件", "電話の記録"),
        say("放棄", calls.total.abandoned, "件", "電話の記録"),
        say("入電のあった日", open.length, "日", "電話の記録"),
        say("最大受電件数/日", Math.max(0, ...open.map((row) => row.offered)), "件", "電話の記録"),
        say("問い合わせ", inquiries.total, "件", "件数と応対記録"),
        say(
          "その電話で終わった問い合わせ",
          items.reduce((sum, item) => sum + item.first, 0),
          "件",
          "件数と応対記録",
        ),
        say("苦情", complaints.length, "件", "クレームの記録"),
      ];
    }),
  );
  return [{ title: "電話と応対", clause: "6(9)", figures: each.flat() }];
}
