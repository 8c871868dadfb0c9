import type { Fault } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { type Column, Table } from "../ui/table.tsx";
import type { DateMove, MovedLine, MovedPlan } from "./move-date.ts";
import type { Workplan } from "./read-workplan.ts";

export interface MovePageProps {
  csrf: string;
  workplan: Workplan;
  move: DateMove;
  preview: MovedPlan | undefined;
  reason: string;
  faults: readonly Fault[];
  may: boolean;
}

/** 日を動かす: 新旧を見てから、定め直す。 */
export function MovePage(props: MovePageProps) {
  const { preview, faults, workplan, move } = props;
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const open = workplan.tasks.filter((task) => task.started === null && task.finished === null);
  return (
    <>
      <PageHead crumb={<a href="/workplan">工程表</a>} title={<Sentence preview={preview} />} />
      <div className="pile">
        <form method="get" action="/workplan/move" className="pile upload">
          <div className="fields two">
            <SelectField
              id="code"
              label="動かす作業・節目"
              defaultValue={move.code}
              error={fault("code")}
              choices={open.map(({ code, name }) => ({ value: code, label: `${code}　${name}` }))}
            />
            <TextField
              id="day"
              label="新しい日（作業は始まりの日）"
              type="date"
              required
              defaultValue={move.day}
              error={fault("day")}
            />
            <SelectField
              id="behind"
              label="一緒に動かすもの"
              defaultValue={move.behind}
              choices={[
                { value: "linked", label: "先行でつながる後ろの作業" },
                { value: "later", label: "その日より後に始まる作業すべて" },
              ]}
            />
          </div>
          <p className="acts">
            <Submit look="normal">新旧を見る</Submit>
            <LinkButton href="/workplan">やめる</LinkButton>
          </p>
        </form>
        {preview && <Preview {...props} preview={preview} />}
      </div>
    </>
  );
}

function Sentence({ preview }: { preview: MovedPlan | undefined }) {
  if (preview === undefined) return <>委託者が日を動かしたとき、後ろの日と期限を数え直します。</>;
  const misses = preview.after.misses.length;
  return (
    <>
      {preview.lines.length}件の日が動きます。
      {misses > 0 ? (
        <span className="late">{misses}件が期限に間に合いません。</span>
      ) : (
        "期限はすべて守れます。"
      )}
      まだ何も変えていません。
    </>
  );
}

function Preview(props: MovePageProps & { preview: MovedPlan }) {
  const { preview, workplan, move, csrf, reason, may } = props;
  return (
    <>
      {preview.after.misses.length > 0 && (
        <Note tone="late" title="間に合わないものがあります。">
          長さを縮めるか、並べて進めるか、期限を委託者と協議してください。
        </Note>
      )}
      <Section id="h-diff" title="新旧">
        <Table
          caption="日の新旧"
          columns={columns}
          rows={preview.lines}
          rowKey={(line) => line.code}
          empty="日は動きません。"
        />
      </Section>
      {may && preview.lines.length > 0 && (
        <form method="post" action="/workplan/move" className="pile upload">
          <Csrf token={csrf} />
          <input type="hidden" name="code" value={move.code} />
          <input type="hidden" name="day" value={move.day} />
          <input type="hidden" name="behind" value={move.behind} />
          <input type="hidden" name="edition" value={workplan.version?.edition} />
          <TextAreaField
            id="reason"
            label="理由（協議書の「受託者の考え」に入ります）"
            required
            rows={3}
            maxLength={500}
            defaultValue={reason}
            help="定めると、新旧を書いた協議書の下書きができます。"
          />
          <p className="acts">
            <Submit>この日で定め直す</Submit>
          </p>
        </form>
      )}
    </>
  );
}

const span = ({ start, end }: { start: Day; end: Day }) =>
  start === end ? formatMonthDay(end) : `${formatMonthDay(start)}〜${formatMonthDay(end)}`;
const by = (day: Day | null) => (day === null ? "" : `期限${formatMonthDay(day)}`);

const columns: Column<MovedLine>[] = [
  { key: "code", head: "記号", width: 4, cell: (line) => line.code },
  { key: "name", head: "作業", rowHead: true, wrap: true, cell: (line) => line.name },
  {
    key: "before",
    head: "旧",
    width: 12,
    cell: (line) => (
      <>
        {span(line.before)} <span className="sub">{by(line.before.by)}</span>
      </>
    ),
  },
  {
    key: "after",
    head: "新",
    width: 12,
    cell: (line) => (
      <>
        <b>{span(line.after)}</b> <span className="sub">{by(line.after.by)}</span>
      </>
    ),
  },
  {
    key: "days",
    head: "動き（営業日）",
    numeric: true,
    width: 6,
    cell: (line) => (line.days > 0 ? `+${line.days}` : line.days),
  },
  { key: "note", head: "わけ", wrap: true, cell: (line) => line.note || "－" },
];
