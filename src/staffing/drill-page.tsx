import type { Fault } from "../base/error.ts";
import { dayOf, minuteOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import { type DrillAct, type DrillReport, drillActs } from "./drill.ts";
import { type StaffingTab, StaffingTabs } from "./staffing-tabs-panel.tsx";
import type { KeptDrill } from "./start-drill.ts";

export interface DrillPageProps {
  drills: readonly KeptDrill[];
  values: Readonly<Record<string, string | undefined>>;
  faults: readonly Fault[];
  csrf: string;
  hidden: readonly StaffingTab[];
}

/** 訓練: 作りものの一日を、使い捨ての事務所で本当の受付に流す。 */
export function DrillPage(props: DrillPageProps) {
  const { drills, hidden } = props;
  const [last, ...before] = drills;
  return (
    <>
      <PageHead crumb="席数と勤務" title={<DrillSentence last={last?.report} />} />
      <div className="pile">
        <StaffingTabs current="drill" hidden={hidden} />
        <StartForm {...props} />
        {last && <Report drill={last} />}
        {before.length > 0 && <Before drills={before} />}
      </div>
    </>
  );
}

function DrillSentence({ last }: { last: DrillReport | undefined }) {
  if (!last) return <>訓練は、まだ一度も行っていません。</>;
  return (
    <>
      入電{last.calls}件の訓練で、
      {last.faults.length === 0 ? (
        "壊れたところはありません。"
      ) : (
        <span className="late">{last.faults.length}つ壊れました。</span>
      )}
    </>
  );
}

function StartForm({ values, faults, csrf }: DrillPageProps) {
  const wrong = (field: string) => faults.find((fault) => fault.field === field)?.message;
  return (
    <Section
      id="h-start"
      title="訓練を始める"
      sub="講習会だけを写した使い捨ての事務所で行い、終われば消えます。本物の予約には触れません。"
    >
      <form method="post" action="/staffing/drill" className="tryrow noprint">
        <Csrf token={csrf} />
        <TextField
          id="seed"
          label="種"
          inputMode="numeric"
          defaultValue={values.seed ?? "1"}
          error={wrong("seed")}
        />
        <TextField
          id="calls"
          label="入電"
          unit="件"
          inputMode="numeric"
          defaultValue={values.calls ?? "450"}
          error={wrong("calls")}
        />
        <TextField
          id="operators"
          label="席（省けば要る数）"
          unit="席"
          inputMode="numeric"
          defaultValue={values.operators}
          error={wrong("operators")}
        />
        <Submit>始める</Submit>
      </form>
    </Section>
  );
}

function Report({ drill: { at, report } }: { drill: KeptDrill }) {
  return (
    <Section
      id="h-report"
      title="いちばん新しい結果"
      sub={`${formatMonthDay(dayOf(at))} ${minuteOf(at)}　種${report.seed}`}
    >
      {report.faults.length === 0 ? (
        <Note tone="done" title="二重の予約、送り直しの重なり、空席の数の食い違いは、どれも0です。" />
      ) : (
        report.faults.map((fault) => <Note key={fault} tone="late" title={fault} />)
      )}
      <dl className="figs staffigs">
        <Figure name="応答" value={report.answered} unit={`／${report.calls}件`} />
        <Figure name="放棄" value={report.abandoned} unit="件" />
        <Figure name="席" value={report.operators} unit="席" />
        <Figure name="予約" value={report.booked} unit="件" />
        <Figure name="二重の予約" value={report.doubleBooked} unit="件" />
        <Figure name="切れた電話" value={report.dropped} unit="件" />
      </dl>
      <Table
        caption="行いごとの結果"
        columns={[
          { key: "act", head: "行い", rowHead: true, cell: ([act]) => drillActs[act] },
          { key: "done", head: "できた（件）", numeric: true, cell: ([, one]) => one.done },
          { key: "refused", head: "規則で断り（件）", numeric: true, cell: ([, one]) => one.refused },
          { key: "broken", head: "失敗（件）", numeric: true, cell: ([, one]) => one.broken },
          { key: "p50", head: "中央（ミリ秒）", numeric: true, cell: ([, one]) => one.p50 },
          { key: "p95", head: "95％（ミリ秒）", numeric: true, cell: ([, one]) => one.p95 },
          { key: "most", head: "最大（ミリ秒）", numeric: true, cell: ([, one]) => one.longest },
        ]}
        rows={Object.entries(report.acts) as [DrillAct, DrillReport["acts"][DrillAct]][]}
        rowKey={([act]) => act}
        empty={<p>行いがありません。</p>}
      />
      <p className="sub">
        一日分の電話を、待たずに続けて{report.seconds}
        秒で受けました（本当の一日より混み合います）。「規則で断り」は満席などの正しい断りです。待ち時間と放棄は、通話の長さを含めて数えた見込みです。
      </p>
    </Section>
  );
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

function Before({ drills }: { drills: readonly KeptDrill[] }) {
  return (
    <Section id="h-before" title="これまで">
      <Table
        caption="これまでの訓練"
        columns={[
          {
            key: "at",
            head: "日時",
            rowHead: true,
            cell: ({ at }) => `${formatMonthDay(dayOf(at))} ${minuteOf(at)}`,
          },
          { key: "seed", head: "種", numeric: true, cell: ({ report }) => report.seed },
          { key: "calls", head: "入電（件）", numeric: true, cell: ({ report }) => report.calls },
          { key: "operators", head: "席", numeric: true, cell: ({ report }) => report.operators },
          { key: "abandoned", head: "放棄（件）", numeric: true, cell: ({ report }) => report.abandoned },
          { key: "faults", head: "壊れた（つ）", numeric: true, cell: ({ report }) => report.faults.length },
        ]}
        rows={drills}
        rowKey={({ id }) => id}
        empty={<p>ありません。</p>}
      />
    </Section>
  );
}
