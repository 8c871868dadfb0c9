import type { Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { kindInfo } from "../filings/filing.ts";
import type { FilingForm } from "../filings/filing-form.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import { mergeFieldNames } from "./filing-template.ts";
import type { FilingTemplate, FilingTemplates } from "./keep-filing-template.ts";

/** 様式ごとに、委託者のひな形があるか。 */
export function FilingTemplateListPage({
  forms,
}: {
  forms: readonly { form: FilingForm; templates: FilingTemplates }[];
}) {
  const used = forms.filter(({ templates }) => templates.current !== undefined).length;
  return (
    <>
      <PageHead
        crumb={<a href="/filings">協議・届出</a>}
        title={
          used === 0
            ? "どの様式も、まどぐちの紙面で作ります。"
            : `${forms.length}の様式のうち${used}は、委託者の様式に差し込みます。`
        }
      />
      <Table
        caption="届出の様式"
        columns={[
          {
            key: "title",
            head: "様式",
            rowHead: true,
            wrap: true,
            cell: ({ form }) => <a href={`/filings/templates/${form.code}`}>{form.title}</a>,
          },
          { key: "clause", head: "条項", width: 8, cell: ({ form }) => form.clause },
          { key: "kind", head: "種類", width: 6, cell: ({ form }) => kindInfo(form.kind).label },
          {
            key: "state",
            head: "委託者の様式",
            width: 12,
            cell: ({ templates }) => <State {...templates} />,
          },
        ]}
        rows={forms}
        rowKey={({ form }) => form.code}
        empty="様式がありません。"
      />
    </>
  );
}

function State({ current, draft }: FilingTemplates) {
  if (draft !== undefined) return <Status look="due">確かめている</Status>;
  return current === undefined ? <Status look="none">なし</Status> : <Status look="done">使っている</Status>;
}

export interface FilingTemplatePageProps extends FilingTemplates {
  csrf: string;
  form: FilingForm;
  faults: readonly Fault[];
  may: boolean;
}

/** 一つの様式の、委託者のひな形: 読み込み、試しに差し込み、使う。 */
export function FilingTemplatePage(props: FilingTemplatePageProps) {
  const { csrf, form, current, draft, may } = props;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/filings">協議・届出</a> ／ <a href="/filings/templates">委託者の様式</a>
          </>
        }
        title={draft ? "この様式でよければ、使い始めてください。" : form.title}
      />
      <div className="pile">
        {draft && <Shown csrf={csrf} form={form} template={draft} draft may={may} />}
        {current && <Shown csrf={csrf} form={form} template={current} draft={false} may={may} />}
        {!current && !draft && (
          <p>委託者の様式はありません。{form.title}は、まどぐちの紙面（Word）で作ります。</p>
        )}
        {may && <Upload {...props} />}
      </div>
    </>
  );
}

function Shown(props: {
  csrf: string;
  form: FilingForm;
  template: FilingTemplate;
  draft: boolean;
  may: boolean;
}) {
  const { csrf, form, template, draft, may } = props;
  const { used, unknown } = template.reading;
  const at = `/filings/templates/${form.code}`;
  const left = mergeFieldNames(form.code).filter((name) => !used.includes(name));
  return (
    <Section
      id={draft ? "h-draft" : "h-current"}
      title={draft ? "読み込んだ様式" : "使っている様式"}
      sub={`${template.fileName}　${formatWareki(dayOf(template.at))}`}
    >
      <div className="pile mt1">
        {unknown.length > 0 && (
          <Note tone="due" title={`知らない印が${unknown.length}つあります。`}>
            {unknown.map((name) => `{${name}}`).join(" ")}
            は、差し込まれません。下の一覧の名に直すと差し込めます。
          </Note>
        )}
        <Pairs
          items={[
            { name: "差し込む項目", value: used.join("、") },
            { name: "様式にない項目", value: left.join("、") || "－" },
          ]}
        />
        <div className="acts start">
          {(draft || may) && <LinkButton href={`${at}/trial`}>見本の値を入れて見る</LinkButton>}
          {may && (
            <form method="post" action={`${at}/${draft ? "use" : "stop"}`}>
              <Csrf token={csrf} />
              <Submit look={draft ? "main" : "plain"}>{draft ? "この様式を使う" : "使うのをやめる"}</Submit>
            </form>
          )}
        </div>
      </div>
    </Section>
  );
}

function Upload({ csrf, form, current, draft, faults }: FilingTemplatePageProps) {
  const title = current || draft ? "ほかの様式に替える" : "委託者の様式を読み込む";
  return (
    <Section id="h-upload" title={title}>
      <form
        method="post"
        action={`/filings/templates/${form.code}`}
        encType="multipart/form-data"
        className="pile upload mt1"
      >
        <Csrf token={csrf} />
        <FileField
          id="file"
          label="Word か Excel の様式"
          accept=".docx,.xlsx"
          required
          error={faults.find((one) => one.field === "file")?.message}
          help="差し込むところに {文書番号} のような印（Word は差し込み項目でも）を書いておきます。ほかの字と書式は変えません。"
        />
        <p className="acts">
          <Submit look={draft ? "second" : "main"}>読み込む</Submit>
        </p>
      </form>
      <p className="sub">
        印に使える名:{" "}
        {mergeFieldNames(form.code)
          .map((name) => `{${name}}`)
          .join(" ")}
      </p>
    </Section>
  );
}
