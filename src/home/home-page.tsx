import type { ReactNode } from "react";
import { PageHead, Section } from "../ui/section.tsx";
import type { StripDay } from "./business-strip.ts";
import { BookingPanel, type BookingPanelProps } from "./home-booking-panel.tsx";
import { CallPanel, type CallPanelProps } from "./home-call-panel.tsx";
import { DeadlinePanel, type DeadlineRow } from "./home-deadline-panel.tsx";
import { DeliverablePanel, type DeliverableRow } from "./home-deliverable-panel.tsx";
import { EvidencePanel, type EvidencePanelProps } from "./home-evidence-panel.tsx";
import { HeatPanel, type HeatPanelProps } from "./home-heat-panel.tsx";
import { StripPanel } from "./home-strip-panel.tsx";

export interface HomePageProps {
  /** "令和7年9月17日（水）"。 */
  date: string;
  /** "第二期 開設4日目・13:40現在"。 */
  now: string;
  /** 期限のある業務。遅れ・本日の数は、この行と同じ問い合わせから来る。 */
  deadlines?:
    | { rows: readonly DeadlineRow[]; late: number; today: number; total: number; href: string }
    | undefined;
  calls?: CallPanelProps | undefined;
  /** 本日の受付。電話の記録がない事務所では、電話と席の代わりに右に置く。 */
  booking?: (BookingPanelProps & { href?: string | undefined }) | undefined;
  strip?: { days: readonly StripDay[]; today: string; end: { href: string; label: string } } | undefined;
  deliverables?: { rows: readonly DeliverableRow[]; total: number; href: string } | undefined;
  evidence?: EvidencePanelProps | undefined;
  /** 予約の入り具合。成果品と証跡がまだなければ、その場所に置く。 */
  heat?: (HeatPanelProps & { title: string; sub: string; end: { href: string; label: string } }) | undefined;
  /** まだ動いていない事務所で、はじめにすること。 */
  welcome?: ReactNode;
}

/** 業務ホーム。渡されなかった区画は、空で見せずに置かない。 */
export function HomePage(props: HomePageProps) {
  const { date, now, deadlines, calls, booking, strip, deliverables, evidence, heat, welcome } = props;
  const right = calls ?? booking;
  return (
    <>
      <PageHead crumb="業務ホーム" title={<Sentence {...props} />} date={date} now={now} />
      {welcome}
      <div className={right === undefined || deadlines === undefined ? "home single" : "home"}>
        {deadlines !== undefined && (
          <Section
            id="h-ob"
            title="期限のある業務"
            end={<a href={deadlines.href}>すべて {deadlines.total}件</a>}
          >
            <DeadlinePanel rows={deadlines.rows} />
          </Section>
        )}
        {calls !== undefined && (
          <Section
            id="h-call"
            title="本日の電話と席"
            end={calls.href && <a href={calls.href}>時間帯別に見る</a>}
          >
            <CallPanel {...calls} />
          </Section>
        )}
        {calls === undefined && booking !== undefined && (
          <Section
            id="h-book"
            title="本日の受付"
            end={booking.href && <a href={booking.href}>本日の予約を見る</a>}
          >
            <BookingPanel {...booking} />
          </Section>
        )}
        {strip !== undefined && (
          <Section
            id="h-strip"
            className="wide"
            title="これからの10営業日"
            end={<a href={strip.end.href}>{strip.end.label}</a>}
          >
            <StripPanel days={strip.days} today={strip.today} />
          </Section>
        )}
        {(deliverables ?? evidence) !== undefined && (
          <div className={deliverables === undefined || evidence === undefined ? "half single" : "half"}>
            {deliverables !== undefined && (
              <Section
                id="h-del"
                title="成果品"
                end={<a href={deliverables.href}>すべて {deliverables.total}件</a>}
              >
                <DeliverablePanel rows={deliverables.rows} />
              </Section>
            )}
            {evidence !== undefined && <EvidencePanel {...evidence} />}
          </div>
        )}
        {heat !== undefined && (
          <Section
            id="h-heat"
            className="wide"
            title={heat.title}
            sub={heat.sub}
            end={<a href={heat.end.href}>{heat.end.label}</a>}
          >
            <HeatPanel {...heat} />
          </Section>
        )}
      </div>
    </>
  );
}

/** 画面の一文。遅れと本日だけを言い、なければないと言う。 */
function Sentence({ deadlines }: HomePageProps) {
  if (deadlines === undefined) return <>業務ホーム</>;
  const { late, today } = deadlines;
  if (late === 0 && today === 0) return <>遅れはありません。本日が期限の業務もありません。</>;
  return (
    <>
      {late > 0 ? <span className="late">{late}件遅れています。</span> : "遅れはありません。"}
      {today > 0 ? (
        <>
          本日の期限は<span className="due">{today}件</span>です。
        </>
      ) : (
        "本日が期限の業務はありません。"
      )}
    </>
  );
}
