import type { Fault } from "../base/error.ts";
import { formatWareki } from "../japan/wareki.ts";
import { ages } from "../opinions/period-rule.ts";
import { Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import type { Period } from "./read-period.ts";

export interface PublicFormProps {
  csrf: string;
  contract: string;
  client: string;
  period: Period;
  values?: Readonly<Record<string, string>> | undefined;
  faults?: readonly Fault[] | undefined;
  /** 受け取った番号。あれば、受け取ったことだけを言う。 */
  received?: number | undefined;
}

/** 市民の方が意見を書く画面。台本がなくても働き、読み上げと拡大に合う。 */
export function PublicFormPage(props: PublicFormProps) {
  const { client, period, received } = props;
  return (
    <main id="main" className="public-form">
      <p className="crumb">{client}</p>
      <h1 className="headline">「{period.title}」へのご意見</h1>
      {received === undefined ? (
        <Form {...props} />
      ) : (
        <div className="pile mt2">
          <Note tone="done" title={`受付番号 ${received} で受け取りました。`}>
            ありがとうございました。ご意見は、個人が分からない形にまとめ、市の考え方とともに公表します。
          </Note>
        </div>
      )}
    </main>
  );
}

function Form({ csrf, contract, period, values = {}, faults = [] }: PublicFormProps) {
  return (
    <div className="pile mt1">
      {period.from && period.to && (
        <p>
          {formatWareki(period.from, { weekday: true })}から{formatWareki(period.to, { weekday: true })}
          まで受け付けています。
        </p>
      )}
      <p className="lines">{period.checklist.purpose}</p>
      <form method="post" action={`/comment-form?c=${encodeURIComponent(contract)}`} className="pile upload">
        <Csrf token={csrf} />
        <TextAreaField
          id="text"
          label="ご意見"
          required
          rows={10}
          defaultValue={values.text}
          error={faults.find(({ field }) => field === "text")?.message}
          help="案の頁や項目があれば、添えてください。ほかの方のお名前や電話番号は書かないでください。"
        />
        <div className="fields two">
          <TextField id="name" label="お名前" maxLength={60} autoComplete="name" defaultValue={values.name} />
          <TextField id="ward" label="お住まいの区・市町村" maxLength={40} defaultValue={values.ward} />
          <TextField
            id="address"
            label="ご住所"
            span
            maxLength={200}
            autoComplete="street-address"
            defaultValue={values.address}
          />
          <SelectField
            id="age"
            label="年代"
            defaultValue={values.age ?? "none"}
            choices={Object.entries(ages).map(([value, label]) => ({
              value,
              label: value === "none" ? "答えない" : label,
            }))}
          />
        </div>
        <CheckField
          id="kids"
          label="小学生・中学生です（キッズコメント）"
          defaultChecked={values.kids === "1"}
        />
        <p className="sub">
          お名前とご住所は、内容を確かめるときにだけ使い、公表しません。個別の回答はいたしません。
        </p>
        <p className="acts">
          <Submit size="tall">意見を出す</Submit>
        </p>
      </form>
    </div>
  );
}
