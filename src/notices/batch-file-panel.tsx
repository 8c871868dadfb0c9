import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { Pairs } from "../ui/table.tsx";
import type { BatchState, BatchTally } from "./batch.ts";
import { takePurposes } from "./take-file.ts";

export interface BatchFileRow {
  id: string;
  /** 「PDF（通常の版）」。 */
  label: string;
  /** 「61通・122ページ」。 */
  detail: string;
  warnings: string[];
}

/** 印刷した後の束の数。 */
export function BatchCountPanel({ tally, state }: { tally: BatchTally; state: BatchState }) {
  const drawn = tally.printed - tally.toSend;
  return (
    <Pairs
      items={[
        { name: "作った数", value: `${tally.made}通` },
        { name: "外した・取り消された", value: `${tally.excluded + tally.withdrawn - drawn}通` },
        { name: state === "printing" ? "印刷する数" : "印刷した数", value: `${tally.printed}通` },
        { name: "印刷の後で抜いた", value: `${drawn}通` },
        { name: state === "sent" ? "発送した数" : "投函する数", value: <b>{tally.toSend}通</b> },
      ]}
    />
  );
}

/** 印刷用のファイル。取り出すときは、だれが何のためにかが記録される。 */
export function BatchFilePanel({
  id,
  csrf,
  files,
}: {
  id: string;
  csrf: string;
  files: readonly BatchFileRow[];
}) {
  const [first] = files;
  const warnings = [...new Set(files.flatMap((file) => file.warnings))];
  return (
    <Section id="n2" title="印刷用のファイル" end={<span className="sub">氏名と住所を含みます</span>}>
      {first === undefined ? (
        <form method="post" action={`/notices/${id}/print/stop`} className="pile mt1">
          <Csrf token={csrf} />
          <p className="empty">できるまでお待ちください。この画面を離れても続きます。</p>
          <div className="row">
            <Submit>印刷を止める</Submit>
          </div>
        </form>
      ) : (
        <form method="post" action={`/notices/${id}/files/${first.id}`} className="pile mt1">
          <Csrf token={csrf} />
          <SelectField
            id="purpose"
            label="取り出す目的"
            defaultValue="print"
            choices={Object.entries(takePurposes).map(([value, label]) => ({ value, label }))}
            help="だれが何のために取り出したかが記録されます。"
          />
          {files.map((file) => (
            <div key={file.id} className="row between">
              <span>
                <b>{file.label}</b>　<span className="sub">{file.detail}</span>
              </span>
              <Submit look="second" icon="save" formAction={`/notices/${id}/files/${file.id}`}>
                取り出す
                <span className="vh">：{file.label}</span>
              </Submit>
            </div>
          ))}
        </form>
      )}
      {warnings.length > 0 && (
        <div className="pile tight mt2">
          {warnings.map((warning) => (
            <Note key={warning} tone="due" title="確かめてください">
              {warning}
            </Note>
          ))}
        </div>
      )}
    </Section>
  );
}
