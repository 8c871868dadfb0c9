import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import { writeAt } from "./erasure-flow-panel.tsx";
import type { MonthTemplate } from "./keep-month-template.ts";
import { templateValue } from "./month-template.ts";
import { monthTitle } from "./read-month.ts";

export interface MonthTemplatePageProps {
  kept: MonthTemplate | undefined;
  /** 見本の月と、その月に入る値。 */
  month: string;
  values: ReadonlyMap<string, string>;
  csrf: string;
  may: boolean;
  said?: string | undefined;
}

/** 委託者の様式１。一度置けば、毎月それに差し込む。 */
export function MonthTemplatePage(props: MonthTemplatePageProps) {
  const { kept, said } = props;
  const open = kept?.marked.names.filter((name) => kept.map[name] === undefined).length ?? 0;
  const title =
    kept === undefined
      ? "委託者の様式は、まだありません。"
      : open === 0
        ? "どの欄にも、入れる値が決まっています。"
        : `${open}か所の欄が、空のままになります。`;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/privacy-months">月次報告（様式１）</a>　委託者の様式
          </>
        }
        title={title}
        actions={
          kept && (
            <LinkButton href="/privacy-months/template/file" icon="doc">
              置いた様式（第{kept.version}版）
            </LinkButton>
          )
        }
      />
      {said !== undefined && <Note tone="late" title={said} />}
      <div className="cols main-side">
        {kept ? <MapForm {...props} kept={kept} /> : <p>様式を置くと、差し込む欄がここに並びます。</p>}
        <div className="pile noprint">
          {props.may && <KeepForm csrf={props.csrf} again={kept !== undefined} />}
          {kept && kept.past.length > 0 && <PastList past={kept.past} />}
        </div>
      </div>
    </>
  );
}

/** 様式の名ごとに、入れる値を選ぶ。 */
function MapForm({ kept, month, values, csrf, may }: MonthTemplatePageProps & { kept: MonthTemplate }) {
  const choices = [...values.keys()];
  return (
    <form method="post" action="/privacy-months/template/map" className="pile">
      <Csrf token={csrf} />
      <input type="hidden" name="version" value={kept.version} />
      <Table
        caption={`${kept.fileName}の欄`}
        rows={kept.marked.names.map((name, at) => ({ name, at, label: kept.map[name] ?? "" }))}
        rowKey={(row) => row.name}
        empty={<p>差し込む欄がありません。</p>}
        columns={[
          { key: "name", head: "様式の欄", rowHead: true, wrap: true, width: 12, cell: (row) => row.name },
          {
            ...{ key: "value", head: "入れる値", width: 14 as const },
            cell: (row) =>
              may ? (
                <select name={`f.${row.at}`} defaultValue={row.label} aria-label={`${row.name}に入れる値`}>
                  <option value="">入れない（空のまま）</option>
                  {choices.map((label) => (
                    <option key={label} value={label}>
                      {label}
                    </option>
                  ))}
                </select>
              ) : (
                row.label || "入れない"
              ),
          },
          {
            ...{ key: "sample", head: `${monthTitle(month)}なら`, wrap: true },
            cell: (row) => templateValue(row.name, values.get(row.label) ?? ""),
          },
        ]}
      />
      {may && (
        <div>
          <Submit look="main">この当て方にする</Submit>
        </div>
      )}
    </form>
  );
}

function KeepForm({ csrf, again }: { csrf: string; again: boolean }) {
  return (
    <Section id="h-keep" title={again ? "様式を替える" : "様式を置く"}>
      <form
        method="post"
        action="/privacy-months/template"
        encType="multipart/form-data"
        className="pile mt1"
      >
        <Csrf token={csrf} />
        <FileField
          id="file"
          label="様式（Word か Excel）"
          required
          accept=".docx,.xlsx"
          help="見出しの右か下の空いた欄、「□有　□無」、内容コントロール、差し込み項目、{対象の月} のような印に入ります。前に当てた名は引き継ぎます。"
        />
        <Submit look="second">{again ? "新しい版として置く" : "置く"}</Submit>
      </form>
    </Section>
  );
}

function PastList({ past }: { past: MonthTemplate["past"] }) {
  return (
    <Table
      caption="前の版"
      rows={past}
      rowKey={(one) => String(one.version)}
      empty={<p>前の版はありません。</p>}
      columns={[
        { key: "version", head: "版", rowHead: true, width: 6, cell: (one) => `第${one.version}版` },
        { key: "at", head: "置いた時", width: 14, cell: (one) => writeAt(one.at) },
        { key: "file", head: "ファイル", wrap: true, cell: (one) => one.fileName },
      ]}
    />
  );
}
