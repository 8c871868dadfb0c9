import { type StaffRole, staffRoleNames, staffRoles } from "./staff.ts";

/** 体制図の箱（画素）。 */
export interface ChartBox {
  role: StaffRole;
  label: string;
  /** 箱の中の名。多いときは「ほか3人」。 */
  names: string[];
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface StaffChart {
  width: number;
  height: number;
  boxes: ChartBox[];
  /** 上の箱から下の箱への線（SVG の path）。 */
  lines: string[];
}

export const chartSize = { box: 176, head: 26, line: 22, gap: 20, rise: 34, margin: 12 } as const;
const mostNames = 10;

/** 役割ごとの名から、体制図を描く。役割の木は staff.ts の under による。箱は重ならない。 */
export function drawStaffChart(given: readonly { role: StaffRole; names: readonly string[] }[]): StaffChart {
  const held = staffRoleNames.flatMap((role) => {
    const names = given.filter((one) => one.role === role).flatMap((one) => one.names);
    return names.length === 0 ? [] : [{ role, names: shorten(names) }];
  });
  const parentOf = (role: StaffRole): StaffRole | undefined =>
    staffRoles[role].under.find((upper) => held.some((one) => one.role === upper));
  const childrenOf = (role: StaffRole | undefined) => held.filter((one) => parentOf(one.role) === role);
  const depthOf = (role: StaffRole): number => {
    const parent = parentOf(role);
    return parent === undefined ? 0 : depthOf(parent) + 1;
  };
  const heightOf = (names: readonly string[]) => chartSize.head + 10 + names.length * chartSize.line;
  const rows: number[] = [];
  for (const { role, names } of held)
    rows[depthOf(role)] = Math.max(rows[depthOf(role)] ?? 0, heightOf(names));
  const top = (depth: number) =>
    chartSize.margin + rows.slice(0, depth).reduce((sum, tall) => sum + tall + chartSize.rise, 0);
  const boxes = new Map<StaffRole, ChartBox>();
  const span = (role: StaffRole): number => {
    const below = childrenOf(role).reduce((sum, one) => sum + span(one.role) + chartSize.gap, -chartSize.gap);
    return Math.max(chartSize.box, below);
  };
  const place = (roles: typeof held, left: number) => {
    let x = left;
    for (const { role, names } of roles) {
      const wide = span(role);
      boxes.set(role, {
        ...{ role, label: staffRoles[role].label, names, width: chartSize.box, height: heightOf(names) },
        ...{ x: x + (wide - chartSize.box) / 2, y: top(depthOf(role)) },
      });
      const own = childrenOf(role);
      const below = own.reduce((sum, one) => sum + span(one.role) + chartSize.gap, -chartSize.gap);
      place(own, x + Math.max(0, (wide - below) / 2));
      x += wide + chartSize.gap;
    }
    return x - chartSize.gap;
  };
  const right = place(childrenOf(undefined), chartSize.margin);
  const all = [...boxes.values()];
  return {
    width: Math.max(chartSize.box, right) + chartSize.margin,
    height: Math.max(0, ...all.map((box) => box.y + box.height)) + chartSize.margin,
    boxes: all,
    lines: all.flatMap((box) => {
      const parent = boxes.get(parentOf(box.role) ?? box.role);
      return parent === undefined || parent === box ? [] : [lineOf(parent, box)];
    }),
  };
}

function shorten(names: readonly string[]): string[] {
  if (names.length <= mostNames) return [...names];
  return [...names.slice(0, mostNames - 1), `ほか${names.length - mostNames + 1}人`];
}

function lineOf(parent: ChartBox, child: ChartBox): string {
  const from = { x: parent.x + parent.width / 2, y: parent.y + parent.height };
  const to = { x: child.x + child.width / 2, y: child.y };
  const turn = to.y - chartSize.rise / 2;
  return `M${from.x} ${from.y}V${turn}H${to.x}V${to.y}`;
}
