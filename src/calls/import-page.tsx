import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import type { ImportResult } from "./import-calls.ts";

/** 電話機の記録を取り込む。何度取り込んでも、知らせと重なっても、電話は一件。 */
export function ImportPage({ csrf, result }: { csrf: string; result: ImportResult | undefined }) {
  return (
    <>
      <PageHead
        crumb={<a href="/calls/figures">電話</a>}
        title={
          result === undefined
            ? "電話機の記録を取り込みます。"
            : `${result.added.toLocaleString("ja-JP")}件の電話が加わりました。`
        }
        actions={
          <>
            <LinkButton href="/calls/figures">数を見る</LinkButton>
            <LinkButton href="/calls/announcement">時間外の案内</LinkButton>
          </>
        }
      />
      <div className="pile">
        {result !== undefined && <Imported result={result} />}
        <Section
          id="h-files"
          title="ファイル"
          sub="どれか一つから。同じものを何度取り込んでも、電話は増えません。"
        >
          <form method="post" action="/calls/import" encType="multipart/form-data" className="pile">
            <Csrf token={csrf} />
            <FileField
              id="f-pbx"
              name="pbx"
              label="電話機の CSV"
              help="通話の履歴。見出し（着信日時、発信者番号、結果など）から列を見分けます。"
            />
            <FileField
              id="f-map"
              name="pbxMap"
              label="列の対応表（YAML）"
              help="見出しから見分けられないときだけ。columns に「start: 受付日時」のように書きます。"
            />
            <FileField id="f-queue" name="queueLog" label="Asterisk の queue_log" />
            <FileField id="f-cdr" name="cdr" label="Asterisk の CDR（Master.csv）" />
            <div className="row">
              <Submit look="main">取り込む</Submit>
            </div>
          </form>
        </Section>
      </div>
    </>
  );
}

function Imported({ result }: { result: ImportResult }) {
  const { tally, problems, problemCount, outboundNotCounted } = result;
  return (
    <>
      <Section id="h-done" title="取り込んだもの">
        <Pairs
          items={[
            { name: "加わった", value: `${result.added}件` },
            { name: "ほかの知らせと合わせた", value: `${result.merged}件` },
            { name: "もうあった", value: `${result.known}件` },
            {
              name: "このファイルの数",
              value: `入電 ${tally.offered}、応答 ${tally.answered}、放棄 ${tally.abandoned}、時間外 ${tally.outOfHours}`,
            },
            { name: "数えない発信", value: `${outboundNotCounted}件` },
          ]}
        />
      </Section>
      {problemCount > 0 && (
        <Note tone="due" title={`気になるところが${problemCount.toLocaleString("ja-JP")}件ありました。`}>
          <Table
            caption="気になるところ"
            columns={[
              {
                key: "line",
                head: "行",
                numeric: true,
                cell: (row) => (row.line === undefined ? "－" : row.line),
              },
              { key: "message", head: "何が", rowHead: true, wrap: true, cell: (row) => row.message },
            ]}
            rows={problems.slice(0, 50).map((one, at) => ({ ...one, at }))}
            rowKey={(row) => String(row.at)}
            empty={<p>ありません。</p>}
          />
        </Note>
      )}
    </>
  );
}
