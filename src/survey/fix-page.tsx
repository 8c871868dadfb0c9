import { dayOf, minuteOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Table } from "../ui/table.tsx";
import { EXCLUDE } from "./answer-fix.ts";
import { type CheckRule, checkRules } from "./check-answers.ts";
import type { FixRecord } from "./fix-answers.ts";
import type { SurveyHead } from "./open-survey.ts";
import { SurveyTop } from "./survey-nav-panel.tsx";

/** 直した記録。新しい順で、一つずつ取り消せる。 */
export function FixPage(props: {
  csrf: string;
  survey: SurveyHead;
  fixes: readonly FixRecord[];
  /** 従業者の仮名 → 番号。 */
  mayWork: boolean;
}) {
  const { csrf, survey, fixes, mayWork } = props;
  const live = fixes.filter(({ undoneAt }) => undoneAt === null).length;
  return (
    <>
      <SurveyTop
        survey={survey}
        here="check"
        mayLook
        title={
          fixes.length === 0
            ? "直したものは、まだありません。"
            : `${fixes.length}件の直しのうち、${live}件が効いています。`
        }
        actions={
          fixes.length > 0 ? (
            <LinkButton href={`/surveys/${survey.id}/fixes.csv`} icon="save">
              記録を CSV で書き出す
            </LinkButton>
          ) : undefined
        }
      />
      <Table
        caption="直した記録"
        columns={[
          { key: "number", head: "番号", numeric: true, width: 4, cell: ({ number }) => number },
          {
            ...{ key: "at", head: "いつ", width: 9 },
            cell: ({ madeAt }) => `${formatMonthDay(dayOf(madeAt))} ${minuteOf(madeAt)}`,
          },
          { key: "respondent", head: "回答", width: 6, rowHead: true, cell: ({ respondent }) => respondent },
          {
            key: "column",
            head: "列",
            width: 7,
            cell: ({ column }) => (column === EXCLUDE ? "回答まるごと" : column),
          },
          { key: "before", head: "前", width: 7, wrap: true, cell: ({ before }) => valueText(before) },
          { key: "after", head: "後", width: 7, wrap: true, cell: ({ after }) => valueText(after) },
          {
            ...{ key: "reason", head: "理由", wrap: true },
            cell: ({ reason, rule }) => (
              <>
                {reason}
                {rule in checkRules && <span className="sub">（{checkRules[rule as CheckRule]}）</span>}
              </>
            ),
          },
          {
            ...{ key: "undo", head: "取り消し", width: 8 },
            cell: (one) =>
              one.undoneAt !== null ? (
                <span className="sub">取り消しました</span>
              ) : mayWork ? (
                <form method="post" action={`/surveys/${survey.id}/fixes/${one.id}/undo`}>
                  <Csrf token={csrf} />
                  <Submit look="link" aria-label={`${one.number}番の直しを取り消す`}>
                    取り消す
                  </Submit>
                </form>
              ) : null,
          },
        ]}
        rows={fixes}
        rowKey={({ id }) => id}
        empty={
          <p>
            <b>まだありません。</b>
            「確かめ」の画面で直すと、だれが・いつ・前・後・理由が、一つずつここに残ります。
          </p>
        }
      />
    </>
  );
}

function valueText(value: string): string {
  if (value === "") return "（空）";
  const points = [...value];
  return points.length > 24 ? `${points.slice(0, 23).join("")}…` : value;
}
