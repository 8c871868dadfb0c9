import type { Fault } from "../base/error.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { type Equipment, equipmentKinds, payers } from "./equipment.ts";
import type { EquipmentView } from "./list-equipment.ts";
import { type StaffingTab, StaffingTabs } from "./staffing-tabs-panel.tsx";

export interface EquipmentPageProps {
  view: EquipmentView;
  values: Readonly<Record<string, string | undefined>>;
  faults: readonly Fault[];
  csrf: string;
  mayPlan: boolean;
  hidden: readonly StaffingTab[];
}

/** 設備の登録（６(6)ア・イ・エ）と、要る席・回線との突き合わせ。 */
export function EquipmentPage(props: EquipmentPageProps) {
  const { view, csrf, mayPlan, hidden } = props;
  const { need, findings, items } = view;
  const late = findings.filter(({ tone }) => tone === "late").length;
  return (
    <>
      <PageHead
        crumb="席数と勤務"
        title={
          findings.length === 0 ? (
            <>設備は、一日450件と勤務表に足りています。</>
          ) : (
            <>
              設備に確かめることが{findings.length}件あります。
              {late > 0 && <span className="late">{late}件は足りないか、誤りです。</span>}
            </>
          )
        }
      />
      <div className="pile">
        <StaffingTabs current="equipment" hidden={hidden} />
        {findings.map(({ clause, message, tone }) => (
          <Note key={message} tone={tone} title={message}>
            業務仕様書 {clause}
          </Note>
        ))}
        <p className="sub">
          要るもの: 上限450件/日で{need.seats}席・{need.lines}回線、勤務表でいちばん多い席{need.staffed}席。
        </p>
        <Table
          caption="設備"
          columns={[
            {
              key: "kind",
              head: "種類",
              rowHead: true,
              cell: ({ kind }) => equipmentKinds[kind].label,
            },
            {
              key: "count",
              head: "数",
              numeric: true,
              cell: ({ kind, count }) => `${count}${equipmentKinds[kind].unit}`,
            },
            { key: "detail", head: "番号・契約先・機種", wrap: true, cell: ({ detail }) => detail },
            {
              key: "speed",
              head: "下り／上り（Mbps）",
              numeric: true,
              cell: ({ down, up }) => (down === undefined ? "－" : `${down}／${up ?? "－"}`),
            },
            { key: "payer", head: "負担", cell: ({ payer }) => payers[payer] },
            { key: "day", head: "日", cell: ({ onDay }) => formatMonthDay(onDay) },
            { key: "clause", head: "条項", cell: ({ kind }) => equipmentKinds[kind].clause },
            {
              key: "state",
              head: "状態",
              cell: (item) => <State item={item} csrf={csrf} mayPlan={mayPlan} />,
            },
          ]}
          rows={items}
          rowKey={({ id }) => id}
          empty={
            <p>
              設備はまだ登録されていません。端末機、電話機、着信課金の番号、回線、通信の契約、速さの測定を登録してください。
            </p>
          }
        />
        {mayPlan && <AddForm {...props} />}
      </div>
    </>
  );
}

function State({ item, csrf, mayPlan }: { item: Equipment; csrf: string; mayPlan: boolean }) {
  if (item.ended) return <Status look="none">使用終了</Status>;
  if (!mayPlan) return <Status look="done">使用中</Status>;
  return (
    <form method="post" action={`/staffing/equipment/${item.id}/end`} className="quick noprint">
      <Csrf token={csrf} />
      <Submit look="normal" aria-label={`${equipmentKinds[item.kind].label}の使用を終える`}>
        終える
      </Submit>
    </form>
  );
}

function AddForm({ values, faults, csrf }: EquipmentPageProps) {
  const wrong = (field: string) => faults.find((fault) => fault.field === field)?.message;
  return (
    <Section id="h-add" title="設備を加える" sub="費用は、仕様書では受託者の負担です（６(6)イ・エ）。">
      <form method="post" action="/staffing/equipment" className="fields two noprint">
        <Csrf token={csrf} />
        <SelectField
          id="kind"
          label="種類"
          required
          defaultValue={values.kind}
          choices={Object.entries(equipmentKinds).map(([value, { label }]) => ({ value, label }))}
          error={wrong("kind")}
        />
        <TextField
          id="count"
          label="数"
          inputMode="numeric"
          defaultValue={values.count ?? "1"}
          error={wrong("count")}
        />
        <TextField
          id="down"
          label="下り（測定のとき）"
          unit="Mbps"
          inputMode="numeric"
          defaultValue={values.down}
          error={wrong("down")}
        />
        <TextField
          id="up"
          label="上り（測定のとき）"
          unit="Mbps"
          inputMode="numeric"
          defaultValue={values.up}
          error={wrong("up")}
        />
        <TextField
          id="onDay"
          label="使い始めた日・測った日"
          type="date"
          defaultValue={values.onDay}
          error={wrong("onDay")}
        />
        <SegmentedField
          id="payer"
          legend="費用の負担"
          choices={Object.entries(payers).map(([value, label]) => ({ value, label }))}
          defaultValue={values.payer ?? "contractor"}
          error={wrong("payer")}
        />
        <TextAreaField
          id="detail"
          label="番号・契約先・機種"
          required
          span
          rows={2}
          maxLength={400}
          defaultValue={values.detail}
          error={wrong("detail")}
        />
        <p>
          <Submit icon="plus">加える</Submit>
        </p>
      </form>
    </Section>
  );
}
