import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs } from "../ui/table.tsx";
import { laterFields } from "./amend-line.ts";
import { type FieldsProps, RegisterFields } from "./field-panel.tsx";
import type { Line, OpenLine } from "./list-lines.ts";
import { lineLimits } from "./register.ts";
import type { Register, RegisterField } from "./register-field.ts";
import { LineStatus } from "./register-page.tsx";

export interface LinePageProps extends Omit<FieldsProps, "fields"> {
  csrf: string;
  open: OpenLine;
  mayWrite: boolean;
  me: string;
}

const writeAt = (at: Instant) =>
  `${formatMonthDay(dayOf(at), { weekday: true })}${minuteOf(at).replace(/^0/, "")}`;

/** 帳簿の一件。左に中身とこれまで、右にいまできること。 */
export function LinePage(props: LinePageProps) {
  const { open, csrf } = props;
  const { line, register, notes, readers } = open;
  const place = `/privacy/lines/${line.id}`;
  const written = notes.filter((note) => note.kind !== "read");
  return (
    <>
      <PageHead
        crumb={<a href={`/privacy/registers/${register.code}`}>{register.title}</a>}
        title={`${register.title}　第${line.number}号`}
        actions={
          <>
            {register.code === "handover" && (
              <LinkButton href={`${place}/receipt`} icon="print">
                {line.values.direction === "in" ? "預り証（Word）" : "受渡書（Word）"}
              </LinkButton>
            )}
            {line.file !== null && (
              <LinkButton href={`${place}/file`} icon="doc">
                ファイルを開く
              </LinkButton>
            )}
          </>
        }
      />
      <div className="cols main-side">
        <div className="pile">
          {line.warning !== null && <Note tone="due" title={line.warning} />}
          <Section id="h-line" title="中身">
            <Pairs items={pairsOf(line, register)} />
          </Section>
          {line.standing === "closed" && (
            <Section
              id="h-closed"
              title="結び"
              sub={line.closedAt === null ? undefined : `${writeAt(line.closedAt)}　${line.closedBy ?? ""}`}
            >
              <Pairs items={valuePairs(register.close?.fields ?? [], line.closing)} />
            </Section>
          )}
          {written.length > 0 && (
            <Section id="h-notes" title="書き足し">
              <ol className="timeline">
                {written.map((note) => (
                  <li key={note.id}>
                    <time dateTime={note.at}>{writeAt(note.at)}</time>
                    <div>
                      <span className="sub">
                        {note.who}
                        {note.kind === "change" ? "　契約の定めを直した" : ""}
                      </span>
                      <p className="pre">{note.note}</p>
                    </div>
                  </li>
                ))}
              </ol>
            </Section>
          )}
          {register.read && (
            <Section id="h-read" title="読んだ人" sub={`${readers.read.length}人`}>
              <Pairs
                items={[
                  { name: "読んだ", value: readers.read.join("、") || "まだいません" },
                  { name: "まだ", value: readers.unread.join("、") || "いません" },
                ]}
              />
            </Section>
          )}
        </div>
        <div className="pile noprint">
          {register.read && line.standing !== "closed" && (
            <form method="post" action={`${place}/read`} className="pile">
              <Csrf token={csrf} />
              <p>本文を開いて読んだら、読んだと残します。</p>
              <Submit look="second">読みました</Submit>
            </form>
          )}
          <Acts {...props} place={place} />
        </div>
      </div>
    </>
  );
}

function pairsOf(line: Line, register: Register) {
  return [
    { name: "いま", value: <LineStatus line={line} register={register} /> },
    ...valuePairs(register.fields, line.shown),
    ...(register.code === "copy"
      ? [
          {
            name: "写しに入れる番号",
            value: `写-${String(line.number).padStart(4, "0")}-1 〜 ${line.values.copies ?? "1"}`,
          },
        ]
      : []),
    ...(line.filing === null
      ? []
      : [{ name: "もとの文書", value: <a href={`/filings/${line.filing.id}`}>{line.filing.label}</a> }]),
    ...(line.file === null ? [] : [{ name: "SHA-256", value: <code>{line.file.sha256}</code> }]),
    { name: "書いた人", value: `${line.madeBy}　${writeAt(line.madeAt)}` },
  ];
}

