import { formatMonthDay } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { CheckField, SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import { scopeLabels } from "./erasure.ts";
import { type FormState, faultOf } from "./erasure-flow-panel.tsx";
import { type PersonHit, pickHows } from "./person-holder.ts";

interface FormProps {
  csrf: string;
  form: FormState;
  terms: readonly { label: string; from: string; to: string }[];
  /** 探した結果。まだ探していなければ undefined。 */
  hits: readonly PersonHit[] | undefined;
}

/** 範囲を決める画面: どれを消すかを選び、その下の該当する所だけを書く。 */
export function ErasureFormPage(props: FormProps) {
  const { csrf, form } = props;
  const { values } = form;
  return (
    <>
      <PageHead crumb={<a href="/erasures">個人情報の消去</a>} title="消去の範囲を決める" />
      <form method="post" action="/erasures" className="pile erasure-scope">
        <Csrf token={csrf} />
        {form.said !== undefined && <Note tone="late" title={form.said} />}
        <Note tone="info" title="ここでは、まだ何も消えません。">
          範囲に入る方と文書を数え、委託者への申請（項目・媒体名・数量・方法・処理予定日）を作ります。承諾が届いてから、保護管理者が消します。
        </Note>
        <SegmentedField
          id="scope"
          legend="何を消すか"
          defaultValue={values.scope ?? "contract"}
          choices={Object.entries(scopeLabels).map(([value, label]) => ({ value, label }))}
        />
        <div className="for-period">
          <PeriodPart {...props} />
        </div>
        <div className="for-people">
          <PersonPart {...props} />
        </div>
        <Section id="h-when" title="いつ、だれの前で消すか">
          <div className="fields two">
            <TextField
              id="plannedDay"
              label="処理予定日"
              type="date"
              required
              defaultValue={values.plannedDay}
              error={faultOf(form, "plannedDay")}
              help="この日が来るまで、承諾があっても消去は始まりません。"
            />
            <CheckField
              id="witnessAsked"
              label="委託者が立会いを求めている"
              help="立ち会う方を記録するまで、消去は始まりません（第13条3）。"
              defaultChecked={values.witnessAsked !== undefined}
            />
          </div>
        </Section>
        <div className="acts">
          <Submit>数えて、範囲を決める</Submit>
        </div>
      </form>
    </>
  );
}

function PeriodPart({ form, terms }: FormProps) {
  const { values } = form;
  return (
    <Section id="h-period" title="どの期間か">
      <div className="fields two">
        <TextField
          id="from"
          label="期間のはじめ"
          type="date"
          defaultValue={values.from}
          error={faultOf(form, "from")}
          help={
            terms.length === 0
              ? undefined
              : terms
                  .map((term) => `${term.label} ${formatMonthDay(term.from)}〜${formatMonthDay(term.to)}`)
                  .join("、")
          }
        />
        <TextField
          id="to"
          label="期間のおわり"
          type="date"
          defaultValue={values.to}
          error={faultOf(form, "to")}
          help="次の期にも申し込んだ方は、次の期の終わりに消えます。"
        />
      </div>
    </Section>
  );
}

function PersonPart({ form, hits }: FormProps) {
  const { values } = form;
  return (
    <Section id="h-person" title="どの方か" sub="開示・訂正・利用停止の請求や、ご本人の申出による消去">
      <div className="pile">
        <TextField
          id="numbers"
          label="講習会の予約の受付番号"
          defaultValue={values.numbers}
          error={faultOf(form, "numbers")}
          help="「、」か空白で区切ります。予約のない方は、空のままにします。"
        />
        <div className="fields two">
          <TextField
            id="name"
            label="意見書・委員を探す: 氏名"
            autoComplete="off"
            defaultValue={values.name}
            error={faultOf(form, "name")}
          />
          <TextField
            id="contact"
            label="電話、メール、住所のどれか"
            autoComplete="off"
            defaultValue={values.contact}
            error={faultOf(form, "contact")}
            help="探した言葉は、どこにも残しません。探したことと、見つかった数だけを記録します。"
          />
        </div>
        <div className="acts">
          <Submit look="second" icon="search" formAction="/erasures/find" formNoValidate>
            この方の文書を探す
          </Submit>
        </div>
        {hits !== undefined && <Hits hits={hits} values={values} />}
      </div>
    </Section>
  );
}

function Hits({ hits, values }: { hits: readonly PersonHit[]; values: FormState["values"] }) {
  if (hits.length === 0)
    return (
      <Note title="見つかりませんでした。">
        氏名だけ、連絡先だけでも探せます。整理した意見の文は伏せてあるので、その中は探しません。
      </Note>
    );
  return (
    <Table
      caption="見つかった文書"
      rows={hits}
      rowKey={({ ref }) => ref}
      empty={null}
      columns={[
        { key: "label", head: "文書", rowHead: true, wrap: true, cell: ({ label }) => label },
        {
          key: "basis",
          head: "見つかった訳",
          wrap: true,
          cell: ({ basis, note }) => (
            <>
              {basis}
              {note !== "" && <span className="sub">　{note}</span>}
            </>
          ),
        },
        {
          key: "how",
          head: "どうするか",
          width: 16,
          cell: (one) => <HitChoice hit={one} values={values} />,
        },
      ]}
    />
  );
}

function HitChoice({ hit, values }: { hit: PersonHit; values: FormState["values"] }) {
  const name = `pick:${hit.holder}:${hit.ref}`;
  return (
    <SelectField
      id={`pick-${hit.ref.replace("/", "-")}`}
      name={name}
      label={`${hit.label}をどうするか`}
      hideLabel
      defaultValue={values[name] ?? ""}
      choices={[
        { value: "", label: "消さない" },
        ...hit.hows.map((how) => ({ value: how, label: pickHows[how] })),
      ]}
    />
  );
}
