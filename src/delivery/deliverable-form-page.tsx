import type { Fault } from "../base/error.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckGroup } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { PageHead } from "../ui/section.tsx";
import { type DeliverableInput, deliverableForms, deliverableLimits } from "./deliverable.ts";
import { fileFormats, formatInfo } from "./file-format.ts";

export interface DeliverableFormPageProps {
  csrf: string;
  values: DeliverableInput & { form: string };
  faults: readonly Fault[];
  /** 受け取る側の名（省いたとき）。 */
  accepter: string;
}

/** 成果品を台帳に載せる。 */
export function DeliverableFormPage({ csrf, values, faults, accepter }: DeliverableFormPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <>
      <PageHead crumb={<a href="/deliverables">成果品</a>} title="成果品を登録する" />
      <form method="post" action="/deliverables" className="pile upload">
        <Csrf token={csrf} />
        <TextField
          id="title"
          label="成果品の名"
          required
          maxLength={deliverableLimits.title}
          defaultValue={values.title}
          error={fault("title")}
          help="例: 予約者リスト（第二期）。氏名は書けません。"
        />
        <div className="fields two">
          <TextField
            id="clause"
            label="根拠の条項"
            maxLength={deliverableLimits.clause}
            defaultValue={values.clause}
            error={fault("clause")}
          />
          <TextField
            id="code"
            label="記号"
            code
            maxLength={deliverableLimits.code}
            defaultValue={values.code}
            error={fault("code")}
            help="省くと D-01 から順に付きます。"
          />
          <TextField
            id="due"
            label="期限"
            type="date"
            defaultValue={values.due}
            error={fault("due")}
            help="決まっていなければ空のままにします。"
          />
          <TextField
            id="accepter"
            label="検査し受け取る人"
            maxLength={deliverableLimits.accepter}
            defaultValue={values.accepter}
            placeholder={accepter}
            error={fault("accepter")}
          />
        </div>
        <CheckGroup
          id="formats"
          legend="納める形式"
          required
          choices={fileFormats.map((value) => ({ value, label: formatInfo[value].label }))}
          defaultValues={values.formats}
          error={fault("formats")}
        />
        <SelectField
          id="form"
          label="作り方"
          blank="ファイルを登録する"
          choices={Object.entries(deliverableForms).map(([value, label]) => ({
            value,
            label: `${label}（記録から作る）`,
          }))}
          defaultValue={values.form}
        />
        <p className="help">
          著作権の譲渡・著作者人格権の不行使・保証の三つが、未確認の権利として一緒に載ります。
        </p>
        <div className="acts">
          <LinkButton href="/deliverables" size="tall">
            やめる
          </LinkButton>
          <Submit size="tall">登録する</Submit>
        </div>
      </form>
    </>
  );
}