function valuePairs(fields: readonly RegisterField[], shown: Readonly<Record<string, string>>) {
  // 求めていない印（規程でない文書の「四つの措置」など）は、付いているものだけを言う。
  const said = fields.filter(({ name, type, required }) => type !== "check" || required || shown[name]);
  return said.map(({ name, label, type }) => {
    const text = shown[name] ?? "";
    return {
      name: label,
      value: text === "" ? "－" : type === "day" ? formatWareki(text) : <span className="pre">{text}</span>,
    };
  });
}

function AmendForm({ open, csrf, place, faults, values }: LinePageProps & { place: string }) {
  const now = Object.entries(open.line.values).map(([name, value]) => [`f.${name}`, value]);
  return (
    <Section id="h-amend" title="契約の定めを付ける・直す">
      <form method="post" action={`${place}/amend`} className="pile mt1">
        <Csrf token={csrf} />
        <RegisterFields
          fields={laterFields(open.register.fields).map((field) => ({ ...field, required: false }))}
          values={{ ...Object.fromEntries(now), ...values }}
          faults={faults}
          choices={{}}
        />
        <TextField
          id="reason"
          label="確かめた所、または直した理由"
          required
          defaultValue={values.reason}
          error={faults.find((one) => one.field === "reason")?.message}
          help="例: 契約書の第5条2項。前と後と理由が、経過に残ります。"
        />
        <Submit look="second">付ける・直す</Submit>
      </form>
    </Section>
  );
}

function Acts(props: LinePageProps & { place: string }) {
  const { open, mayWrite, me, csrf, place, faults, values } = props;
  const { line, register } = open;
  if (line.standing === "closed") return <Note tone="done" title="この一件は結ばれています。" />;
  const close = register.close;
  const own = close?.byOther === true && line.madeById === me;
  return (
    <>
      {line.standing === "waiting" && (
        <Note tone="info" title="委託者の承認を待っています。">
          承認されるまで、この一件は効きません。
        </Note>
      )}
      {line.standing === "refused" && (
        <Note tone="late" title="委託者に認められませんでした。この一件は効きません。" />
      )}
      {line.standing === "unmet" && (
        <Note tone="due" title={`契約の定めが、あと${line.unmet}つ要ります。`}>
          そろうまで、この一件は効きません。
        </Note>
      )}
      {mayWrite && laterFields(register.fields).length > 0 && <AmendForm {...props} />}
      {mayWrite && register.note !== undefined && (
        <Section id="h-note" title={register.note.label}>
          <form method="post" action={`${place}/note`} className="pile mt1">
            <Csrf token={csrf} />
            <TextAreaField
              id="note"
              label="書き足すこと"
              required
              rows={3}
              maxLength={lineLimits.note}
              help={register.note.help}
              defaultValue={values.note}
              error={faults.find((one) => one.field === "note")?.message}
            />
            <Submit look="second">書き足す</Submit>
          </form>
        </Section>
      )}
      {close !== undefined && own && (
        <Note title={`「${close.label}」は、書いた人とは別の人がします。`}>
          ほかの権限のある人に頼んでください。
        </Note>
      )}
      {close !== undefined && mayWrite && !own && (
        <Section id="h-close" title={close.label}>
          <form method="post" action={`${place}/close`} className="pile mt1">
            <Csrf token={csrf} />
            <RegisterFields fields={close.fields} values={values} faults={faults} choices={{}} />
            <p className="sub">結んだあとは、書き足せません。</p>
            <Submit>{close.label}</Submit>
          </form>
        </Section>
      )}
    </>
  );
}
