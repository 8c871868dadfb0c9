import type { ReactNode } from "react";
import type { Fault } from "../base/error.ts";
import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextAreaField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import { bookOf } from "./book.ts";
import { costText } from "./entry-document.ts";
import { EntryStatus } from "./entry-page.tsx";
import type { OpenEntry } from "./list-entries.ts";

export interface EntryPageProps {
  csrf: string;
  open: OpenEntry;
  mayWrite: boolean;
  /** つないだ届出の場所。 */
  filing: { label: string; href: string } | undefined;
  faults: readonly Fault[];
  /** 誤りのあとも残す、結ぶ欄の値。 */
  closing?: Readonly<Record<string, string>> | undefined;
}

function writeAt(at: Instant): string {
  return `${formatMonthDay(dayOf(at), { weekday: true })}${minuteOf(at).replace(/^0/, "")}`;
}

/** 登録簿の一件。左に内容とこれまで、右に、いまできること。 */
export function EntryPage(props: EntryPageProps) {
  const { open, filing } = props;
  const { head, fields } = open;
  const info = bookOf(head.book);
  const rows: { name: string; value: ReactNode }[] = [
    { name: "状態", value: <EntryStatus entry={head} /> },
    { name: info.day, value: formatWareki(head.heldOn, { weekday: true }) },
    ...(head.due === null || info.due === undefined
      ? []
      : [{ name: info.due, value: formatWareki(head.due, { weekday: true }) }]),
    ...(head.expires === null ? [] : [{ name: "有効期限", value: formatWareki(head.expires) }]),
    { name: "根拠の条項", value: head.clause || "－" },
    ...(head.cost === null ? [] : [{ name: "費用", value: costText(head.cost) }]),
    ...(filing === undefined ? [] : [{ name: "届出", value: <a href={filing.href}>{filing.label}</a> }]),
    { name: "書いた人", value: `${open.madeBy}　${writeAt(open.madeAt)}` },
    ...(open.closedAt === null
      ? []
      : [{ name: "結んだ人", value: `${open.closedBy}　${writeAt(open.closedAt)}` }]),
  ];
  return (
    <>
      <PageHead
        crumb={<a href={`/registers?book=${head.book}`}>{info.label}</a>}
        title={`${head.numberText}　${head.title}`}
        actions={
          <LinkButton href={`/registers/${head.id}/word`} icon="save">
            {head.book === "consultation" ? "議事録（Word）" : "Word"}
          </LinkButton>
        }
      />
      <div className="cols main-side">
        <div className="pile">
          <Section id="h-body" title="内容">
            <Pairs items={rows} />
            <div className="mt2">
              <Pairs
                items={info.fields
                  .filter(({ name }) => fields[name] !== undefined)
                  .map(({ name, label }) => ({
                    name: label,
                    value: <span className="pre">{fields[name]}</span>,
                  }))}
              />
            </div>
          </Section>
          <Section id="h-history" title="これまで">
            <Table
              caption="これまでの記録"
              columns={[
                { key: "at", head: "日時", width: 10, cell: (line) => writeAt(line.at) },
                { key: "what", head: "したこと", rowHead: true, cell: (line) => line.what },
                { key: "who", head: "だれが", width: 6, cell: (line) => line.who },
              ]}
              rows={open.history}
              rowKey={(line) => `${line.at} ${line.what}`}
              empty="まだ何も記録されていません。"
            />
          </Section>
        </div>
        <Acts {...props} />
      </div>
    </>
  );
}

function Acts({ csrf, open, mayWrite, filing, faults, closing = {} }: EntryPageProps) {
  const { head, fields, edition } = open;
  const info = bookOf(head.book);
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  if (head.state === "closed")
    return (
      <Section id="h-acts" title={info.close.done}>
        <p>結んだものは、直せません。続きは、新しい{info.series}として書きます。</p>
      </Section>
    );
  if (!mayWrite)
    return (
      <Section id="h-acts" title="いまできること">
        <p>書き足すのは、SV・責任者・企画担当・保護管理者の役割です。</p>
      </Section>
    );
  return (
    <div className="pile">
      <Section id="h-acts" title={info.close.act}>
        <form method="post" action={`/registers/${head.id}/close`} className="pile">
          <Csrf token={csrf} />
          <input type="hidden" name="edition" value={edition} />
          {info.fields
            .filter((field) => field.closing)
            .map(({ name, label }) => (
              <TextAreaField
                key={name}
                id={`f.${name}`}
                label={label}
                required
                rows={4}
                defaultValue={closing[`f.${name}`] ?? fields[name] ?? ""}
                error={fault(`f.${name}`)}
              />
            ))}
          <p className="help">結ぶと、このあとは直せません。</p>
          <Submit>{info.close.act}</Submit>
        </form>
      </Section>
      <Section id="h-more" title="ほかにできること">
        <div className="acts">
          <LinkButton href={`/registers/${head.id}/edit`} icon="pen">
            直す
          </LinkButton>
          {info.form !== undefined && filing === undefined && (
            <form method="post" action={`/registers/${head.id}/file`}>
              <Csrf token={csrf} />
              <Submit look="normal" icon="doc">
                届出の下書きを作る
              </Submit>
            </form>
          )}
        </div>
      </Section>
    </div>
  );
}
