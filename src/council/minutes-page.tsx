import { dayOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { editNames, NOBODY, type RecordLine, speakerName, unmatched } from "../minutes/minutes-record.ts";
import { clockText } from "../minutes/transcript.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { Pagination } from "../ui/table.tsx";
import { MeetingHead } from "./meeting-tabs-panel.tsx";
import { LINES_PER_PAGE, type MinutesPageProps, MinutesSide, StyleField } from "./minutes-side-panel.tsx";
import type { Minutes } from "./read-minutes.ts";

/** 会議録: 文字起こしを取り込み、話し手を決め、直し、委員が確かめ、確定する。 */
export function MinutesPage(props: MinutesPageProps) {
  const { council, meeting, minutes } = props;
  return (
    <>
      <MeetingHead council={council.council} meeting={meeting} tab="/minutes" title={sentence(props)} />
      {minutes === undefined ? (
        <Begin {...props} />
      ) : (
        <div className="cols main-side">
          <div className="pile fit">
            {props.read !== undefined && <Corrections {...props} minutes={minutes} read={props.read} />}
            <Lines {...props} minutes={minutes} />
          </div>
          <MinutesSide {...props} minutes={minutes} />
        </div>
      )}
    </>
  );
}

function sentence({ meeting, minutes, clock }: MinutesPageProps): string {
  const due = clock === undefined || clock.look === "done" ? "" : `提出は${clock.text}。`;
  if (minutes === undefined)
    return meeting.state === "held"
      ? `会議録は、まだありません。${due}`
      : "会議を開いてから、会議録を作ります。";
  if (minutes.state === "final")
    return `会議録は確定しました。${clock?.look === "done" ? "提出も済みました。" : due}`;
  const left = unmatched(minutes.record, minutes.speakers);
  if (left > 0) return `話し手の決まっていない発言が${left}あります。${due}`;
  if (minutes.state === "checking") return `${minutes.checks.length}人の確認が返りました。${due}`;
  return `話し手は、すべて決まりました。${due}`;
}

function Begin({ csrf, meeting, faults, mayWrite }: MinutesPageProps) {
  const fault = faults.find(({ field }) => field === "file")?.message;
  if (!mayWrite || meeting.state !== "held")
    return (
      <p className="empty">
        {meeting.state === "held"
          ? "会議録は、まだ作り始めていません。"
          : "「当日」の画面で、会議を開いたことを記録してください。"}
      </p>
    );
  return (
    <Section id="h-begin" title="文字起こしを取り込む">
      <form
        method="post"
        action={`/council/meetings/${meeting.id}/minutes`}
        encType="multipart/form-data"
        className="pile narrow"
      >
        <Csrf token={csrf} />
        <FileField
          id="file"
          label="文字起こし（.vtt .srt .docx .txt、表、.json）"
          required
          accept=".vtt,.srt,.sbv,.ass,.docx,.txt,.csv,.tsv,.xlsx,.json,.md"
          help="Teams・Zoom・Meet・Whisper などの書き出しも、手で打った記録も読めます。発言は一つも捨てません。"
          error={fault}
        />
        <StyleField />
        <p className="help">
          話し手は、取り込んだあとで人が決めます。わからない発言は「発言者不明」のまま残ります。
        </p>
        <div className="acts">
          <Submit>取り込む</Submit>
        </div>
      </form>
    </Section>
  );
}

function Lines(props: MinutesPageProps & { minutes: Minutes }) {
  const { minutes, meeting, csrf, only, mayWrite } = props;
  // もとの言葉と、載せない発言は、受託者の中だけのもの（内部用の会議録と同じ）。
  const shown = filtered(minutes, only).filter(({ omitted }) => mayWrite || !omitted);
  const pages = Math.max(1, Math.ceil(shown.length / LINES_PER_PAGE));
  const page = Math.min(Math.max(1, props.page), pages);
  const lines = shown.slice((page - 1) * LINES_PER_PAGE, page * LINES_PER_PAGE);
  const path = `/council/meetings/${meeting.id}/minutes`;
  const query = (given: number) =>
    `${path}?page=${given}${only === "" ? "" : `&only=${encodeURIComponent(only)}`}`;
  const locked = minutes.state === "final" || !mayWrite;
  const left = unmatched(minutes.record, minutes.speakers);
  return (
    <Section
      id="h-lines"
      title={only === "" ? "発言" : only === "open" ? "話し手の決まっていない発言" : `札「${only}」の発言`}
      sub={mayWrite ? `${shown.length}／${minutes.record.lines.length}` : `${shown.length}`}
      end={
        only === "" ? (
          left > 0 ? (
            <a href={`${path}?only=open`}>決まっていない発言だけ</a>
          ) : undefined
        ) : (
          <a href={path}>すべての発言</a>
        )
      }
    >
      {locked ? (
        <ol className="speech">
          {lines.map((line) => (
            <ReadLine key={line.id} line={line} {...props} />
          ))}
        </ol>
      ) : (
        <form method="post" action={`${path}/lines`} className="pile">
          <Csrf token={csrf} />
          <input type="hidden" name="edition" value={minutes.edition} />
          <input type="hidden" name="page" value={page} />
          <input type="hidden" name="only" value={only} />
          <ol className="speech">
            {lines.map((line) => (
              <EditLine key={line.id} line={line} {...props} />
            ))}
          </ol>
          {lines.length === 0 ? (
            <p className="empty">当てはまる発言はありません。</p>
          ) : (
            <div className="acts stuck">
              <Submit>この画面の直しを残す</Submit>
              <span className="sub">「====」だけの行で、発言を二つに分けます。</span>
            </div>
          )}
        </form>
      )}
      <Pagination label="発言のページ" page={page} pages={pages} href={query} />
    </Section>
  );
}

function filtered({ record, speakers }: Minutes, only: string): RecordLine[] {
  if (only === "") return record.lines;
  if (only === "open")
    return record.lines.filter(
      (line) =>
        line.speaker !== NOBODY &&
        !speakers.has(line.speaker !== "" ? line.speaker : (record.labels[line.label ?? ""] ?? "")),
    );
  return record.lines.filter(({ label }) => label === only);
}

type LineProps = MinutesPageProps & { minutes: Minutes; line: RecordLine };

function ReadLine({ line, minutes, meeting, mayWrite, ...props }: LineProps) {
  return (
    <li id={`l${line.id}`} className={line.omitted ? "omitted" : undefined}>
      <p className="who">
        <span className="at">{line.from === undefined ? `発言${line.id}` : clockText(line.from)}</span>
        <b>{speakerName(minutes.record, line, minutes.speakers)}</b>
        {line.omitted && <span className="sub">載せない</span>}
        {mayWrite && <a href={`/council/actions?meeting=${meeting.id}&line=${line.id}`}>指摘にする</a>}
      </p>
      <p className="pre">{line.text}</p>
      {mayWrite && <Trail line={line} minutes={minutes} {...props} />}
    </li>
  );
}

function EditLine({ line, minutes, meeting, values, faults, ...props }: LineProps) {
  const name = `t${line.id}`;
  const fault = faults.find(({ field }) => field === name)?.message;
  const text = values[name] ?? line.text;
  const follow =
    line.label === undefined
      ? "発言者不明（まだ決めていない）"
      : `札のとおり: ${speakerName({ labels: minutes.record.labels }, { ...line, speaker: "" }, minutes.speakers)}`;
  const rows = Math.min(
    12,
    text.split("\n").reduce((sum, part) => sum + Math.max(1, Math.ceil(part.length / 38)), 0),
  );
  const where = line.from === undefined ? `発言${line.id}` : clockText(line.from);
  return (
    <li id={`l${line.id}`} className={line.omitted ? "omitted" : undefined}>
      <p className="who">
        <span className="at">{where}</span>
        <select
          name={`s${line.id}`}
          aria-label={`${where}の話し手`}
          defaultValue={values[`s${line.id}`] ?? line.speaker}
        >
          <option value="">{follow}</option>
          {[...minutes.speakers.values()].map((one) => (
            <option key={one.key} value={one.key}>
              {one.name}
            </option>
          ))}
          <option value={NOBODY}>発言者不明と決める</option>
        </select>
        <label className="check" htmlFor={`o${line.id}`}>
          <input type="hidden" name={`h${line.id}`} value="1" />
          <input
            type="checkbox"
            id={`o${line.id}`}
            name={`o${line.id}`}
            value="1"
            defaultChecked={line.omitted}
          />
          <span>載せない</span>
        </label>
        <a href={`/council/actions?meeting=${meeting.id}&line=${line.id}`}>指摘にする</a>
      </p>
      <textarea
        id={name}
        name={name}
        aria-label={`${where}の発言`}
        rows={rows}
        defaultValue={text}
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={fault === undefined ? undefined : `${name}-error`}
      />
      {fault !== undefined && (
        <p className="err" id={`${name}-error`} role="alert">
          <b>{fault}</b>
        </p>
      )}
      <Trail line={line} minutes={minutes} {...props} />
    </li>
  );
}

/** 直した跡: 前と後、だれが、いつ。録音の時刻は行の頭に。 */
function Trail({ line, minutes, handOf }: Pick<LineProps, "line" | "minutes" | "handOf">) {
  if (line.edits.length === 0) return null;
  const named = (kind: string, given: string) =>
    kind !== "speaker"
      ? given
      : given === ""
        ? "札のとおり"
        : given === NOBODY
          ? "発言者不明"
          : (minutes.speakers.get(given)?.name ?? given);
  return (
    <details className="trail">
      <summary>直した跡 {line.edits.length}</summary>
      <ul>
        {line.edits.map((edit, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: 跡は後ろに足すだけで、並びは変わらない
          <li key={at}>
            {editNames[edit.kind]}（{edit.by === "" ? "規則" : handOf(edit.by)}、
            {formatMonthDay(dayOf(edit.at))}） <del>{named(edit.kind, edit.before)}</del> →{" "}
            <ins>{named(edit.kind, edit.after)}</ins>
          </li>
        ))}
        {line.said !== line.text && (
          <li>
            もとの文字起こし: <span className="pre">{line.said}</span>
          </li>
        )}
      </ul>
    </details>
  );
}

function Corrections({
  csrf,
  council,
  meeting,
  minutes,
  read,
}: MinutesPageProps & { minutes: Minutes; read: NonNullable<MinutesPageProps["read"]> }) {
  const member = council.members.find(({ id }) => id === read.member);
  const line = (id: number) => minutes.record.lines.find((one) => one.id === id);
  return (
    <Section id="h-corrections" title={`${member?.name ?? "委員"}の修正 ${read.corrections.length}件`}>
      <Note tone="info" title="まだ反映していません。確かめてから反映してください。">
        {read.refused > 0 && `番号の合わない行が${read.refused}あり、読めませんでした。`}
        {read.moved.length > 0 &&
          `お渡ししたあとで、発言${read.moved.join("、")}をこちらで直しています。前の文をお確かめください。`}
        {read.note !== "" && `添えられたことば: ${read.note}`}
      </Note>
      <form method="post" action={`/council/meetings/${meeting.id}/minutes/check`} className="pile">
        <Csrf token={csrf} />
        <input type="hidden" name="member" value={read.member} />
        <input type="hidden" name="answer" value={read.answer} />
        <ol className="speech">
          {read.corrections.map((one) => (
            <li key={one.line}>
              <label className="check" htmlFor={`use${one.line}`}>
                <input
                  type="checkbox"
                  id={`use${one.line}`}
                  name={`use.${one.line}`}
                  value="1"
                  defaultChecked
                />
                <span>
                  {line(one.line)?.from === undefined
                    ? `発言${one.line}`
                    : clockText(line(one.line)?.from ?? 0)}
                  　を直す
                </span>
              </label>
              <input type="hidden" name={`after.${one.line}`} value={one.after} />
              <p>
                <del className="pre">{one.before}</del>
              </p>
              <p>
                <ins className="pre">{one.after}</ins>
              </p>
            </li>
          ))}
        </ol>
        <div className="acts">
          <Submit>
            {read.corrections.length === 0 ? "修正なしの確認として残す" : "選んだ修正を反映する"}
          </Submit>
          <LinkButton href={`/council/meetings/${meeting.id}/minutes`}>やめる</LinkButton>
        </div>
      </form>
    </Section>
  );
}
