import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton } from "../ui/button.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import type { PlanComment } from "./comment-block.ts";
import { PlanTabs } from "./plan-tabs-panel.tsx";
import type { PlanVersion } from "./plan-version.ts";
import { blockLabel, type ListedBlock } from "./read-plan.ts";

export interface PlanHomeProps {
  plan: string;
  title: string;
  blocks: readonly ListedBlock[];
  versions: readonly PlanVersion[];
  clashes: number;
  remarks: number;
  /** 開いている書き込み（古い順）。 */
  comments: readonly (PlanComment & { name: string })[];
  tracked: number;
  lastChange: Instant | undefined;
  may: boolean;
}

/** 計画のいま: 一文、章ごとの進み、版。 */
export function PlanHomePage(props: PlanHomeProps) {
  const { plan, title, blocks, versions, clashes, remarks, comments, tracked, lastChange } = props;
  const last = versions.at(-1);
  const chapters = [...Map.groupBy(blocks, ({ chapter }) => chapter)].filter(([name]) => name !== "");
  return (
    <>
      <PageHead
        crumb={<a href="/plans">計画書</a>}
        title={sentence(props)}
        actions={
          <>
            <LinkButton size="tall" href={`/plans/${plan}/setting`}>
              表紙・番号・用語
            </LinkButton>
            <LinkButton size="tall" href={`/plans/${plan}/file/folder`}>
              原稿の一式（zip）
            </LinkButton>
            <LinkButton look="main" href={`/plans/${plan}/edit`}>
              原稿を開く
            </LinkButton>
          </>
        }
      />
      <PlanTabs plan={plan} current="home" />
      <div className="pile">
        <Pairs
          items={[
            { name: "題", value: title },
            {
              name: "いちばん新しい版",
              value: last
                ? `第${last.number}稿　${last.name}（${formatWareki(dayOf(last.at))}）`
                : "まだありません",
            },
            {
              name: "最後の変更",
              value: lastChange
                ? `${formatWareki(dayOf(lastChange), { weekday: true })} ${minuteOf(lastChange)}`
                : "－",
            },
            {
              name: "上位計画との食い違い",
              value: <a href={`/plans/${plan}/check`}>{clashes}件</a>,
            },
            { name: "ほかの指摘", value: <a href={`/plans/${plan}/check#remarks`}>{remarks}件</a> },
            { name: "記録している変更", value: `${tracked}か所` },
            {
              name: "開いている書き込み",
              value: comments.length > 0 ? <a href="#h-comments">{comments.length}件</a> : "0件",
            },
          ]}
        />
        <Section id="h-chapters" title="章ごとの進み" sub={`${blocks.length}の部分`}>
          <Table
            caption="章ごとの部分と確認の数"
            rows={chapters}
            rowKey={([name]) => name}
            empty="章の見出しがまだありません。"
            columns={[
              {
                ...{ key: "chapter", head: "章", rowHead: true, wrap: true },
                cell: ([name, own]) => (
                  <a href={`/plans/${plan}/edit?chapter=${encodeURIComponent(own[0]?.id ?? "")}`}>{name}</a>
                ),
              },
              { key: "blocks", head: "部分", numeric: true, width: 5, cell: ([, own]) => own.length },
              {
                ...{ key: "agreed", head: "確認済み", numeric: true, width: 6 },
                cell: ([, own]) => own.filter(({ review }) => review === "agreed").length,
              },
              {
                ...{ key: "checking", head: "確認中", numeric: true, width: 6 },
                cell: ([, own]) => own.filter(({ review }) => review === "checking").length,
              },
            ]}
          />
        </Section>
        {comments.length > 0 && <OpenComments {...props} />}
      </div>
    </>
  );
}

/** 開いている書き込みの全部（取り込みの知らせも）。済みにするのは、その部分の画面で。 */
function OpenComments({ plan, blocks, comments }: PlanHomeProps) {
  const places = new Map(blocks.map((block) => [block.id, blockLabel(block)]));
  return (
    <Section id="h-comments" title="開いている書き込み" sub={`${comments.length}件`}>
      <Table
        caption="開いている書き込みの一覧"
        rows={comments}
        rowKey={({ id }) => id}
        empty=""
        columns={[
          {
            ...{ key: "where", head: "ところ", rowHead: true, width: 16, wrap: true },
            cell: ({ block }) => (
              <a href={`/plans/${plan}/blocks/${encodeURIComponent(block)}`}>
                {places.get(block) ?? "いまはない部分"}
              </a>
            ),
          },
          { key: "text", head: "書き込み", wrap: true, cell: ({ text }) => text },
          { key: "by", head: "だれが", width: 5, cell: ({ name }) => name },
        ]}
      />
    </Section>
  );
}

function sentence({ clashes, remarks, comments }: PlanHomeProps): string {
  if (clashes > 0) return `上位計画との食い違いが${clashes}件あります。`;
  if (comments.length > 0) return `答えていない書き込みが${comments.length}件あります。`;
  return remarks > 0
    ? `食い違いはありません。ほかの指摘が${remarks}件あります。`
    : "直すところはありません。";
}
