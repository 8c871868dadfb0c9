import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { type Choice, FileField, SelectField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import { ChangedSide } from "./changed-words-panel.tsx";
import {
  type ClauseChange,
  clauseChangeLabels,
  type DutyChange,
  dutyChangeLabels,
  type SpecificationComparison,
} from "./compare-specifications.ts";

export interface ComparisonPageProps {
  csrf: string;
  choices: readonly Choice[];
  comparison: SpecificationComparison | undefined;
  faults: readonly { field?: string; message: string }[];
}

/** 二つの仕様書を比べる。読み込んだものと、手元のファイル。 */
export function ComparisonPage({ csrf, choices, comparison, faults }: ComparisonPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <>
      <PageHead
        crumb={<a href="/specifications">業務仕様書</a>}
        title={
          comparison === undefined
            ? "二つの仕様書を比べる"
            : comparison.clauses.length + comparison.duties.length === 0
              ? "違いはありません"
              : `条項${comparison.clauses.length}、義務${comparison.duties.length}の違い`
        }
      />
      <div className="pile wide">
        <form
          method="post"
          action="/specifications/compare"
          encType="multipart/form-data"
          className="fields two"
        >
          <Csrf token={csrf} />
          <SelectField id="old" label="前の仕様書" choices={choices} error={fault("old")} />
          <FileField
            id="file"
            label="新しい仕様書のファイル"
            accept=".txt,.docx,.pdf"
            error={fault("file")}
          />
          <div className="acts">
            <Submit>比べる</Submit>
          </div>
        </form>
        {comparison !== undefined && (
          <>
            <Section id="h-duties" title="義務と期限" sub={`${comparison.duties.length}`}>
              <Table
                caption="義務の違い"
                rows={comparison.duties.map((one, at) => ({ ...one, at }))}
                rowKey={(one) => String(one.at)}
                empty="義務の違いはありません。"
                columns={[
                  { key: "kind", head: "違い", cell: (one) => dutyChangeLabels[one.kind] },
                  { key: "clause", head: "条項", cell: (one) => (one.after ?? one.before)?.clause },
                  { key: "what", head: "義務", cell: dutyText, wrap: true },
                  { key: "due", head: "期限", cell: dueText, wrap: true },
                ]}
              />
            </Section>
            <Section id="h-clauses" title="条項" sub={`${comparison.clauses.length}`}>
              <Table
                caption="条項の違い"
                rows={comparison.clauses.map((one, at) => ({ ...one, at }))}
                rowKey={(one) => String(one.at)}
                empty="条項の違いはありません。"
                columns={[
                  { key: "kind", head: "違い", cell: (one) => clauseChangeLabels[one.kind] },
                  { key: "number", head: "番号", cell: numberText },
                  {
                    key: "before",
                    head: "前",
                    cell: (one) => <ChangedText {...one} side="before" />,
                    wrap: true,
                  },
                  {
                    key: "after",
                    head: "新",
                    cell: (one) => <ChangedText {...one} side="after" />,
                    wrap: true,
                  },
                ]}
              />
            </Section>
          </>
        )}
      </div>
    </>
  );
}

/** 片方にしかない条項で、見せる文字の数。 */
const WHOLE = 400;

/** 条項の文。両方にあれば、違うところに印を付け、そのまわりだけを見せる（長い条項の後ろの違いも隠れない）。 */
function ChangedText({ before, after, side }: ClauseChange & { side: "before" | "after" }) {
  const text = (side === "before" ? before : after)?.text;
  if (text === undefined) return null;
  if (before === undefined || after === undefined || before.text === after.text)
    return <>{text.slice(0, WHOLE)}</>;
  return <ChangedSide before={before.text} after={after.text} side={side} />;
}

function numberText({ before, after }: ClauseChange): string {
  if (before && after && before.number !== after.number) return `${before.number} → ${after.number}`;
  return (after ?? before)?.number ?? "";
}

function dutyText({ before, after }: DutyChange): string {
  const one = after ?? before;
  return one ? `${one.actor}: ${one.object}／${one.verb}` : "";
}

function dueText({ kind, before, after }: DutyChange) {
  if (kind !== "due") return (after ?? before)?.due ?? "";
  return (
    <>
      <del className="d">{before?.due || "期限なし"}</del> <ins className="d">{after?.due || "期限なし"}</ins>
    </>
  );
}
