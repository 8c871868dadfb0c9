import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, TextAreaField, TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import type { ListedSpecification, ReadingProgress } from "./open-specification.ts";

export interface SpecificationListProps {
  csrf: string;
  specifications: readonly ListedSpecification[];
  mayWrite: boolean;
  faults: readonly { field?: string; message: string }[];
  /** 提案を訊く手元のモデルの名。設定がなければ undefined。 */
  model?: string | undefined;
}

/** 読み込んだ業務仕様書の一覧と、読み込みの欄。 */
export function SpecificationListPage(props: SpecificationListProps) {
  const { csrf, specifications, mayWrite, faults, model } = props;
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const waiting = specifications.filter((one) => one.state === "draft").length;
  return (
    <>
      <PageHead
        crumb="契約"
        title={
          specifications.length === 0
            ? "業務仕様書はまだ読み込まれていません"
            : waiting === 0
              ? "確かめている業務仕様書はありません"
              : `${waiting}つの業務仕様書を確かめています`
        }
      />
      <div className="pile wide">
        <Section
          id="h-list"
          title="読み込んだ仕様書"
          end={<a href="/specifications/compare">二つを比べる</a>}
        >
          <Table
            caption="読み込んだ業務仕様書"
            rows={specifications}
            rowKey={(one) => one.id}
            empty={`まだ一つもありません。${mayWrite ? "下の欄から読み込んでください。" : ""}`}
            columns={[
              {
                key: "number",
                head: "番号",
                cell: (one) => <a href={`/specifications/${one.id}`}>第{one.number}号</a>,
              },
              { key: "title", head: "件名", cell: (one) => one.title, wrap: true },
              {
                key: "day",
                head: "読み込んだ日",
                cell: (one) => formatWareki(dayOf(one.madeAt), { weekday: true }),
              },
              { key: "state", head: "状態", cell: stateOf },
              { key: "open", head: "未確認", cell: (one) => `${one.open}／${one.all}`, numeric: true },
            ]}
          />
        </Section>
        {mayWrite && (
          <Section id="h-new" title="仕様書を読み込む" sub="Word（.docx）、PDF、テキスト。どの市の仕様書でも">
            <form
              method="post"
              action="/specifications"
              encType="multipart/form-data"
              className="fields two mt1"
            >
              <Csrf token={csrf} />
              <TextField
                id="title"
                label="件名"
                maxLength={80}
                help="一覧に出る名。省けば「業務仕様書」です。"
                error={fault("title")}
              />
              <FileField
                id="file"
                label="仕様書のファイル"
                accept=".txt,.docx,.pdf"
                error={fault("file")}
                help={
                  model === undefined
                    ? "32 MB まで。この機械の中だけで読みます。"
                    : `32 MB まで。足りない義務は、手元のモデル ${model} に訊き、「提案」の印を付けて並べます。`
                }
              />
              <TextAreaField id="text" label="または、文を貼り付ける" rows={4} span error={fault("text")} />
              <div className="acts">
                <Submit>読み込む</Submit>
              </div>
            </form>
          </Section>
        )}
      </div>
    </>
  );
}

function stateOf(one: ListedSpecification) {
  if (one.state === "reading") return <Status look="wait">読み取り中</Status>;
  if (one.state === "confirmed") return <Status look="done">確かめ済み</Status>;
  return <Status look="due">確かめている</Status>;
}

/** 読んでいる間の画面。島がなければ、開き直すと進む。 */
export function ReadingPage({
  id,
  number,
  title,
  progress,
}: {
  id: string;
  number: number;
  title: string;
  progress: ReadingProgress;
}) {
  const failed = progress.state === "failed" || progress.state === "stopped";
  return (
    <>
      <PageHead
        crumb={<a href="/specifications">業務仕様書</a>}
        title={failed ? "仕様書を読めませんでした" : "仕様書を読んでいます"}
      />
      <div className="pile" data-reading={failed ? undefined : id}>
        <p>
          第{number}号　{title}
        </p>
        <p className="row" role="status">
          {failed ? (
            <Status look="late">{progress.message}</Status>
          ) : (
            <>
              <progress max={progress.total} value={progress.done} aria-label="読み取りの進み具合" />
              <span>{progress.message}</span>
            </>
          )}
        </p>
        <p>
          <a href={failed ? "/specifications" : `/specifications/${id}`}>
            {failed ? "一覧に戻って、読み込み直す" : "いまの様子を見る"}
          </a>
        </p>
      </div>
    </>
  );
}
