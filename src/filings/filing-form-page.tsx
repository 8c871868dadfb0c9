import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { dueOf, type FilingKind, filingKinds, filingLimits, kindInfo } from "./filing.ts";
import { channels, heardChannels } from "./filing-answer.ts";
import { type FilingForm, fieldLimits, fieldsOf, filingForms, findForm } from "./filing-form.ts";
import type { FiledDuty } from "./filing-hand.ts";

export interface FilingValues {
  kind: FilingKind;
  /** 様式の code。なければ空。 */
  form: string;
  obligation: string;
  fields: Readonly<Record<string, string>>;
  copies: string;
  title: string;
  clause: string;
  body: string;
  dueDay: string;
  dueTime: string;
  channel: string;
  heardFrom: string;
  heardDay: string;
  heardTime: string;
}

export interface FilingFormPageProps {
  csrf: string;
  values: FilingValues;
  faults: readonly { field?: string; message: string }[];
  /** 直すとき: その場所と、開いたときの書き換えの数。 */
  edit?: { id: string; edition: number } | undefined;
  /** 作るとき: 送り直しても一つになる印。 */
  once?: string | undefined;
  /** 委託者の指示を、受けた側が記録する。 */
  heard: boolean;
  about: { text: string; label: string; href: string } | undefined;
  /** 選べる種類（作るとき）。 */
  kinds: readonly FilingKind[];
  /** この様式で果たせる義務。 */
  duties: readonly FiledDuty[];
  /** はじめに選んでおく義務。なければ空。 */
  picked: string;
}

type Fault = (field: string) => string | undefined;

/** 作る・直す。種類を選び直すと、その種類の欄になる。 */
export function FilingFormPage(props: FilingFormPageProps) {
  const { csrf, values, faults, edit, once, heard, about } = props;
  const info = kindInfo(values.kind);
  const form = findForm(values.form);
  const name = form?.title ?? info.label;
  const fault: Fault = (field) => faults.find((one) => one.field === field)?.message;
  const back = edit === undefined ? "/filings" : `/filings/${edit.id}`;
  return (
    <>
      <PageHead
        crumb={<a href="/filings">協議・届出</a>}
        title={edit === undefined ? `${name}を作る` : `${name}の下書きを直す`}
      />
      <div className="pile upload">
        {edit === undefined && <KindChoice {...props} />}
        <Note tone="info" title={info.help} />
        <form
          method="post"
          action={edit === undefined ? "/filings" : `/filings/${edit.id}/edit`}
          className="pile"
        >
          <Csrf token={csrf} />
          <input type="hidden" name="kind" value={values.kind} />
          <input type="hidden" name="form" value={values.form} />
          {edit === undefined && <DutyChoice {...props} />}
          {once !== undefined && <input type="hidden" name="once" value={once} />}
          {edit !== undefined && <input type="hidden" name="edition" value={edit.edition} />}
          {about !== undefined && (
            <p>
              <input type="hidden" name="about" value={about.text} />
              何について: <a href={about.href}>{about.label}</a>
            </p>
          )}
          <ContentFields values={values} fault={fault} form={form} />
          {heard ? (
            <HeardFields
              values={values}
              fault={fault}
              title="指示をどう受けたか"
              who="委託者のどなたからの指示か"
            />
          ) : (
            <DueFields values={values} fault={fault} />
          )}
          <div className="acts">
            <LinkButton href={back} size="tall">
              やめる
            </LinkButton>
            <Submit>{heard ? "指示を記録する" : "下書きを残す"}</Submit>
          </div>
          {!heard && <p className="help">下書きは受託者の中だけのものです。提出は、次の画面で行います。</p>}
        </form>
      </div>
    </>
  );
}

function KindChoice({ kinds, values, about }: FilingFormPageProps) {
  const choices = kinds.flatMap((kind) => [
    ...filingForms
      .filter((form) => form.kind === kind && form.fields.length > 0)
      .map((form) => ({
        value: form.code,
        label: `${form.title}　${form.clause}`,
        group: kindInfo(kind).label,
      })),
    {
      value: `kind/${kind}`,
      label: `決まった様式のない${kindInfo(kind).label}`,
      group: kindInfo(kind).label,
    },
  ]);
  return (
    <form method="get" action="/filings/new" className="filters">
      {about !== undefined && <input type="hidden" name="about" value={about.text} />}
      {values.obligation !== "" && <input type="hidden" name="obligation" value={values.obligation} />}
      <SelectField
        id="pick-form"
        name="form"
        label="様式"
        choices={choices}
        defaultValue={values.form === "" ? `kind/${values.kind}` : values.form}
      />
      <Submit look="normal">この様式にする</Submit>
    </form>
  );
}

