import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField, SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { CheckpointPanel } from "./checkpoint-panel.tsx";
import { scopeLabels } from "./erasure.ts";
import { type FormState, faultOf, writeAt } from "./erasure-flow-panel.tsx";
import type { OpenErasure } from "./open-erasure.ts";
import type { PersonalPlace } from "./personal-place.ts";
import type { PrintedCheckpoint } from "./read-checkpoint.ts";

/** 消去の一覧。 */
export function ErasureListPage(props: {
  erasures: readonly OpenErasure[];
  mayPlan: boolean;
  point: PrintedCheckpoint | undefined;
}) {
  const { erasures, mayPlan, point } = props;
  const open = erasures.filter(({ facts }) => facts.state !== "cancelled" && !isDone(facts)).length;
  return (
    <>
      <PageHead
        crumb="個人情報の消去"
        title={open === 0 ? "途中の消去はありません。" : `${open}件の消去が終わっていません。`}
        actions={
          <>
            <LinkButton href="/personal-data">どこに何があるか</LinkButton>
            {mayPlan && (
              <LinkButton href="/erasures/new" look="main" icon="plus">
                消去の範囲を決める
              </LinkButton>
            )}
          </>
        }
      />
      <div className="pile">
        <Table
          caption="消去"
          rows={erasures}
          rowKey={({ erasure }) => erasure.id}
          empty={
            <p>
              <b>まだ一つもありません。</b>
              業務の終わりや、期の終わり、本人の申出があったときに、範囲を決めて委託者の承諾を求めます（特記事項
              第13条）。
            </p>
          }
          columns={[
            { key: "number", head: "番号", numeric: true, width: 4, cell: ({ erasure }) => erasure.number },
            {
              key: "label",
              head: "範囲",
              rowHead: true,
              wrap: true,
              cell: ({ erasure }) => <a href={`/erasures/${erasure.id}`}>{erasure.label}</a>,
            },
            { key: "scope", head: "種類", width: 12, cell: ({ erasure }) => scopeLabels[erasure.scope] },
            { key: "state", head: "状態", width: 10, cell: (one) => <ErasureStatus one={one} /> },
            {
              key: "day",
              head: "処理予定日",
              width: 10,
              cell: ({ erasure }) => formatMonthDay(erasure.planned_day, { weekday: true }),
            },
            {
              key: "done",
              head: "消し終えた時",
              width: 12,
              cell: ({ erasure }) => writeAt(erasure.finished_at),
            },
          ]}
        />
        <Section
          id="h-point"
          title="記録の検査点"
          sub="日次報告に刷って渡すと、委託者が記録の証人になります"
          end={<a href="/erasures/verifier.html">確かめる画面（HTML）を取り出す</a>}
        >
          <CheckpointPanel point={point} />
        </Section>
      </div>
    </>
  );
}

function isDone(facts: OpenErasure["facts"]): boolean {
  return facts.state === "scrubbed" && facts.openCopies === 0;
}

export function ErasureStatus({ one }: { one: OpenErasure }) {
  const { facts } = one;
  const look: StatusLook = isDone(facts)
    ? "done"
    : facts.state === "cancelled"
      ? "none"
      : facts.state === "scrubbed" || facts.consent === "refused"
        ? "warn"
        : facts.consent === "waiting"
          ? "wait"
          : "due";
  return <Status look={look}>{one.stateText}</Status>;
}

/** 範囲を決める画面。 */
export function ErasureFormPage({
  csrf,
  form,
  terms,
}: {
  csrf: string;
  form: FormState;
  terms: readonly { label: string; from: string; to: string }[];
}) {
  const { values } = form;
  const error = (field: string) => faultOf(form, field);
  return (
    <>
      <PageHead crumb={<a href="/erasures">個人情報の消去</a>} title="消去の範囲を決める" />
      <form method="post" action="/erasures" className="pile">
        <Csrf token={csrf} />
        {form.said !== undefined && <Note tone="late" title={form.said} />}
        <Note tone="info" title="ここでは、まだ何も消えません。">
          範囲に入る方と文書を数え、委託者への申請（項目・媒体名・数量・方法・処理予定日）を作ります。承諾が届いてから、保護管理者が消します。
        </Note>
        <SegmentedField
          id="scope"
          legend="何を消すか"
          defaultValue={values.scope ?? "contract"}
          choices={Object.entries(scopeLabels).map(([value, label]) => ({ value, label }))}
        />
        <div className="fields two">
          <TextField
            id="from"
            label="期間のはじめ"
            type="date"
            defaultValue={values.from}
            error={error("from")}
            help={
              terms.length === 0
                ? undefined
                : terms
                    .map((term) => `${term.label} ${formatMonthDay(term.from)}〜${formatMonthDay(term.to)}`)
                    .join("、")
            }
          />
          <TextField
            id="to"
            label="期間のおわり"
            type="date"
            defaultValue={values.to}
            error={error("to")}
            help="次の期にも申し込んだ方は、次の期の終わりに消えます。"
          />
          <TextField
            id="numbers"
            label="受付番号（申出のあった方）"
            defaultValue={values.numbers}
            error={error("numbers")}
            help="「、」か空白で区切ります。"
          />
          <TextField
            id="plannedDay"
            label="処理予定日"
            type="date"
            required
            defaultValue={values.plannedDay}
            error={error("plannedDay")}
          />
        </div>
        <CheckField
          id="witnessAsked"
          label="委託者が立会いを求めている"
          help="立ち会う方を記録するまで、消去は始まりません（第13条3）。"
          defaultChecked={values.witnessAsked !== undefined}
        />
        <div className="acts">
          <Submit>数えて、範囲を決める</Submit>
        </div>
      </form>
    </>
  );
}

const fateLabels = {
  people: "消す（本人）",
  documents: "消す（応対・ファイル）",
  undecided: "まだ決めていない",
  kept: "残す",
} as const;

/** 個人情報のある表の一覧（列の宣言から）。 */
export function PersonalDataPage({
  places,
}: {
  places: readonly (PersonalPlace & { columnText: string; keys: number; rows: number })[];
}) {
  return (
    <>
      <PageHead
        crumb={<a href="/erasures">個人情報の消去</a>}
        title={`個人情報は、${places.length}の表に封じてあります。`}
      />
      <Table
        caption="個人情報のある表"
        rows={places}
        rowKey={(place) => place.table}
        empty={<p>個人情報のある表はありません。</p>}
        columns={[
          { key: "label", head: "もの", rowHead: true, wrap: true, cell: (place) => place.label },
          { key: "columns", head: "封じた項目", wrap: true, cell: (place) => place.columnText },
          { key: "keys", head: "鍵", numeric: true, width: 5, cell: (place) => place.keys.toLocaleString() },
          { key: "rows", head: "行", numeric: true, width: 5, cell: (place) => place.rows.toLocaleString() },
          {
            key: "fate",
            head: "消去での扱い",
            wrap: true,
            cell: (place) => (
              <>
                {fateLabels[place.fate]}
                {place.why !== "" && <span className="sub">　{place.why}</span>}
              </>
            ),
          },
        ]}
      />
    </>
  );
}
