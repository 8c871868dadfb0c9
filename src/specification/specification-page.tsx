import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { ClauseText, dutyMark } from "./clause-text-panel.tsx";
import { type DraftDuty, isSettled, tallyDuties } from "./draft-duty.ts";
import type { DraftClause, SpecificationDraft } from "./draft-specification.ts";
import type { KnownEvent } from "./duty-choice.ts";
import { AddDutyPanel, DutyPanel } from "./duty-panel.tsx";

export interface SpecificationPageProps {
  csrf: string;
  id: string;
  number: number;
  title: string;
  edition: number;
  confirmed: boolean;
  draft: SpecificationDraft;
  /** いま見ている条項の番号。 */
  clause: string;
  mayWrite: boolean;
  events: readonly KnownEvent[];
  forms: readonly { code: string; title: string }[];
  faults: readonly { field?: string; message: string }[];
}

/** 左に条項、真ん中に文、右に義務。条項を一つずつ確かめる。 */
export function SpecificationPage(props: SpecificationPageProps) {
  const { csrf, id, number, title, edition, draft, mayWrite, faults, confirmed } = props;
  const clause = draft.clauses.find((one) => one.number === props.clause) ?? draft.clauses[0];
  const duties = draft.duties.filter((one) => one.clause === clause?.number);
  const { before, after } = neighbours(draft, clause?.number ?? "");
  const at = (one: string) => `/specifications/${id}?clause=${encodeURIComponent(one)}`;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/specifications">業務仕様書</a> ／ 第{number}号　{title}
          </>
        }
        title={confirmed ? "確かめ終えた義務" : "義務を確かめる"}
        actions={<HeadActs {...props} />}
      />
      <Progress draft={draft} before={before && at(before)} after={after && at(after)} />
      {!confirmed && <Warnings {...props} />}
      {faults.map((fault) => (
        <Note key={fault.message} tone="late" title={fault.message} />
      ))}
      <div className="specgrid" data-specification={id} data-edition={edition} data-csrf={csrf}>
        <ClauseList draft={draft} now={clause?.number ?? ""} href={at} />
        <section aria-labelledby="h-text" className="spec-source">
          <div className="sec-h">
            <h2 id="h-text">{clause?.number === "前書き" ? "前書き" : clause?.number}</h2>
            <span className="sub">{clause?.title}</span>
          </div>
          {clause && <ClauseText text={clause.text} duties={duties} />}
        </section>
        <form method="post" action={`/specifications/${id}/clauses`} className="specduties" id="duties">
          <Csrf token={csrf} />
          <input type="hidden" name="clause" value={clause?.number ?? ""} />
          <input type="hidden" name="edition" value={edition} />
          {/* Enter で送ったときは、残すだけ。 */}
          <button type="submit" name="act" value="save" className="vh" tabIndex={-1}>
            残す
          </button>
          <div className="sec-h">
            <h2>義務</h2>
            <span className="sub">{duties.length}</span>
            <span className="end" id="saved" role="status" />
          </div>
          {duties.length === 0 && <p className="sub">この条項に、読み取った義務はありません。</p>}
          {duties.map((duty, index) => (
            <DutyPanel
              key={duty.id}
              duty={duty}
              mark={dutyMark(index)}
              events={props.events}
              forms={props.forms}
              mayWrite={mayWrite && !confirmed}
              mayMerge={index > 0}
            />
          ))}
          {mayWrite && !confirmed && clause && (
            <>
              {duties.some((one) => one.state === "open") && (
                <div className="acts">
                  <Submit size="tall" name="act" value={`confirm:${clause.number}`} keys="Enter">
                    この条項をみな入れる
                  </Submit>
                </div>
              )}
              <AddDutyPanel clause={clause.number} />
            </>
          )}
        </form>
      </div>
    </>
  );
}

