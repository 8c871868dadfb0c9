import type { Fault } from "../base/error.ts";
import { diffText } from "../office/text-diff.ts";
import type { AnswerFault } from "../opinions/answer-check.ts";
import { type AnswerTemplate, answerTemplates } from "../opinions/answer-template.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { GroupStatus } from "./answer-list-page.tsx";
import { DiffPieces } from "./pieces-panel.tsx";
import type { CommentBook, Group } from "./read-book.ts";

export interface AnswerPageProps {
  csrf: string;
  book: CommentBook;
  group: Group;
  faults: readonly AnswerFault[];
  input?: { values: Readonly<Record<string, string>>; faults: readonly Fault[] } | undefined;
  template: string;
  /** 計画の部分（選ぶため）。計画がなければ空。 */
  blocks: readonly { id: string; label: string }[];
  /** 直すために選んだ部分。 */
  block: { id: string; heading: string; text: string; version: number } | undefined;
  changes: readonly { id: string; number: number; before: string; after: string; reason: string }[];
  may: boolean;
}

/** 一つの答え: もとの意見、概要、市の考え方、区分、案の修正。 */
export function AnswerPage(props: AnswerPageProps) {
  const { book, group, faults, may } = props;
  const people = new Set(group.members.map(({ letter }) => letter)).size;
  const needsChange = book.period.statuses.find(({ code }) => code === group.status)?.needsChange ?? false;
  return (
    <>
      <PageHead
        crumb={<a href="/comments/answers">市の考え方</a>}
        title={`No.${group.number}　${group.members.length}件（${people}通）への答えです。`}
        actions={<GroupStatus group={group} faults={faults} />}
      />
      <div className="pile">
        {faults.length > 0 && (
          <Note
            tone={faults.some(({ kind }) => kind === "change" || kind === "empty") ? "due" : "info"}
            title="確かめるところ"
          >
            <ul>
              {faults.map(({ message, other }) => (
                <li key={message}>
                  {other === undefined ? message : <a href={`/comments/answers/${other}`}>{message}</a>}
                </li>
              ))}
            </ul>
          </Note>
        )}
        <div className="cols half">
          <Members group={group} />
          {may && group.state !== "asked" ? <AnswerForm {...props} /> : <AnswerText group={group} />}
        </div>
        {needsChange && <Revision {...props} />}
      </div>
    </>
  );
}

