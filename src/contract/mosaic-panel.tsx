import type { Coverage, CoverageGroup, CoveredClause } from "./coverage.ts";
import { type DutyState, dutyStates } from "./duty.ts";

const SIZE = 18;
const STEP = 22;
const COLUMNS = 16;

/** 覆いでの、色の言葉。 */
export const coverageWords: Readonly<Record<DutyState, string>> = {
  late: "遅れ・なし",
  due: "途中",
  waiting: "答え待ち",
  done: "証跡あり",
  ahead: "これから",
  never: "義務なし",
};

/** 凡例。数は、並べた升と同じものから数える。押すと、その色の条項だけになる。 */
export function MosaicLegend({
  tally,
  current,
}: {
  tally: Coverage["tally"];
  current: DutyState | undefined;
}) {
  return (
    <ul className="duty-legend" aria-label="色の意味と数">
      {dutyStates
        .filter((state) => tally[state] > 0)
        .map((state) => (
          <li key={state}>
            <a
              href={state === current ? "/contract" : `/contract?state=${state}`}
              aria-current={state === current ? "true" : undefined}
            >
              <svg width="14" height="14" viewBox="0 0 18 18" aria-hidden="true" focusable="false">
                <Cell state={state} x={0} y={0} />
              </svg>
              {coverageWords[state]} <b>{tally[state]}</b>
            </a>
          </li>
        ))}
    </ul>
  );
}

/** 条項のモザイク。一つの升が、義務のある一つの条項。base は、絞っているときに全部の画面へ行くため。 */
export function MosaicPanel({ groups, base }: { groups: readonly CoverageGroup[]; base: "" | "/contract" }) {
  return (
    <ul className="duty-mosaic">
      {groups
        .map((group) => ({ group, cells: group.clauses.filter((clause) => clause.obligations.length > 0) }))
        .filter(({ cells }) => cells.length > 0)
        .map(({ group, cells }) => (
          <li key={group.id}>
            <a href={`${base}#g-${group.id}`} className="duty-group">
              {group.label}
            </a>
            <Cells label={group.label} cells={cells} base={base} />
          </li>
        ))}
    </ul>
  );
}

function Cells({ label, cells, base }: { label: string; cells: readonly CoveredClause[]; base: string }) {
  const rows = Math.ceil(cells.length / COLUMNS);
  const [width, height] = [Math.min(cells.length, COLUMNS) * STEP, rows * STEP];
  return (
    <svg
      width={width}
      height={height}
      viewBox={`-1 -1 ${width} ${height}`}
      role="group"
      aria-label={label}
      className="duty-cells"
    >
      {cells.map((clause, at) => (
        <a
          key={clause.id}
          href={`${base}#c-${clause.id}`}
          aria-label={`${clause.number} ${coverageWords[clause.state]}`}
        >
          <title>{`${clause.number} ${clause.title}：${coverageWords[clause.state]}`}</title>
          <Cell state={clause.state} x={(at % COLUMNS) * STEP} y={Math.floor(at / COLUMNS) * STEP} />
        </a>
      ))}
    </svg>
  );
}

/** 升は、色だけでなく形でも分かる: 塗り、半分、感嘆符、破線、薄い面。 */
function Cell({ state, x, y }: { state: DutyState; x: number; y: number }) {
  const half = `M${x} ${y + SIZE}V${y}H${x + SIZE}Z`;
  return (
    <g className={`cell ${state}`}>
      <rect x={x} y={y} width={SIZE} height={SIZE} rx={2} />
      {(state === "due" || state === "waiting") && <path d={half} className="half" />}
      {state === "late" && <path d={`M${x + 9} ${y + 3.5}v7M${x + 9} ${y + 13}v1.6`} className="mark" />}
      {state === "done" && <path d={`M${x + 4.5} ${y + 9.5}l3 3 6-6.5`} className="mark" />}
    </g>
  );
}
