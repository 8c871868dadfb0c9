import { LinkButton } from "../ui/button.tsx";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { List } from "../ui/list-page.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { faqStateLabels } from "./faq.ts";
import { type FaqCard, FaqPanel } from "./faq-panel.tsx";
import type { FaqIndex } from "./faq-search.ts";
import type { FaqCandidate } from "./list-candidates.ts";
import type { FaqFilter, ListedFaq, StaleReason } from "./list-faqs.ts";
import { type TallyKey, TallyPanel } from "./tally-panel.tsx";

/** ＦＡＱの四つの画面。 */
export function FaqTabs({ at }: { at: "find" | "entries" | "candidates" }) {
  return (
    <SegmentedLinks
      label="ＦＡＱの画面"
      links={[
        { href: "/faq", label: "引く", current: at === "find" },
        { href: "/faq/entries", label: "一覧と承認", current: at === "entries" },
        { href: "/faq/candidates", label: "候補", current: at === "candidates" },
      ]}
    />
  );
}

export interface FaqFindPageProps {
  csrf: string;
  index: FaqIndex;
  hits: readonly FaqCard[];
  query: string;
  total: number;
  tally: readonly TallyKey[];
  mayCount: boolean;
}

/** 電話の間の画面。左で引き、右で数える。 */
export function FaqFindPage(props: FaqFindPageProps) {
  const { csrf, index, hits, query, total, tally, mayCount } = props;
  return (
    <>
      <PageHead crumb="応対" title="ＦＡＱを引く" actions={<FaqTabs at="find" />} />
      <div className="cols main-side">
        <div id="faq-panel" data-csrf={csrf}>
          <FaqPanel index={index} hits={hits} query={query} total={total} csrf={csrf} />
        </div>
        {mayCount && (
          <div className="pile">
            <TallyPanel csrf={csrf} keys={tally} back="/faq" />
            <div className="acts">
              <LinkButton href="/complaints/new">苦情として記録</LinkButton>
              <LinkButton href="/questions/new">委託者に確認</LinkButton>
              <LinkButton href="/inquiries/new">応対記録</LinkButton>
            </div>
          </div>
        )}
      </div>
    </>
  );
}

export interface FaqListPageProps {
  entries: readonly ListedFaq[];
  group: FaqFilter["group"];
  counts: { live: number; waiting: number; stale: number };
  mayDraft: boolean;
}

/** ＦＡＱの一覧と承認。 */
export function FaqListPage({ entries, group, counts, mayDraft }: FaqListPageProps) {
  return (
    <>
      <PageHead
        crumb="応対　ＦＡＱ"
        title={
          <>
            {`${counts.live}問を使っています。`}
            {counts.waiting > 0 && `${counts.waiting}問が承認待ちです。`}
            {counts.stale > 0 && <span className="late">{counts.stale}問に見直しの印があります。</span>}
          </>
        }
        actions={<FaqTabs at="entries" />}
      />
      <div className="pile">
        {mayDraft && (
          <div className="acts">
            <LinkButton href="/faq/entries/new" look="main" icon="plus">
              問いを加える
            </LinkButton>
            <LinkButton href="/faq/import">Excel・CSV から取り込む</LinkButton>
          </div>
        )}
        <List
          action="/faq/entries"
          filters={[
            {
              name: "group",
              label: "状態",
              value: group ?? "",
              choices: [
                { value: "", label: "外したもののほか全部" },
                { value: "live", label: "使っているもの" },
                { value: "waiting", label: "承認待ち" },
                { value: "stale", label: "見直しの印があるもの" },
                { value: "retired", label: "外したもの" },
              ],
            },
          ]}
          count={`${entries.length}問。番号の順です。`}
          clearHref={group === undefined ? undefined : "/faq/entries"}
          exports={[
            { label: "Word（成果品）", href: "/faq/export/docx" },
            { label: "Excel", href: "/faq/export/xlsx" },
          ]}
          table={{
            caption: "ＦＡＱ",
            columns,
            rows: entries,
            rowKey: (one) => one.id,
            empty: (
              <p>
                <b>この条件に合う問いはありません。</b>
                {mayDraft ? "委託者から受け取ったＦＡＱは、「取り込む」から入れられます。" : ""}
              </p>
            ),
          }}
        />
      </div>
    </>
  );
}

