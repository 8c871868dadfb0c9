import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, TextAreaField, TextField } from "../ui/field.tsx";
import { Section } from "../ui/section.tsx";
import { spanText } from "./due-date.ts";
import type { DutyPageProps } from "./duty-page.tsx";
import { isAsked } from "./occasion.ts";

/** 義務への行い: 届出を作る、証跡を添える、表明する、起きたと記録する、免じられたと記録する。 */
export function DutyActs(props: DutyPageProps) {
  const { detail, may } = props;
  const { obligation, duty } = detail;
  const standing = obligation.nature === "standing" || obligation.nature === "prohibition";
  const open = duty !== undefined && duty.state !== "never";
  const asked = isAsked(obligation);
  // 起きたときの義務は、まだ生じていなくても、果たしたあとでも、また届け出られる（出すと、生じる）。
  const files = asked || (open && duty.state !== "done");
  return (
    <div className="pile noprint">
      {files && may.file && obligation.form !== undefined && <FileLink {...props} />}
      {open && standing && may.attest && <AttestForm {...props} />}
      {open && !standing && may.evidence && <EvidenceForm {...props} />}
      {asked && may.raise && <RaiseForm {...props} />}
      {open && may.waive && duty.state !== "done" && <WaiveForm {...props} />}
    </div>
  );
}

function actOf({ detail }: DutyPageProps, verb: string): string {
  return `/contract/duties/${encodeURIComponent(detail.duty?.key ?? detail.obligation.id)}/${verb}`;
}

function FileLink({ detail: { obligation, clause, duty } }: DutyPageProps) {
  const query = new URLSearchParams({
    form: obligation.form ?? "",
    clause: clause?.number ?? "",
    // もう果たした回・免じられた回のものではなく、新しい回として出す。
    obligation: duty === undefined || ["done", "never"].includes(duty.state) ? obligation.id : duty.key,
  });
  return (
    <Section id="h-file" title="届出で果たす">
      <p className="mt1">
        様式を開くと、条項とこの義務が入った下書きになります。出すと答え待ちに、受領で済みになります。
      </p>
      <div className="acts mt1">
        <LinkButton href={`/filings/new?${query}`} look="main" icon="doc">
          届出を作る
        </LinkButton>
      </div>
    </Section>
  );
}

function EvidenceForm(props: DutyPageProps) {
  return (
    <Section id="h-evidence" title="証跡を添える">
      <form
        method="post"
        action={actOf(props, "evidence")}
        encType="multipart/form-data"
        className="pile mt1"
      >
        <Csrf token={props.csrf} />
        <TextAreaField
          id="evidence-note"
          name="note"
          label="どう果たしたか"
          help="個人の氏名は書かず、書類の名や番号で。封じて残します。"
        />
        <FileField id="evidence-file" name="file" label="ファイル" />
        <div>
          <Submit look="second">果たしたと記録する</Submit>
        </div>
      </form>
    </Section>
  );
}

function AttestForm(props: DutyPageProps) {
  const { review } = props.detail.obligation;
  return (
    <Section id="h-attest" title="守っていることを表明する">
      <form method="post" action={actOf(props, "attest")} encType="multipart/form-data" className="pile mt1">
        <Csrf token={props.csrf} />
        <TextAreaField
          id="attest-note"
          name="note"
          label="何で確かめたか"
          help="点検の結果、規程の条、写真の番号など。"
        />
        <FileField id="attest-file" name="file" label="ファイル" />
        <TextField
          id="attest-until"
          name="until"
          type="date"
          label="見直しの日"
          help={review === undefined ? "省けば、契約の終わりまで" : `省けば、${spanText(review)}後`}
        />
        <div>
          <Submit look="second">表明する</Submit>
        </div>
      </form>
    </Section>
  );
}

function RaiseForm({ detail, csrf }: DutyPageProps) {
  return (
    <Section id="h-raise" title="起きたと記録する">
      <form
        method="post"
        action={`/contract/duties/${encodeURIComponent(detail.obligation.id)}/raise`}
        className="pile mt1"
      >
        <Csrf token={csrf} />
        <div className="row">
          <TextField id="raise-day" name="day" type="date" label="起きた日" help="省けば、いま" />
          <TextField id="raise-time" name="time" type="time" label="時刻" />
        </div>
        <TextAreaField
          id="raise-note"
          name="note"
          label="何が起きたか"
          help="個人の氏名は書かないでください。"
        />
        <div>
          <Submit look="second">義務が生じたと記録する</Submit>
        </div>
      </form>
    </Section>
  );
}

function WaiveForm(props: DutyPageProps) {
  return (
    <details className="duty-waive">
      <summary>委託者に免じられたとき</summary>
      <form method="post" action={actOf(props, "waive")} className="pile mt1">
        <Csrf token={props.csrf} />
        <TextField
          id="waive-ref"
          name="ref"
          label="根拠の協議・届出"
          required
          help="協議・届出の画面の、番号のあとの印（filings/filing/…）"
        />
        <TextAreaField id="waive-note" name="note" label="いきさつ" />
        <div>
          <Submit look="normal">免じられたと記録する</Submit>
        </div>
      </form>
    </details>
  );
}
