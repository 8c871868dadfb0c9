import { type ChartBox, chartSize, type StaffChart } from "./staff-chart.ts";

/** 体制図（SVG）。読み上げには、下の名簿がある。 */
export function StaffChartPanel({ chart, day }: { chart: StaffChart; day: string }) {
  if (chart.boxes.length === 0)
    return <p className="empty">この日に役割のある人はいません。名簿に加えて、役割に就けてください。</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: 狭い画面で横に動かす所なので、キーで入れる必要がある
    <div className="scroll-x" tabIndex={0} role="region" aria-label="体制図（横に動かせます）">
      <svg
        className="org-chart"
        viewBox={`0 0 ${chart.width} ${chart.height}`}
        width={chart.width}
        height={chart.height}
        role="img"
        aria-label={`${day}の体制図。${chart.boxes.map((box) => `${box.label}は${box.names.join("、")}`).join("。")}。`}
      >
        {chart.lines.map((line) => (
          <path key={line} className="line" d={line} />
        ))}
        {chart.boxes.map((box) => (
          <Box key={box.role} box={box} />
        ))}
      </svg>
    </div>
  );
}

function Box({ box }: { box: ChartBox }) {
  return (
    <g>
      <rect className="box" x={box.x} y={box.y} width={box.width} height={box.height} rx="4" />
      <path className="band" d={`M${box.x} ${box.y + chartSize.head}h${box.width}`} />
      <text className="role" x={box.x + 8} y={box.y + 18}>
        {box.label}
      </text>
      {box.names.map((name, at) => (
        <text
          key={`${name} ${box.names.indexOf(name) === at ? "" : at}`}
          x={box.x + 8}
          y={box.y + chartSize.head + 20 + at * chartSize.line}
        >
          {[...name].length > 11 ? `${[...name].slice(0, 10).join("")}…` : name}
        </text>
      ))}
    </g>
  );
}
