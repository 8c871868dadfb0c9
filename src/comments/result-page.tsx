import { ages } from "../opinions/period-rule.ts";
import { channelTable } from "../opinions/result-book.ts";
import { LinkButton } from "../ui/button.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import { CountTable } from "./count-panel.tsx";
import type { MadeResult } from "./make-result.ts";
import { PublishPanel, type PublishProps } from "./publish-panel.tsx";

export interface ResultPageProps {
  result: MadeResult;
  may: boolean;
  /** 計画の原稿を読める（修正箇所から、計画書の部分へ移れる）。 */
  canPlan: boolean;
  canPdf: boolean;
  publish: PublishProps;
}

/** 結果の資料: 止めているもの、数の表、書き出し。 */
export function ResultPage({ result, may, canPlan, canPdf, publish }: ResultPageProps) {
  const { book, stops, advice } = result;
  const ready = stops.length === 0;
  const { counts } = book;
  const groups = new Map(result.comments.groups.map((one) => [one.number, one]));
  return (
    <>
      <PageHead
        crumb={<a href="/comments">意見公募</a>}
        title={
          publish.period.state === "published"
            ? "「意見の概要と市の考え方」を公表しました。"
            : ready
              ? "「意見の概要と市の考え方」を公表できます。"
              : `公表まで、あと${stops.length}つです。`
        }
      />
      <div className="pile">
        {!ready && (
          <Note tone="due" title="公表用は、次がそろうまで書き出せません。">
            <ul>
              {stops.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </Note>
        )}
        <div className="acts noprint">
          {ready &&
            (["docx", "html", ...(canPdf ? ["pdf"] : []), "xlsx"] as const).map((format) => (
              <LinkButton
                key={format}
                href={`/comments/result/public/${format}`}
                look={format === "docx" ? "main" : "normal"}
                icon="save"
              >
                公表用 {names[format as keyof typeof names]}
              </LinkButton>
            ))}
          {may &&
            (["docx", "xlsx"] as const).map((format) => (
              <LinkButton key={format} href={`/comments/result/internal/${format}`} icon="save">
                内部用 {names[format]}
              </LinkButton>
            ))}
        </div>
        <PublishPanel {...publish} />
        {advice.length > 0 && (
          <Section id="h-advice" title="気になる点" sub="止めません。直すかどうかは人が決めます">
            <ul className="alike">
              {advice.slice(0, 12).map((one) => (
                <li key={`${one.id}${one.message}`}>
                  <a href={`/comments/answers/${one.id}`}>No.{result.comments.groupOf.get(one.id)?.number}</a>
                  <span className="sub">{one.message}</span>
                </li>
              ))}
            </ul>
          </Section>
        )}
        <Section id="h-channel" title="提出方法別">
          <ChannelTable book={book} />
        </Section>
        <div className="pile fit">
          <Section id="h-age" title="年代別">
            <CountTable
              caption="年代別の数"
              head="年代"
              lines={counts.byAge}
              label={(key) => ages[key as keyof typeof ages] ?? key}
              total={counts.total}
            />
          </Section>
          <Section id="h-status" title="区分別">
            <CountTable
              caption="区分別の数"
              head="区分"
              lines={counts.byStatus}
              label={(key) => {
                const found = book.statuses.find(({ code }) => code === key);
                return found ? `${found.code} ${found.label}` : key;
              }}
              total={counts.total}
            />
          </Section>
        </div>
        <Section id="h-section" title="章別">
          <CountTable
            caption="章別の数"
            head="章"
            lines={counts.bySection}
            label={(key) => key}
            total={counts.total}
          />
        </Section>
        <Section id="h-changes" title="修正する箇所" sub={`${book.changes.length}件`}>
          <Table
            caption="修正前と修正後"
            columns={[
              {
                ...{ key: "no", head: "意見No.", rowHead: true, width: 5 },
                cell: (one) => (
                  <span id={`no-${one.no}`}>
                    {groups.has(one.no) ? (
                      <a href={`/comments/answers/${groups.get(one.no)?.id}`}>{one.no}</a>
                    ) : (
                      one.no
                    )}
                  </span>
                ),
              },
              {
                ...{ key: "place", head: "箇所", width: 12, wrap: true },
                cell: (one) => {
                  const change = groups.get(one.no)?.changeRef;
                  return change && canPlan ? <a href={`/plans/changes/${change}`}>{one.place}</a> : one.place;
                },
              },
              { key: "before", head: "修正前", wrap: true, cell: (one) => one.before || "（新設）" },
              { key: "after", head: "修正後", wrap: true, cell: (one) => one.after },
              { key: "reason", head: "理由", wrap: true, cell: (one) => one.reason },
            ]}
            rows={book.changes}
            rowKey={(one) => String(one.no)}
            empty="「修正する」答えは、まだありません。"
          />
        </Section>
      </div>
    </>
  );
}

const names = { docx: "Word", html: "HTML", pdf: "PDF", xlsx: "Excel" } as const;

function ChannelTable({ book }: { book: MadeResult["book"] }) {
  const { head, rows } = channelTable(book);
  return (
    <Table
      caption="提出方法別の数"
      columns={head.map((name, at) => ({
        ...{ key: String(at), head: name || "数え方", numeric: at > 0, rowHead: at === 0 },
        ...(at > 0 ? { width: 6 as const } : {}),
        cell: (row: readonly string[]) => row[at] ?? "",
      }))}
      rows={rows}
      rowKey={(row) => row[0] ?? ""}
      empty=""
    />
  );
}
