import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import { faqCategories, faqLimits } from "./faq.ts";

export interface FaqFormProps {
  csrf: string;
  /** 直すとき。 */
  id?: string | undefined;
  values: Readonly<Record<string, string>>;
  faults: readonly { field?: string; message: string }[];
  /** 使える印とその値。 */
  facts: ReadonlyMap<string, string>;
}

/** 問いの案を作る・直す。 */
export function FaqFormPage({ csrf, id, values, faults, facts }: FaqFormProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const back = id === undefined ? "/faq/entries" : `/faq/entries/${id}`;
  return (
    <>
      <PageHead
        crumb={<a href="/faq/entries">ＦＡＱ</a>}
        title={id === undefined ? "問いを加える" : "案を書く"}
      />
      <div className="cols main-side">
        <form
          method="post"
          action={id === undefined ? "/faq/entries" : `/faq/entries/${id}`}
          className="pile"
        >
          <Csrf token={csrf} />
          <TextField
            id="question"
            label="質問"
            required
            maxLength={faqLimits.question}
            defaultValue={values.question}
            error={fault("question")}
          />
          <TextAreaField
            id="answer"
            label="答え"
            required
            rows={5}
            maxLength={faqLimits.answer}
            defaultValue={values.answer}
            error={fault("answer")}
            help="期日や時間は右の印で書くと、約束ごとが変わったときに自動で新しくなります。"
          />
          <div className="fields two">
            <TextField
              id="category"
              label="分類"
              required
              list="faq-categories"
              maxLength={faqLimits.category}
              defaultValue={values.category}
              error={fault("category")}
            />
            <TextField
              id="reading"
              label="質問の読み（かな）"
              maxLength={faqLimits.reading}
              defaultValue={values.reading}
              error={fault("reading")}
              placeholder="もちもの"
            />
            <TextField
              id="synonyms"
              label="同じ意味の言葉（「、」区切り）"
              span
              maxLength={faqLimits.synonyms}
              defaultValue={values.synonyms}
              error={fault("synonyms")}
            />
            <TextField
              id="validFrom"
              label="使い始める日"
              type="date"
              defaultValue={values.validFrom}
              error={fault("validFrom")}
            />
            <TextField
              id="validUntil"
              label="使い終わる日"
              type="date"
              defaultValue={values.validUntil}
              error={fault("validUntil")}
            />
          </div>
          <Categories />
          <TextField
            id="reason"
            label="改める理由"
            maxLength={200}
            defaultValue={values.reason}
            error={fault("reason")}
            placeholder="問い合わせが多い"
          />
          <div className="acts">
            <LinkButton href={back} size="tall">
              やめる
            </LinkButton>
            <Submit>案を残す</Submit>
          </div>
        </form>
        <Section id="h-facts" title="使える印">
          <Table
            caption="使える印と、いまの値"
            columns={[
              {
                key: "name",
                head: "印",
                rowHead: true,
                cell: ([name]: [string, string]) => <code>{`{{${name}}}`}</code>,
              },
              { key: "value", head: "いまの値", wrap: true, cell: ([, value]) => value },
            ]}
            rows={[...facts]}
            rowKey={([name]) => name}
            empty="印はありません。"
          />
        </Section>
      </div>
    </>
  );
}

function Categories() {
  return (
    <datalist id="faq-categories">
      {faqCategories.map((one) => (
        <option key={one} value={one} />
      ))}
    </datalist>
  );
}

export interface FaqImportProps {
  csrf: string;
  /** 責任者か（委託者の最新版として入れられる）。 */
  mayTrust: boolean;
  result?:
    | {
        added: number;
        changed: number;
        unchanged: number;
        skipped: number;
        errors: { cell: string; message: string }[];
      }
    | undefined;
  fault?: string | undefined;
}

/** Excel・CSV から取り込む。 */
export function FaqImportPage({ csrf, mayTrust, result, fault }: FaqImportProps) {
  return (
    <>
      <PageHead crumb={<a href="/faq/entries">ＦＡＱ</a>} title="ＦＡＱを取り込む" />
      <div className="pile upload">
        {result && (
          <Note
            tone={result.errors.length > 0 ? "due" : "done"}
            title={`加えた${result.added}問、改めた${result.changed}問、同じ${result.unchanged}問${result.skipped > 0 ? `、承認待ちなどで触れなかった${result.skipped}問` : ""}。`}
          >
            {result.errors.length > 0 && (
              <ul>
                {result.errors.slice(0, 50).map((one) => (
                  <li key={`${one.cell} ${one.message}`}>
                    {one.cell}　{one.message}
                  </li>
                ))}
              </ul>
            )}
          </Note>
        )}
        <form method="post" action="/faq/import" encType="multipart/form-data" className="pile">
          <Csrf token={csrf} />
          <FileField
            id="file"
            label="ＦＡＱの表（.xlsx、.csv）"
            required
            accept=".xlsx,.xlsm,.csv,.tsv,.txt"
            error={fault}
            help="「質問」と「回答」の見出しがあれば読めます。分類・読み・同義語・使う日もあれば読みます。"
          />
          {mayTrust && (
            <CheckField
              id="asClient"
              label="委託者から受け取った最新版として、承認済みで入れる"
              help="印をつけなければ、承認待ちで入ります。"
            />
          )}
          <div className="acts">
            <LinkButton href="/faq/entries" size="tall">
              やめる
            </LinkButton>
            <Submit>取り込む</Submit>
          </div>
        </form>
      </div>
    </>
  );
}
