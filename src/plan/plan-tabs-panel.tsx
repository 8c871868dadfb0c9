/** 計画の画面の並び。 */
const tabs = [
  ["home", "はじめ", ""],
  ["edit", "原稿", "/edit"],
  ["check", "整合と点検", "/check"],
  ["digests", "概要版", "/digests"],
  ["designs", "デザイン", "/designs"],
  ["rights", "権利", "/rights"],
  ["inquiries", "庁内照会", "/inquiries"],
  ["versions", "版と新旧対照", "/versions"],
] as const;
export type PlanTab = (typeof tabs)[number][0];

export function PlanTabs({ plan, current }: { plan: string; current: PlanTab }) {
  return (
    <nav className="plan-tabs noprint" aria-label="計画の画面">
      {tabs.map(([id, label, path]) => (
        <a key={id} href={`/plans/${plan}${path}`} aria-current={id === current ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
