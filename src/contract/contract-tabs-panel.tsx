import { SegmentedLinks } from "../ui/choice-field.tsx";

/** 条項と義務の、三つの見え方。 */
export function ContractTabs({ current }: { current: string }) {
  const links = [
    { href: "/contract", label: "条項" },
    { href: "/contract/board", label: "期限の盤" },
    { href: "/contract/calendar", label: "暦" },
  ];
  return (
    <SegmentedLinks
      label="見え方"
      links={links.map((link) => ({ ...link, current: link.href === current }))}
    />
  );
}
