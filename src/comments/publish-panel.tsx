import type { Fault } from "../base/error.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextAreaField, TextField } from "../ui/field.tsx";
import { Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import type { Period, Publication } from "./read-period.ts";

export interface PublishProps {
  csrf: string;
  period: Period;
  ready: boolean;
  may: boolean;
  today: string;
  values?: Readonly<Record<string, string>> | undefined;
  faults?: readonly Fault[] | undefined;
}

/** 公表したことの記録: いつ、どこで、どのファイルを。訂正は、理由を書いて取り下げてから。 */
export function PublishPanel(props: PublishProps) {
  const { period, ready, may } = props;
  return (
    <>
      {period.publications.map((one, at) => (
        <Published key={one.at} publication={one} at={at + 1} />
      ))}
      {may && period.state === "closed" && ready && <PublishForm {...props} />}
      {may && period.state === "published" && <WithdrawForm {...props} />}
    </>
  );
}

function Published({ publication, at }: { publication: Publication; at: number }) {
  const { day, places, files, counts, withdrawn } = publication;
  return (
    <Section
      id={`h-published-${at}`}
      title={`公表の記録（${formatWareki(day)}）`}
      sub={`提出者${counts.people}人、${counts.letters}通、意見${counts.opinions}件`}
      end={withdrawn ? <Status look="late">取り下げた</Status> : <Status look="done">公表済み</Status>}
    >
      <p className="lines">{places}</p>
      {withdrawn && <p className="lines">訂正の理由　{withdrawn.reason}</p>}
      <Table
        caption="公表したファイル"
        columns={[
          {
            ...{ key: "name", head: "ファイル", rowHead: true, width: 16 },
            cell: (one) => <a href={`/comments/published/${at}/${files.indexOf(one) + 1}`}>{one.fileName}</a>,
          },
          {
            ...{ key: "bytes", head: "大きさ", numeric: true, width: 7 },
            cell: (one) => `${Math.ceil(one.bytes / 1024).toLocaleString("ja-JP")} KB`,
          },
          { key: "hash", head: "SHA-256", wrap: true, cell: (one) => <code>{one.sha256}</code> },
        ]}
        rows={files}
        rowKey={(one) => one.id}
        empty=""
      />
    </Section>
  );
}

function PublishForm({ csrf, today, values = {}, faults = [] }: PublishProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <Section id="h-publish" title="公表したことを記録する" sub="公表したファイルを残し、段取りを済みにします">
      <form method="post" action="/comments/result/publish" className="pile upload" noValidate>
        <Csrf token={csrf} />
        <TextField
          id="day"
          label="公表した日"
          type="date"
          required
          defaultValue={values.day ?? today}
          error={fault("day")}
        />
        <TextAreaField
          id="places"
          label="公表した所（ホームページの番地、置いた所。一行に一か所）"
          required
          rows={3}
          maxLength={1000}
          defaultValue={values.places}
          error={fault("places")}
        />
        <p className="acts">
          <Submit>公表済みにする</Submit>
        </p>
      </form>
    </Section>
  );
}

function WithdrawForm({ csrf, faults = [], values = {} }: PublishProps) {
  return (
    <Section id="h-withdraw" title="訂正する" sub="前に公表したファイルと理由は残ります">
      <form method="post" action="/comments/result/withdraw" className="pile upload" noValidate>
        <Csrf token={csrf} />
        <TextAreaField
          id="reason"
          label="訂正の理由"
          required
          rows={2}
          maxLength={500}
          defaultValue={values.reason}
          error={faults.find(({ field }) => field === "reason")?.message}
        />
        <p className="acts">
          <Submit look="normal">取り下げて、直せるようにする</Submit>
        </p>
      </form>
    </Section>
  );
}