/** 読み取りで気づいたことと、前の設計図と同じ義務をまとめて入れるボタン。 */
function Warnings({ csrf, id, edition, draft, clause, mayWrite }: SpecificationPageProps) {
  const settled = draft.duties.filter(isSettled);
  return (
    <>
      {draft.warnings.map((one) => {
        const [title, ...rest] = one.split(": ");
        return (
          <Note key={one} tone="due" title={title}>
            {rest.length > 0 ? rest.join(": ") : undefined}
          </Note>
        );
      })}
      {settled.length > 0 && mayWrite && (
        <form method="post" action={`/specifications/${id}/clauses`} className="row between specbar">
          <Csrf token={csrf} />
          <input type="hidden" name="clause" value={clause} />
          <input type="hidden" name="edition" value={edition} />
          <span>
            <b className="num">{settled.length}</b> の義務は「{settled[0]?.source}
            」と文が同じで、決めごともそろっています。
          </span>
          <Submit look="second" name="act" value="settle">
            同じ義務をみな入れる
          </Submit>
        </form>
      )}
    </>
  );
}

function HeadActs({ id, confirmed, mayWrite, draft }: SpecificationPageProps) {
  const { open } = tallyDuties(draft.duties);
  if (confirmed) return <LinkButton href={`/specifications/${id}/blueprint`}>設計図</LinkButton>;
  if (!mayWrite) return null;
  return (
    <LinkButton href={`/specifications/${id}/blueprint`} look={open === 0 ? "main" : "normal"}>
      設計図にする
    </LinkButton>
  );
}

function Progress(props: {
  draft: SpecificationDraft;
  before: string | undefined;
  after: string | undefined;
}) {
  const { all, open, undecided } = tallyDuties(props.draft.duties);
  return (
    <div className="row between specbar">
      <span className="row">
        <span>
          確かめた <b className="num">{all - open}</b>／{all}
        </span>
        <progress max={Math.max(1, all)} value={all - open} aria-label="確かめた義務" />
        <span className="sub">
          未確認 <b className="num">{open}</b>　決めていない <b className="num">{undecided}</b>
        </span>
      </span>
      <span className="row">
        {props.before !== undefined && (
          <LinkButton href={props.before} keys="K" data-key="k">
            前の条項
          </LinkButton>
        )}
        {props.after !== undefined && (
          <LinkButton href={props.after} keys="J" data-key="j">
            次の条項
          </LinkButton>
        )}
      </span>
    </div>
  );
}

function ClauseList({
  draft,
  now,
  href,
}: {
  draft: SpecificationDraft;
  now: string;
  href: (number: string) => string;
}) {
  const byClause = new Map<string, DraftDuty[]>();
  for (const duty of draft.duties) byClause.set(duty.clause, [...(byClause.get(duty.clause) ?? []), duty]);
  return (
    <nav aria-label="条項" className="specclauses">
      <ul>
        {draft.clauses.map((one) => (
          <ClauseLine
            key={one.number}
            clause={one}
            duties={byClause.get(one.number) ?? []}
            now={now}
            href={href}
          />
        ))}
      </ul>
    </nav>
  );
}

function ClauseLine(props: {
  clause: DraftClause;
  duties: readonly DraftDuty[];
  now: string;
  href: (number: string) => string;
}) {
  const { clause, duties, now, href } = props;
  const open = duties.filter((one) => one.state === "open").length;
  return (
    <li>
      <a href={href(clause.number)} aria-current={clause.number === now ? "true" : undefined}>
        <span className="no">{clause.number}</span>
        <span className="cut">{clause.title}</span>
        {duties.length > 0 &&
          (open > 0 ? <Status look="due">{open}</Status> : <Status look="done" label="確かめ済み" />)}
      </a>
    </li>
  );
}

/** 義務のある、前と次の条項。 */
function neighbours(draft: SpecificationDraft, now: string): { before?: string; after?: string } {
  const owing = new Set(draft.duties.map((one) => one.clause));
  const numbers = draft.clauses.map((one) => one.number);
  const at = numbers.indexOf(now);
  const before = numbers.slice(0, Math.max(0, at)).findLast((one) => owing.has(one));
  const after = numbers.slice(at + 1).find((one) => owing.has(one));
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
