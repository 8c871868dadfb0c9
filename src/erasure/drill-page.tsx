import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { PressForm, writeAt } from "./erasure-flow-panel.tsx";
import type { Drill } from "./run-drill.ts";

/** 流出の訓練。 */
export function DrillPage({
  csrf,
  may,
  drill,
  last,
}: {
  csrf: string;
  may: boolean;
  drill: Drill | undefined;
  last: { at: string; steps: number; stopped: number } | undefined;
}) {
  const all = drill && drill.stopped === drill.steps.length;
  return (
    <>
      <PageHead
        crumb="流出の訓練（尼崎の訓練）"
        title={
          drill
            ? all
              ? `${drill.steps.length}段の試みは、すべて止まりました。`
              : `${drill.steps.length}段のうち${drill.steps.length - drill.stopped}段が止まりませんでした。`
            : "電話受付の個人情報が持ち出された事件を、使い捨ての事務所でなぞります。"
        }
        actions={
          may ? (
            <PressForm to="/privacy-drill" csrf={csrf} look="main">
              訓練をする
            </PressForm>
          ) : undefined
        }
      />
      <div className="pile">
        {drill === undefined && (
          <Note tone="info" title="ＵＳＢの写し、隠れた再委託、残った写し、名簿にない人。">
            {last
              ? `前回は ${writeAt(last.at)}、${last.steps}段のうち${last.stopped}段が止まりました。`
              : "まだ一度もしていません。"}
            この事務所の個人情報には触れません。数秒で終わります。
          </Note>
        )}
        {drill && (
          <Table
            caption="訓練の結果"
            rows={drill.steps}
            rowKey={(step) => step.tried}
            empty={<p>試みはありません。</p>}
            columns={[
              { key: "story", head: "筋", width: 12, wrap: true, cell: (step) => step.story },
              { key: "tried", head: "試みたこと", rowHead: true, wrap: true, cell: (step) => step.tried },
              {
                key: "result",
                head: "結果",
                width: 10,
                cell: (step) => (
                  <Status look={step.stopped ? "done" : "late"}>
                    {step.stopped ? "止まった" : "止まらなかった"}
                  </Status>
                ),
              },
              {
                key: "gate",
                head: "止めた関門",
                wrap: true,
                cell: (step) => (
                  <>
                    <b>{step.gate}</b>
                    <br />
                    <span className="sub">{step.said}</span>
                  </>
                ),
              },
            ]}
          />
        )}
      </div>
    </>
  );
}
