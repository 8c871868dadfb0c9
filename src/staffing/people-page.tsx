import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import type { DeskPerson, PeopleView } from "./list-people.ts";
import { type StaffingTab, StaffingTabs } from "./staffing-tabs-panel.tsx";

export interface PeoplePageProps {
  view: PeopleView;
  csrf: string;
  me: string;
  mayPlan: boolean;
  hidden: readonly StaffingTab[];
}

/** 要員: 事前の研修（６(10)）、緊急の着席。雇用の形（８）は業務の体制に記録する。 */
export function PeoplePage(props: PeoplePageProps) {
  const { view, csrf, me, mayPlan, hidden } = props;
  const { people, trainingKept } = view;
  const waiting = people.filter((one) => !one.mayTakeDesk);
  return (
    <>
      <PageHead
        crumb="席数と勤務"
        title={
          <>
            要員は{people.length}人です。
            {waiting.length > 0 && <span className="late">{waiting.length}人は研修がまだです。</span>}
          </>
        }
      />
      <div className="pile">
        <StaffingTabs current="people" hidden={hidden} />
        {!trainingKept && (
          <Note tone="due" title="研修の記録がまだ一つもないので、受付の席は誰にも閉じていません。">
            研修を終えた記録（６(10)）をつけ始めると、終えていない人は席に着けなくなります。
          </Note>
        )}
        <Table
          caption="要員"
          columns={[
            {
              key: "who",
              head: "従業者",
              rowHead: true,
              cell: ({ handler }) => `${handler.number} ${handler.name}`,
            },
            {
              key: "role",
              head: "役割",
              cell: ({ handler }) =>
                [
                  handler.roles.includes("manager") ? "責任者" : "",
                  handler.roles.includes("supervisor") ? "SV" : "",
                  handler.roles.includes("operator") ? "OP" : "",
                ]
                  .filter((one) => one !== "")
                  .join("・"),
            },
            {
              key: "training",
              head: "研修（６(10)）",
              cell: ({ trained }) =>
                trained ? <Status look="done">済み</Status> : <Status look="none">記録なし</Status>,
            },
            {
              key: "desk",
              head: "受付の席",
              cell: (one) =>
                !one.handler.roles.some((role) => role === "operator" || role === "supervisor") ? (
                  <Status look="none">席なし</Status>
                ) : one.passed ? (
                  <Status look="warn">本日だけ緊急に</Status>
                ) : one.mayTakeDesk ? (
                  <Status look="done">着ける</Status>
                ) : (
                  <Status look="late">着けない</Status>
                ),
            },
          ]}
          rows={people}
          rowKey={({ handler }) => handler.id}
          empty={<p>SV・OP の従業者がいません。「従業者」の画面で役割を付けてください。</p>}
        />
        <p className="sub">
          直接雇用かどうか（８）と、その例外の届出は、<a href="/team">業務の体制</a>に記録します。
        </p>
        {mayPlan && waiting.some(({ handler }) => handler.id !== me) && (
          <PassForm csrf={csrf} people={waiting.filter(({ handler }) => handler.id !== me)} />
        )}
      </div>
    </>
  );
}

function PassForm({ csrf, people }: { csrf: string; people: readonly DeskPerson[] }) {
  return (
    <Section
      id="h-pass"
      title="研修の前の着席を、緊急に認める"
      sub="本日だけ。責任者が委託者に報告する仕事ができます。"
    >
      <form method="post" action="/staffing/people/pass" className="fields noprint">
        <Csrf token={csrf} />
        <SelectField
          id="handler"
          label="従業者"
          required
          choices={people.map(({ handler }) => ({
            value: handler.id,
            label: `${handler.number} ${handler.name}`,
          }))}
        />
        <TextAreaField id="reason" label="理由" required maxLength={400} rows={2} />
        <p>
          <Submit danger look="second">
            認めて、報告の仕事を作る
          </Submit>
        </p>
      </form>
    </Section>
  );
}