function Members({ group }: { group: Group }) {
  return (
    <Section id="h-members" title="もとの意見" sub="個人情報を伏せてあります">
      <ul className="members">
        {group.members.map(({ id, name, mark, letter, text }) => (
          <li key={id}>
            <a href={`/comments/letters/${letter}?o=${mark}`}>{name}</a>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function AnswerText({ group }: { group: Group }) {
  return (
    <Section id="h-answer" title="市の考え方">
      <p className="lines">
        <b>概要</b>　{group.summary}
      </p>
      <p className="lines mt1">{group.answer}</p>
      {group.round !== null && group.state === "asked" && (
        <p className="sub mt1">部局に確認中です。回答が届くと直せます。</p>
      )}
    </Section>
  );
}

function AnswerForm({ csrf, book, group, input, template }: AnswerPageProps) {
  const fault = (field: string) => input?.faults.find((one) => one.field === field)?.message;
  const chosen = answerTemplates.find(({ name }) => name === template);
  const value = (field: "summary" | "answer" | "status") => input?.values[field] ?? group[field];
  return (
    <Section id="h-answer" title="市の考え方">
      <Templates status={group.status} id={group.id} />
      <DraftPanel csrf={csrf} group={group} model={book.period.model !== null} />
      <form method="post" action={`/comments/answers/${group.id}`} className="pile upload">
        <Csrf token={csrf} />
        <input type="hidden" name="edition" value={group.edition} />
        <SelectField
          id="status"
          label="反映の区分"
          defaultValue={value("status")}
          blank="まだ決めない"
          choices={book.period.statuses.map(({ code, label }) => ({
            value: code,
            label: `${code} ${label}`,
          }))}
          error={fault("status")}
        />
        <TextAreaField
          id="summary"
          label="意見の概要（公表する要旨）"
          rows={3}
          maxLength={1000}
          defaultValue={value("summary")}
          error={fault("summary")}
        />
        <TextAreaField
          id="answer"
          label="市の考え方"
          rows={7}
          maxLength={4000}
          defaultValue={chosen && value("answer") === "" ? chosen.text : value("answer")}
          error={fault("answer")}
          help="です・ます、一文80字まで。〔 〕は書き直します。"
        />
        <p className="acts">
          <Submit>書き残す</Submit>
        </p>
      </form>
    </Section>
  );
}

/** 手元のモデルの下書き: 作る、認める。人の書いた考え方があれば出ない。 */
function DraftPanel({ csrf, group, model }: { csrf: string; group: Group; model: boolean }) {
  const here = `/comments/answers/${group.id}`;
  if (group.drafted)
    return (
      <Note tone="due" title="手元のモデルの下書きです。読んで、直すか認めるまで、公表できません。">
        <form method="post" action={`${here}/accept`} className="acts">
          <Csrf token={csrf} />
          <Submit look="normal">読んで、この文を認める</Submit>
        </form>
      </Note>
    );
  if (!model || group.answer !== "") return null;
  return (
    <form method="post" action={`${here}/draft`} className="acts">
      <Csrf token={csrf} />
      <Submit look="normal">手元のモデルに下書きさせる</Submit>
      <span className="sub">送るのは、個人情報を伏せた文だけです</span>
    </form>
  );
}

function Templates({ status, id }: { status: string; id: string }) {
  const fit = (one: AnswerTemplate) => one.status === "" || status === "" || one.status === status;
  return (
    <p className="templates sub">
      書き出し
      {answerTemplates.filter(fit).map(({ name }) => (
        <a key={name} href={`/comments/answers/${id}?template=${encodeURIComponent(name)}`} className="nb">
          {name}
        </a>
      ))}
    </p>
  );
}

/** 「修正する」: 計画書を直す（つながる）か、計画書がなければ前と後を書く。 */
function Revision(props: AnswerPageProps) {
  const { group, changes, blocks, may } = props;
  return (
    <Section
      id="h-change"
      title="案の修正"
      sub="「修正する」答えには、案の変更が要ります"
      end={group.change && <a href={`/comments/result#no-${group.number}`}>結果の資料の、修正する箇所</a>}
    >
      {changes.length > 0 && (
        <ul className="members">
          {changes.map(({ id, number, before, after, reason }) => (
            <li key={number}>
              <b>変更 {number}</b>　<span className="sub">{reason}</span>
              {"　"}
              <a href={`/plans/changes/${id}`}>計画書の部分</a>
              {"　"}
              <a href={`/plans/changes/${id}?in=compare`}>新旧対照表</a>
              <Difference before={before} after={after} />
            </li>
          ))}
        </ul>
      )}
      {changes.length === 0 && group.change && (
        <div>
          <p>
            <b>{group.change.place}</b>　<span className="sub">{group.change.reason}</span>
          </p>
          <Difference before={group.change.before} after={group.change.after} />
        </div>
      )}
      {may &&
        group.state !== "asked" &&
        (blocks.length > 0 ? <PlanForm {...props} /> : <HandForm {...props} />)}
    </Section>
  );
}

function Difference({ before, after }: { before: string; after: string }) {
  return (
    <p className="differs tall">
      <DiffPieces pieces={diffText(before, after)} />
    </p>
  );
}

function PlanForm({ csrf, group, blocks, block, input }: AnswerPageProps) {
  const here = `/comments/answers/${group.id}`;
  const fault = (field: string) => input?.faults.find((one) => one.field === field)?.message;
  return (
    <>
      <form method="get" action={here} className="acts mt1">
        <SelectField
          id="block"
          label="計画書の直す部分"
          defaultValue={block?.id ?? ""}
          blank="選んでください"
          choices={blocks.map(({ id, label }) => ({ value: id, label }))}
        />
        <Submit look="normal">開く</Submit>
      </form>
      {block && (
        <form method="post" action={`${here}/revise`} className="pile upload mt1">
          <Csrf token={csrf} />
          <input type="hidden" name="block" value={block.id} />
          <input type="hidden" name="version" value={block.version} />
          <TextAreaField
            id="text"
            label={block.heading}
            rows={5}
            defaultValue={input?.values.text ?? block.text}
            error={fault("text")}
          />
          <TextField
            id="revise-reason"
            name="reason"
            label="直す理由"
            required
            maxLength={500}
            defaultValue={input?.values.reason ?? ""}
            error={fault("reason")}
          />
          <p className="acts">
            <Submit look="second">計画書を直して、つなぐ</Submit>
          </p>
        </form>
      )}
    </>
  );
}

function HandForm({ csrf, group }: AnswerPageProps) {
  const { place = "", before = "", after = "", reason = "" } = group.change ?? {};
  return (
    <form method="post" action={`/comments/answers/${group.id}`} className="pile upload mt1">
      <Csrf token={csrf} />
      <div className="fields two">
        <TextField id="place" label="修正する箇所" required maxLength={200} defaultValue={place} />
        <TextField id="reason" label="直す理由" required maxLength={500} defaultValue={reason} />
        <TextAreaField id="before" label="修正前" rows={4} defaultValue={before} />
        <TextAreaField id="after" label="修正後" required rows={4} defaultValue={after} />
      </div>
      <p className="acts">
        <Submit look="second">案の変更を書き残す</Submit>
      </p>
    </form>
  );
}
