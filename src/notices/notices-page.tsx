import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { type BatchState, batchStateLabels } from "./batch.ts";
import { ClockPanel } from "./clock-panel.tsx";
import type { PostingStrip } from "./posting-strip.ts";

/** これから作る受講日の一行。 */
export interface PoolRow {
  day: string;
  /** 「10月1日（水）」。 */
  label: string;
  count: number;
  reissue: number;
  /** 「9月22日（月）15:00」。 */
  deadline: string;
  tone: StatusLook;
  /** 「本日」「あと3営業日」「期限を過ぎました」。 */
  left: string;
  /** 「北区民センター 10:00 入門 ほか3」。 */
  classes: string;
  checked: boolean;
}

export interface BatchLine {
  id: string;
  number: number;
  state: BatchState;
  about: string;
  made: number;
  /** 「承認待ち 128通」。 */
  words: string;
  madeAt: string;
  samePerson: boolean;
}

export interface NoticesPageProps {
  sentence: string;
  date: string;
  now: string;
  strip: PostingStrip | undefined;
  pool: PoolRow[];
  batches: BatchLine[];
  mayPrepare: boolean;
  csrf: string;
  onceKey: string;
  template: { name: string; at: string } | undefined;
}

const looks: Record<BatchState, StatusLook> = {
  draft: "wait",
  submitted: "due",
  returned: "warn",
  approved: "soon",
  printing: "wait",
  printed: "due",
  sent: "done",
};

/** 受講通知書の入り口: これから作るものと、束の一覧。 */
export function NoticesPage(props: NoticesPageProps) {
  const { sentence, date, now, strip, pool, batches, mayPrepare } = props;
  return (
    <>
      <PageHead crumb="受講通知書" title={sentence} date={date} now={now} />
      {strip !== undefined && <ClockPanel {...strip} />}
      <div className="pile wide mt2">
        {/* 作る人には作るもの、承認する人には待っている束を先に。 */}
        {mayPrepare && <Pool {...props} />}
        <Batches batches={batches} />
        {!mayPrepare && <Pool {...props} />}
        <TemplateLine {...props} pool={pool} />
      </div>
    </>
  );
}

function Batches({ batches }: Pick<NoticesPageProps, "batches">) {
  return (
    <Section
      id="h-batches"
      title="束"
      sub={`${batches.length}件`}
      end={
        <>
          <a href="/notices/ledger">発送簿</a>　<a href="/notices/returned">返戻</a>
          {"　"}
          <a href="/notices/phone">電話案内</a>
        </>
      }
    >
      <Table
        caption="受講通知書の束"
        rows={batches}
        rowKey={(row) => row.id}
        empty="まだ束はありません。上の表から受講日を選んで作ってください。"
        columns={[
          {
            key: "number",
            head: "束",
            rowHead: true,
            width: 12,
            cell: (row) => <a href={`/notices/${row.id}`}>{row.about}</a>,
          },
          {
            key: "state",
            head: "状態",
            width: 8,
            cell: (row) => <Status look={looks[row.state]}>{batchStateLabels[row.state]}</Status>,
          },
          { key: "made", head: "通", numeric: true, width: 4, cell: (row) => row.made },
          {
            key: "words",
            head: "いま",
            wrap: true,
            cell: (row) => (
              <>
                {row.words}
                {row.samePerson && <span className="sub">　作成と承認が同じ人（SV兼OP）</span>}
              </>
            ),
          },
          { key: "at", head: "作った日時", width: 10, cell: (row) => row.madeAt },
        ]}
      />
    </Section>
  );
}

function Pool({ pool, mayPrepare, csrf, onceKey }: NoticesPageProps) {
  const total = pool.reduce((sum, row) => sum + row.count, 0);
  return (
    <Section id="h-pool" title="これから作る" sub={`${total}通`}>
      <form method="post" action="/notices/prepare">
        <Csrf token={csrf} />
        <input type="hidden" name="once" value={onceKey} />
        <Table
          caption="これから作る受講通知書（受講日ごと）"
          rows={pool}
          rowKey={(row) => row.day}
          empty="作っていない受講通知書はありません。予約が入ると、ここに受講日ごとに出ます。"
          columns={[
            {
              key: "pick",
              head: "受講日",
              rowHead: true,
              width: 10,
              cell: (row) =>
                mayPrepare ? (
                  <label className="check" htmlFor={`day-${row.day}`}>
                    <input
                      type="checkbox"
                      id={`day-${row.day}`}
                      name="day"
                      value={row.day}
                      defaultChecked={row.checked}
                    />
                    <span>{row.label}</span>
                  </label>
                ) : (
                  row.label
                ),
            },
            {
              key: "count",
              head: "通",
              numeric: true,
              width: 4,
              cell: (row) => row.count,
            },
            { key: "deadline", head: "投函の期限", width: 12, cell: (row) => row.deadline },
            {
              key: "left",
              head: "残り",
              width: 9,
              cell: (row) => <Status look={row.tone}>{row.left}</Status>,
            },
            {
              key: "classes",
              head: "講習会",
              wrap: true,
              cell: (row) => (
                <>
                  {row.classes}
                  {row.reissue > 0 && (
                    <span className="sub">　うち作り直し{row.reissue}通（送った後で変更）</span>
                  )}
                </>
              ),
            },
          ]}
        />
        {mayPrepare && pool.length > 0 && (
          <div className="row mt1">
            <Submit size="tall">選んだ受講日の束を作る</Submit>
            <span className="sub">作った後で、外したり直したりできます。</span>
          </div>
        )}
      </form>
    </Section>
  );
}

function TemplateLine({ template }: NoticesPageProps) {
  return (
    <Section id="h-template" title="様式">
      <div className="row between mt1">
        {template ? (
          <span>
            {template.name}　<span className="sub">{template.at} 登録</span>
          </span>
        ) : (
          <Status look="warn">まだ登録されていません。登録するまで印刷できません。</Status>
        )}
        <LinkButton href="/notices/template">{template ? "様式を替える" : "様式を登録する"}</LinkButton>
      </div>
    </Section>
  );
}
