import { BarChart } from "../ui/bar-chart.tsx";

/** 一つの数と、その数の行がある場所。 */
export interface BookingFigure {
  name: string;
  /** 読み上げるときの前置き（「受講通知書の」）。 */
  full?: string | undefined;
  value: number;
  unit: string;
  href?: string | undefined;
}

export interface BookingPanelProps {
  figures: readonly BookingFigure[];
  hours: readonly { hour: number; booked: number; state: "past" | "now" | "coming" }[];
}

/** 本日の受付。数と、時間ごとの予約。 */
export function BookingPanel({ figures, hours }: BookingPanelProps) {
  const bars = hours.map(({ hour, booked, state }) => ({
    label: `${hour}時`,
    actual: state === "coming" ? undefined : booked,
    state,
  }));
  return (
    <>
      <dl className="figs">
        {figures.map((figure) => (
          <Figure key={figure.name} {...figure} />
        ))}
      </dl>
      {bars.length > 0 && (
        <>
          <BarChart bars={bars} unit="件" />
          <p className="legend">
            <span>
              <i className="mo" />
              予約した時間（件）
            </span>
            {bars.some((bar) => bar.state === "now") && (
              <span>
                <i className="mo now" />
                いまの1時間
              </span>
            )}
          </p>
        </>
      )}
    </>
  );
}

function Figure({ name, full, value, unit, href }: BookingFigure) {
  return (
    <div>
      <dt>
        {full !== undefined && <span className="vh">{full}</span>}
        {name}
      </dt>
      <dd>
        {href === undefined ? value : <a href={href}>{value}</a>}
        <small>{unit}</small>
      </dd>
    </div>
  );
}
