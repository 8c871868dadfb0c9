import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton } from "../ui/button.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { CheckpointPanel } from "./checkpoint-panel.tsx";
import { isComplete, scopeLabels } from "./erasure.ts";
import { writeAt } from "./erasure-flow-panel.tsx";
import type { Recording } from "./list-recordings.ts";
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
  const open = erasures.filter(({ facts }) => facts.state !== "cancelled" && !isComplete(facts)).length;
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

export function ErasureStatus({ one }: { one: OpenErasure }) {
  const { facts } = one;
  const look: StatusLook = isComplete(facts)
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

const fateLabels = {
  people: "消す（本人）",
  documents: "消す（応対・ファイル）",
  undecided: "まだ決めていない",
  kept: "残す",
} as const;

/** 個人情報のある表の一覧（列の宣言から）。 */
export function PersonalDataPage({
  places,
  recordings,
}: {
  places: readonly (PersonalPlace & { columnText: string; keys: number; rows: number })[];
  recordings: readonly Recording[];
}) {
  return (
    <>
      <PageHead
        crumb={<a href="/erasures">個人情報の消去</a>}
        title={`個人情報は、${places.length}の表に封じてあります。`}
      />
      <div className="pile">
        {recordings.length > 0 && (
          <Section
            id="h-recordings"
            title="会議の録音"
            sub="事務所の外の録音機・ファイルにあり、鍵では消せないので、消したことの記録を待ちます"
          >
            <Recordings recordings={recordings} />
          </Section>
        )}
        <Section id="h-sealed" title="封じた表" sub="表ごとの鍵と行の数、消去での扱い">
          <Table
            caption="個人情報のある表"
            rows={places}
            rowKey={(place) => place.table}
            empty={<p>個人情報のある表はありません。</p>}
            columns={[
              { key: "label", head: "もの", rowHead: true, wrap: true, cell: (place) => place.label },
              { key: "columns", head: "封じた項目", wrap: true, cell: (place) => place.columnText },
              {
                key: "keys",
                head: "鍵",
                numeric: true,
                width: 5,
                cell: (place) => place.keys.toLocaleString(),
              },
              {
                key: "rows",
                head: "行",
                numeric: true,
                width: 5,
                cell: (place) => place.rows.toLocaleString(),
              },
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
        </Section>
      </div>
    </>
  );
}

/** 会議の録音と、消したか。 */
export function Recordings({ recordings }: { recordings: readonly Recording[] }) {
  return (
    <Table
      caption="会議の録音"
      rows={recordings}
      rowKey={(one) => one.meeting}
      empty={<p>会議の録音はありません。</p>}
      columns={[
        {
          key: "label",
          head: "録音",
          rowHead: true,
          cell: ({ meeting, label }) => (
            <a href={`/council/meetings/${meeting.split("/").at(-1)}/day`}>{label}</a>
          ),
        },
        {
          key: "held",
          head: "開いた日",
          cell: ({ heldOn }) => (heldOn === "" ? "－" : formatMonthDay(heldOn, { weekday: true })),
        },
        {
          key: "by",
          head: "消す予定の日",
          cell: ({ eraseBy }) => (eraseBy === "" ? "－" : formatMonthDay(eraseBy, { weekday: true })),
        },
        {
          key: "erased",
          head: "消したか",
          cell: ({ erasedOn }) =>
            erasedOn === undefined ? (
              <Status look="warn">まだ消していない</Status>
            ) : (
              <Status look="done">{`${formatMonthDay(erasedOn, { weekday: true })}に消した`}</Status>
            ),
        },
      ]}
    />
  );
}
