import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, Options, SelectField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import type { ImportPlan, ImportRow } from "./import-lines.ts";
import { type LineTable, MOST_ROWS, type TableField, tableFields } from "./line-table.ts";
import { lineLimits } from "./register.ts";
import type { PriorFiling, Register } from "./register-field.ts";

type Choices = readonly { value: string; label: string }[];

export interface ImportPageProps {
  csrf: string;
  register: Register;
  prior: PriorFiling | undefined;
  filings: Choices;
  filing: string;
  /** 読んだ表と、その確かめ。まだなければ、ファイルを選ぶ画面。 */
  read?: { table: LineTable; plan: ImportPlan } | undefined;
  choices: Readonly<Record<string, Choices>>;
  said?: string | undefined;
  /** 書くと言われたが、書けなかった。 */
  asked: boolean;
}

const SHOWN = 100;

/** ほかの道具や台帳の表（Excel・CSV）から、帳簿にまとめて書く。 */
export function ImportPage(props: ImportPageProps) {
  const { register, read, said } = props;
  const back = `/privacy/registers/${register.code}`;
  return (
    <>
      <PageHead crumb={<a href={back}>{register.title}</a>} title={titleOf(props)} />
      {said !== undefined && <Note tone="late" title={said} />}
      {read === undefined ? <PickForm {...props} /> : <CheckForm {...props} {...read} />}
    </>
  );
}

const countOf = (rows: readonly ImportRow[], state: ImportRow["state"]) =>
  rows.filter((row) => row.state === state).length;

function titleOf({ register, read }: ImportPageProps): string {
  if (read === undefined) return `${register.title}に、表からまとめて書く`;
  const { rows } = read.plan;
  const [made, fault, same] = [countOf(rows, "new"), countOf(rows, "fault"), countOf(rows, "same")];
  return [
    made === 0
      ? `${rows.length}行を読みました。まだ書ける行がありません。`
      : `${rows.length}行のうち、${made}行を書けます。`,
    fault > 0 ? `${fault}行は直すところがあります。` : "",
    same > 0 ? `${same}行はもう帳簿にあります。` : "",
  ].join("");
}

function PickForm({ csrf, register }: ImportPageProps) {
  const fields = tableFields(register);
  return (
    <div className="cols main-side">
      <form
        method="post"
        action={`/privacy/registers/${register.code}/import`}
        encType="multipart/form-data"
        className="pile"
      >
        <Csrf token={csrf} />
        <FileField
          id="file"
          label="表のファイル（Excel か CSV）"
          required
          accept=".xlsx,.xlsm,.csv,.tsv,.txt"
          help={`列の名や並びは、そのままで読みます。和暦・全角・Shift_JIS も読みます。${MOST_ROWS.toLocaleString("ja-JP")}行まで。`}
        />
        <div className="acts">
          <LinkButton href={`/privacy/registers/${register.code}`} size="tall">
            やめる
          </LinkButton>
          <Submit>読んで確かめる</Submit>
        </div>
      </form>
      <Section id="h-fields" title="読む欄">
        <p>
          {fields
            .map((field) => `${field.label}${field.required && !field.closing ? "（必須）" : ""}`)
            .join("、")}
        </p>
        <p className="sub">まだ書きません。次の画面で、列の当て方と、書ける行を確かめます。</p>
      </Section>
    </div>
  );
}

