import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { type FieldsProps, RegisterFields } from "./field-panel.tsx";
import type { PriorFiling, Register } from "./register-field.ts";

export interface LineFormProps extends Omit<FieldsProps, "fields"> {
  csrf: string;
  once: string;
  register: Register;
  prior: PriorFiling | undefined;
  filings: readonly { value: string; label: string }[];
}

/** 帳簿に一件書く。 */
export function LineFormPage(props: LineFormProps) {
  const { csrf, once, register, prior, filings, values, faults } = props;
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const back = `/privacy/registers/${register.code}`;
  return (
    <>
      <PageHead crumb={<a href={back}>{register.title}</a>} title={`${register.title}に書く`} />
      <div className="cols main-side">
        <form method="post" action={back} encType="multipart/form-data" className="pile">
          <Csrf token={csrf} />
          <input type="hidden" name="once" value={once} />
          {prior !== undefined && (
            <SelectField
              id="filing"
              label={prior.need === "approved" ? "申請した文書（承認があると効きます）" : "報告した文書"}
              required
              choices={filings}
              blank="選んでください"
              defaultValue={values.filing ?? ""}
              error={fault("filing")}
              help={prior.why}
            />
          )}
          <RegisterFields {...props} fields={register.fields} />
          {register.file !== undefined && (
            <FileField
              id="file"
              label={register.file.label}
              required={register.file.required}
              accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx"
              help={`${register.file.help}　上限 20 MB。`}
              error={fault("file")}
            />
          )}
          <div className="acts">
            <LinkButton href={back} size="tall">
              やめる
            </LinkButton>
            <Submit>帳簿に書く</Submit>
          </div>
        </form>
        <div className="pile">
          <Section id="h-why" title="この帳簿">
            <p>{register.purpose}</p>
            <p className="sub">{register.clause}</p>
          </Section>
          {prior !== undefined && filings.length === 0 && (
            <Note tone="due" title="先に出す文書があります。">
              {prior.why}
              <br />
              <a href={`/filings/new?form=${prior.form}`}>協議・届出で作る</a>
            </Note>
          )}
          <Note title="書いたものは消えません。">
            誤りは、結んで書き直します。氏名と文は、この一件だけの鍵で封じます。
          </Note>
        </div>
      </div>
    </>
  );
}
