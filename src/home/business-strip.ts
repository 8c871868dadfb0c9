/** 帯に置く一日ぶんの予定。off があれば営業しない日。 */
export interface StripDay {
  /** "2025-09-17"。 */
  day: string;
  /** "水"。 */
  weekday: string;
  /** 営業しない日の短い名（"土" "日" "祝" "休"）と、その日の名（"秋分の日"）。 */
  off?: { short: string; name: string } | undefined;
  href?: string | undefined;
  items?: readonly StripItem[] | undefined;
}

export interface StripItem {
  text: string;
  /** 期限のように目立たせるもの。 */
  key?: boolean | undefined;
}

export interface OpenCell {
  kind: "open";
  day: string;
  /** 月が替わった日だけ月を付ける（"17"、"10/1"）。 */
  label: string;
  weekday: string;
  today: boolean;
  href: string | undefined;
  items: readonly StripItem[];
}

export interface OffCell {
  kind: "off";
  day: string;
  /** 続く休みをまとめた短い名。例: "土日"、"土日祝"。 */
  label: string;
  /** 読み上げる名。例: "20日土、21日日、22日秋分の日"。 */
  name: string;
}

export type StripCell = OpenCell | OffCell;

/**
 * 暦日の並びから、ちょうど count 営業日の帯を作る。続く休みは一つにまとめ、最後の営業日より先は捨てる。
 * 日が足りなければ、あるだけの営業日になる。
 */
export function stripOf(days: readonly StripDay[], today: string, count = 10): StripCell[] {
  const cells: StripCell[] = [];
  let open = 0;
  let month = "";
  for (const day of days) {
    if (open === count) break;
    if (day.off !== undefined) {
      joinOff(cells, day, day.off);
      continue;
    }
    const label = labelOf(day.day, month);
    cells.push({
      kind: "open",
      day: day.day,
      label,
      weekday: day.weekday,
      today: day.day === today,
      href: day.href,
      items: day.items ?? [],
    });
    month = day.day.slice(0, 7);
    open += 1;
  }
  while (cells.at(-1)?.kind === "off") cells.pop();
  return cells;
}

// 帯の初めの日は月を付けない。見出しの日付がその月を言っている。
function labelOf(day: string, lastMonth: string): string {
  const [, month = "", date = ""] = day.split("-");
  const plain = String(Number(date));
  return lastMonth === "" || day.startsWith(lastMonth) ? plain : `${Number(month)}/${plain}`;
}

function joinOff(cells: StripCell[], { day }: StripDay, off: { short: string; name: string }): void {
  const name = `${Number(day.slice(8))}日${off.name}`;
  const last = cells.at(-1);
  if (last?.kind !== "off") {
    cells.push({ kind: "off", day, label: off.short, name });
    return;
  }
  if (!last.label.includes(off.short)) last.label += off.short;
  last.name += `、${name}`;
}