const columns: Column<ListedFaq>[] = [
  { key: "number", head: "番号", numeric: true, width: 4, cell: (one) => one.number },
  {
    key: "question",
    head: "質問",
    rowHead: true,
    wrap: true,
    cell: (one) => (
      <>
        <a href={`/faq/entries/${one.id}`}>{one.content.question}</a>
        {one.stale.length > 0 && (
          <>
            <br />
            <Status look="warn">{one.stale.map(staleText).slice(0, 2).join("、")}</Status>
          </>
        )}
      </>
    ),
  },
  { key: "category", head: "分類", width: 8, cell: (one) => one.content.category },
  { key: "version", head: "版", numeric: true, width: 3, cell: (one) => one.live ?? "－" },
  {
    key: "state",
    head: "状態",
    width: 9,
    cell: (one) =>
      one.retired ? (
        <Status look="none">外した</Status>
      ) : one.state === "approved" ? (
        <Status look="done">使っている</Status>
      ) : (
        <Status look={one.state === "returned" ? "warn" : "wait"}>
          {one.live === null ? "" : "次の版 "}
          {faqStateLabels[one.state]}
        </Status>
      ),
  },
  { key: "used", head: "答えた数", numeric: true, width: 6, cell: (one) => one.used },
];

/** 見直しの理由を、人の言葉で。 */
export function staleText(reason: StaleReason): string {
  switch (reason.kind) {
    case "ended":
      return `${shortDay(reason.day)}で使い終わる日が過ぎた`;
    case "past":
      return `書かれた${shortDay(reason.day)}が過ぎた`;
    case "changed":
      return `約束ごとが「${reason.before}」から「${reason.after ?? "なし"}」に変わった`;
  }
}

function shortDay(day: string): string {
  const [, month, date] = day.split("-").map(Number);
  return `${month}月${date}日`;
}

export interface CandidatePageProps {
  candidates: readonly FaqCandidate[];
  mayDraft: boolean;
}

const sources: Record<FaqCandidate["source"], string> = {
  question: "委託者の指示",
  miss: "見つからない",
  item: "件数",
};

/** ＦＡＱに加える候補。 */
export function CandidatePage({ candidates, mayDraft }: CandidatePageProps) {
  return (
    <>
      <PageHead
        crumb="応対　ＦＡＱ"
        title={
          candidates.length === 0
            ? "加える候補はありません。"
            : `加える候補が${candidates.length}つあります。`
        }
        actions={<FaqTabs at="candidates" />}
      />
      <Section id="h-candidates" title="候補" sub="件数、見つからなかった言葉、委託者の指示から">
        <Table
          caption="ＦＡＱの候補"
          columns={[
            { key: "source", head: "もと", width: 8, cell: (one: FaqCandidate) => sources[one.source] },
            { key: "question", head: "問いの案", rowHead: true, wrap: true, cell: (one) => one.question },
            { key: "why", head: "理由", wrap: true, cell: (one) => one.why },
            {
              key: "make",
              head: "",
              width: 7,
              cell: (one) =>
                mayDraft ? (
                  <LinkButton
                    href={`/faq/entries/new?question=${encodeURIComponent(one.question)}&answer=${encodeURIComponent(one.answer.slice(0, 600))}`}
                  >
                    案にする
                  </LinkButton>
                ) : null,
            },
          ]}
          rows={candidates}
          rowKey={(one) => `${one.source} ${one.question}`}
          empty="「見つからない」と出された言葉や、委託者の指示で答えた問いが、ここに並びます。"
        />
      </Section>
    </>
  );
}
