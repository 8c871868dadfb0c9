import type { Fault } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { channels, heardChannels } from "../filings/filing-answer.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField, SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import {
  type DeliverableAct,
  deliverableForms,
  deliverableLimits,
  holdsPersons,
  stateAllows,
} from "./deliverable.ts";
import type { Blocker } from "./delivery-hand.ts";
import type { OpenDeliverable } from "./list-deliverables.ts";

export interface DeliverableActsProps {
  csrf: string;
  open: OpenDeliverable;
  /** この人の役割でできるか（状態は別に見る）。 */
  may: (act: DeliverableAct) => boolean;
  /** この人が今の版を作った、または提出した（検査と受領は記せない）。 */
  mine: boolean;
  asClient: boolean;
  blockers: readonly Blocker[];
  today: Day;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
}

type PartProps = DeliverableActsProps & { fault: (field: string) => string | undefined };

/** いまできること。できないときは、だれを待っているかを言う。 */
export function DeliverableActs(props: DeliverableActsProps) {
  const { open, may, faults } = props;
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const can = (act: DeliverableAct) => may(act) && stateAllows(act, open.row.state);
  const part = { ...props, fault };
  return (
    <div className="pile noprint">
      {can("submit") && open.row.version > 0 && open.versions[0]?.outcome == null && <SubmitPart {...part} />}
      {can("version") && <VersionPart {...part} />}
      {stateAllows("inspect", open.row.state) && <InspectPart {...part} able={may("inspect")} />}
      {stateAllows("receive", open.row.state) && <ReceivePart {...part} able={may("receive")} />}
      {stateAllows("hand", open.row.state) && <HandPart {...part} able={may("hand")} />}
      {open.row.state === "handed" && (
        <Note tone="done" title="引き渡しました。版と権利は、もう変わりません。" />
      )}
    </div>
  );
}

const place = ({ row }: OpenDeliverable, verb: string) => `/deliverables/${row.id}/${verb}`;

function VersionPart({ open, csrf, fault }: PartProps) {
  const { form } = open.head;
  return (
    <Section id="h-version" title={open.row.state === "rework" ? "直した版を登録する" : "版を登録する"}>
      {form !== undefined && (
        <form method="post" action={`/completion/${form}`} className="pile mt1">
          <Csrf token={csrf} />
          <p>{deliverableForms[form]}は、記録から作れます。</p>
          <div className="acts">
            <Submit look="second">記録から第{open.row.version + 1}版を作る</Submit>
            {form === "completion-report" && <LinkButton href="/completion">下見</LinkButton>}
          </div>
        </form>
      )}
      <form method="post" action={place(open, "versions")} encType="multipart/form-data" className="pile mt1">
        <Csrf token={csrf} />
        <FileField
          id="file"
          label="ファイル"
          required
          accept={open.head.formats.map((one) => `.${one}`).join(",")}
          error={fault("file")}
          help="名前ではなく中身で形式を確かめ、管理番号と公文書の印を付けて封じます。"
        />
        <div>
          <CheckField
            id="personal"
            label="個人情報を含む（消去のときに、この版のファイルも消す）"
            defaultChecked={holdsPersons(open.row.title)}
          />
          <input type="hidden" name="asked" value="personal" />
          <Submit look={form === undefined && open.row.version === 0 ? "main" : "normal"}>
            第{open.row.version + 1}版として登録する
          </Submit>
        </div>
      </form>
    </Section>
  );
}

function SubmitPart({ open, csrf }: PartProps) {
  const again = open.row.state === "rework";
  return (
    <Section id="h-submit" title={again ? "もう一度提出する" : "提出する"}>
      <form method="post" action={place(open, "submit")} className="pile mt1">
        <Csrf token={csrf} />
        <p>
          第{open.row.version}版を、責任者として確認し、{open.row.accepter}に提出します。
        </p>
        <div>
          <Submit>{again ? "再検査に出す" : "提出する"}</Submit>
        </div>
      </form>
    </Section>
  );
}

