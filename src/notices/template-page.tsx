import { LinkButton, Submit } from "../ui/button.tsx";
import { SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs } from "../ui/table.tsx";
import type { TemplateReport } from "./register-template.ts";

export interface TemplatePageProps {
  csrf: string;
  current: { label: string; name: string; at: string; fields: string }[];
  error: string | undefined;
  /** 標準のはがきを選べる役割か。 */
  mayOwn: boolean;
  /** 読み取った様式（登録する前）。 */
  draft: { id: string; kind: string; fileName: string; report: TemplateReport } | undefined;
}

/** 委託者の様式（Word）を読み、使う項目を見せてから登録する。 */
export function TemplatePage({ csrf, current, error, draft, mayOwn }: TemplatePageProps) {
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/notices">受講通知書</a> ／ 様式
          </>
        }
        title={draft ? "この様式でよければ登録してください" : "委託者から受け取った様式を登録します"}
      />
      {draft ? <Draft csrf={csrf} draft={draft} /> : <Upload csrf={csrf} error={error} />}
      {!draft && mayOwn && <OwnCard csrf={csrf} />}
      <Section
        id="t-current"
        title="いまの様式"
        className="mt3"
        end={<a href="/notices/agreed">協議してから変えるもの</a>}
      >
        {current.length === 0 ? (
          <p className="empty">まだ登録されていません。</p>
        ) : (
          <Pairs
            items={current.map((one) => ({
              name: one.label,
              value: (
                <>
                  {one.name}{" "}
                  <span className="sub">
                    （{one.at} 登録・{one.fields}）
                  </span>
                </>
              ),
            }))}
          />
        )}
      </Section>
    </>
  );
}

function Upload({ csrf, error }: { csrf: string; error: string | undefined }) {
  return (
    <Section id="t-upload" title="様式を選ぶ" className="mt2">
      <form method="post" action="/notices/template" encType="multipart/form-data" className="pile mt1">
        <Csrf token={csrf} />
        <SegmentedField
          id="kind"
          legend="版"
          choices={[
            { value: "notice", label: "通常の版" },
            { value: "notice-large", label: "大きな文字の版" },
          ]}
          defaultValue="notice"
        />
        <FileField
          id="file"
          label="Word のファイル（.docx）"
          accept=".docx"
          required
          error={error}
          help="差し込みフィールド（MERGEFIELD）か {氏名} のような波括弧が使えます。登録する前に、使う項目を確かめます。"
        />
        <div className="acts">
          <LinkButton href="/notices" size="tall">
            やめる
          </LinkButton>
          <Submit size="tall">読み取る</Submit>
        </div>
      </form>
    </Section>
  );
}

function OwnCard({ csrf }: { csrf: string }) {
  return (
    <Section id="t-own" title="委託者の様式がないとき" className="mt3">
      <form method="post" action="/notices/template/own" className="pile mt1">
        <Csrf token={csrf} />
        <SegmentedField
          id="direction"
          legend="まどぐちの標準のはがきの、宛名の向き"
          choices={[
            { value: "horizontal", label: "横書き" },
            { value: "vertical", label: "縦書き" },
          ]}
          defaultValue="horizontal"
        />
        <p className="help">
          郵便番号の枠とカスタマバーコード、料金後納などの印、差出人を刷り、大きな文字の版も作ります。LibreOffice
          は要りません。様式を受託者で決めることになるので、協議書の下書きを作り、委託者の回答があってから使い始めます（仕様書６(2)オ）。
        </p>
        <div className="acts">
          <Submit look="normal" size="tall">
            協議書の下書きを作る
          </Submit>
        </div>
      </form>
    </Section>
  );
}

function Draft({ csrf, draft }: { csrf: string; draft: NonNullable<TemplatePageProps["draft"]> }) {
  const { report } = draft;
  return (
    <Section id="t-draft" title={draft.fileName} className="mt2">
      <div className="pile mt1">
        <Pairs
          items={[
            { name: "使う項目", value: `${report.fields.length}個　${report.fields.join("、")}` },
            { name: "一組", value: `${report.peoplePerSheet}人・${report.pagesPerSheet}ページ` },
          ]}
        />
        {report.unknown.length > 0 && (
          <Note tone="due" title="空で印字される項目があります">
            {report.unknown.join("、")}
            。事務所が中身を知らない項目です。様式の項目名を直すか、このまま登録してください。
          </Note>
        )}
        {report.absent.length > 0 && (
          <Note tone="due" title="様式にない項目があります">
            {report.absent.join("、")}。はがきに印字されません。委託者にご確認ください。
          </Note>
        )}
        {report.warnings.map((warning) => (
          <Note key={warning} tone="info">
            {warning}
          </Note>
        ))}
        {report.unknown.length + report.absent.length + report.warnings.length === 0 && (
          <Note tone="done" title="すべての項目がそろっています" />
        )}
        <form method="post" action="/notices/template/register" className="acts">
          <Csrf token={csrf} />
          <input type="hidden" name="draft" value={draft.id} />
          <input type="hidden" name="kind" value={draft.kind} />
          <LinkButton href="/notices/template" size="tall">
            選び直す
          </LinkButton>
          <Submit size="tall">この様式を登録する</Submit>
        </form>
      </div>
    </Section>
  );
}
