import type { Fault } from "../base/error.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { digestKindLabels, digestPaperLabels, type PlanDigest, releaseFaults } from "./plan-digest.ts";
import { PlanTabs } from "./plan-tabs-panel.tsx";

export interface DigestsPageProps {
  csrf: string;
  plan: string;
  views: readonly PlanDigest[];
  models: readonly {
    code: string;
    id: string;
    subject: string;
    facts: ReadonlyMap<string, string>;
    finding: string;
  }[];
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  may: boolean;
}

/** 概要版・子ども版の一覧と、ほかの市の概要版との比べ。 */
export function DigestsPage(props: DigestsPageProps) {
  const { plan, views } = props;
  const stale = views.filter(({ report }) => report.stale.length + report.missing.length > 0);
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/plans">計画書</a> ／ <a href={`/plans/${plan}`}>はじめ</a>
          </>
        }
        title={
          views.length === 0
            ? "概要版も子ども版も、まだありません。"
            : stale.length > 0
              ? `${stale.length}つの見え方で、元の原稿が変わっています。`
              : `${views.length}つの見え方は、元の原稿と合っています。`
        }
      />
      <PlanTabs plan={plan} current="digests" />
      <div className="pile">
        <Table
          caption="概要版と子ども版"
          rows={views}
          rowKey={({ name }) => name}
          empty="下の欄で作ると、章ごとの最初の文から始まります。"
          columns={[
            {
              ...{ key: "title", head: "題", rowHead: true, wrap: true },
              cell: ({ name, digest }) => <a href={`/plans/${plan}/digests/${name}`}>{digest.title}</a>,
            },
            {
              ...{ key: "kind", head: "種類", width: 12 },
              cell: ({ digest }) => `${digestKindLabels[digest.kind]}（${digestPaperLabels[digest.format]}）`,
            },
            {
              ...{ key: "stale", head: "元の変わった部分", numeric: true, width: 8 as const },
              cell: ({ report }) => report.stale.length + report.missing.length,
            },
            {
              ...{ key: "score", head: "読みやすさ", numeric: true, width: 6 },
              cell: ({ size }) => size.score?.toFixed(1) ?? "－",
            },
            {
              ...{ key: "state", head: "いま", width: 12 },
              cell: (view) =>
                view.released ? (
                  <Status look="done">公開してよい</Status>
                ) : releaseFaults(view).length > 0 ? (
                  <Status look="late">直すところ</Status>
                ) : (
                  <Status look="warn">公開を決めるところ</Status>
                ),
            },
          ]}
        />
        <Models {...props} />
        {props.may && <CreateForm {...props} />}
      </div>
    </>
  );
}

/** ほかの市の概要版（3(1)(ｳ)）。動向調査で「概要版」の札を付けた資料が、ここに並ぶ。 */
function Models({ views, models }: DigestsPageProps) {
  const items = [...new Set(models.flatMap(({ facts }) => [...facts.keys()]))];
  const ours = views.find(({ digest }) => digest.kind === "digest");
  const own = new Map<string, string>(
    ours
      ? [
          ["判型", digestPaperLabels[ours.digest.format]],
          ["図", String(ours.size.figures)],
          ["字数", String(ours.size.characters)],
          ["見出し", String(ours.size.headings)],
        ]
      : [],
  );
  const rows = [
    ...(ours ? [{ code: "", id: "", subject: "本計画", facts: own, finding: "" }] : []),
    ...models,
  ];
  return (
    <Section id="h-models" title="ほかの市の概要版" sub={`${models.length}件`}>
      {models.length === 0 ? (
        <p className="sub">
          <a href="/research?kind=municipality">動向調査</a>
          で、ほかの市の概要版に「概要版」の札を付け、判型・頁・図・字数を書くと、ここで比べられます。
        </p>
      ) : (
        <Table
          caption="ほかの市の概要版との比べ"
          rows={rows}
          rowKey={({ code }) => code}
          empty=""
          columns={[
            {
              ...{ key: "city", head: "市", rowHead: true, width: 8 },
              cell: ({ id, subject }) =>
                id === "" ? <b>{subject}</b> : <a href={`/research/${id}`}>{subject}</a>,
            },
            ...items.map((name) => ({
              ...{ key: name, head: name, width: name === "判型" ? (8 as const) : (6 as const) },
              cell: ({ facts }: (typeof rows)[number]) => facts.get(name) ?? "－",
            })),
            { key: "finding", head: "倣うところ", wrap: true, cell: ({ finding }) => finding },
          ]}
        />
      )}
    </Section>
  );
}

const choicesOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

function CreateForm({ csrf, plan, values, faults }: DigestsPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  return (
    <Section id="h-create" title="見え方を作る">
      <form method="post" action={`/plans/${plan}/digests`} className="pile upload">
        <Csrf token={csrf} />
        <div className="fields three">
          <TextField
            id="title"
            label="題"
            required
            maxLength={100}
            defaultValue={values.title ?? ""}
            error={fault("title")}
          />
          <SelectField
            id="kind"
            label="種類"
            defaultValue={values.kind ?? "digest"}
            choices={choicesOf(digestKindLabels)}
          />
          <SelectField
            id="format"
            label="紙"
            defaultValue={values.format ?? "a3-fold"}
            choices={choicesOf(digestPaperLabels)}
          />
        </div>
        <div className="acts">
          <Submit>作る</Submit>
        </div>
      </form>
    </Section>
  );
}
