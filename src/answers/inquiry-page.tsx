import { BarChart } from "../ui/bar-chart.tsx";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { writeAt } from "./answer-flow-panel.tsx";
import type { InquiryTotals } from "./count-inquiry.ts";
import { type InquiryItem, inquiryLimits, pendingReasons } from "./inquiry.ts";
import type { ListedRecord, ShownSlip } from "./list-inquiries.ts";
import { type TallyKey, TallyPanel } from "./tally-panel.tsx";

export interface InquiryPageProps {
  csrf: string;
  tally: readonly TallyKey[];
  totals: InquiryTotals;
  label: string;
  today: string;
  records: readonly ShownRecord[];
  /** 引き渡していない重要な記録の数。 */
  waiting: number;
  mayCount: boolean;
  mayHand: boolean;
}

/** 問い合わせの件数と応対記録。 */
export function InquiryPage(props: InquiryPageProps) {
  const { csrf, tally, totals, records, mayCount, waiting } = props;
  const today = tally.reduce((sum, one) => sum + one.n, 0);
  return (
    <>
      <PageHead
        crumb="応対"
        title={`本日の問い合わせは${today}件です。${props.label}は${totals.total}件${totals.firstContact === null ? "" : `、その場で終わったのは${totals.firstContact}%`}です。`}
        actions={
          <>
            <LinkButton href="/inquiries/slips">
              受渡し票{waiting > 0 ? `（${waiting}件待ち）` : ""}
            </LinkButton>
            {mayCount && (
              <LinkButton href="/inquiries/new" look="main" icon="plus">
                応対記録を書く
              </LinkButton>
            )}
          </>
        }
      />
      <div className="cols main-side">
        <div className="pile">
          <Section
            id="h-items"
            title={`項目ごとの件数（${props.label}）`}
            end={props.mayHand ? <a href="/inquiries/items">項目を改める</a> : undefined}
          >
            <Totals totals={totals} />
          </Section>
          <Section id="h-records" title="応対記録" sub="新しい順">
            <Records records={records.slice(0, 20)} csrf={mayCount ? csrf : undefined} />
          </Section>
        </div>
        <div className="pile">
          {mayCount && <TallyPanel csrf={csrf} keys={tally} back="/inquiries" />}
          <Section id="h-days" title="日ごと">
            <BarChart
              unit="件"
              bars={totals.byDay.slice(-10).map((one) => ({
                label: one.day.slice(5).replace(/^0?(\d+)-0?(\d+)$/, "$1/$2"),
                actual: one.n,
                state: one.day === props.today ? "now" : "past",
              }))}
            />
          </Section>
          <Section id="h-first" title="その場で終わらなかった理由" sub="6(7)">
            <Table
              caption="その場で終わらなかった理由"
              columns={[
                {
                  key: "reason",
                  head: "理由",
                  rowHead: true,
                  cell: (one: InquiryTotals["reasons"][number]) => pendingReasons[one.reason],
                },
                { key: "n", head: "件", numeric: true, width: 4, cell: (one) => one.n },
              ]}
              rows={totals.reasons}
              rowKey={(one) => one.reason}
              empty="すべて、その電話で終わっています。"
            />
          </Section>
        </div>
      </div>
    </>
  );
}

function Totals({ totals }: { totals: InquiryTotals }) {
  return (
    <Table
      caption="項目ごとの件数"
      columns={[
        {
          key: "label",
          head: "項目",
          rowHead: true,
          cell: (one: InquiryTotals["byItem"][number]) => one.label,
        },
        { key: "n", head: "件数", numeric: true, width: 5, cell: (one) => one.n },
        { key: "faq", head: "うちＦＡＱ", numeric: true, width: 6, cell: (one) => one.faq },
        {
          key: "share",
          head: "割合（%）",
          numeric: true,
          width: 6,
          cell: (one) => (totals.total === 0 ? "－" : ((one.n / totals.total) * 100).toFixed(1)),
        },
      ]}
      rows={totals.byItem}
      rowKey={(one) => one.code}
      empty="まだ数がありません。"
    />
  );
}

