import { SegmentedLinks } from "../ui/choice-field.tsx";

const tabs = [
  { id: "seats", href: "/staffing", label: "席数と回線" },
  { id: "roster", href: "/staffing/roster", label: "勤務" },
  { id: "people", href: "/staffing/people", label: "要員" },
  { id: "equipment", href: "/staffing/equipment", label: "設備" },
  { id: "drill", href: "/staffing/drill", label: "訓練" },
] as const;
export type StaffingTab = (typeof tabs)[number]["id"];

/** 席数の室の画面の切り替え。開けない画面は出さない。 */
export function StaffingTabs({ current, hidden }: { current: StaffingTab; hidden: readonly StaffingTab[] }) {
  return (
    <SegmentedLinks
      label="席数と勤務の画面"
      links={tabs
        .filter(({ id }) => !hidden.includes(id))
        .map(({ id, href, label }) => ({ href, label, current: id === current }))}
    />
  );
}
