import type { Fault } from "../base/error.ts";
import { dayOf, type Instant } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";

export interface PlansPageProps {
  csrf: string;
  plans: readonly { id: string; title: string; sequence: number; madeAt: Instant }[];
  may: boolean;
  faults: readonly Fault[];
}

/** 計画の一覧と、原稿の取り込み。 */
export function PlansPage({ csrf, plans, may, faults }: PlansPageProps) {
  const fault = faults.find(({ field }) => field === "file")?.message ?? faults[0]?.message;
  return (
    <>
      <PageHead
        crumb="計画書"
        title={
          plans.length === 0 ? "計画の原稿はまだありません。" : `計画の原稿が${plans.length}つあります。`
        }
      />
      <div className="pile">
        <Table
          caption="計画の一覧"
          rows={plans}
          rowKey={({ id }) => id}
          empty="原稿の一式（zip）を取り込むと、ここに並びます。"
          columns={[
            {
              ...{ key: "title", head: "題", rowHead: true, wrap: true },
              cell: ({ id, title }) => <a href={`/plans/${id}`}>{title}</a>,
            },
            {
              key: "sequence",
              head: "変更（回）",
              numeric: true,
              width: 7,
              cell: ({ sequence }) => sequence,
            },
            { key: "made", head: "作った日", width: 12, cell: ({ madeAt }) => formatWareki(dayOf(madeAt)) },
          ]}
        />
        {may && (
          <Section id="h-import" title="原稿の取り込み">
            <form method="post" action="/plans" encType="multipart/form-data" className="pile upload">
              <Csrf token={csrf} />
              <FileField
                id="file"
                label="原稿の一式（zip）"
                accept=".zip"
                required
                error={fault}
                help="plan.yaml と章ごとの .md、data/ の表、images/ の画像。計画の画面から書き出したものと同じ形です。1つの画像は 30 MB まで。"
              />
              <p className="acts">
                <Submit>取り込む</Submit>
              </p>
            </form>
          </Section>
        )}
      </div>
    </>
  );
}
