import type { Fault } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { CheckGroup } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { type Inquiry, isToDecide } from "./inquiry.ts";
import { PlanTabs } from "./plan-tabs-panel.tsx";

export interface InquiriesPageProps {
  csrf: string;
  plan: string;
  inquiries: readonly Inquiry[];
  chapters: readonly { id: string; label: string; blocks: number }[];
  today: Day;
  values: Readonly<Record<string, string>>;
  chosen: readonly string[];
  faults: readonly Fault[];
  may: boolean;
}

/** 庁内照会の一覧と、送るところ。 */
export function InquiriesPage(props: InquiriesPageProps) {
  const { plan, inquiries, today, may } = props;
  const open = inquiries.filter(({ state }) => state === "open");
  const late = open.filter(({ due }) => due < today);
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/plans">計画書</a> ／ <a href={`/plans/${plan}`}>はじめ</a>
          </>
        }
        title={
          inquiries.length === 0
            ? "庁内照会は、まだ送っていません。"
            : late.length > 0
              ? `${late.length}件の照会が、期限を過ぎても返っていません。`
              : open.length > 0
                ? `${open.length}件の照会が、まだ返っていません。`
                : "返っていない照会はありません。"
        }
      />
      <PlanTabs plan={plan} current="inquiries" />
      <div className="pile">
        <Table
          caption="庁内照会"
          rows={inquiries}
          rowKey={({ id }) => id}
          empty="章を選んで送ると、ここに並びます。"
          columns={[
            {
              ...{ key: "number", head: "号", width: 4 },
              cell: ({ number }) => <a href={`/plans/${plan}/inquiries/${number}`}>第{number}号</a>,
            },
            {
              key: "department",
              head: "部署",
              rowHead: true,
              wrap: true,
              cell: ({ department, subject }) => `${department}　${subject}`,
            },
            { key: "lines", head: "部分", numeric: true, width: 4, cell: ({ lines }) => lines.length },
            {
              ...{ key: "changed", head: "直し", numeric: true, width: 4 },
              cell: ({ lines }) => lines.filter(({ came }) => came !== null).length,
            },
            {
              ...{ key: "todo", head: "決めるところ", numeric: true, width: 7 },
              cell: ({ lines }) => lines.filter(isToDecide).length,
            },
            { key: "due", head: "期限", width: 12, cell: ({ due }) => formatWareki(due, { weekday: true }) },
            { key: "state", head: "いま", width: 10, cell: (one) => <StateOf inquiry={one} today={today} /> },
          ]}
        />
        {may && <SendForm {...props} />}
      </div>
    </>
  );
}

function StateOf({ inquiry, today }: { inquiry: Inquiry; today: Day }) {
  if (inquiry.state === "closed") return <Status look="done">決めた</Status>;
  if (inquiry.state === "returned") return <Status look="warn">決めるところ</Status>;
  return inquiry.due < today ? (
    <Status look="late">期限過ぎ</Status>
  ) : (
    <Status look="wait">待っています</Status>
  );
}

function SendForm({ csrf, plan, chapters, values, chosen, faults }: InquiriesPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <Section id="h-send" title="照会を送る">
      <form method="post" action={`/plans/${plan}/inquiries`} className="pile upload">
        <Csrf token={csrf} />
        <div className="fields two">
          <TextField
            id="department"
            label="部署"
            maxLength={60}
            required
            defaultValue={values.department ?? ""}
            error={fault("department")}
          />
          <TextField
            id="due"
            label="回答の期限"
            type="date"
            required
            defaultValue={values.due ?? ""}
            error={fault("due")}
            help="前の営業日に、催促の仕事が置かれます。"
          />
          <TextField
            id="subject"
            label="照会の趣旨"
            maxLength={100}
            defaultValue={values.subject ?? "記載内容の確認について（照会）"}
            span
          />
        </div>
        <CheckGroup
          id="chapters"
          legend="照会する章"
          choices={chapters.map(({ id, label, blocks }) => ({ value: id, label: `${label}（${blocks}）` }))}
          defaultValues={[...chosen]}
          error={fault("blocks")}
        />
        <p className="acts">
          <Submit look="second">照会の紙を作る</Submit>
        </p>
      </form>
    </Section>
  );
}
