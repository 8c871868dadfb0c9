import { formatMonthDay } from "../japan/wareki.ts";
import { BarChart } from "../ui/bar-chart.tsx";
import { LinkButton } from "../ui/button.tsx";
import { Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { printedTerms } from "./printed-figure.ts";
import type { StaffingView } from "./read-plan.ts";

/** まねた日々の、一日の応答率の分かれ方。 */
export function Simulated({ view: { simulated, day, basis, setting } }: { view: StaffingView }) {
  const keep = new URLSearchParams({
    ...{ day, basis, printed: setting.printed, aht: String(setting.aht), patience: String(setting.patience) },
    ...{ targetShare: String(setting.targetShare), targetSeconds: String(setting.targetSeconds) },
    simulate: "2000",
  });
  return (
    <Section
      id="h-sim"
      title="2,000日をまねる"
      sub="一日ごとのばらつき"
      end={
        <LinkButton href={`/staffing?${keep}#h-sim`} icon="chart">
          まねる
        </LinkButton>
      }
    >
      {simulated ? (
        <>
          <p>
            一日の応答率の中央は{percent(simulated.serviceLevel.p50)}。20日に一度は
            {percent(simulated.serviceLevel.p5)}を下回ります。目標に届いた日は{percent(simulated.reached)}
            、放棄は{percent(simulated.abandonment)}、いちばん長い待ちは{simulated.longest}秒でした（種
            {simulated.seed}）。
          </p>
          <BarChart
            bars={simulated.bins.map(({ from, days }) => ({
              label: `${from}％`,
              actual: days,
              state: from >= setting.targetShare ? "now" : "past",
            }))}
            unit="日"
            wide
          />
        </>
      ) : (
        <p className="sub">
          式は半時間の中の平均です。一日一日のばらつきは、この席数で2,000日をまねて確かめます。
        </p>
      )}
    </Section>
  );
}

/** 過ぎた日の見込みと実績。 */
export function BackTested({ view: { backTest, forecast } }: { view: StaffingView }) {
  const { days, dayCoverage, slotCoverage, medianError } = backTest;
  return (
    <Section id="h-back" title="見込みは当たったか" sub="前の日までの実績だけで見込み直したもの">
      <p>
        {dayCoverage === undefined
          ? "入電のあった過ぎた日がまだないので、表２の形だけで見込んでいます。"
          : `${days.length}日のうち${percent(dayCoverage)}、半時間の${percent(slotCoverage ?? 0)}が幅に入りました（狙いは80％）。誤差の中央は${percent(medianError ?? 0)}です。見込みには${forecast.daysUsed}日の実績を使っています。`}
      </p>
      <Table
        caption="見込みと実績"
        columns={[
          {
            key: "day",
            head: "日",
            rowHead: true,
            cell: ({ day, nth }) => `${formatMonthDay(day, { weekday: true })} ${nth}日目`,
          },
          { key: "band", head: "見込み（件）", numeric: true, cell: ({ low, high }) => `${low}–${high}` },
          { key: "actual", head: "実績（件）", numeric: true, cell: ({ actual }) => actual },
          {
            key: "in",
            head: "幅",
            cell: ({ inside }) => (
              <Status look={inside ? "done" : "warn"}>{inside ? "幅の中" : "幅の外"}</Status>
            ),
          },
        ]}
        rows={days.slice(-12)}
        rowKey={({ day }) => day}
        empty={<p>過ぎた開設日の電話の記録が入ると、ここに並びます。</p>}
      />
    </Section>
  );
}

/** 仕様書の表２を、印刷されたとおりに。 */
export function Printed({ current }: { current: string }) {
  return (
    <Section id="h-printed" title="表２ 令和５年度実績（概数値）" sub="仕様書６(5)ウに印刷されたとおり。">
      <Table
        caption="表２の数"
        columns={[
          {
            key: "label",
            head: "期",
            rowHead: true,
            cell: ({ id, label }) => (id === current ? `${label}（使用中）` : label),
          },
          { key: "total", head: "入電合計（件）", numeric: true, cell: ({ total }) => total },
          { key: "days", head: "開設日数（日）", numeric: true, cell: ({ days }) => days },
          { key: "mean", head: "日平均（件）", numeric: true, cell: ({ mean }) => mean },
          { key: "most", head: "最大（件/日）", numeric: true, cell: ({ most }) => most },
          { key: "cards", head: "通知書（通）", numeric: true, cell: ({ cards }) => cards },
        ]}
        rows={printedTerms}
        rowKey={({ id }) => id}
        empty={<p>表２がありません。</p>}
      />
      <p className="sub">
        概数なので、合計÷日数は日平均と合いません。直さずに引いています。見込みは日平均からではなく、初日の最大と合計から始めます。
      </p>
    </Section>
  );
}

/** 百分率は丸め上げない。 */
export function percent(share: number): string {
  return `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)}％`;
}
