import type { Fault } from "../base/error.ts";
import { dayOf, minuteOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { planFormats } from "../manuscript/build-plan-file.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";
import { formatLabels } from "./plan-output-page.tsx";
import { PlanTabs } from "./plan-tabs-panel.tsx";
import { type PlanVersion, planStages, stageLabels } from "./plan-version.ts";

export interface VersionsPageProps {
  csrf: string;
  plan: string;
  versions: readonly (PlanVersion & { by: string })[];
  /** いちばん新しい版のあとの変更の数。 */
  since: number;
  /** パブリックコメント用の版のあとの、理由も意見もない変更の数。 */
  unexplained: number;
  faults: readonly Fault[];
  may: boolean;
}

/** 名のある版（あとから変わらない）と、比べる二つを選ぶところ。 */
export function VersionsPage({ csrf, plan, versions, since, unexplained, faults, may }: VersionsPageProps) {
  const last = versions.at(-1);
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/plans">計画書</a> ／ <a href={`/plans/${plan}`}>はじめ</a>
          </>
        }
        title={
          last
            ? `いちばん新しい版は第${last.number}稿（${last.name}）で、そのあと${since}回直しました。`
            : "名のある版は、まだありません。"
        }
      />
      <PlanTabs plan={plan} current="versions" />
      <div className="pile">
        {unexplained > 0 && (
          <Note
            tone="due"
            title={`意見公募にかけた版のあとの変更のうち、理由も意見もないものが${unexplained}か所あります。`}
          >
            最終原稿として残す前に、<a href={`/plans/${plan}/reasons`}>理由を書きます</a>。
          </Note>
        )}
        <Table
          caption="名のある版"
          rows={versions}
          rowKey={({ id }) => id}
          empty="骨子や素案ができたら、ここで版として残します。残した版は、あとから変わりません。"
          columns={[
            { key: "number", head: "稿", numeric: true, width: 3, cell: ({ number }) => number },
            {
              key: "name",
              head: "名",
              rowHead: true,
              wrap: true,
              cell: ({ name, note }) => (note ? `${name}（${note}）` : name),
            },
            { key: "stage", head: "段", width: 10, wrap: true, cell: ({ stage }) => stageLabels[stage] },
            {
              key: "at",
              head: "残した日時",
              width: 10,
              wrap: true,
              cell: ({ at }) => `${formatWareki(dayOf(at))} ${minuteOf(at)}`,
            },
            { key: "by", head: "だれが", width: 4, cell: ({ by }) => by },
            {
              key: "sha",
              head: "身元（SHA-256）",
              width: 9,
              cell: ({ sha256 }) => <code>{sha256.slice(0, 12)}…</code>,
            },
            {
              ...{ key: "files", head: "書き出し", width: 12 },
              cell: ({ id, number }) => (
                <span className="outs">
                  {planFormats.map((format) => (
                    <a
                      key={format}
                      href={`/plans/${plan}/file/${format}?version=${id}`}
                      aria-label={`第${number}稿の ${formatLabels[format]}`}
                    >
                      {formatLabels[format]}
                    </a>
                  ))}
                </span>
              ),
            },
          ]}
        />
        {versions.length > 0 && (
          <Section id="h-compare" title="二つの版を比べる">
            <form method="get" action={`/plans/${plan}/compare`} className="row wrap bottom">
              <SelectField
                id="from"
                label="旧"
                defaultValue={last?.id ?? ""}
                choices={versions.map(({ id, number, name }) => ({
                  value: id,
                  label: `第${number}稿 ${name}`,
                }))}
              />
              <SelectField
                id="to"
                label="新"
                defaultValue="now"
                choices={[
                  { value: "now", label: "いまの原稿" },
                  ...versions.map(({ id, number, name }) => ({
                    value: id,
                    label: `第${number}稿 ${name}`,
                  })),
                ]}
              />
              <Submit look="normal">新旧対照表を開く</Submit>
            </form>
          </Section>
        )}
        {may && (
          <Section id="h-take" title="いまの原稿を、版として残す">
            <form method="post" action={`/plans/${plan}/versions`} className="pile upload">
              <Csrf token={csrf} />
              <div className="fields two">
                <SelectField
                  id="stage"
                  label="段"
                  choices={planStages.map((value) => ({ value, label: stageLabels[value] }))}
                />
                <TextField
                  id="name"
                  label="名"
                  maxLength={60}
                  help="省けば、段の名になります。"
                  error={faults.find(({ field }) => field === "name")?.message}
                />
                <TextField id="note" label="覚え" maxLength={500} span />
              </div>
              <p className="acts">
                <Submit look="second">残す</Submit>
              </p>
            </form>
          </Section>
        )}
      </div>
    </>
  );
}
