import { type Bar, BarChart } from "../ui/bar-chart.tsx";

export interface CallPanelProps {
  href?: string | undefined;
  /** 本日ここまでの入電・応答・時間帯別。電話の記録がなければ渡さない。 */
  calls?: { offered: number; answered: number; bars: readonly Bar[]; hasForecast: boolean } | undefined;
  /** 稼働している席と、あるはずの席。 */
  desks?: { open: number; planned: number } | undefined;
  /** 講習会の残席と定員。 */
  seats?: { free: number; capacity: number } | undefined;
}

/** 本日の電話と席。分からない数は置かない。 */
export function CallPanel({ calls, desks, seats }: CallPanelProps) {
  return (
    <>
      <dl className="figs">
        {calls !== undefined && (
          <>
            <Figure name="入電" value={calls.offered} unit="件" />
            <Figure name="応答" value={calls.answered} unit={answeredUnit(calls)} />
          </>
        )}
        {desks !== undefined && <Figure name="席" value={desks.open} unit={`／${desks.planned} 稼働`} />}
        {seats !== undefined && (
          <Figure name="講習会の残席" value={seats.free} unit={`／${seats.capacity}`} />
        )}
      </dl>
      {calls !== undefined && calls.bars.length > 0 && (
        <>
          <BarChart bars={calls.bars} unit="件" />
          <Legend bars={calls.bars} forecast={calls.hasForecast} />
        </>
      )}
    </>
  );
}

// 100% に丸め上げない。一件でも落とした日は 99% まで。
function answeredUnit({ offered, answered }: { offered: number; answered: number }): string {
  return offered === 0 ? "件" : `件 ${Math.floor((100 * answered) / offered)}%`;
}

function Figure({ name, value, unit }: { name: string; value: number; unit: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        <small>{unit}</small>
      </dd>
    </div>
  );
}

function Legend({ bars, forecast }: { bars: readonly Bar[]; forecast: boolean }) {
  return (
    <p className="legend">
      <span>
        <i className="mo" />
        実績
      </span>
      {bars.some((bar) => bar.state === "now") && (
        <span>
          <i className="mo now" />
          いまの1時間
        </span>
      )}
      {forecast && (
        <span>
          <svg width="16" height="12" aria-hidden="true" className="chart-key">
            <path d="M0 6h16" />
          </svg>
          予測
        </span>
      )}
    </p>
  );
}
