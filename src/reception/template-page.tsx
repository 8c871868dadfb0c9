import { dayOf, type Instant } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Pairs, Table } from "../ui/table.tsx";
import type { TemplatePreview } from "./register-template.ts";

/** 登録した様式の一つ。 */
export interface TemplateLine {
  id: string;
  fileName: string;
  registeredAt: Instant;
  /** 埋まる欄の数。 */
  understood: number;
}

/** 委託者の様式: 選ぶ、いまのもの、前のもの。 */
export function TemplatePage(props: {
  csrf: string;
  templates: readonly TemplateLine[];
  fault?: string | undefined;
}) {
  const { csrf, templates, fault } = props;
  const [now] = templates;
  return (
    <>
      <PageHead
        crumb={<a href="/lists">予約者リスト</a>}
        title={
          now === undefined
            ? "委託者の様式は、まだ登録されていません。"
            : `いまの様式は、${formatWareki(dayOf(now.registeredAt))}に登録したものです。`
        }
      />
      <div className="pile wide">
        <form method="post" action="/lists/template" encType="multipart/form-data" className="pile upload">
          <Csrf token={csrf} />
          <FileField
            id="file"
            label="様式のファイル"
            required
            accept=".xlsx,.xlsm"
            help="委託者から届いた、空の予約者リスト（.xlsx か .xlsm）。書式・数式・入力規則はそのまま残ります。"
            error={fault}
          />
          <div className="acts">
            <Submit size="tall">読んで確かめる</Submit>
          </div>
          <p className="sub">読んだだけでは切り替わりません。どの欄が埋まるかを見てから登録します。</p>
        </form>
        <Section id="h-old" title="登録した様式" sub="いちばん新しいものを使います。">
          <Table
            caption="様式の版"
            columns={columns}
            rows={templates.map((template, at) => ({ template, current: at === 0 }))}
            rowKey={({ template }) => template.id}
            empty={<p>登録すると、予約者リストを委託者の様式に書き出せるようになります。</p>}
          />
        </Section>
      </div>
    </>
  );
}

const columns: Column<{ template: TemplateLine; current: boolean }>[] = [
  { key: "name", head: "ファイル", rowHead: true, wrap: true, cell: ({ template }) => template.fileName },
  { key: "day", head: "登録した日", cell: ({ template }) => formatWareki(dayOf(template.registeredAt)) },
  {
    key: "fields",
    head: "埋まる欄",
    numeric: true,
    cell: ({ template }) => template.understood,
  },
  {
    key: "state",
    head: "状態",
    cell: ({ current }) =>
      current ? <Status look="done">使っています</Status> : <Status look="none">前の様式</Status>,
  },
];

/** 登録する前に、埋まる欄と埋まらない欄を見せる。 */
export function TemplatePreviewPage({ csrf, preview }: { csrf: string; preview: TemplatePreview }) {
  const { inspection } = preview;
  const { missing, understood, unused, warnings } = inspection;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/lists/template">委託者の様式</a>
            {`　${preview.fileName}`}
          </>
        }
        title={
          missing.length > 0 ? (
            <>
              <span className="due">{missing.length}つの欄は埋められません。</span>
              {understood.length}の値が入ります。
            </>
          ) : (
            `様式のすべての欄に、${understood.length}の値が入ります。`
          )
        }
        actions={<LinkButton href="/lists/template">別のファイルを選ぶ</LinkButton>}
      />
      <div className="pile wide">
        {missing.length > 0 && (
          <Note tone="due" title={`様式のままになる欄: ${missing.join("、")}`}>
            <p>書き出したあとに手で書き足すか、委託者に欄の名を確かめてください。</p>
          </Note>
        )}
        {warnings.map((warning) => (
          <Note key={warning} tone="plain">
            {warning}
          </Note>
        ))}
        <Section id="h-fields" title="読み取った欄">
          <Pairs
            items={[
              { name: "入る値", value: understood.join("、") },
              { name: "入れる所のない値", value: unused.length > 0 ? unused.join("、") : "ありません" },
            ]}
          />
        </Section>
        <form method="post" action={`/lists/template/${preview.token}`} className="pile">
          <Csrf token={csrf} />
          <Note tone="info" title="これからの予約者リストは、この様式で書き出されます。">
            <p>前の様式も残ります。登録した人と日時、ファイルの指紋が記録に残ります。</p>
          </Note>
          <div className="acts">
            <LinkButton href="/lists/template" size="tall">
              やめる
            </LinkButton>
            <Submit size="tall">この様式を登録する</Submit>
          </div>
        </form>
      </div>
    </>
  );
}