/** 応対記録の一行。hidden は伏せた所があるか。 */
type ShownRecord = ListedRecord & { hidden: boolean };

const columnsOf = (csrf: string | undefined): Column<ShownRecord>[] => [
  { key: "number", head: "番号", numeric: true, width: 3, cell: (one) => one.number ?? "－" },
  {
    key: "content",
    head: "内容",
    rowHead: true,
    wrap: true,
    cell: (one) => (
      <>
        {one.content}
        <br />
        {one.hidden && csrf !== undefined && (
          <form method="post" action={`/inquiries/${one.id}/reveal`} className="noprint">
            <Csrf token={csrf} />
            <Submit icon="eye" look="second">
              伏せた所を見る
            </Submit>
          </form>
        )}
        <span className="sub">
          {writeAt(one.at)}　{one.item}
          {one.reason !== "" && `　${pendingReasons[one.reason]}`}
        </span>
      </>
    ),
  },
  {
    key: "state",
    head: "扱い",
    width: 6,
    cell: (one) =>
      one.important ? (
        <Status look={one.slip === null ? "warn" : "done"}>
          {one.slip === null ? "重要" : `票${one.slip}`}
        </Status>
      ) : null,
  },
];

/** csrf を渡せば、伏せた所を一件ずつ見る釦が付く。 */
export function Records({ records, csrf }: { records: readonly ShownRecord[]; csrf?: string | undefined }) {
  return (
    <Table
      caption="応対記録"
      columns={columnsOf(csrf)}
      rows={records}
      rowKey={(one) => one.id}
      empty="応対記録はまだありません。単純な問い合わせは、件数だけで足ります。"
    />
  );
}

export interface RecordFormProps {
  csrf: string;
  once: string;
  items: readonly InquiryItem[];
  values: Readonly<Record<string, string>>;
  faults: readonly { field?: string; message: string }[];
}

/** 応対記録の様式（６(9)「開設前に用意する」）。 */
export function RecordFormPage({ csrf, once, items, values, faults }: RecordFormProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <>
      <PageHead crumb={<a href="/inquiries">問い合わせの記録</a>} title="応対記録を書く" />
      <div className="cols main-side">
        <form method="post" action="/inquiries" className="pile">
          <Csrf token={csrf} />
          <input type="hidden" name="once" value={once} />
          <SelectField
            id="item"
            label="項目"
            required
            choices={items.map(({ code, label }) => ({ value: code, label }))}
            defaultValue={values.item}
            error={fault("item")}
          />
          <TextAreaField
            id="content"
            label="問い合わせの内容と、お答えしたこと"
            required
            rows={5}
            maxLength={inquiryLimits.content}
            defaultValue={values.content}
            error={fault("content")}
          />
          <SelectField
            id="reason"
            label="その電話で終わらなかったとき、その理由"
            blank="終わった"
            choices={Object.entries(pendingReasons).map(([value, label]) => ({ value, label }))}
            defaultValue={values.reason}
            error={fault("reason")}
          />
          <CheckField
            id="important"
            label="重要（委託者に引き渡す）"
            defaultChecked={values.important === "1"}
          />
          <CheckField
            id="needsPersonal"
            label="個人情報が要る"
            defaultChecked={values.needsPersonal === "1"}
            help="氏名・電話・住所らしいものが見つかったときに、要ることを確かめて印をつけます。"
          />
          <div className="acts">
            <LinkButton href="/inquiries" size="tall">
              やめる
            </LinkButton>
            <Submit>記録する</Submit>
          </div>
        </form>
        <div className="pile">
          <Note tone="info" title="個人情報は、要るところだけに。">
            だれからの電話かを書かなくても報告書が作れるなら、書きません。予約のことは予約の記録に残ります。
          </Note>
          <Note title="単純な問い合わせは、件数だけで足ります（6(9)）。">
            <a href="/inquiries">一押しの記録</a>をお使いください。
          </Note>
        </div>
      </div>
    </>
  );
}

