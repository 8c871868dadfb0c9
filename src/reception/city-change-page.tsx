import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Pairs, Table } from "../ui/table.tsx";
import { changeKindLabels } from "./city-change.ts";
import type { ClassLine } from "./class-view.ts";
import type { CityChangeBoard, CityChangeLine } from "./list-city-changes.ts";

/** 市の変更・中止の一覧。 */
export function CityChangesPage(props: {
  board: CityChangeBoard;
  classes: readonly { id: string; text: string }[];
  mayChange: boolean;
}) {
  const { board, classes, mayChange } = props;
  const untold = board.untold.length;
  return (
    <>
      <PageHead
        crumb={<a href="/classes">講習会と会場</a>}
        title={
          <>
            市の変更・中止は{board.changes.length}件です。
            {untold > 0 ? (
              <span className="due">まだお伝えしていない方が{untold}人います。</span>
            ) : (
              board.changes.length > 0 && "全員にお伝えしました。"
            )}
          </>
        }
        actions={
          <LinkButton href="/class-changes/untold" look={untold > 0 ? "main" : "normal"}>
            まだお伝えしていない方
          </LinkButton>
        }
      />
      <div className="pile">
        {mayChange && (
          <Section id="h-new" title="市から指示があったとき">
            <form method="get" action="/class-changes/new" className="row mt1">
              <SelectField
                id="class"
                label="変わる講習会"
                required
                blank="選んでください"
                choices={classes.map((one) => ({ value: one.id, label: one.text }))}
              />
              <Submit size="tall">変更・中止を入れる</Submit>
            </form>
          </Section>
        )}
        <Section id="h-list" title="これまでの変更・中止" sub="新しい順">
          <Table
            caption="市の変更・中止"
            columns={columns}
            rows={board.changes}
            rowKey={(row) => row.id}
            empty={
              <p>
                変更・中止はありません。市から指示があったら、講習会を選んで入れると、予約の一件ごとに連絡の仕事ができます。
              </p>
            }
          />
        </Section>
      </div>
    </>
  );
}

const columns: Column<CityChangeLine>[] = [
  { key: "place", head: "講習会", rowHead: true, wrap: true, cell: (row) => row.place },
  {
    key: "what",
    head: "どうなったか",
    wrap: true,
    cell: (row) => (
      <>
        {changeKindLabels[row.kind]}
        {row.changes.map((change) => (
          <span key={change} className="diff">
            {change}
          </span>
        ))}
      </>
    ),
  },
  { key: "why", head: "理由", wrap: true, cell: (row) => row.reason },
  { key: "day", head: "指示の日", cell: (row) => formatMonthDay(row.instructedOn) },
  { key: "told", head: "伝えた（人）", numeric: true, cell: (row) => row.told },
  {
    key: "untold",
    head: "まだ（人）",
    numeric: true,
    cell: (row) => (row.untold > 0 ? <Status look="warn">{row.untold}</Status> : 0),
  },
];

export interface CityChangeFormProps {
  csrf: string;
  line: ClassLine;
  venues: readonly { id: string; name: string }[];
  today: string;
  waiting: number;
  values: Readonly<Record<string, string>>;
  faults: readonly { field?: string; message: string }[];
  refusal?: string | undefined;
}

/** 日時・会場の変更か中止を入れる。押す前に、起きることを言う。 */
export function CityChangeForm(props: CityChangeFormProps) {
  const { csrf, line, venues, today, waiting, values, faults, refusal } = props;
  const at = (name: string, fallback: string) => ({
    id: name,
    defaultValue: values[name] ?? fallback,
    error: faults.find((fault) => fault.field === name)?.message,
  });
  const order = (prefix: string) => (
    <>
      <TextField
        {...at("reason", "")}
        id={`${prefix}-reason`}
        name="reason"
        label="市の指示の理由"
        required
        span
        maxLength={200}
        help="電話で伝える文になります。個人のことは書きません。"
      />
      <TextField
        {...at("instructedOn", today)}
        id={`${prefix}-instructedOn`}
        name="instructedOn"
        label="指示のあった日"
        type="date"
        required
      />
    </>
  );
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/classes">講習会と会場</a> ／ <a href="/class-changes">市の変更・中止</a>
          </>
        }
        title={`${formatMonthDay(line.day, { weekday: true })} ${line.start.replace(/^0/, "")} ${line.venue}「${line.course}」を変えます。`}
      />
      <div className="pile">
        {(refusal !== undefined || faults.length > 0) && (
          <Note tone="late" title="まだ何も変わっていません。">
            {refusal ?? "赤い欄を直してください。"}
          </Note>
        )}
        <Section id="h-what" title="起きること">
          <Pairs
            items={[
              {
                name: "連絡",
                value:
                  line.booked > 0 ? (
                    <span className="due">
                      予約{line.booked}件の一件ごとに、翌営業日までの折り返しの仕事ができます。
                    </span>
                  ) : (
                    "予約はないので、連絡の仕事はできません。"
                  ),
              },
              {
                name: "受講通知書",
                value:
                  "まだ投函していないものは外れ、変わった内容のものが作る待ちに加わります。投函済みの方には、もう一通作られます。",
              },
              {
                name: "待機",
                value:
                  waiting > 0
                    ? `この回を待つ${waiting}人がいます。中止なら案内を取りやめ、この回だけを待つ方への連絡の仕事ができます。`
                    : "この回を待つ方はいません。",
              },
            ]}
          />
        </Section>
        <div className="cols">
          <Section id="h-move" title="日時・会場の変更">
            <form method="post" action={`/class-changes/${line.id}/move`} className="pile mt1">
              <Csrf token={csrf} />
              <div className="fields two">
                <TextField {...at("day", line.day)} label="新しい日" type="date" required />
                <SelectField
                  {...at("venueId", line.venueId)}
                  label="新しい会場"
                  required
                  choices={venues.map((venue) => ({ value: venue.id, label: venue.name }))}
                />
                <TextField {...at("start", line.start)} label="始まり" type="time" required />
                <TextField {...at("end", line.end)} label="終わり" type="time" required />
                <TextField {...at("room", line.room)} label="部屋" />
                <TextField
                  {...at("capacity", String(line.capacity))}
                  label="定員"
                  inputMode="numeric"
                  unit="人"
                />
                {order("move")}
              </div>
              <div className="acts">
                <Submit size="tall">変更して、連絡の仕事を作る</Submit>
              </div>
            </form>
          </Section>
          <Section id="h-close" title="中止">
            {line.state === "closed" ? (
              <Note tone="plain" title="この回は、もう受け付けを終えています。" />
            ) : (
              <form method="post" action={`/class-changes/${line.id}/close`} className="pile mt1">
                <Csrf token={csrf} />
                <div className="fields">{order("close")}</div>
                <div className="acts">
                  <Submit danger size="tall">
                    中止にして、連絡の仕事を作る
                  </Submit>
                </div>
              </form>
            )}
          </Section>
        </div>
      </div>
    </>
  );
}
