import type { DemoClass } from "./classes.ts";
import type { PlannedBooking } from "./demo-term.ts";

/** 10月1日・2日の会場の予約に、SV が先に確かめるべき例を混ぜる（番地なし、郵便番号の食い違い、同じ家の二通、異体字、大きな字）。 */
export function markSpecialCases(
  plan: readonly PlannedBooking[],
  classes: readonly DemoClass[],
): PlannedBooking[] {
  const early = new Set(classes.filter((c) => c.day <= "2025-10-02").map((c) => c.id));
  const spots = plan.flatMap((p, i) => (early.has(p.booking.classId) ? [i] : []));
  const out = [...plan];
  const change = (nth: number, fields: Partial<PlannedBooking["booking"]>) => {
    const at = spots[nth];
    const old = at === undefined ? undefined : out[at];
    if (at !== undefined && old) out[at] = { ...old, booking: { ...old.booking, ...fields } };
  };
  const home = { postal: "001-0031", building: "" };
  change(3, {
    ...home,
    name: "相馬　キヨ子",
    kana: "ソウマ キヨコ",
    address: "札幌市北区北三十一条西5丁目",
    memo: "番地は「2の10」とのこと。",
  });
  change(7, { postal: "002-8071", building: "", address: "札幌市北区屯田九条4丁目5-12" });
  change(11, {
    ...home,
    name: "池田　和子",
    kana: "イケダ カズコ",
    address: "札幌市北区北三十一条西7丁目3-15",
  });
  change(14, {
    ...home,
    name: "池田　清",
    kana: "イケダ キヨシ",
    address: "札幌市北区北三十一条西7丁目3-15",
  });
  change(17, { name: "山\u{FA11}　悦子", kana: "ヤマザキ エツコ" });
  change(20, { needs: "大きな文字の通知書を希望", largePrint: true });
  return out;
}
