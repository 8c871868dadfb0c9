import { formatMonthDay } from "../japan/wareki.ts";
import type { Term } from "../terms/blueprint.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { type AgreedState, agreedStates, agreedWords } from "./agreed-change.ts";
import type { AgreedLine } from "./list-agreed.ts";

export interface AgreedPageProps {
  csrf: string;
  terms: readonly Term[];
  lines: readonly AgreedLine[];
  mayAgree: boolean;
  given: { term: string; to: string; reason: string };
  errors: Readonly<Record<string, string>>;
  refusal: string | undefined;
}

const looks: Record<AgreedState, StatusLook> = {
  open: "wait",
  ready: "due",
  started: "done",
  withdrawn: "none",
};

/** 発送の期間と、協議してから変えるもの。答えがあるまで、いまのまま。 */
export function AgreedPage(props: AgreedPageProps) {
  const { csrf, terms, lines, mayAgree, refusal } = props;
  const ready = lines.filter((line) => line.state === "ready").length;
  const label = (id: string) => terms.find((term) => term.id === id)?.label ?? id;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/notices">受講通知書</a> ／ 協議してから変えるもの
          </>
        }
        title={
          ready > 0
            ? `回答があり、始められる変更が${ready}件あります`
            : "発送の期間と様式は、協議してから変えます"
        }
      />
      {refusal !== undefined && <Note tone="late" title={refusal} />}
      <div className="cols mt2">
        <Section id="a-now" title="発送の期間" sub="仕様書６(3)イ">
          <Table
            caption="期ごとの発送の期間"
            rows={terms}
            rowKey={(term) => term.id}
            empty="期がありません。"
            columns={termColumns}
          />
          <h2 className="mt3">協議</h2>
          <Table
            caption="協議の要る変更"
            rows={lines}
            rowKey={(line) => line.filing}
            empty={<p>協議はありません。標準のはがきは「様式」の画面から申し入れます。</p>}
            columns={lineColumns(csrf, mayAgree, label)}
          />
        </Section>
        {mayAgree && terms.length > 0 && <WindowForm {...props} />}
      </div>
    </>
  );
}

function WindowForm({ csrf, terms, given, errors }: AgreedPageProps) {
  return (
    <Section id="a-form" title="発送の期間を変える">
      <form method="post" action="/notices/agreed" className="pile mt1">
        <Csrf token={csrf} />
        <SelectField
          id="term"
          label="期"
          defaultValue={given.term}
          error={errors.term}
          choices={terms.map((term) => ({ value: term.id, label: term.label }))}
        />
        <TextField
          id="to"
          label="発送を終える日"
          type="date"
          required
          defaultValue={given.to}
          error={errors.to}
        />
        <TextField
          id="reason"
          label="理由"
          required
          maxLength={200}
          defaultValue={given.reason}
          error={errors.reason}
          help="協議書の下書きに入ります。個人のことは書かないでください。"
        />
        <div className="acts">
          <Submit size="tall">協議書の下書きを作る</Submit>
        </div>
        <p className="sub">委託者の回答があるまで、いまの期間のままです。</p>
      </form>
    </Section>
  );
}

const termColumns: Column<Term>[] = [
  { key: "label", head: "期", rowHead: true, cell: (term) => term.label },
  {
    key: "desk",
    head: "受付",
    cell: (term) => `${formatMonthDay(term.deskFrom)}～${formatMonthDay(term.deskTo)}`,
  },
  { key: "to", head: "発送を終える日", cell: (term) => formatMonthDay(term.dispatchTo, { weekday: true }) },
];

function lineColumns(csrf: string, mayAgree: boolean, label: (term: string) => string): Column<AgreedLine>[] {
  return [
    {
      key: "number",
      head: "協議",
      rowHead: true,
      cell: (line) => <a href={`/filings/${line.filing}`}>第{line.number}号</a>,
    },
    { key: "what", head: "変更", wrap: true, cell: (line) => agreedWords(line.change, label) },
    {
      key: "state",
      head: "いま",
      wrap: true,
      cell: (line) => (
        <Status look={looks[line.state]}>
          {line.state === "open" ? `${line.stateText}（いまのまま）` : agreedStates[line.state]}
        </Status>
      ),
    },
    {
      key: "act",
      head: "すること",
      cell: (line) =>
        line.state === "ready" &&
        mayAgree && (
          <form method="post" action={`/notices/agreed/${line.filing}/start`}>
            <Csrf token={csrf} />
            <Submit look="second">回答のとおり始める</Submit>
          </form>
        ),
    },
  ];
}
