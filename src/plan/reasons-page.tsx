import type { Fault } from "../base/error.ts";
import { changeLabels } from "../manuscript/compare-manuscript.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { ChangedAfter, ChangedBefore, ChangedPlace } from "./compare-page.tsx";
import type { ComparedLine } from "./compare-versions.ts";
import type { InlineBook } from "./inline.ts";
import { PlanTabs } from "./plan-tabs-panel.tsx";

/** 打ったままを返すためのもの。 */
export interface ReasonsAgain {
  /** 残せなかったわけ、または書き方の誤り。 */
  message?: string;
  faults?: readonly Fault[];
  /** 打った理由（reasonKey → 文）。 */
  values?: ReadonlyMap<string, string>;
  common?: string;
  /** 理由を書いたあとに残す版（stage、name、note）。 */
  version?: Readonly<Record<string, string>> | undefined;
}

/** 一行の名: 部分と、その中の変わったところ。 */
export function reasonKey({ block, passage }: { block: string; passage?: string | undefined }): string {
  return passage ? `${block}#${passage}` : block;
}

export interface ReasonsPageProps {
  csrf: string;
  plan: string;
  /** パブリックコメント用の版の名。まだなければ undefined。 */
  from: string | undefined;
  lines: readonly ComparedLine[];
  book: InlineBook;
  may: boolean;
  again: ReasonsAgain;
}

/** 意見公募にかけた版のあとの変更で、理由も意見もないもの。前と後の文を見ながら、理由を書く。 */
export function ReasonsPage(props: ReasonsPageProps) {
  const { plan, from, lines, may, again } = props;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/plans">計画書</a> ／ <a href={`/plans/${plan}/versions`}>版と新旧対照</a>
          </>
        }
        title={headline(from, lines.length)}
        actions={from !== undefined && <LinkButton href={`/plans/${plan}/compare`}>新旧対照表</LinkButton>}
      />
      <PlanTabs plan={plan} current="versions" />
      <div className="pile">
        {again.message !== undefined && <Note tone="due" title={again.message} />}
        {lines.length > 0 && (may ? <ReasonForm {...props} /> : <Lines {...props} />)}
      </div>
    </>
  );
}

function headline(from: string | undefined, count: number): string {
  if (from === undefined) return "パブリックコメント用の版は、まだありません。";
  return count === 0
    ? `「${from}」のあとの変更には、どれも理由か意見があります。`
    : `「${from}」のあとの変更のうち、理由も意見もないものが${count}か所あります。`;
}

function ReasonForm(props: ReasonsPageProps) {
  const { csrf, plan, again } = props;
  const { version } = again;
  const fault = again.faults?.find(({ field }) => field === "common")?.message;
  return (
    <form method="post" action={`/plans/${plan}/reasons`} className="pile">
      <Csrf token={csrf} />
      {version !== undefined &&
        (["stage", "name", "note"] as const).map((name) => (
          <input key={name} type="hidden" name={name} value={version[name] ?? ""} />
        ))}
      <Lines {...props} />
      <TextField
        id="common"
        label="空いている欄に入れる理由"
        maxLength={500}
        defaultValue={again.common ?? ""}
        help="字句の整理など、同じ理由のものが多いときに書きます。書かなければ、空いている欄は残ります。"
        error={fault}
      />
      <p className="acts">
        <Submit>{version === undefined ? "理由を書く" : "理由を書いて、版を残す"}</Submit>
      </p>
    </form>
  );
}

function Lines({ plan, lines, book, may, again }: ReasonsPageProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: 狭い画面で横に動かす所なので、キーで入れる必要がある
    <div className="scroll-x" tabIndex={0} role="region" aria-label="理由のない変更">
      <table className="tbl cmp">
        <caption className="vh">理由のない変更</caption>
        <thead>
          <tr>
            <th scope="col">該当箇所</th>
            <th scope="col">新</th>
            <th scope="col">旧</th>
            <th scope="col">備考</th>
            {may && <th scope="col">理由</th>}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <tr key={`${line.kind}-${reasonKey(line)}`}>
              <th scope="row">
                <ChangedPlace plan={plan} line={line} />
              </th>
              <td>
                <ChangedAfter line={line} book={book} />
              </td>
              <td>
                <ChangedBefore line={line} book={book} />
              </td>
              <td>{changeLabels[line.kind]}</td>
              {may && (
                <td>
                  <input type="hidden" name="block" value={line.block} />
                  <input type="hidden" name="passage" value={line.passage ?? ""} />
                  <TextAreaField
                    id={`reason-${at}`}
                    name="reason"
                    label={`${line.number || line.under}の理由`}
                    hideLabel
                    rows={3}
                    maxLength={500}
                    defaultValue={again.values?.get(reasonKey(line)) ?? ""}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
