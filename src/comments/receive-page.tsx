import type { Fault } from "../base/error.ts";
import { ages, channels } from "../opinions/period-rule.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField, SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";

export interface ReceivePageProps {
  csrf: string;
  today: string;
  values?: Readonly<Record<string, string>> | undefined;
  faults?: readonly Fault[] | undefined;
  /** どの form の誤りか。 */
  of?: "letter" | "mail" | "table" | undefined;
  message?: string | undefined;
}

const channelChoices = Object.entries(channels).map(([value, label]) => ({ value, label }));

/** 意見を受け取る: 手で打つ（スキャンを添える）、メールのファイル、表。 */
export function ReceivePage(props: ReceivePageProps) {
  const { faults = [], message } = props;
  return (
    <>
      <PageHead crumb={<a href="/comments">意見公募</a>} title="届いた意見を受け取ります。" />
      <div className="pile">
        {message !== undefined && (
          <Note tone="late" title={message}>
            {faults.length > 0 && (
              <ul>
                {faults.slice(0, 20).map((fault) => (
                  <li key={`${fault.row}${fault.field}${fault.message}`}>
                    {fault.row === undefined ? "" : `${fault.row}行目: `}
                    {fault.message}
                  </li>
                ))}
              </ul>
            )}
          </Note>
        )}
        <div className="cols main-side">
          <LetterForm {...props} />
          <div className="pile">
            <MailForm {...props} />
            <TableForm {...props} />
          </div>
        </div>
      </div>
    </>
  );
}

function LetterForm({ csrf, today, values = {}, faults = [], of }: ReceivePageProps) {
  const fault = (field: string) =>
    of === "letter" ? faults.find((one) => one.field === field)?.message : undefined;
  return (
    <Section id="h-letter" title="郵送・持参・FAX の一通" sub="スキャンを添えて、文を打ちます">
      <form method="post" action="/comments/receive" encType="multipart/form-data" className="pile upload">
        <Csrf token={csrf} />
        <SegmentedField
          id="channel"
          legend="提出方法"
          required
          choices={channelChoices}
          defaultValue={values.channel ?? "post"}
        />
        <div className="fields two">
          <TextField
            id="day"
            label="届いた日（郵送は消印の日）"
            type="date"
            required
            defaultValue={values.day ?? today}
            error={fault("day")}
          />
          <SelectField
            id="age"
            label="年代"
            defaultValue={values.age ?? "none"}
            choices={Object.entries(ages).map(([value, label]) => ({ value, label }))}
          />
          <TextField id="ward" label="お住まいの区など" maxLength={40} defaultValue={values.ward} />
          <TextField
            id="signers"
            label="連名の人数"
            type="number"
            min={1}
            max={100000}
            defaultValue={values.signers ?? "1"}
            error={fault("signers")}
          />
          <TextAreaField
            id="name"
            label="氏名"
            rows={2}
            defaultValue={values.name}
            help="連名は一行に一人。無記名なら空のまま。"
          />
          <TextAreaField
            id="address"
            label="住所・電話など"
            rows={2}
            defaultValue={values.address}
            help="はじめの方のもの。同じ方の別の通を見分けるのに使います。"
          />
        </div>
        <TextAreaField
          id="text"
          label="意見書の文"
          rows={9}
          defaultValue={values.text}
          error={fault("text")}
          help="書かれたとおりに打ちます。氏名や電話は、受け取ったあとに伏せる候補として示します。"
        />
        <FileField id="file" label="スキャン（PDF、画像。20MBまで）" error={fault("file")} />
        <CheckField id="kids" label="キッズコメント（子ども用の用紙）" defaultChecked={values.kids === "1"} />
        <p className="acts">
          <Submit>受け取る</Submit>
          <LinkButton href="/comments/letters">一覧へ</LinkButton>
        </p>
      </form>
    </Section>
  );
}

function MailForm({ csrf, faults = [], of }: ReceivePageProps) {
  return (
    <Section id="h-mail" title="メールのファイル" sub=".eml">
      <form
        method="post"
        action="/comments/receive/mail"
        encType="multipart/form-data"
        className="pile upload"
      >
        <Csrf token={csrf} />
        <FileField
          id="mail"
          label="メール（.eml、まとめた .zip）"
          required
          accept=".eml,.zip,message/rfc822"
          error={of === "mail" ? faults[0]?.message : undefined}
          help="同じメールは二度受け取りません。何通もあるときは .zip にまとめます。添付も残します。"
        />
        <p className="acts">
          <Submit look="normal">読んで受け取る</Submit>
        </p>
      </form>
    </Section>
  );
}

function TableForm({ csrf, today }: ReceivePageProps) {
  return (
    <Section id="h-table" title="フォーム・表の取り込み" sub="Excel、CSV">
      <form
        method="post"
        action="/comments/receive/table"
        encType="multipart/form-data"
        className="pile upload"
      >
        <Csrf token={csrf} />
        <FileField
          id="table"
          label="一行に一通の表"
          required
          accept=".csv,.xlsx,.xls,.tsv"
          help="要るのは「意見」の列。提出方法・受付日・年代・区・氏名・住所・連絡先・人数・番号も読みます。"
        />
        <SelectField
          id="base-channel"
          name="channel"
          label="提出方法の列がないとき"
          choices={channelChoices}
          defaultValue="form"
        />
        <TextField id="base-day" name="day" label="受付日の列がないとき" type="date" defaultValue={today} />
        <p className="acts">
          <Submit look="normal">読んで受け取る</Submit>
        </p>
      </form>
    </Section>
  );
}
