import type { TracedLink } from "./plan-hand.ts";

/** もとの意見へのリンク。多ければ、はじめの五つと、残りの数。 */
export function TracedFrom({ traced }: { traced: TracedLink }) {
  const rest = traced.from.length - 5;
  return (
    <span className="sub">
      （意見{" "}
      {traced.from.slice(0, 5).map(({ label, href }, at) => (
        <span key={href}>
          {at > 0 && "、"}
          <a href={href}>{label}</a>
        </span>
      ))}
      {rest > 0 && `ほか${rest}件`}）
    </span>
  );
}

/** 先（公表する資料の所）へのリンク。 */
export function TracedTo({ traced }: { traced: TracedLink }) {
  return traced.to.map(({ label, href }) => (
    <span key={href}>
      {"　"}
      <a href={href}>{label}</a>
    </span>
  ));
}
