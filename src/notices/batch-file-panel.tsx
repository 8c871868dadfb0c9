import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Pairs } from "../ui/table.tsx";
import type { BatchState, BatchTally } from "./batch.ts";
import { takePurposes } from "./take-file.ts";

export interface BatchFileRow {
  id: string;
  /** 「PDF（通常の版）」。 */
  label: string;
  /** 「244ページ」。 */
  detail: string;
  warnings: string[];
}

/** 印刷した後の束: 数と、取り出すファイル。取り出すときは目的が記録される。 */
export function BatchFilePanel(props: {
  id: string;
  csrf: string;
  files: readonly BatchFileRow[];
  tally: BatchTally;
  state: BatchState;
}) {
  const { id, csrf, files, tally, state } = props;
  const drawn = tally.printed - tally.toSend;
  return (
    <div className="pile mt1">
      <Pairs
        items={[
          { name: "作った数", value: `${tally.made}通` },
          { name: "外した・取り消された", value: `${tally.excluded + tally.withdrawn - drawn}通` },
          { name: state === "printing" ? "印刷する数" : "印刷した数", value: `${tally.printed}通` },
          { name: "印刷の後で抜いた", value: `${drawn}通` },
          { name: state === "sent" ? "発送した数" : "投函する数", value: <b>{tally.toSend}通</b> },
        ]}
      />
      {files.map((file) => (
        <form key={file.id} method="post" action={`/notices/${id}/files/${file.id}`} className="pile tight">
          <Csrf token={csrf} />
          <div className="row wrap">
            <span className="grow">
              <b>{file.label}</b>　<span className="sub">{file.detail}</span>
            </span>
            <label className="vh" htmlFor={`purpose-${file.id}`}>
              {file.label}を取り出す目的
            </label>
            <select id={`purpose-${file.id}`} name="purpose" defaultValue="print">
              {Object.entries(takePurposes).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
            <Submit look="second" icon="save">
              取り出す
            </Submit>
          </div>
          {file.warnings.map((warning) => (
            <p key={warning} className="sub">
              {warning}
            </p>
          ))}
        </form>
      ))}
      {files.length > 0 && (
        <p className="sub">氏名と住所を含みます。だれが何のために取り出したかが記録されます。</p>
      )}
    </div>
  );
}
