import type { ReactNode } from "react";
import { LinkButton } from "../ui/button.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs } from "../ui/table.tsx";
import { Flow, type FlowStep, Timeline, writeAt } from "./answer-flow-panel.tsx";
import {
  type ComplaintFacts,
  complaintChannels,
  complaintStateLabels,
  complaintTopics,
  severities,
} from "./complaint.ts";
import { ComplaintActs, type ComplaintActsProps } from "./complaint-act-panel.tsx";
import { ReportStatus } from "./complaint-page.tsx";
import { EmergencyPanel } from "./emergency-panel.tsx";
import { type HiddenWords, HiddenWordsPanel } from "./hidden-words-panel.tsx";
import type { OpenComplaint } from "./list-complaints.ts";

export interface ComplaintPageProps extends Omit<ComplaintActsProps, "open"> {
  words: HiddenWords["state"];
  open: OpenComplaint;
}

/** 一つのクレーム。左に内容とこれまで、右に、いまできること。 */
export function ComplaintPage(props: ComplaintPageProps) {
  const { complaint, head, facts, steps, names, contacts } = props.open;
  const who = (id: string) => names.get(id)?.name ?? "異動した人";
  const urgent = complaint.severity === "emergency" && !facts.called && complaint.state !== "closed";
  return (
    <>
      <PageHead
        crumb={<a href="/complaints">クレーム</a>}
        title={`クレーム第${complaint.number}号　${complaintTopics[complaint.topic]}`}
        actions={
          head.filing === null ? undefined : (
            <LinkButton href={`/filings/${head.filing}`} icon="doc">
              日次報告書
            </LinkButton>
          )
        }
      />
      <Flow label="対応の進み" steps={flowOf(facts)} />
      <div className="cols main-side">
        <div className="pile">
          <Section id="h-content" title="お申し出">
            <Pairs
              items={[
                {
                  name: "受付",
                  value: `${writeAt(complaint.received_at)}　${complaintChannels[complaint.channel]}　${who(complaint.made_by)}`,
                },
                { name: "重さ", value: severities[complaint.severity] },
                { name: "状態", value: complaintStateLabels[complaint.state] },
                { name: "日次報告", value: <Report open={props.open} /> },
              ]}
            />
            <p className="pre mt2">{complaint.content}</p>
            <HiddenWordsPanel state={props.words} at={`/complaints/${complaint.id}`} csrf={props.csrf} />
          </Section>
          {complaint.response !== null && (
            <Section id="h-response" title="対応">
              <p className="pre">{complaint.response}</p>
            </Section>
          )}
          {complaint.prevention !== null && (
            <Section id="h-prevention" title="再発防止">
              <p className="pre">{complaint.prevention}</p>
            </Section>
          )}
          <Section id="h-steps" title="経過">
            <Timeline steps={steps.map((step) => ({ ...step, who: who(step.made_by) }))} />
          </Section>
        </div>
        <div className="pile noprint">
          {urgent && <EmergencyPanel contacts={contacts} />}
          <ComplaintActs {...props} />
          {!urgent && complaint.severity === "emergency" && <EmergencyPanel contacts={contacts} />}
        </div>
      </div>
    </>
  );
}

function Report({ open: { head } }: { open: OpenComplaint }): ReactNode {
  return (
    <>
      <ReportStatus complaint={head} />
      {head.urgency !== undefined && <span className="sub">　期限 {head.dueText}</span>}
    </>
  );
}

/** 記録 → SV → 責任者 → 日次報告 → 受理 → 終了。 */
export function flowOf({ state, report }: ComplaintFacts): FlowStep[] {
  const reached =
    state === "closed"
      ? 6
      : state === "confirmed"
        ? report === "accepted"
          ? 5
          : report === "waiting"
            ? 4
            : 3
        : state === "handled"
          ? 2
          : 1;
  return ["記録", "SVの対応", "責任者の確認", "日次報告", "委託者の受理", "終了"].map((label, at) => ({
    label,
    state: at < reached ? "done" : at === reached ? "now" : "ahead",
  }));
}
