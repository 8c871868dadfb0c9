import { formatWareki } from "../japan/wareki.ts";
import { channels } from "../opinions/period-rule.ts";
import { LinkButton } from "../ui/button.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { CountTable } from "./count-panel.tsx";
import { CounterPanel } from "./counter-panel.tsx";
import type { Overview } from "./read-overview.ts";

export interface CommentPageProps {
  overview: Overview;
  may: { work: boolean; decide: boolean };
}

/** 意見公募の今: 一文、四つの数、段取り、提出方法ごとの表。 */
export function CommentPage({ overview, may }: CommentPageProps) {
  const { period, book, steps, firstOpen, aside } = overview;
  return (
    <>
      <header className="head">
        <div>
          <p className="crumb">意見公募 ／ {period.title}</p>
          <h1 className="headline">{overview.sentence}</h1>
        </div>
        <CounterPanel counts={book.counts.total} />
      </header>
      <div className="pile">
        {book.counts.faults.length > 0 && (
          <Note tone="late" title="数が合いません。合うまで、結果は書き出せません。">
            <ul>
              {book.counts.faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          </Note>
        )}
        <p className="acts noprint">
          {may.work && (
            <LinkButton href="/comments/receive" icon="plus">
              意見を受け取る
            </LinkButton>
          )}
          {firstOpen !== undefined && (
            <LinkButton href={`/comments/letters/${firstOpen}`} look="main" icon="talk">
              意見の整理へ
            </LinkButton>
          )}
          <LinkButton href="/comments/period">期間と公表物</LinkButton>
          <LinkButton href="/comments/map">意見の分布</LinkButton>
        </p>
        <div className="cols main-side">
          <Section id="h-steps" title="段取り" sub={periodText(period)}>
            <Table
              caption="意見公募の段取り"
              columns={[
                {
                  key: "name",
                  head: "段",
                  rowHead: true,
                  width: 9,
                  cell: (one) => <a href={one.href}>{one.name}</a>,
                },
                {
                  key: "state",
                  head: "いま",
                  width: 8,
                  cell: (one) => <Status look={one.look}>{one.state}</Status>,
                },
                { key: "rest", head: "残り", wrap: true, cell: (one) => one.rest },
              ]}
              rows={steps}
              rowKey={(one) => one.name}
              empty=""
            />
          </Section>
          <Section id="h-aside" title="数に入れない通">
            {aside.length === 0 ? (
              <p className="sub">期間のあとに届いた通、同じ書面の二通めはありません。</p>
            ) : (
              <ul className="alike">
                {aside.map((one) => (
                  <li key={one.id}>
                    <a href={`/comments/letters/${one.id}`}>第{one.name}号</a>
                    <span className="sub">{one.why}</span>
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </div>
        <Section id="h-channel" title="提出方法ごとの数" end={<a href="/comments/result">結果の資料</a>}>
          <CountTable
            caption="提出方法ごとの提出者・通数・意見数・異なる意見"
            head="提出方法"
            lines={book.counts.byChannel}
            label={(key) => channels[key as keyof typeof channels] ?? key}
            total={book.counts.total}
            note={
              book.counts.twice > 0
                ? `提出方法をまたいで出した方が${book.counts.twice}人分あるため、提出者の和は合計よりその分だけ多くなります。異なる意見の和も、方法をまたぐ同じ意見の分だけ多くなります。`
                : "異なる意見の和は、方法をまたぐ同じ意見の分だけ、合計より多くなります。"
            }
          />
        </Section>
      </div>
    </>
  );
}

function periodText({ from, to }: Overview["period"]): string {
  if (from === null || to === null) return "期間はまだ決まっていません";
  return `${formatWareki(from, { weekday: true })}から${formatWareki(to, { weekday: true })}まで`;
}

/** 意見公募がまだないとき。 */
export function NoPeriodPage({ may }: { may: boolean }) {
  return (
    <>
      <PageHead crumb="意見公募" title="意見公募は、まだ準備していません。" />
      <div className="pile">
        <p>案・趣旨・概要・論点・公表の場所・意見用紙・期間をそろえると、意見公募を始められます。</p>
        {may ? (
          <p className="acts">
            <LinkButton href="/comments/period" look="main" icon="plus">
              準備を始める
            </LinkButton>
          </p>
        ) : (
          <p>準備するのは、責任者・企画担当の役割です。</p>
        )}
      </div>
    </>
  );
}
