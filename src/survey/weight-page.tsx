import type { Fault } from "../base/error.ts";
import type { Codebook } from "../tabulation/codebook.ts";
import { Submit } from "../ui/button.tsx";
import { CheckField, SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import type { SurveyHead } from "./open-survey.ts";
import { SurveyTop } from "./survey-nav-panel.tsx";
import type { MarginLine, WeightReport } from "./weight-survey.ts";

export interface WeightPageProps {
  csrf: string;
  survey: SurveyHead;
  codebook: Codebook;
  report: WeightReport | undefined;
  columns: readonly string[];
  /** ウエイトが作れないわけ。 */
  message?: string | undefined;
  faults: readonly Fault[];
  mayWork: boolean;
}

/** ウエイトと標本設計: 効き、周辺、大きさの分布、決めるところ。 */
export function WeightPage(props: WeightPageProps) {
  const { survey, codebook, report, message, faults } = props;
  const weighting = report?.weighting;
  return (
    <>
      <SurveyTop survey={survey} here="weights" mayLook title={titleOf(report)} />
      <div className="pile">
        {message !== undefined && (
          <Note tone="late" title={message}>
            {faults.length > 1 && (
              <ul>
                {faults.slice(0, 20).map((one) => (
                  <li key={`${one.row}${one.message}`}>
                    {one.row === undefined ? "" : `${one.row}行目　`}
                    {one.message}
                  </li>
                ))}
              </ul>
            )}
          </Note>
        )}
        {report && <Effect report={report} />}
        {report && weighting && <Margins lines={report.margins} codebook={codebook} />}
        {report && report.histogram.length > 0 && <Histogram report={report} />}
        {props.mayWork && <Decide {...props} />}
      </div>
    </>
  );
}

function titleOf(report: WeightReport | undefined): string {
  if (!report) return "ウエイトが作れません。";
  const rows = report.rows.toLocaleString("ja-JP");
  const { weighting } = report;
  if (!weighting) return `${rows}件に、ウエイトは付けていません。`;
  const n = Math.round(weighting.effectiveN).toLocaleString("ja-JP");
  return `${rows}件は、ウエイトを付けると${n}件ぶんの確かさです。`;
}

const number = (value: number, digits = 2) => value.toFixed(digits);
const percent = (share: number) => `${(Math.floor(share * 1000 + 0.5) / 10).toFixed(1)}`;

function Effect({ report: { weighting, rows, design } }: { report: WeightReport }) {
  const items: readonly (readonly [string, string, string])[] = [
    ["回答（n）", rows.toLocaleString("ja-JP"), "件"],
    ...(weighting
      ? ([
          ["設計効果", number(weighting.designEffect), ""],
          ["有効な標本の大きさ", Math.round(weighting.effectiveN).toLocaleString("ja-JP"), "件"],
          ["いちばん小さい・大きい", `${number(weighting.min)} – ${number(weighting.max)}`, ""],
          ["刈り込んだ数", weighting.trimmed.toLocaleString("ja-JP"), "件"],
        ] as const)
      : []),
    ["層", design.strata.toLocaleString("ja-JP"), "つ"],
    ["母集団の修正", design.fpc ? "する" : "しない", ""],
  ];
  return (
    <dl className="survey-figs">
      {items.map(([label, value, unit]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value}
            {unit !== "" && <small>{unit}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Margins({ lines, codebook }: { lines: readonly MarginLine[]; codebook: Codebook }) {
  const nameOf = (key: string) =>
    key
      .split("×")
      .map((id) => codebook.questions.find((one) => one.id === id)?.short ?? id)
      .join("×");
  return (
    <Section
      id="h-margins"
      title="母集団との比べ"
      sub="割合（％）は、答えのない人を除いた中の割合です。ウエイトの後は、母集団の割合になります。"
    >
      <Table
        caption="区分ごとの母集団と回答"
        columns={[
          { key: "question", head: "設問", width: 7, cell: ({ question }) => nameOf(question) },
          { key: "label", head: "区分", rowHead: true, width: 14, wrap: true, cell: ({ label }) => label },
          {
            ...{ key: "population", head: "母集団（人）", numeric: true, width: 7 },
            cell: ({ population }) => population?.toLocaleString("ja-JP") ?? "表になし",
          },
          {
            key: "share",
            head: "母集団（％）",
            numeric: true,
            width: 8,
            cell: ({ share }) => (share === null ? "－" : percent(share)),
          },
          {
            key: "n",
            head: "回答 n",
            numeric: true,
            width: 6,
            cell: ({ sampleCount }) => sampleCount.toLocaleString("ja-JP"),
          },
          {
            key: "sample",
            head: "回答（％）",
            numeric: true,
            width: 7,
            cell: ({ sampleShare }) => percent(sampleShare),
          },
          {
            key: "weighted",
            head: "後（％）",
            numeric: true,
            width: 5,
            cell: ({ weightedShare }) => percent(weightedShare),
          },
          { key: "bar", head: "回答と母集団の差", cell: (line) => <Gap line={line} /> },
        ]}
        rows={lines}
        rowKey={({ question, label }) => `${question}${label}`}
        empty="周辺がありません。"
      />
    </Section>
  );
}

/** 回答の割合と母集団の割合の差。左は少なすぎ、右は多すぎ。 */
function Gap({ line: { share, sampleShare } }: { line: MarginLine }) {
  if (share === null) return <span className="sub">回答での割合のまま</span>;
  const gap = (sampleShare - share) * 100;
  const width = Math.min(58, Math.abs(gap) * 5);
  const text = `${gap >= 0 ? "+" : "−"}${Math.abs(gap).toFixed(1)}`;
  return (
    <svg className="survey-gap" viewBox="0 0 170 18" role="img" aria-label={`差 ${text} ポイント`}>
      <path className="axis" d="M60 0v18" />
      <rect x={gap < 0 ? 60 - width : 60} y="3" width={width} height="12" />
      <text x="126" y="14">
        {text}
      </text>
    </svg>
  );
}

function Histogram({ report: { histogram, rows } }: { report: WeightReport }) {
  const most = Math.max(...histogram.map(({ count }) => count));
  const wide = 34;
  const summary = histogram.map(({ from, count }) => `${from.toFixed(2)}から ${count}件`).join("、");
  return (
    <Section
      id="h-histogram"
      title="ウエイトの大きさ"
      sub={`${rows.toLocaleString("ja-JP")}件を 0.25 刻みで`}
    >
      <svg
        className="survey-weights"
        viewBox={`0 0 ${Math.max(8, histogram.length) * wide + 8} 132`}
        role="img"
        aria-label={`ウエイトの大きさの分布。${summary}`}
      >
        {histogram.map(({ from, count }, at) => {
          const height = (84 * count) / most;
          return (
            <g key={from}>
              <rect x={at * wide + 4} y={104 - height} width={wide - 4} height={height} />
              <text x={at * wide + wide / 2 + 2} y={98 - height}>
                {count}
              </text>
              {at % 2 === 0 && (
                <text className="tick" x={at * wide + 4} y="122">
                  {from.toFixed(1)}
                </text>
              )}
            </g>
          );
        })}
        <path className="axis" d={`M0 104.5h${Math.max(8, histogram.length) * wide + 8}`} />
      </svg>
    </Section>
  );
}

function Decide({ csrf, survey, codebook, columns, faults }: WeightPageProps) {
  const { design, weighting } = codebook;
  const choices = columns.map((value) => ({ value, label: value }));
  const error = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <Section id="h-decide" title="ウエイトと標本設計を決める">
      <form
        method="post"
        action={`/surveys/${survey.id}/weights`}
        encType="multipart/form-data"
        className="pile survey-question"
      >
        <Csrf token={csrf} />
        <input type="hidden" name="version" value={survey.version} />
        <SegmentedField
          id="method"
          legend="ウエイト"
          defaultValue={weighting ? "keep" : "none"}
          choices={[
            ...(weighting ? [{ value: "keep", label: "いまの母集団のまま" }] : []),
            { value: "margins", label: "母集団の表に合わせる" },
            { value: "none", label: "付けない" },
          ]}
        />
        <FileField
          id="margins"
          label="母集団の表（.csv .xlsx）"
          error={error("margins")}
          help="列は 設問・区分・人数。設問ごとなら周辺に合わせ（レイキング）、「F1×F2」と書けば組合せに合わせます。答えのない人は、回答での割合のままにします。"
        />
        <div className="fields four">
          <CheckField
            id="trim"
            label="大きすぎ・小さすぎを刈り込む"
            defaultChecked={weighting?.trim !== undefined}
          />
          <TextField
            id="min"
            label="下"
            inputMode="decimal"
            defaultValue={String(weighting?.trim?.min ?? 0.2)}
            error={error("min")}
          />
          <TextField
            id="max"
            label="上"
            inputMode="decimal"
            defaultValue={String(weighting?.trim?.max ?? 5)}
          />
        </div>
        <div className="fields four">
          <SelectField
            id="strata"
            label="層の列"
            blank="なし"
            choices={choices}
            defaultValue={design.strata?.[0] ?? ""}
          />
          <SelectField
            id="cluster"
            label="集落（地点）の列"
            blank="なし"
            choices={choices}
            defaultValue={design.cluster?.[0] ?? ""}
          />
          <SelectField
            id="fpc"
            label="母集団の数の列"
            blank="なし"
            choices={choices}
            defaultValue={design.fpc?.[0] ?? ""}
          />
          <SelectField
            id="weight"
            label="与えられたウエイトの列"
            blank="なし"
            choices={choices}
            defaultValue={design.weight ?? ""}
          />
        </div>
        <CheckField
          id="random"
          label="無作為に抽出した調査"
          help="このときだけ、標準誤差と標本誤差を示します。Web で広く答えを求めた調査では、外してください。"
          defaultChecked={design.random}
        />
        <p className="acts">
          <Submit>決める</Submit>
        </p>
      </form>
    </Section>
  );
}
