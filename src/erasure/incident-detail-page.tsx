import type { ReactNode } from "react";
import { dayOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import type { AccessCount } from "./count-access.ts";
import { ActForm, Flow, type FormState, faultOf, PressForm, writeAt } from "./erasure-flow-panel.tsx";
import type { ErasureRight } from "./erasure-right.ts";
import { incidentKinds, incidentSteps, laneLabels, noteSteps } from "./incident.ts";
import { IncidentStatus } from "./incident-page.tsx";
import type { OpenIncident } from "./list-incidents.ts";

export interface IncidentPageProps {
  csrf: string;
  open: OpenIncident;
  may: (right: ErasureRight) => boolean;
  form: FormState;
}

/** 事故の一件。左に事実と経過、右に時計と、いまできること。 */
export function IncidentPage(props: IncidentPageProps) {
  const { open, may } = props;
  const { incident, head, steps, names } = open;
  const who = (id: string) => names.get(id)?.name ?? "異動した人";
  return (
    <>
      <PageHead
        crumb={<a href="/incidents">事故・兆候</a>}
        title={`事故第${incident.number}号　${incidentKinds[incident.kind].label}`}
        actions={
          head.filing === undefined ? undefined : (
            <LinkButton href={`/filings/${head.filing.id}`} icon="doc">
              事故報告書
            </LinkButton>
          )
        }
      />
      <Flow
        label="対応の進み"
        steps={["記録", "件数", "報告", "再発防止", "終了"]}
        reached={reachedOf(open)}
      />
      <div className="cols main-side">
        <div className="pile">
          <Section id="h-facts" title="事実（第16条の四つ）" end={<IncidentStatus one={head} />}>
            <Pairs
              items={[
                { name: "連絡の道", value: laneLabels[incident.lane] },
                { name: "気づいた時", value: `${writeAt(incident.noticed_at)}　${who(incident.made_by)}` },
                { name: "発生場所", value: incident.place },
                { name: "内容", value: <span className="pre">{incident.items}</span> },
                { name: "件数", value: <Count open={open} /> },
                { name: "状況", value: <span className="pre">{incident.situation}</span> },
                ...texts(open),
              ]}
            />
          </Section>
          <Section id="h-steps" title="経過">
            <ol className="timeline">
              {steps.map((step) => (
                <li key={step.id}>
                  <time dateTime={step.at}>{writeAt(step.at)}</time>
                  <div>
                    <b>{incidentSteps[step.kind]}</b>　<span className="sub">{who(step.made_by)}</span>
                    {step.note !== null && <p className="pre">{step.note}</p>}
                  </div>
                </li>
              ))}
            </ol>
          </Section>
        </div>
        <div className="pile noprint">
          {props.form.said !== undefined && <Note tone="late" title={props.form.said} />}
          <Clocks open={open} />
          {may("handle") && incident.state !== "closed" ? <Acts {...props} /> : null}
          {incident.state === "closed" && <Note tone="done" title="対応を終えました。" />}
        </div>
      </div>
    </>
  );
}

function reachedOf({ incident, head }: OpenIncident): number {
  if (incident.state === "closed") return 5;
  if (incident.prevention !== null) return 4;
  if (head.filing !== undefined) return 3;
  return incident.people === null ? 1 : 2;
}

function texts({ incident }: OpenIncident): { name: string; value: ReactNode }[] {
  const rows: [string, string | null][] = [
    ["講じた措置", incident.measures],
    ["原因", incident.cause],
    ["再発防止", incident.prevention],
  ];
  return rows.flatMap(([name, text]) =>
    text === null ? [] : [{ name, value: <span className="pre">{text}</span> }],
  );
}

function Count({ open: { incident } }: { open: OpenIncident }) {
  if (incident.people === null) return <>調査中（右で、記録から数えるか、確かめた数を書きます）</>;
  const people = `${incident.people.toLocaleString("ja-JP")}人　`;
  if (incident.counted === null) return <>{people}現物などで確かめたもの</>;
  return (
    <>
      {people}
      <a href={`/incidents/${incident.id}/access`}>もとの記録を見る</a>
    </>
  );
}

const dayText = (day: string) => formatMonthDay(day, { weekday: true });

/** 二つの時計: 受託者の「直ちに」と、市の速報・確報（目安）。 */
function Clocks({ open: { incident, head, city } }: { open: OpenIncident }) {
  if (incident.lane !== "client") return null;
  return (
    <Section id="h-clock" title="期限">
      <Pairs
        items={[
          { name: "直ちに（書面）", value: `${writeAt(head.due)}まで` },
          { name: "市の速報（目安）", value: `${dayText(city.firstFrom)}〜${dayText(city.firstTo)}` },
          { name: "市の確報（目安）", value: dayText(city.final) },
        ]}
      />
      {city.large && (
        <Note tone="due" title="100人を超えています。">
          市から個人情報保護委員会への報告が要る数です（規則43条4号）。委託者に人数を先に伝えてください。
        </Note>
      )}
    </Section>
  );
}

function Acts({ open, csrf, form }: IncidentPageProps) {
  const { incident, head, whyNotClose: why } = open;
  const to = (verb: string) => `/incidents/${incident.id}/${verb}`;
  const { values } = form;
  const today = dayOf(incident.noticed_at);
  return (
    <>
      {incident.lane !== "client" && (
        <PressForm to={to("raise")} csrf={csrf}>
          委託者への報告に上げる
        </PressForm>
      )}
      <CountForms {...{ to, csrf, form, today }} />
      <ActForm id="note" title="経過を残す" to={to("note")} csrf={csrf}>
        <SelectField
          id="step"
          label="したこと"
          choices={noteSteps
            .filter((step) => step !== "relayed" || incident.kind === "disclosure")
            .map((value) => ({ value, label: incidentSteps[value] }))}
          defaultValue={values.step}
        />
        <TextAreaField
          id="note"
          label="内容"
          rows={2}
          defaultValue={values.note}
          error={faultOf(form, "note")}
        />
        <Submit look="second">残す</Submit>
      </ActForm>
      <ActForm id="prevent" title="原因と再発防止" to={to("prevent")} csrf={csrf}>
        <TextAreaField
          id="measures"
          label="講じた措置"
          rows={2}
          defaultValue={values.measures ?? incident.measures ?? ""}
        />
        <TextAreaField
          id="cause"
          label="原因"
          required
          rows={2}
          defaultValue={values.cause ?? incident.cause ?? ""}
          error={faultOf(form, "cause")}
        />
        <TextAreaField
          id="prevention"
          label="再発防止"
          required
          rows={2}
          defaultValue={values.prevention ?? incident.prevention ?? ""}
          error={faultOf(form, "prevention")}
        />
        <Submit look="second">残す</Submit>
      </ActForm>
      {incident.kind !== "disclosure" && (
        <PressForm to={to("report")} csrf={csrf} look="main">
          {head.filing === undefined ? "事故報告書の下書きを作る" : "事故報告書の空いた欄を埋める"}
        </PressForm>
      )}
      <PressForm to={to("freeze")} csrf={csrf} hidden={{ on: head.frozen ? "" : "1" }}>
        {head.frozen ? "証拠の保全を解く" : "証拠を保全する"}
      </PressForm>
      {why === undefined ? (
        <PressForm to={to("close")} csrf={csrf}>
          対応を終える
        </PressForm>
      ) : (
        <Note title={why} />
      )}
    </>
  );
}

/** 件数: 表示・書き出しの記録から数えるか、記録では数えられないものを、確かめて書く。 */
function CountForms({
  to,
  csrf,
  form,
  today,
}: {
  to: (verb: string) => string;
  csrf: string;
  form: FormState;
  today: string;
}) {
  const { values } = form;
  return (
    <>
      <ActForm id="count" title="件数を記録から数える" to={to("count")} csrf={csrf}>
        <div className="fields">
          <TextField
            id="fromDay"
            label="いつから"
            type="date"
            required
            defaultValue={values.fromDay ?? today}
            error={faultOf(form, "fromDay")}
          />
          <TextField
            id="fromTime"
            label="時刻"
            type="time"
            required
            defaultValue={values.fromTime ?? "00:00"}
            error={faultOf(form, "fromTime")}
          />
          <TextField
            id="toDay"
            label="いつまで"
            type="date"
            required
            defaultValue={values.toDay ?? today}
            error={faultOf(form, "toDay")}
          />
          <TextField
            id="toTime"
            label="時刻"
            type="time"
            required
            defaultValue={values.toTime ?? "23:59"}
            error={faultOf(form, "toTime")}
          />
          <TextField
            id="handler"
            label="従業者番号（絞るとき）"
            defaultValue={values.handler}
            error={faultOf(form, "handler")}
          />
        </div>
        <Submit look="second">数えて残す</Submit>
      </ActForm>
      <ActForm id="people" title="確かめた件数を書く" to={to("people")} csrf={csrf}>
        <TextField
          id="people"
          label="人数"
          required
          defaultValue={values.people}
          help="誤送付や紙・媒体の紛失のように、画面の記録では数えられないとき。"
          error={faultOf(form, "people")}
        />
        <TextField
          id="basis"
          label="何で確かめたか"
          required
          defaultValue={values.basis}
          help="回収した現物、発送の控え、媒体の中身など。氏名は書きません。"
          error={faultOf(form, "basis")}
        />
        <Submit look="second">書いて残す</Submit>
      </ActForm>
    </>
  );
}

/** 数えたもとの記録。 */
export function AccessPage({
  incident,
  counted,
  labelOf,
}: {
  incident: OpenIncident["incident"];
  counted: AccessCount;
  labelOf: (kind: string) => string;
}) {
  return (
    <>
      <PageHead
        crumb={<a href={`/incidents/${incident.id}`}>事故第{incident.number}号</a>}
        title={`${counted.people.toLocaleString("ja-JP")}人（表示・書き出し ${counted.acts.toLocaleString("ja-JP")}件）`}
      />
      <AccessRows rows={counted.rows} labelOf={labelOf} />
    </>
  );
}

function AccessRows({ rows, labelOf }: { rows: AccessCount["rows"]; labelOf: (kind: string) => string }) {
  return (
    <Table
      caption="表示と書き出しの記録"
      rows={rows}
      rowKey={(row) => row.id}
      empty={<p>その間に、個人情報の表示も書き出しもありません。</p>}
      columns={[
        { key: "at", head: "時", width: 14, cell: (row) => writeAt(row.at) },
        { key: "kind", head: "したこと", rowHead: true, cell: (row) => labelOf(row.kind) },
        { key: "who", head: "従業者番号", width: 8, cell: (row) => row.who },
        { key: "people", head: "人数", numeric: true, width: 6, cell: (row) => row.people },
      ]}
    />
  );
}
