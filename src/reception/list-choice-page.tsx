import { formatTimeRange } from "../japan/clock-time.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import type { Term } from "../terms/blueprint.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField, SegmentedLinks } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { listPurposes } from "./booking-list.ts";
import type { ClassLine } from "./class-view.ts";

export interface ListChoicePageProps {
  csrf: string;
  terms: readonly Term[];
  term: Term;
  lines: readonly ClassLine[];
  /** 書き出せるか（SV と責任者）。 */
  mayExport: boolean;
  /** 登録されている様式。 */
  template: { fileName: string; registeredOn: string } | undefined;
  /** 五分以内に本人であることを確かめたか。 */
  stepped: boolean;
  fault?: string | undefined;
  /** 前に選んだ講習会、取り消しも載せるか、目的。 */
  picked: readonly string[];
  cancelled: boolean;
  purpose: string;
  /** 渡す相手（課・係）のはじめの値。 */
  recipient: string;
}

/** どの講習会の予約者リストを、どう出すかを選ぶ。 */
export function ListChoicePage(props: ListChoicePageProps) {
  const { csrf, terms, term, lines, fault } = props;
  const people = lines.reduce((sum, line) => sum + line.booked, 0);
  return (
    <>
      <PageHead
        crumb="予約者リスト"
        title={
          lines.length === 0
            ? `${term.label}の講習会は、まだありません。`
            : `${term.label}は${lines.length}回、予約者は${people}人です。`
        }
        actions={
          <>
            {props.mayExport && <LinkButton href="/lists/check">戻ったファイル</LinkButton>}
            <LinkButton href="/lists/differences">渡した後の差分</LinkButton>
            <LinkButton href="/bookings">予約を探す・変える</LinkButton>
          </>
        }
      />
      <SegmentedLinks
        label="期"
        links={terms.map((each) => ({
          href: `/lists?term=${encodeURIComponent(each.id)}`,
          label: each.label,
          current: each.id === term.id,
        }))}
      />
      <form method="post" action="/lists/print" className="cols main-side mt2">
        <Csrf token={csrf} />
        <input type="hidden" name="term" value={term.id} />
        <Section id="h-classes" title="講習会" sub="一つも選ばなければ、この期の全部です。">
          <Table
            caption={`${term.label}の講習会`}
            columns={columnsOf(new Set(props.picked))}
            rows={lines}
            rowKey={(line) => line.id}
            empty={
              <p>
                講習会がないので、予約者リストもありません。
                <a href="/classes">日程表を取り込むと、ここに並びます。</a>
              </p>
            }
          />
        </Section>
        {lines.length > 0 && (
          <div className="pile wide stick">
            {fault !== undefined && <Note tone="late" title={fault} />}
            <CheckField id="cancelled" label="取り消された予約も載せる" defaultChecked={props.cancelled} />
            <Section id="h-print" title="紙にする">
              <div className="pile mt1">
                <p className="sub">講習会ごとに A4 一枚から。開いた人と人数が記録に残ります。</p>
                <Submit look="second" icon="print" size="tall">
                  印刷の画面を開く
                </Submit>
              </div>
            </Section>
            {props.mayExport && <ExportPanel {...props} />}
          </div>
        )}
      </form>
    </>
  );
}

function ExportPanel({ template, stepped, purpose, recipient }: ListChoicePageProps) {
  return (
    <Section id="h-file" title="委託者の様式に書き出す" end={<a href="/lists/template">様式</a>}>
      {template === undefined ? (
        <Note tone="due" title="様式がまだ登録されていません。">
          <p>
            <a href="/lists/template">委託者から届いた .xlsx を登録する</a>
          </p>
        </Note>
      ) : (
        <div className="pile mt1">
          <p className="sub">
            {template.fileName}（{formatWareki(template.registeredOn)}
            に登録）。講習会ごとに一枚のシートになります。
          </p>
          <SelectField
            id="purpose"
            label="何のために"
            blank="選んでください"
            defaultValue={purpose}
            choices={Object.entries(listPurposes).map(([value, label]) => ({ value, label }))}
            help="目的、人数、ファイルの指紋が記録に残ります。"
          />
          <TextField
            id="recipient"
            label="渡す相手（課・係）"
            maxLength={60}
            defaultValue={recipient}
            help="渡すときだけ。パスワードが付きます。"
          />
          {stepped ? (
            <Submit formAction="/lists/workbook" size="tall" icon="save">
              Excel で書き出す
            </Submit>
          ) : (
            <Note tone="info" title="書き出す前に、本人であることを確かめます。">
              <Submit formAction="/lists/step-up" look="second">
                確かめて、選んだまま戻る
              </Submit>
            </Note>
          )}
        </div>
      )}
    </Section>
  );
}

const columnsOf = (picked: ReadonlySet<string>): Column<ClassLine>[] => [
  {
    key: "pick",
    head: "選ぶ",
    cell: (line) => (
      <label className="check" htmlFor={`class-${line.id}`}>
        <input
          type="checkbox"
          id={`class-${line.id}`}
          name="class"
          value={line.id}
          defaultChecked={picked.has(line.id)}
        />
        <span className="vh">
          {formatMonthDay(line.day)} {line.start} {line.venue}
        </span>
      </label>
    ),
  },
  {
    key: "day",
    head: "日時",
    rowHead: true,
    cell: (line) => (
      <a href={`/lists/${line.id}`}>
        {formatMonthDay(line.day, { weekday: true })} {formatTimeRange(line.start, line.end)}
      </a>
    ),
  },
  { key: "venue", head: "会場", wrap: true, cell: (line) => line.venue },
  { key: "course", head: "講座", wrap: true, cell: (line) => line.course },
  { key: "capacity", head: "定員", numeric: true, cell: (line) => line.capacity },
  { key: "booked", head: "予約者", numeric: true, cell: (line) => line.booked },
];
