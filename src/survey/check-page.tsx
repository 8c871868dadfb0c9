import type { Fault } from "../base/error.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import { EXCLUDE } from "./answer-fix.ts";
import { type CheckedAnswers, type CheckRule, checkRules, type Finding } from "./check-answers.ts";
import type { SurveyHead } from "./open-survey.ts";
import { SurveyTop } from "./survey-nav-panel.tsx";

export interface CheckPageProps {
  csrf: string;
  survey: SurveyHead;
  checked: CheckedAnswers | undefined;
  /** 絞り込んだ決まり。 */
  rule: CheckRule | undefined;
  fixes: number;
  missed: number;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  mayWork: boolean;
}

/** 見つけたこと、直し方の案、手で直すところ。 */
export function CheckPage(props: CheckPageProps) {
  const { csrf, survey, checked, rule, fixes, missed, mayWork } = props;
  const counts = Object.entries(checked?.counts ?? {}).filter(([, count]) => count > 0) as [
    CheckRule,
    number,
  ][];
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const shown = (checked?.findings ?? []).filter((one) => rule === undefined || one.rule === rule);
  return (
    <>
      <SurveyTop
        survey={survey}
        here="check"
        mayLook
        title={
          !checked
            ? "コードブックを定めると、確かめられます。"
            : total === 0
              ? "確かめるものはありません。"
              : `確かめるものが${total}件あります。`
        }
        actions={<LinkButton href={`/surveys/${survey.id}/fixes`}>直した記録（{fixes}件）</LinkButton>}
      />
      <div className="pile">
        {missed > 0 && (
          <Note tone="due" title={`直したことのうち${missed}件は、いまの回答に、指す番号や列がありません。`}>
            記録は残っています。番号の列をご確認ください。
          </Note>
        )}
        {total > 0 && (
          <div className="survey-nav">
            <SegmentedLinks
              label="決まり"
              links={[
                {
                  href: `/surveys/${survey.id}/check`,
                  label: `すべて ${total}`,
                  current: rule === undefined,
                },
                ...counts.map(([name, count]) => ({
                  href: `/surveys/${survey.id}/check?rule=${name}`,
                  label: `${checkRules[name]} ${count}`,
                  current: name === rule,
                })),
              ]}
            />
          </div>
        )}
        {shown.length > 0 && <Findings {...props} shown={shown} />}
        {mayWork && checked && <ByHand {...props} csrf={csrf} />}
      </div>
    </>
  );
}

/** 直し方を一つずつ選び、同じ理由でまとめて直す。選ばないものは、そのまま数える。 */
function Findings({
  csrf,
  survey,
  shown,
  rule,
  values,
  faults,
  mayWork,
}: CheckPageProps & { shown: Finding[] }) {
  const fixable = shown.filter((one) => one.fixes.length > 0);
  const error = values.by === "list" ? faults[0]?.message : undefined;
  return (
    <form method="post" action={`/surveys/${survey.id}/fixes`} className="pile">
      <Csrf token={csrf} />
      <input type="hidden" name="by" value="list" />
      <input type="hidden" name="rule" value={rule ?? ""} />
      <Table
        caption="見つけたこと"
        columns={[
          { key: "row", head: "行", numeric: true, width: 5, cell: ({ row }) => (row === 0 ? "－" : row) },
          {
            key: "respondent",
            head: "回答",
            width: 6,
            rowHead: true,
            cell: (one) => one.respondent || "全体",
          },
          { key: "question", head: "設問", width: 5, cell: ({ question }) => question || "－" },
          {
            ...{ key: "value", head: "値", width: 7, wrap: true },
            cell: ({ value }) => (value === "" ? "－" : [...value].slice(0, 20).join("")),
          },
          { key: "message", head: "何が起きているか", wrap: true, cell: ({ message }) => message },
          ...(mayWork
            ? [
                {
                  ...{ key: "fix", head: "どうするか", width: 16 as const },
                  cell: (one: Finding) => <FixChoice finding={one} survey={survey.id} />,
                },
              ]
            : []),
        ]}
        rows={shown}
        rowKey={(one) => `${one.rule}${one.row}${one.question}${one.column}`}
        empty=""
      />
      {mayWork && fixable.length > 0 && (
        <div className="survey-reason">
          <TextField
            id="reason"
            label="直す理由"
            required
            maxLength={300}
            help="直したものの一つずつに残ります。直した後も、いつでも取り消せます。"
            defaultValue={values.reason ?? ""}
            error={error}
          />
          <p className="acts">
            <Submit>選んだものを直す</Submit>
            {rule !== undefined && (
              <Submit look="normal" name="all" value={rule}>
                この種類は、みな初めの案で直す
              </Submit>
            )}
          </p>
        </div>
      )}
    </form>
  );
}

function FixChoice({ finding, survey }: { finding: Finding; survey: string }) {
  const { respondent, fixes, row, question, rule } = finding;
  if (fixes.length === 0)
    return <a href={`/surveys/${survey}/codebook/${encodeURIComponent(question)}`}>コードブックを直す</a>;
  return (
    <select name="fix" aria-label={`${row}行目 ${question} をどうするか`} defaultValue="">
      <option value="">このままにする</option>
      {fixes.map(({ column, after, label }) => (
        <option key={label} value={JSON.stringify({ respondent, column, after, rule })}>
          {label}
        </option>
      ))}
    </select>
  );
}

function ByHand({ csrf, survey, values, faults }: CheckPageProps) {
  const own = values.by === "hand" ? values : {};
  const error = (field: string) =>
    values.by === "hand" ? faults.find((one) => one.field === field)?.message : undefined;
  return (
    <Section id="h-hand" title="番号で直す" sub={`列を「${EXCLUDE}」とすると、その回答を集計から外します。`}>
      <form method="post" action={`/surveys/${survey.id}/fixes`} className="survey-hand">
        <Csrf token={csrf} />
        <input type="hidden" name="by" value="hand" />
        <TextField
          id="respondent"
          label="回答の番号"
          required
          defaultValue={own.respondent ?? ""}
          error={error("respondent")}
        />
        <TextField id="column" label="列" required defaultValue={own.column ?? ""} error={error("column")} />
        <TextField id="after" label="直した後の値" defaultValue={own.after ?? ""} error={error("after")} />
        <TextField
          id="hand-reason"
          name="reason"
          label="理由"
          required
          maxLength={300}
          defaultValue={own.reason ?? ""}
          error={error("reason")}
        />
        <Submit look="normal">直す</Submit>
      </form>
    </Section>
  );
}