/** どの義務のものか。選べば、提出と受領がその義務の証跡になる。 */
function DutyChoice({ duties, picked }: Pick<FilingFormPageProps, "duties" | "picked">) {
  // 一覧にない義務（もう果たしたものなど）を指して来たら、そのまま持ち回る。
  if (!duties.some(({ value }) => value === picked) && picked !== "")
    return <input type="hidden" name="obligation" value={picked} />;
  if (duties.length === 0) return null;
  return (
    <SelectField
      id="obligation"
      label="どの義務のものか"
      blank="どの義務のものでもない"
      choices={duties.map(({ value, label }) => ({ value, label }))}
      defaultValue={picked}
      help="選んだ義務は、提出すると「答え待ち」になり、受領・承認・回答で済みます。"
    />
  );
}

function ContentFields(props: { values: FilingValues; fault: Fault; form: FilingForm | undefined }) {
  const { values, fault, form } = props;
  return (
    <>
      <TextField
        id="title"
        label="件名"
        required
        maxLength={filingLimits.title}
        defaultValue={values.title}
        error={fault("title")}
        help="一覧と業務ホームに出ます。氏名・電話番号・住所は書かないでください。"
      />
      <div className="fields two">
        <TextField
          id="clause"
          label="根拠の条項"
          maxLength={filingLimits.clause}
          defaultValue={values.clause}
          placeholder="6(5)ウ"
          error={fault("clause")}
        />
        <TextField
          id="copies"
          label="部数"
          type="number"
          min={1}
          max={20}
          defaultValue={values.copies}
          error={fault("copies")}
          unit="部"
        />
      </div>
      {form !== undefined && form.fields.length > 0 ? (
        <FormFieldset form={form} values={values} fault={fault} />
      ) : (
        <BodyField values={values} fault={fault} />
      )}
    </>
  );
}

/** 条項が求める欄。必須の欄は、提出するまでに書けばよい。 */
function FormFieldset({ form, values, fault }: { form: FilingForm; values: FilingValues; fault: Fault }) {
  return (
    <Section id="h-form" title={`${form.title}の記載事項`} sub={form.clause}>
      <p className="help mt1">任意の欄のほかは、提出するまでに書きます。途中でも下書きを残せます。</p>
      <div className="fields two mt1">
        {fieldsOf(form).map((field) => {
          const given = {
            id: `f-${field.name}`,
            name: `f.${field.name}`,
            label: field.required ? field.label : `${field.label}（任意）`,
            defaultValue: Object.hasOwn(values.fields, field.name) ? values.fields[field.name] : "",
            error: fault(`f.${field.name}`),
            help: field.help,
          };
          return field.type === "text" ? (
            <TextAreaField key={field.name} {...given} span rows={3} maxLength={fieldLimits.text} />
          ) : (
            <TextField
              key={field.name}
              {...given}
              type={field.type === "day" ? "date" : "text"}
              inputMode={field.type === "number" ? "numeric" : undefined}
              maxLength={fieldLimits[field.type]}
            />
          );
        })}
      </div>
    </Section>
  );
}

function BodyField({ values, fault }: { values: FilingValues; fault: Fault }) {
  return (
    <TextAreaField
      id="body"
      label="内容"
      required
      rows={5}
      maxLength={filingLimits.body}
      defaultValue={values.body}
      error={fault("body")}
      help="この契約の鍵で封じて保存します。"
    />
  );
}

function DueFields({ values, fault }: { values: FilingValues; fault: Fault }) {
  return (
    <div className="fields two">
      <TextField
        id="dueDay"
        label={dueOf(values.kind) === "submit" ? "提出の期限" : "回答を望む日"}
        type="date"
        defaultValue={values.dueDay}
        error={fault("dueDay")}
      />
      <TextField
        id="dueTime"
        label="時刻"
        type="time"
        defaultValue={values.dueTime}
        error={fault("dueTime")}
        help="省けば、開設時間の終わりです。"
      />
    </div>
  );
}

/** 委託者の言葉が、どう・いつ・だれから届いたか。 */
export function HeardFields(props: {
  values: Pick<FilingValues, "channel" | "heardFrom" | "heardDay" | "heardTime">;
  fault: Fault;
  title: string;
  who: string;
}) {
  const { values, fault, title, who } = props;
  return (
    <Section id="h-heard" title={title}>
      <div className="fields two mt1">
        <SelectField
          id="channel"
          label="受けた方法"
          required
          choices={heardChannels.map((value) => ({ value, label: channels[value] }))}
          defaultValue={values.channel}
          error={fault("channel")}
        />
        <TextField
          id="heardFrom"
          label={who}
          required
          maxLength={filingLimits.heardFrom}
          defaultValue={values.heardFrom}
          placeholder="デジタル企画課 係長"
          error={fault("heardFrom")}
        />
        <TextField
          id="heardDay"
          label="受けた日"
          type="date"
          required
          defaultValue={values.heardDay}
          error={fault("heardDay")}
        />
        <TextField
          id="heardTime"
          label="時刻"
          type="time"
          required
          defaultValue={values.heardTime}
          error={fault("heardTime")}
        />
      </div>
    </Section>
  );
}

export const kindNames = Object.keys(filingKinds) as FilingKind[];
