import type { Fault } from "../base/error.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { meetingName } from "../meetings/meeting.ts";
import { clockText } from "../minutes/transcript.ts";
import { Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import type { PlacedBlock } from "./place-action.ts";
import type { Action, Council } from "./read-council.ts";

export interface ActionPageProps {
  csrf: string;
  council: Council;
  /** 計画の区画（計画のある契約だけ）。 */
  blocks: readonly PlacedBlock[];
  /** 会議録の発言から来たときの、はじめの値。 */
  draft: { meeting: string; line: string; remark: string; member: string };
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  mayWrite: boolean;
}

/** 委員の指摘: 答えるまで、次の次第に現れる。 */
export function ActionPage(props: ActionPageProps) {
  const { council, mayWrite } = props;
  const open = council.actions.filter(({ state }) => state === "open");
  const closed = council.actions.filter(({ state }) => state !== "open").toReversed();
  return (
    <>
      <PageHead
        crumb={<a href="/council">{council.council.name}</a>}
        title={
          council.actions.length === 0
            ? "委員の指摘は、まだありません。"
            : open.length === 0
              ? `指摘${council.actions.length}件のすべてに答えました。`
              : `指摘${council.actions.length}件のうち、${open.length}件にまだ答えていません。`
        }
      />
      <div className={mayWrite ? "cols main-side" : "pile"}>
        <div className="pile fit">
          <Section id="h-open" title="答えていない指摘" sub="次の会議の次第に現れます">
            {open.length === 0 && <p className="empty">ありません。</p>}
            <ol className="remarks">
              {open.map((action) => (
                <Remark key={action.id} action={action} {...props} />
              ))}
            </ol>
          </Section>
          <Section id="h-closed" title="答えた指摘" sub={`${closed.length}件`}>
            {closed.length === 0 && <p className="empty">まだありません。</p>}
            <ol className="remarks">
              {closed.map((action) => (
                <Remark key={action.id} action={action} {...props} />
              ))}
            </ol>
          </Section>
        </div>
        {mayWrite && <RaiseForm {...props} />}
      </div>
    </>
  );
}

function Remark({
  action,
  council,
  csrf,
  faults,
  values,
  blocks,
  mayWrite,
}: ActionPageProps & { action: Action }) {
  const meeting = council.meetings.find(({ id }) => id === action.meeting);
  const member = council.members.find(({ id }) => id === action.member);
  const own = values.action === action.id;
  const fault = own ? faults.find(({ field }) => field === "answer")?.message : undefined;
  const wrong = own && faults.length > 0;
  const placed =
    action.block === null
      ? undefined
      : blocks.find(({ plan, id }) => plan === action.block?.plan && id === action.block.id);
  const late = action.state === "open" && action.due !== null && action.due < council.today;
  return (
    <li id={`a${action.number}`}>
      <p className="who">
        <b>指摘{action.number}</b>
        <span className="sub">
          {meeting === undefined ? "" : meetingName(council.council, meeting)}
          {member === undefined ? "" : `　${member.name}`}
          {action.line !== null && "　"}
          {action.line !== null && (
            <a
              href={`/council/meetings/${action.meeting}/minutes?page=${Math.ceil(action.line / 25)}#l${action.line}`}
            >
              {action.from === null ? `発言${action.line}` : `録音 ${clockText(action.from)}`}
            </a>
          )}
        </span>
        {action.state === "open" ? (
          <Status look={late ? "late" : "soon"}>
            {action.due === null ? "期限なし" : `${formatMonthDay(action.due, { weekday: true })}まで`}
          </Status>
        ) : (
          <Status look={action.state === "answered" ? "done" : "none"}>
            {action.state === "answered" ? "答えた" : "答えないと決めた"}
          </Status>
        )}
      </p>
      <p className="pre">{action.remark}</p>
      {action.answer !== "" && (
        <p className="pre answer">
          <b>答え</b>　{action.answer}
        </p>
      )}
      {action.block !== null && (
        <p className="sub">
          計画の部分:{" "}
          <a href={`/plans/${action.block.plan}/blocks/${encodeURIComponent(action.block.id)}`}>
            {action.block.label}
          </a>
        </p>
      )}
      {mayWrite && (
        <details open={wrong}>
          <summary>{action.state === "open" ? "答える" : "戻す"}</summary>
          {action.state === "open" ? (
            <form method="post" action={`/council/actions/${action.id}/answer`} className="pile">
              <Csrf token={csrf} />
              <TextAreaField
                id={`answer-${action.number}`}
                name="answer"
                label="答え（どう直したか、直さない理由）"
                rows={3}
                defaultValue={own ? (values.answer ?? "") : ""}
                error={fault}
              />
              {placed !== undefined && (
                <>
                  <input type="hidden" name="version" value={placed.version} />
                  <TextAreaField
                    id={`text-${action.number}`}
                    name="text"
                    label="計画の文（直すと、この指摘に結びついた変更として残ります）"
                    rows={Math.min(10, Math.max(3, Math.ceil(placed.text.length / 36)))}
                    defaultValue={own ? (values.text ?? placed.text) : placed.text}
                    error={own ? faults.find(({ field }) => field === "text")?.message : undefined}
                  />
                </>
              )}
              <CheckField id={`drop-${action.number}`} name="drop" label="答えない（対応しない）と決める" />
              <div className="acts">
                <Submit look="second">答えを残す</Submit>
              </div>
            </form>
          ) : (
            <form method="post" action={`/council/actions/${action.id}/reopen`} className="one-act">
              <Csrf token={csrf} />
              <Submit look="normal">答えを取り消す</Submit>
              <span className="sub">次の次第に、もう一度現れます。</span>
            </form>
          )}
          {blocks.length > 0 && (
            <form method="post" action={`/council/actions/${action.id}/block`} className="inline-form mt2">
              <Csrf token={csrf} />
              <SelectField
                id={`block-${action.number}`}
                name="block"
                label="計画のどこか"
                blank="つながない"
                defaultValue={action.block === null ? "" : `${action.block.plan}/${action.block.id}`}
                choices={blocks.map(({ plan, id, label, group }) => ({
                  value: `${plan}/${id}`,
                  label,
                  group,
                }))}
              />
              <Submit look="normal">つなぐ</Submit>
            </form>
          )}
        </details>
      )}
    </li>
  );
}

function RaiseForm({ csrf, council, draft, values, faults }: ActionPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const held = council.meetings.filter(({ state }) => state === "held");
  if (held.length === 0) return null;
  return (
    <Section id="h-raise" title="指摘を書く" sub={draft.line === "" ? "" : `会議録の発言${draft.line}から`}>
      <form method="post" action="/council/actions" className="pile">
        <Csrf token={csrf} />
        {draft.line !== "" && <input type="hidden" name="line" value={draft.line} />}
        <SelectField
          id="meeting"
          label="会議"
          defaultValue={values.meeting ?? (draft.meeting || held.at(-1)?.id)}
          choices={held.map((one) => ({ value: one.id, label: meetingName(council.council, one) }))}
        />
        <SelectField
          id="member"
          label="だれの指摘か"
          blank="書かない"
          defaultValue={values.member ?? draft.member}
          choices={council.members.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextAreaField
          id="remark"
          label="指摘"
          required
          rows={4}
          defaultValue={values.remark ?? draft.remark}
          error={fault("remark")}
        />
        <TextField
          id="due"
          label="いつまでに答えるか"
          type="date"
          defaultValue={values.due ?? ""}
          error={fault("due")}
        />
        <p className="help">仕事が一つでき、答えるまで次の次第に現れます。</p>
        <div className="acts">
          <Submit>指摘を残す</Submit>
        </div>
      </form>
    </Section>
  );
}