function InspectPart(props: PartProps & { able: boolean }) {
  const { open, csrf, able, mine, asClient, values, fault } = props;
  const title = open.row.state === "resubmitted" ? "再検査" : "検査";
  if (!able || mine)
    return (
      <Note tone="plain" title={`${title}を待っています。`}>
        {mine &&
          "ご自分が作った、または提出した版の結果は記録できません。別の責任者・SV か、委託者の方が記します。"}
      </Note>
    );
  return (
    <Section id="h-inspect" title={asClient ? title : `届いた${title}の結果を記録する`}>
      <form method="post" action={place(open, "inspect")} className="pile mt1">
        <Csrf token={csrf} />
        <SegmentedField
          id="outcome"
          legend="結果"
          required
          choices={[
            { value: "passed", label: "合格" },
            { value: "rework", label: "手直し" },
          ]}
          defaultValue={values.outcome ?? "passed"}
          error={fault("outcome")}
        />
        <TextAreaField
          id="words"
          label="手直しの内容・所見"
          rows={3}
          maxLength={deliverableLimits.words}
          defaultValue={values.words}
          error={fault("words")}
        />
        {!asClient && <HeardPart values={values} fault={fault} />}
        <div>
          <Submit>結果を残す</Submit>
        </div>
      </form>
    </Section>
  );
}

function ReceivePart(props: PartProps & { able: boolean }) {
  const { open, csrf, able, mine, asClient, values, fault, today } = props;
  if (!able || mine)
    return (
      <Note tone="plain" title="受領を待っています。">
        {mine &&
          "ご自分が作った、または提出した版の受領は記録できません。別の責任者・SV か、委託者の方が記します。"}
      </Note>
    );
  return (
    <Section id="h-receive" title="受領を記録する">
      <form method="post" action={place(open, "receive")} className="pile mt1">
        <Csrf token={csrf} />
        <div className="fields two">
          <TextField
            id="receipt"
            label="受領書の番号"
            required
            maxLength={60}
            defaultValue={values.receipt}
            error={fault("receipt")}
          />
          <TextField
            id="receivedOn"
            label="受け取られた日"
            type="date"
            required
            defaultValue={values.receivedOn ?? today}
            error={fault("receivedOn")}
          />
        </div>
        {!asClient && <HeardPart values={values} fault={fault} />}
        <div>
          <Submit>受領を残す</Submit>
        </div>
      </form>
    </Section>
  );
}

function HeardPart({ values, fault }: Pick<PartProps, "values" | "fault">) {
  return (
    <div className="fields two">
      <SelectField
        id="channel"
        label="どう届いたか"
        choices={heardChannels.map((value) => ({ value, label: channels[value] }))}
        defaultValue={values.channel ?? "letter"}
        error={fault("channel")}
      />
      <TextField
        id="heardFrom"
        label="委託者のどなたから"
        required
        maxLength={80}
        defaultValue={values.heardFrom}
        placeholder="部署と職名"
        error={fault("heardFrom")}
      />
    </div>
  );
}

function HandPart({ open, csrf, able, blockers }: PartProps & { able: boolean }) {
  return (
    <Section id="h-hand" title="引き渡す">
      <div className="pile mt1">
        {blockers.length > 0 ? (
          <Note tone="due" title="まだ引き渡せません。">
            <ul>
              {blockers.map((one) => (
                <li key={one.text}>{one.href ? <a href={one.href}>{one.text}</a> : one.text}</li>
              ))}
            </ul>
          </Note>
        ) : (
          <p>条項の義務に遅れはなく、権利の確認も済んでいます。引き渡すと、版と権利はもう変わりません。</p>
        )}
        {able && blockers.length === 0 && (
          <form method="post" action={place(open, "hand")}>
            <Csrf token={csrf} />
            <Submit>引き渡す</Submit>
          </form>
        )}
        {!able && <p className="help">引渡しは責任者が行います。</p>}
      </div>
    </Section>
  );
}