function CheckForm(props: ImportPageProps & { table: LineTable; plan: ImportPlan }) {
  const { csrf, register, prior, filings, filing, table, plan, choices } = props;
  const made = countOf(plan.rows, "new");
  const fault = props.asked ? plan.faults.find((one) => one.field === "filing")?.message : undefined;
  return (
    <form method="post" action={`/privacy/registers/${register.code}/import`} className="pile">
      <Csrf token={csrf} />
      <input type="hidden" name="table" value={JSON.stringify(table)} />
      {table.left.length > 0 && <Note title="読まなかったもの">{table.left.join("　")}</Note>}
      {prior !== undefined && (
        <SelectField
          id="filing"
          label="報告した文書"
          required
          choices={filings}
          blank="選んでください"
          defaultValue={filing}
          error={fault}
          help={prior.why}
        />
      )}
      <Table
        caption="列の当て方"
        rows={tableFields(register)}
        rowKey={(field) => field.name}
        empty={<p>欄がありません。</p>}
        columns={[
          {
            ...{ key: "field", head: "帳簿の欄", rowHead: true, width: 16 as const, wrap: true },
            cell: (field) => (
              <>
                {field.label}
                {field.required && !field.closing && <span className="must">必須</span>}
              </>
            ),
          },
          {
            ...{ key: "column", head: "表の列", width: 14 as const },
            cell: (field) => <ColumnSelect field={field} table={table} plan={plan} />,
          },
          {
            ...{ key: "value", head: "列がないか、空・決まらないとき（どの行も同じ）" },
            cell: (field) => (
              <ValueControl field={field} value={plan.map.values[field.name] ?? ""} choices={choices} />
            ),
          },
        ]}
      />
      <div className="acts">
        <LinkButton href={`/privacy/registers/${register.code}/import`} size="tall">
          選び直す
        </LinkButton>
        <Submit name="act" value="check" look="second">
          この当て方で確かめ直す
        </Submit>
        {made > 0 && (
          <Submit name="act" value="write">
            {`${made}件を帳簿に書く`}
          </Submit>
        )}
      </div>
      <RowTable register={register} plan={plan} choices={choices} />
    </form>
  );
}

function ColumnSelect({ field, table, plan }: { field: TableField; table: LineTable; plan: ImportPlan }) {
  return (
    <select
      name={`c.${field.name}`}
      defaultValue={String(plan.map.columns[field.name] ?? "")}
      aria-label={`${field.label}の列`}
    >
      <option value="">列がない</option>
      <Options
        choices={table.heads.map((head, at) => ({
          value: String(at),
          label: head === "" ? `（${at + 1}列め）` : head,
        }))}
      />
    </select>
  );
}

function ValueControl(props: { field: TableField; value: string; choices: ImportPageProps["choices"] }) {
  const { field, value } = props;
  const common = { name: `v.${field.name}`, defaultValue: value, "aria-label": `${field.label}の同じ値` };
  const choices =
    field.type === "choice"
      ? Object.entries(field.choices ?? {}).map(([key, label]) => ({ value: key, label }))
      : props.choices[field.name];
  if (choices === undefined || (choices.length === 0 && field.type !== "line-of"))
    return (
      <input
        type={field.type === "day" ? "date" : field.type === "time" ? "time" : "text"}
        maxLength={lineLimits.line}
        {...common}
      />
    );
  return (
    <select {...common}>
      <option value="">－</option>
      <Options choices={choices} />
    </select>
  );
}

/** 直すところのある行から。 */
function RowTable({
  register,
  plan,
  choices,
}: {
  register: Register;
  plan: ImportPlan;
  choices: ImportPageProps["choices"];
}) {
  const order = { fault: 0, new: 1, same: 2 } as const;
  const rows = plan.rows.toSorted((a, b) => order[a.state] - order[b.state]).slice(0, SHOWN);
  const fields = tableFields(register);
  const shown = (row: ImportRow) =>
    fields
      .flatMap((field) => {
        const own = field.closing ? row.closing[field.name.slice("close.".length)] : row.fields[field.name];
        if (own === undefined) return [];
        const label =
          field.choices?.[own] ?? choices[field.name]?.find(({ value }) => value === own)?.label ?? own;
        return [`${field.label} ${label}`];
      })
      .join("、");
  return (
    <Table
      caption={plan.rows.length > SHOWN ? `読んだ行（${plan.rows.length}行のうち${SHOWN}行）` : "読んだ行"}
      rows={rows}
      rowKey={(row) => String(row.row)}
      empty={<p>見出しの下に行がありません。別の表を選んでください。</p>}
      columns={[
        { key: "row", head: "行", numeric: true, width: 3, cell: (row) => row.row },
        {
          ...{ key: "state", head: "いま", width: 8 as const },
          cell: (row) =>
            row.state === "fault" ? (
              <Status look="late">直す</Status>
            ) : row.state === "same" ? (
              <Status look="none">もうある</Status>
            ) : (
              <Status look="done">書ける</Status>
            ),
        },
        {
          ...{ key: "what", head: "読んだ値", wrap: true },
          cell: (row) => (
            <>
              {row.faults.length > 0 && <b>{row.faults.map(({ message }) => message).join(" ")}</b>}
              {row.faults.length > 0 && <br />}
              <span className="sub">{shown(row)}</span>
            </>
          ),
        },
      ]}
    />
  );
}