export interface SlipPageProps {
  csrf: string;
  waiting: readonly ShownRecord[];
  slips: readonly ShownSlip[];
  mayHand: boolean;
  values: Readonly<Record<string, string>>;
  faults: readonly { field?: string; message: string }[];
}

/** 重要な応対記録の引渡し。 */
export function SlipPage({ csrf, waiting, slips, mayHand, values, faults }: SlipPageProps) {
  return (
    <>
      <PageHead
        crumb={<a href="/inquiries">問い合わせの記録</a>}
        title={
          waiting.length === 0
            ? "引き渡しを待つ記録はありません。"
            : `重要な記録${waiting.length}件を引き渡します。`
        }
      />
      <div className="cols main-side">
        <div className="pile">
          <Section id="h-waiting" title="これから引き渡すもの">
            <Records records={waiting} csrf={csrf} />
          </Section>
          <Section id="h-slips" title="受渡し票">
            <Table
              caption="受渡し票"
              columns={[
                { key: "number", head: "票", numeric: true, width: 3, cell: (one: ShownSlip) => one.number },
                { key: "at", head: "引き渡した時", width: 10, cell: (one) => writeAt(one.made_at) },
                { key: "count", head: "件", numeric: true, width: 3, cell: (one) => one.count },
                { key: "receiver", head: "受け取った委託者", rowHead: true, cell: (one) => one.receiver },
              ]}
              rows={slips}
              rowKey={(one) => String(one.number)}
              empty="まだありません。"
            />
          </Section>
        </div>
        {mayHand && waiting.length > 0 && (
          <Section id="h-hand" title="引き渡す">
            <form method="post" action="/inquiries/slips" className="pile mt1">
              <Csrf token={csrf} />
              <TextField
                id="receiver"
                label="受け取る委託者（部署と職名）"
                required
                maxLength={80}
                defaultValue={values.receiver}
                error={faults.find((one) => one.field === "receiver")?.message}
              />
              <p>
                左の{waiting.length}
                件に受渡し票の番号がつきます。残りは業務の終わりまで保管し、あとで廃棄します（6(9)）。
              </p>
              <Submit>受渡し票を作る</Submit>
            </form>
          </Section>
        )}
      </div>
    </>
  );
}

export interface ItemPageProps {
  csrf: string;
  items: readonly InquiryItem[];
  faults: readonly { field?: string; message: string }[];
}

/** 問い合わせの項目を改める。 */
export function ItemPage({ csrf, items, faults }: ItemPageProps) {
  const rows = [...items, ...Array.from({ length: inquiryLimits.items - items.length }, () => undefined)];
  return (
    <>
      <PageHead crumb={<a href="/inquiries">問い合わせの記録</a>} title="問い合わせの項目" />
      <form method="post" action="/inquiries/items" className="pile upload">
        <Csrf token={csrf} />
        <p>上から順に Alt+1 からの鍵になります。名を空にした行は外れます（前の件数は残ります）。</p>
        {rows.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: 行は並びそのもので、入れ替わらない
          <div key={at}>
            <input type="hidden" name={`code-${at}`} value={one?.code ?? ""} />
            <TextField
              id={`label-${at}`}
              label={at < 9 ? `Alt+${at + 1}` : `${at + 1}番目`}
              maxLength={inquiryLimits.label}
              defaultValue={one?.label}
              error={faults.find((fault) => fault.field === `label-${at}`)?.message}
            />
          </div>
        ))}
        <div className="acts">
          <LinkButton href="/inquiries" size="tall">
            やめる
          </LinkButton>
          <Submit>項目を改める</Submit>
        </div>
      </form>
    </>
  );
}
