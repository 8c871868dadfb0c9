import { LinkButton, Submit } from "../ui/button.tsx";
import { SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { complaintChannels, complaintLimits, complaintTopics } from "./complaint.ts";
import type { EmergencyContact } from "./complaint-contact.ts";
import { EmergencyPanel } from "./emergency-panel.tsx";

export interface ComplaintFormProps {
  csrf: string;
  once: string;
  values: Readonly<Record<string, string>>;
  faults: readonly { field?: string; message: string }[];
  contacts: readonly EmergencyContact[];
}

/** お申し出を、聞きながら記録する。 */
export function ComplaintFormPage({ csrf, once, values, faults, contacts }: ComplaintFormProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <>
      <PageHead crumb={<a href="/complaints">クレーム</a>} title="クレームを記録する" />
      <div className="cols main-side">
        <form method="post" action="/complaints" className="pile">
          <Csrf token={csrf} />
          <input type="hidden" name="once" value={once} />
          {values.persons && <input type="hidden" name="persons" value={values.persons} />}
          <SegmentedField
            id="severity"
            legend="重さ"
            required
            choices={[
              { value: "normal", label: "通常" },
              { value: "serious", label: "重い" },
              { value: "emergency", label: "緊急（市の職員の対応が要る）" },
            ]}
            defaultValue={values.severity || "normal"}
            error={fault("severity")}
          />
          <div className="fields two">
            <SelectField
              id="topic"
              label="何について"
              required
              choices={Object.entries(complaintTopics).map(([value, label]) => ({ value, label }))}
              defaultValue={values.topic ?? "line"}
              error={fault("topic")}
            />
            <SelectField
              id="channel"
              label="どう受けたか"
              required
              choices={Object.entries(complaintChannels).map(([value, label]) => ({ value, label }))}
              defaultValue={values.channel ?? "phone"}
              error={fault("channel")}
            />
            <TextField
              id="receivedDay"
              label="受けた日"
              type="date"
              required
              defaultValue={values.receivedDay}
              error={fault("receivedDay")}
            />
            <TextField
              id="receivedTime"
              label="時刻"
              type="time"
              required
              defaultValue={values.receivedTime}
              error={fault("receivedTime")}
            />
          </div>
          <TextAreaField
            id="content"
            label="お申し出の内容"
            required
            rows={5}
            maxLength={complaintLimits.content}
            defaultValue={values.content}
            error={fault("content")}
            help="言われたままを書きます。この文書だけの鍵で封じて保存します。"
          />
          <TextAreaField
            id="note"
            label="その場でお伝えしたこと"
            rows={2}
            maxLength={complaintLimits.note}
            defaultValue={values.note}
            error={fault("note")}
          />
          <div className="acts">
            <LinkButton href="/complaints" size="tall">
              やめる
            </LinkButton>
            <Submit>記録して SV に渡す</Submit>
          </div>
        </form>
        <div className="pile">
          <Section id="h-clock" title="このあと">
            <ol className="plain-steps">
              <li>SV が対応を記録します。</li>
              <li>責任者が確かめ、再発防止を書きます。</li>
              <li>
                <b>翌営業日中</b>に、責任者が日次報告書を出します（仕様書6(9)）。
              </li>
              <li>委託者が受理したら、終えられます。</li>
            </ol>
          </Section>
          <EmergencyPanel contacts={contacts} />
        </div>
      </div>
    </>
  );
}
