import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Paper, PaperScreen } from "../ui/paper.tsx";
import { type Completion, figureTable, type NotedLine } from "./completion.ts";

/** 業務完了報告書の下見。Word と同じ中身を、一枚の紙の形で。 */
export function CompletionPage({ completion, demo }: { completion: Completion; demo: boolean }) {
  return (
    <PaperScreen
      title="業務完了報告書"
      about="記録から集めました。個人情報は含みません"
      backHref="/deliverables"
      downloads={[{ label: "Word", href: "/completion/document" }]}
    >
      <Paper
        to={[completion.client, `${completion.clientUnit}　御中`]}
        from={[completion.contractor]}
        date={formatWareki(dayOf(completion.now))}
        title="業務完了報告書"
        facts={[
          { name: "業務名", value: completion.title },
          {
            name: "履行期間",
            value: `${formatWareki(completion.performance.from)}から${formatWareki(completion.performance.to)}まで`,
          },
        ]}
        demo={demo}
        long
      >
        {!completion.ended && <p>契約の期間が終わる前に作った、途中までの報告です。</p>}
        <Clauses {...completion} />
        <Figures {...completion} />
        <Deliverables {...completion} />
        <Filings {...completion} />
        <Grid
          title="５　体制"
          head={["役割", "人数", "うち直接雇用"]}
          rows={completion.staff.map((one) => [
            ...[one.role, `${one.people}人`],
            one.direct === undefined ? "－" : `${one.direct}人`,
          ])}
          empty="従業者の登録はありません。"
        />
        <Noted
          title="６　事故・苦情"
          rows={completion.incidents}
          empty="記録された事故・苦情はありません。"
        />
        <Grid
          title="７　提案"
          head={["番号", "提案", "結果"]}
          rows={completion.proposals.map((one) => [one.number, one.title, one.state])}
          empty="提案簿の記録も、提案として提出したものもありません。"
        />
        <Noted
          title="８　環境への配慮"
          rows={completion.environment}
          empty="環境への配慮について、数の記録はありません。"
        />
      </Paper>
    </PaperScreen>
  );
}

function Grid(props: { title: string; head: string[]; rows: string[][]; empty: string }) {
  const { title, head, rows, empty } = props;
  return (
    <>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p>{empty}</p>
      ) : (
        <table className="grid">
          <thead>
            <tr>
              {head.map((text) => (
                <th key={text} scope="col">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.join("|")}>
                {row.map((text, at) => (
                  <td key={head[at]} className={cellLook(text)}>
                    {text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** 何行もの証跡は行のまま、短い言葉（「実施」など）は途中で折らない。 */
function cellLook(text: string): string | undefined {
  if (text.includes("\n")) return "pre";
  return text.length <= 8 ? "nb" : undefined;
}

function Noted({ title, rows, empty }: { title: string; rows: readonly NotedLine[]; empty: string }) {
  const total = rows.reduce((sum, one) => sum + one.value, 0);
  return (
    <Grid
      title={title}
      head={["項目", "数"]}
      rows={
        total === 0 ? [] : rows.map((one) => [one.label, `${one.value.toLocaleString("ja-JP")}${one.unit}`])
      }
      empty={empty}
    />
  );
}

function Clauses({ proofs }: Completion) {
  return (
    <Grid
      title="１　仕様書の条項ごとの実施"
      head={["条項", "内容", "実施", "実施したことと証跡"]}
      rows={proofs.map((one) => [one.clause, one.title, one.state, one.done.join("\n")])}
      empty="条項ごとの義務の記録はありません。"
    />
  );
}

function Figures({ figures, terms }: Completion) {
  if (figures.length === 0)
    return <Grid title="２　期別の実績" head={[]} rows={[]} empty="数として報告する記録はありません。" />;
  return figures.map((group, at) => {
    const { header, rows } = figureTable(group, terms);
    return (
      <Grid
        key={group.title}
        title={`２(${at + 1})　期別の実績（${group.title}）`}
        head={header}
        rows={rows}
        empty="記録はありません。"
      />
    );
  });
}

function Deliverables({ deliverables }: Completion) {
  return (
    <Grid
      title="３　成果品"
      head={["記号", "成果品", "条項", "状態", "管理番号"]}
      rows={deliverables.map((one) => [one.code, one.title, one.clause, one.state, one.mark])}
      empty="台帳に載っている成果品はありません。"
    />
  );
}

function Filings({ filings }: Completion) {
  return (
    <Grid
      title="４　届出・報告・協議"
      head={["番号", "種類", "条項", "件名", "結果"]}
      rows={filings.map((one) => [`第${one.number}号`, one.kind, one.clause, one.title, one.state])}
      empty="提出したものはありません。"
    />
  );
}
