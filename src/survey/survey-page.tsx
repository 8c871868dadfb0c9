import { formatWareki } from "../japan/wareki.ts";
import { LinkButton } from "../ui/button.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import type { SurveyOverview, SurveyStep } from "./read-overview.ts";
import { SurveyTop } from "./survey-nav-panel.tsx";

const looks: Readonly<Record<SurveyStep["state"], readonly [StatusLook, string]>> = {
  done: ["done", "済み"],
  next: ["soon", "次はこれ"],
  later: ["none", "まだ"],
  look: ["warn", "確かめる"],
};

/** 調査一つ: いま言えること、段取り、概要。 */
export function SurveyPage({
  overview,
  may,
}: {
  overview: SurveyOverview;
  may: { work: boolean; look: boolean; key: boolean };
}) {
  const { head, sentence, steps, figures, ready, fault, previous } = overview;
  const next = steps.find(({ state }) => state === "next");
  return (
    <>
      <SurveyTop
        survey={head}
        here="overview"
        title={sentence}
        mayLook={may.look}
        actions={
          may.look && next ? (
            <LinkButton look="main" href={next.href}>
              {next.label}
            </LinkButton>
          ) : undefined
        }
      />
      <div className="pile">
        {fault !== undefined && <Note tone="late" title={fault} />}
        {!may.look && (
          <p className="survey-act">
            <LinkButton href={`/surveys/${head.id}/returns`}>配布と回収</LinkButton>
            {may.key && <LinkButton href={`/surveys/${head.id}/entry`}>調査票の打ち込み</LinkButton>}
          </p>
        )}
        {may.look && (
          <Section id="h-steps" title="段取り">
            <ol className="survey-steps">
              {steps.map((step) => (
                <li key={step.key}>
                  <Status look={looks[step.state][0]}>
                    {step.key === "explore" && ready ? "できます" : looks[step.state][1]}
                  </Status>
                  <a href={step.href}>{step.label}</a>
                  <span className="sub">{step.text}</span>
                </li>
              ))}
            </ol>
          </Section>
        )}
        {figures && (
          <Section id="h-figures" title="数">
            <dl className="survey-figs">
              <Figure label="回答" value={figures.answers} unit="件" href={`/surveys/${head.id}/imports`} />
              <Figure
                label="設問"
                value={figures.questions}
                unit="問"
                href={`/surveys/${head.id}/codebook`}
              />
              <Figure
                label="確かめるもの"
                value={figures.findings}
                unit="件"
                href={`/surveys/${head.id}/check`}
              />
              <Figure label="直したこと" value={figures.fixes} unit="件" href={`/surveys/${head.id}/fixes`} />
            </dl>
          </Section>
        )}
        <About overview={overview} previous={previous} mayWork={may.work} />
      </div>
    </>
  );
}

function Figure({ label, value, unit, href }: { label: string; value: number; unit: string; href: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <a href={href}>
          {value.toLocaleString("ja-JP")}
          <small>{unit}</small>
        </a>
      </dd>
    </div>
  );
}

function About({
  overview: { head },
  previous,
  mayWork,
}: {
  overview: SurveyOverview;
  previous: SurveyOverview["previous"];
  mayWork: boolean;
}) {
  const { about } = head;
  const day = (value: string) => (value === "" ? "" : formatWareki(value, { weekday: true }));
  const count = (value: number | null, unit: string) =>
    value === null ? "" : `${value.toLocaleString("ja-JP")}${unit}`;
  const lines: readonly (readonly [string, string])[] = [
    ["目的", about.purpose],
    ["対象", about.target],
    ["抽出", about.sampling],
    ["方法", about.method],
    ["期間", about.from === "" ? "" : `${day(about.from)} – ${day(about.to)}`],
    ["母集団", count(about.population, "人")],
    ["配布した数", count(about.sample, "通")],
    ["実施した者", about.owner],
    ["前回の調査", previous?.title ?? ""],
  ];
  const written = lines.filter(([, value]) => value !== "");
  return (
    <Section
      id="h-about"
      title="調査の概要"
      end={mayWork ? <a href={`/surveys/${head.id}/edit`}>概要を直す</a> : undefined}
    >
      {written.length === 0 ? (
        <p className="empty">まだ書かれていません。報告書の「調査の概要」になります。</p>
      ) : (
        <dl className="survey-about">
          {written.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  );
}
