import type { ReactNode } from "react";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import type { AnswerRight } from "./answer-right.ts";
import { complaintLimits, whyNot } from "./complaint.ts";
import type { OpenComplaint } from "./list-complaints.ts";

export interface ComplaintActsProps {
  csrf: string;
  open: OpenComplaint;
  may: (right: AnswerRight) => boolean;
  values: Readonly<Record<string, string>>;
  faults: readonly { field?: string; message: string }[];
}

/** いまできること。できないときは、だれを待っているかを言う。 */
export function ComplaintActs(props: ComplaintActsProps) {
  const { open, may } = props;
  const { state, report } = open.facts;
  if (state === "closed") return <Note tone="done" title="このクレームは終わりました。" />;
  return (
    <>
      {open.facts.severity === "emergency" && may("handle") && <Call {...props} />}
      {state !== "confirmed" && may("handle") && <Handle {...props} />}
      {state === "handled" && may("confirm") && <Confirm {...props} />}
      {state === "confirmed" && <Reporting {...props} />}
      {report === "accepted" && may("handle") && <Close {...props} />}
      {state === "recorded" && !may("handle") && (
        <Note title="SV が対応を記録するのを待っています。">急ぎのときは、声をかけてください。</Note>
      )}
      {state === "handled" && !may("confirm") && <Note title="責任者の確認を待っています。" />}
    </>
  );
}

function Act(props: { id: string; title: string; to: string; csrf: string; children: ReactNode }) {
  return (
    <Section id={`h-${props.id}`} title={props.title}>
      <form method="post" action={props.to} className="pile mt1">
        <Csrf token={props.csrf} />
        {props.children}
      </form>
    </Section>
  );
}

const place = ({ open }: ComplaintActsProps, verb: string) => `/complaints/${open.complaint.id}/${verb}`;
const faultOf = (props: ComplaintActsProps) => (field: string) =>
  props.faults.find((one) => one.field === field)?.message;

function Handle(props: ComplaintActsProps) {
  const again = props.open.complaint.response !== null;
  return (
    <Act
      id="handle"
      title={again ? "対応を書き直す" : "SV の対応を記録する"}
      to={place(props, "handle")}
      csrf={props.csrf}
    >
      <TextAreaField
        id="response"
        label="どう対応したか"
        required
        rows={again ? 3 : 5}
        maxLength={complaintLimits.response}
        defaultValue={props.values.response ?? props.open.complaint.response ?? ""}
        error={faultOf(props)("response")}
        help="だれに、何を、いつ伝えたか。約束したことも書きます。"
      />
      <Submit look={again ? "second" : "main"}>対応を残して責任者に渡す</Submit>
    </Act>
  );
}

function Confirm(props: ComplaintActsProps) {
  return (
    <Act id="confirm" title="責任者が確認する" to={place(props, "confirm")} csrf={props.csrf}>
      <TextAreaField
        id="prevention"
        label="再発防止"
        required
        rows={4}
        maxLength={complaintLimits.prevention}
        defaultValue={props.values.prevention ?? ""}
        error={faultOf(props)("prevention")}
        help="することと、いつまでに。なければ「なし」と理由を書きます。"
      />
      <Submit>確認して日次報告へ</Submit>
    </Act>
  );
}

function Call(props: ComplaintActsProps) {
  const { values } = props;
  const fault = faultOf(props);
  const done = props.open.facts.called;
  return (
    <Act
      id="call"
      title={done ? "さらに電話したことを残す" : "市に電話したことを残す"}
      to={place(props, "call")}
      csrf={props.csrf}
    >
      <div className="fields two">
        <TextField
          id="calledDay"
          label="電話した日"
          type="date"
          required
          defaultValue={values.calledDay}
          error={fault("calledDay")}
        />
        <TextField
          id="calledTime"
          label="時刻"
          type="time"
          required
          defaultValue={values.calledTime}
          error={fault("calledTime")}
        />
      </div>
      <TextField
        id="to"
        label="委託者のどなたに（部署と職名）"
        required
        maxLength={80}
        placeholder="デジタル企画課 係長"
        defaultValue={values.to}
        error={fault("to")}
      />
      <TextAreaField
        id="note"
        label="伝えたことと、受けた指示"
        required
        rows={3}
        maxLength={complaintLimits.note}
        defaultValue={values.note}
        error={fault("note")}
      />
      <Submit look={done ? "second" : "main"}>電話の記録を残す</Submit>
    </Act>
  );
}

function Reporting(props: ComplaintActsProps) {
  const { facts, complaint, head } = props.open;
  if (facts.report === "waiting")
    return (
      <Note tone="info" title="日次報告は提出済みです。委託者の受理を待っています。">
        受理されると、終えられるようになります。
      </Note>
    );
  if (facts.report === "accepted") return null;
  const returned = facts.report === "returned";
  return (
    <Section id="h-report" title="日次報告" sub={`期限 ${head.dueText}`}>
      <div className="pile mt1">
        <p>
          {returned
            ? "委託者から差し戻されました。理由を読み、直して出し直します。"
            : "記録から報告書の案ができています。責任者が読み、直してから提出します。"}
        </p>
        <LinkButton
          href={`/complaints/${complaint.id}/report`}
          look={props.may("confirm") ? "main" : "second"}
        >
          {props.may("confirm") ? (returned ? "直して出し直す" : "案を読んで提出する") : "案を見る"}
        </LinkButton>
      </div>
    </Section>
  );
}

function Close(props: ComplaintActsProps) {
  const reason = whyNot("close", props.open.facts);
  if (reason !== undefined)
    return (
      <Note tone="due" title={reason}>
        記録してから終えてください。
      </Note>
    );
  return (
    <Act id="close" title="終える" to={place(props, "close")} csrf={props.csrf}>
      <p>日次報告は受理されています。終えたあとは書き足せません。</p>
      <Submit>このクレームを終える</Submit>
    </Act>
  );
}
