import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { LinkButton, PrintButton } from "../ui/button.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import type { RecordPlan } from "./list-records.ts";

/** 応対記録の引渡しと、業務が終わったあとの廃棄の一覧。 */
export function RecordPage({ plan }: { plan: RecordPlan }) {
  const { endsOn, ended, handed, waiting, kept, slips } = plan;
  const end = endsOn === undefined ? "業務の終わり" : formatWareki(endsOn);
  return (
    <>
      <PageHead
        crumb={<a href="/figures">電話と応対の数</a>}
        title={
          waiting > 0 ? (
            <span className="due">{`重要な記録が${waiting}件、まだ引き渡されていません。`}</span>
          ) : (
            "重要な記録は、すべて引き渡してあります。"
          )
        }
        actions={<PrintButton />}
      />
      <div className="pile">
        <Section id="h-slips" title="引き渡した記録" sub={`6(9) 重要な記録　${handed}件`}>
          <Table
            caption="受渡し票"
            columns={[
              { key: "number", head: "受渡し票", rowHead: true, cell: (slip) => `第${slip.number}号` },
              {
                key: "day",
                head: "引き渡した日",
                cell: (slip) => formatMonthDay(slip.made_at.slice(0, 10), { weekday: true }),
              },
              { key: "receiver", head: "受け取った委託者", cell: (slip) => slip.receiver },
              { key: "count", head: "件数", numeric: true, cell: (slip) => slip.count },
            ]}
            rows={slips}
            rowKey={(slip) => String(slip.number)}
            empty={<p>まだ引き渡していません。「受渡し票」から引き渡します。</p>}
          />
          <div className="acts noprint">
            <LinkButton href="/inquiries/slips">受渡し票</LinkButton>
          </div>
        </Section>
        <Section
          id="h-kept"
          title={ended ? "廃棄する記録" : "業務の終わりまで保管する記録"}
          sub={
            ended
              ? `${end}に業務が終わりました。速やかに廃棄します。`
              : `${end}のあと、廃棄の一覧になります。`
          }
        >
          <Table
            caption="保管している応対記録"
            columns={[
              {
                key: "number",
                head: "応対記録",
                rowHead: true,
                cell: (one) => (one.number === null ? "番号なし" : `第${one.number}号`),
              },
              { key: "day", head: "受けた日", cell: (one) => formatMonthDay(one.day, { weekday: true }) },
              { key: "item", head: "項目", cell: (one) => one.item },
            ]}
            rows={kept}
            rowKey={(one) => `${one.number} ${one.day}`}
            empty={<p>保管している応対記録はありません。</p>}
          />
        </Section>
      </div>
    </>
  );
}
