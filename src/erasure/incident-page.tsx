import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { type FormState, faultOf, writeAt } from "./erasure-flow-panel.tsx";
import { incidentKinds, incidentLimits, incidentStateLabels, laneLabels } from "./incident.ts";
import type { ListedIncident } from "./list-incidents.ts";

/** 事故の一覧。 */
export function IncidentListPage({ incidents }: { incidents: readonly ListedIncident[] }) {
  const open = incidents.filter((one) => one.state !== "closed").length;
  const late = incidents.filter((one) => one.late).length;
  return (
    <>
      <PageHead
        crumb="事故・兆候"
        title={
          <>
            {open === 0 ? "対応中の事故はありません。" : `${open}件に対応しています。`}
            {late > 0 && <span className="late">{late}件の報告が「直ちに」を過ぎました。</span>}
          </>
        }
        actions={
          <LinkButton href="/incidents/new" look="main" icon="plus">
            気づいたことを記録する
          </LinkButton>
        }
      />
      <Table
        caption="事故と兆候"
        rows={incidents}
        rowKey={(one) => one.id}
        empty={
          <p>
            <b>記録はありません。</b>
            おかしいと思ったときは、確かめる前に記録してください。だれの責任かは問いません（特記事項
            第16条）。
          </p>
        }
        columns={[
          { key: "number", head: "番号", numeric: true, width: 4, cell: (one) => one.number },
          {
            key: "kind",
            head: "種類",
            rowHead: true,
            wrap: true,
            cell: (one) => <a href={`/incidents/${one.id}`}>{incidentKinds[one.kind].label}</a>,
          },
          { key: "lane", head: "連絡の道", wrap: true, cell: (one) => laneLabels[one.lane] },
          { key: "noticed", head: "気づいた時", width: 12, cell: (one) => writeAt(one.noticed_at) },
          {
            key: "people",
            head: "件数（人）",
            numeric: true,
            width: 6,
            cell: (one) => one.people ?? "調査中",
          },
          { key: "state", head: "状態", width: 9, cell: (one) => <IncidentStatus one={one} /> },
        ]}
      />
    </>
  );
}

export function IncidentStatus({ one }: { one: ListedIncident }) {
  if (one.late) return <Status look="late">報告が遅れています</Status>;
  const look = one.state === "closed" ? "done" : one.state === "reported" ? "wait" : "due";
  return <Status look={look}>{incidentStateLabels[one.state]}</Status>;
}

/** 記録する画面。分からないことは「不明」でよい。 */
export function IncidentFormPage({ csrf, form }: { csrf: string; form: FormState }) {
  const { values } = form;
  const error = (field: string) => faultOf(form, field);
  return (
    <>
      <PageHead crumb={<a href="/incidents">事故・兆候</a>} title="気づいたことを記録する" />
      <form method="post" action="/incidents" className="pile">
        <Csrf token={csrf} />
        {form.said !== undefined && <Note tone="late" title={form.said} />}
        <Note tone="info" title="分かっていることだけで、すぐに記録してください。">
          分からない欄は「不明」と書きます。記録すると、責任者に「直ちに」の期限の仕事が立ち、個人情報の消去が止まります（証拠の保全）。お名前や電話番号は、ここでは封じて残ります。
        </Note>
        <div className="fields two">
          <SelectField
            id="kind"
            label="種類"
            choices={Object.entries(incidentKinds).map(([value, { label }]) => ({ value, label }))}
            defaultValue={values.kind ?? "sign"}
            error={error("kind")}
          />
          <TextField
            id="place"
            label="発生場所"
            required
            maxLength={incidentLimits.place}
            defaultValue={values.place}
            error={error("place")}
          />
          <TextField
            id="noticedDay"
            label="気づいた日"
            type="date"
            required
            defaultValue={values.noticedDay}
            error={error("noticedDay")}
          />
          <TextField
            id="noticedTime"
            label="時刻"
            type="time"
            required
            defaultValue={values.noticedTime}
            error={error("noticedTime")}
          />
        </div>
        <TextAreaField
          id="items"
          label="個人情報の内容"
          required
          rows={2}
          defaultValue={values.items}
          error={error("items")}
          help="例: 氏名、カナ、住所、電話番号。"
        />
        <TextAreaField
          id="situation"
          label="発生状況"
          required
          rows={4}
          defaultValue={values.situation}
          error={error("situation")}
          help="いつ、どこで、だれ（職名）が、何に気づき、いまどうなっているか。"
        />
        <CheckField
          id="improper"
          label="不正の目的によるおそれがある"
          help="盗難や持出しなど。市の確報の期限の目安が60日になります。"
          defaultChecked={values.improper !== undefined}
        />
        <div className="acts">
          <Submit>記録して知らせる</Submit>
        </div>
      </form>
    </>
  );
}
