import type { Fault } from "../base/error.ts";
import { formatWareki } from "../japan/wareki.ts";
import { type Bar, BarChart } from "../ui/bar-chart.tsx";
import { Submit } from "../ui/button.tsx";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { type Column, Pairs, Table } from "../ui/table.tsx";
import {
  type EnvironmentName,
  type EnvironmentValues,
  environmentNames,
  itemOf,
  savedTotal,
  shareOf,
} from "./environment.ts";
import type { Environment, EnvironmentMonth } from "./list-environment.ts";

export interface EnvironmentPageProps {
  csrf: string;
  environment: Environment;
  /** 書く月。 */
  month: string;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  /** 図に描く項目。 */
  drawn: EnvironmentName | "saved";
  mayWrite: boolean;
}

const drawable = ["saved", "paper", "electricity", "waste", "vehicle", "purchase"] as const;
export function isDrawable(text: string | undefined): text is (typeof drawable)[number] {
  return drawable.some((one) => one === text);
}

/** 環境への配慮: 月ごとの数、図、紙の節約、入力。 */
export function EnvironmentPage(props: EnvironmentPageProps) {
  const { environment, drawn, mayWrite } = props;
  const { months, totals, saved } = environment;
  const unit = drawn === "saved" ? "枚" : itemOf(drawn).unit;
  return (
    <>
      <PageHead
        crumb="環境への配慮"
        title={`これまでに、紙を${savedTotal(saved).toLocaleString("ja-JP")}枚節約しました。`}
      />
      <div className={mayWrite ? "cols main-side" : "pile"}>
        <div className="pile">
          <Section id="h-chart" title={`${labelOf(drawn)}（${unit}）`}>
            <SegmentedLinks
              label="図に描く項目"
              links={drawable.map((one) => ({
                href: `/environment?draw=${one}`,
                label: labelOf(one),
                current: one === drawn,
              }))}
            />
            <BarChart
              bars={months.map((month, at) => barOf(month, drawn, at === months.length - 1))}
              unit={unit}
              wide
            />
          </Section>
          <Section id="h-saved" title="紙の節約" sub="記録から数えたもの">
            <Pairs
              items={[
                { name: "電子データで渡した予約者リスト", value: sheets(saved.lists) },
                { name: "画面と一式で出した協議・届出", value: sheets(saved.filings) },
                { name: "はがきに代えた電話の案内", value: sheets(saved.cards) },
                { name: "両面に刷って減った紙", value: sheets(saved.duplex) },
                { name: "両面・再生紙・グリーン購入", value: shares(totals) },
              ]}
            />
          </Section>
          <Section id="h-months" title="月ごとの数">
            <Table
              caption="月ごとの環境の数"
              columns={columns}
              rows={months}
              rowKey={(one) => one.month}
              empty="まだ月がありません。"
            />
          </Section>
        </div>
        {mayWrite && <EntryForm {...props} />}
      </div>
    </>
  );
}

function sheets(count: number): string {
  return `${count.toLocaleString("ja-JP")}枚`;
}

function labelOf(drawn: EnvironmentName | "saved"): string {
  return drawn === "saved" ? "節約した紙" : itemOf(drawn).label;
}

function barOf(
  { month, values, saved }: EnvironmentMonth,
  drawn: EnvironmentPageProps["drawn"],
  now: boolean,
): Bar {
  const actual = drawn === "saved" ? savedTotal(saved) : values[drawn];
  return {
    label: `${Number(month.slice(5))}月`,
    ...(actual === undefined ? {} : { actual }),
    state: now ? "now" : "past",
  };
}

function shares(totals: EnvironmentValues): string {
  const say = (label: string, share: number | undefined) =>
    share === undefined ? `${label} －` : `${label} ${share}％`;
  return [
    say("両面", shareOf(totals.duplex, totals.paper)),
    say("再生紙", shareOf(totals.recycled, totals.paper)),
    say("グリーン購入", shareOf(totals.green, totals.purchase)),
  ].join("　");
}

const columns: Column<EnvironmentMonth>[] = [
  {
    key: "month",
    head: "月",
    rowHead: true,
    cell: ({ month }) => (
      <a href={`/environment?month=${month}`}>{formatWareki(`${month}-01`).replace(/月.*$/, "月")}</a>
    ),
  },
  ...(
    [
      ["electricity", "電気 kWh"],
      ["paper", "紙 枚"],
      ["duplex", "両面"],
      ["recycled", "再生紙"],
      ["waste", "ごみ kg"],
      ["vehicle", "車 km"],
      ["purchase", "用品 点"],
      ["green", "指定品"],
    ] as const
  ).map(
    ([name, head]): Column<EnvironmentMonth> => ({
      ...{ key: name, head, numeric: true },
      cell: ({ values }) => values[name]?.toLocaleString("ja-JP") ?? "－",
    }),
  ),
  { key: "saved", head: "節約 枚", numeric: true, cell: ({ saved }) => savedTotal(saved) },
];

function EntryForm({ csrf, month, values, faults }: EnvironmentPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <Section id="h-entry" title="数を書く" sub="空の欄は変わりません">
      <form method="post" action="/environment" className="pile">
        <Csrf token={csrf} />
        <TextField id="month" label="月" type="month" required defaultValue={month} error={fault("month")} />
        <div className="fields two tight">
          {environmentNames.map((name) => (
            <TextField
              key={name}
              id={name}
              label={itemOf(name).label}
              unit={itemOf(name).unit}
              inputMode="numeric"
              defaultValue={values[name] ?? ""}
              error={fault(name)}
            />
          ))}
        </div>
        <div className="acts">
          <Submit>この月の数を残す</Submit>
        </div>
      </form>
    </Section>
  );
}
