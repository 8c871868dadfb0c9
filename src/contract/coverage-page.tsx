import { dayOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, PrintButton } from "../ui/button.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { ContractTabs } from "./contract-tabs-panel.tsx";
import {
  type Coverage,
  type CoverageGroup,
  type CoveredClause,
  type CoveredObligation,
  labelOf,
} from "./coverage.ts";
import { type DutyState, dutyStateLabels, dutyStates } from "./duty.ts";
import { DutyStatus } from "./duty-status-panel.tsx";
import { coverageWords, MosaicLegend, MosaicPanel } from "./mosaic-panel.tsx";

export interface CoveragePageProps {
  coverage: Coverage;
  state: DutyState | undefined;
  mayChange: boolean;
}

/** 条項と義務: 仕様書の全部の条項の色と、条項ごとの義務。 */
export function CoveragePage({ coverage, state, mayChange }: CoveragePageProps) {
  const { groups, tally, missing } = coverage;
  if (coverage.obligations === 0) return <NoDuties mayChange={mayChange} />;
  const shown = groups
    .map((group) => ({ ...group, clauses: group.clauses.filter((clause) => fits(clause, state)) }))
    .filter((group) => group.clauses.length > 0);
  return (
    <>
      <PageHead
        crumb="条項と義務"
        title={<Sentence coverage={coverage} />}
        actions={
          <>
            {mayChange && <LinkButton href="/contract/change">契約の変更</LinkButton>}
            <PrintButton />
          </>
        }
      />
      <div className="pile">
        <div className="row">
          <ContractTabs current="/contract" />
        </div>
        {missing.length > 0 && (
          <Note tone="due" title={`準用する文書がまだありません: ${missing.join("、")}`}>
            契約の変更で、文書をつないだ設計図を入れると、その条項もここに並びます。
          </Note>
        )}
        <Section
          id="h-mosaic"
          title="条項ごとの証跡"
          sub={`義務のある${coverage.clauses}条項、義務${coverage.obligations}件`}
          end={<MosaicLegend tally={tally} current={state} />}
        >
          <MosaicPanel groups={groups} base={state === undefined ? "" : "/contract"} />
        </Section>
        {state !== undefined && (
          <p>
            {coverageWords[state]}の条項だけを並べています。<a href="/contract">すべての条項</a>
          </p>
        )}
        {shown.map((group) => (
          <Group key={group.id} group={group} />
        ))}
      </div>
    </>
  );
}

function fits(clause: CoveredClause, state: DutyState | undefined): boolean {
  return state === undefined || (clause.obligations.length > 0 && clause.state === state);
}

function Sentence({ coverage: { clauses, tally } }: { coverage: Coverage }) {
  const moving = tally.due + tally.waiting;
  return (
    <>
      {tally.late > 0 ? (
        <span className="late">{tally.late}条項が遅れています。</span>
      ) : (
        "遅れている条項はありません。"
      )}
      {clauses}条項のうち{tally.done}に証跡があり{moving > 0 ? "、" : "ます。"}
      {moving > 0 && (
        <>
          <span className="due">{moving}</span>が途中です。
        </>
      )}
    </>
  );
}

function NoDuties({ mayChange }: { mayChange: boolean }) {
  return (
    <>
      <PageHead crumb="条項と義務" title="この契約の設計図には、まだ義務がありません。" />
      <div className="empty">
        <p>
          <b>仕様書を読み込んで確かめると、条項と義務がここに並びます。</b>
          {mayChange ? (
            <a href="/contract/change">義務の入った設計図に替える</a>
          ) : (
            "責任者が設計図に義務を入れると、期限と証跡を追えます。"
          )}
        </p>
      </div>
    </>
  );
}

function Group({ group }: { group: CoverageGroup }) {
  return (
    <Section
      id={`g-${group.id}`}
      title={group.label}
      sub={group.clauses.some(hasDuty) ? undefined : "義務なし"}
    >
      <ul className="clause-tree">
        {group.clauses
          .filter((clause) => hasDuty(clause) || labelOf(clause) !== group.label)
          .map((clause) => (
            <ClauseLine key={clause.id} clause={clause} titled={labelOf(clause) !== group.label} />
          ))}
      </ul>
    </Section>
  );
}

function hasDuty(clause: CoveredClause): boolean {
  return clause.obligations.length > 0;
}

/** titled が偽なら、見出しと同じ名なので、条項の名をくり返さない。 */
function ClauseLine({ clause, titled }: { clause: CoveredClause; titled: boolean }) {
  return (
    <li id={`c-${clause.id}`} className={`d${Math.min(clause.depth, 4)}`}>
      <div className={titled ? "clause-head" : "clause-head vh"}>
        <span className="clause-number">{clause.number}</span>
        <span className="grow">{clause.title === "" ? clause.text.slice(0, 60) : clause.title}</span>
        {clause.obligations.length === 0 ? (
          <span className="sub">義務なし</span>
        ) : (
          <DutyStatus state={clause.state} text={coverageWords[clause.state]} />
        )}
      </div>
      {clause.obligations.length > 0 && (
        <ul className="clause-duties">
          {clause.obligations.map((one) => (
            <ObligationLine key={one.id} obligation={one} />
          ))}
        </ul>
      )}
    </li>
  );
}

function ObligationLine({ obligation }: { obligation: CoveredObligation }) {
  const { id, title, actor, quote, state, due, dueText, nature } = obligation;
  return (
    <li>
      <DutyStatus state={state} />
      <div className="duty-body">
        <a href={`/contract/duties/${encodeURIComponent(id)}`}>{title}</a>
        <blockquote>{quote}</blockquote>
      </div>
      <span>{nature === "client" ? "委託者" : actor}</span>
      <span className="num">
        {due === null ? dueText || "期限なし" : formatMonthDay(dayOf(due), { weekday: true })}
        <Counts obligation={obligation} />
      </span>
    </li>
  );
}

/** くり返す義務の、回の数（「済み3・これから5」）。 */
function Counts({ obligation: { counts } }: { obligation: CoveredObligation }) {
  const parts = dutyStates.flatMap((state) =>
    (counts[state] ?? 0) > 0 ? [`${dutyStateLabels[state]}${counts[state]}`] : [],
  );
  const total = dutyStates.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  if (total < 2) return null;
  return <small className="block sub">{parts.join("・")}</small>;
}
