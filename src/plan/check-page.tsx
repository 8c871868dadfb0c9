import type { Fault } from "../base/error.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import type { CheckedPlan } from "./check-plan.ts";
import type { UnsourcedLine } from "./cited-source.ts";
import { lawGroupLabels, lawGroups } from "./law-item.ts";
import { MatrixLegend, MatrixPanel } from "./matrix-panel.tsx";
import type { PlanRemark } from "./plan-remark.ts";
import { PlanTabs } from "./plan-tabs-panel.tsx";
import type { UpperPlan } from "./upper.ts";

export interface CheckPageProps {
  csrf: string;
  plan: string;
  checked: CheckedPlan;
  uppers: readonly UpperPlan[];
  /** 部分の id → 番号か見出し。 */
  places: ReadonlyMap<string, string>;
  unsourced: readonly UnsourcedLine[];
  faults: readonly Fault[];
  values: Readonly<Record<string, string>>;
  may: boolean;
}

/** 整合と点検の全部。 */
export function CheckPage(props: CheckPageProps) {
  const { plan, checked, places } = props;
  const { consistency, remarks } = checked;
  const { clashes, rows, columns, unmatched } = consistency;
  const others = remarks.filter(({ tone }) => tone !== "late");
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/plans">計画書</a> ／ <a href={`/plans/${plan}`}>はじめ</a>
          </>
        }
        title={
          clashes.length > 0
            ? `${rows.length}の施策のうち、上位計画と食い違うところが${clashes.length}件あります。`
            : `${rows.length}の施策に、上位計画との食い違いはありません。`
        }
      />
      <PlanTabs plan={plan} current="check" />
      <div className="pile">
        <Clashes {...props} />
        <Section id="h-matrix" title="施策 × 上位計画・法律">
          <div className="mat-wide">
            <MatrixPanel plan={plan} columns={columns} rows={rows} />
          </div>
          <MatrixLegend rows={rows} />
        </Section>
        {unmatched.length > 0 && (
          <Section id="h-unmatched" title="どの施策にも結ばれていない項目" sub={`${unmatched.length}件`}>
            <ul className="rows">
              {unmatched.map(({ upper, item }) => (
                <li key={item.code}>
                  {item.code}　{item.title}
                  <span className="sub">　{upper}</span>
                </li>
              ))}
            </ul>
          </Section>
        )}
        <Law {...props} />
        <Remarks {...{ plan, others, places }} />
        <Unsourced {...props} />
        <Uppers {...props} />
      </div>
    </>
  );
}

/** 同じ種類の指摘がこれより多ければ、たたんで数だけを見せる。 */
const OPEN_UPTO = 3;

/** ほかの指摘: 同じ種類をまとめ、数の多いものはたたむ。わけと直し方は、一件ずつ。 */
function Remarks({
  plan,
  others,
  places,
}: {
  plan: string;
  others: readonly PlanRemark[];
  places: ReadonlyMap<string, string>;
}) {
  const groups = [...Map.groupBy(others, ({ title }) => title)];
  return (
    <Section
      id="remarks"
      title="ほかの指摘"
      sub={groups.length > 1 ? `${others.length}件、${groups.length}種類` : `${others.length}件`}
    >
      {groups.length === 0 && <p>ほかの指摘はありません。</p>}
      {groups.map(([title, remarks]) => (
        <details key={title} open={remarks.length <= OPEN_UPTO}>
          <summary>
            {title}　{remarks.length}件
          </summary>
          <Table
            caption={`${title}の一覧`}
            rows={remarks}
            rowKey={({ id }) => id}
            empty=""
            columns={[
              {
                ...{ key: "where", head: "ところ", rowHead: true, width: 14 },
                cell: ({ block, where }) => (
                  <a href={`/plans/${plan}/edit?block=${encodeURIComponent(block)}`}>
                    {places.get(block) ?? where ?? block}
                  </a>
                ),
              },
              { key: "text", head: "なぜ、どうするか", wrap: true, cell: ({ text }) => text },
            ]}
          />
        </details>
      ))}
    </Section>
  );
}

/** 食い違い: 両方の文。合わせるのは原稿で、このままにするなら理由を残す。 */
function Clashes({ csrf, plan, checked, uppers, may, faults, values }: CheckPageProps) {
  const { clashes, rows } = checked.consistency;
  const late = checked.remarks.filter(({ tone }) => tone === "late");
  if (clashes.length === 0) return null;
  return (
    <Section id="h-clashes" title="食い違い" sub={`${clashes.length}件`}>
      <ol className="history">
        {clashes.map((clash, at) => {
          const upper = uppers.find(({ id }) => id === clash.upperId);
          const row = rows.find(({ measure }) => measure === clash.measure);
          const key = `${clash.measure}-${clash.upperId}`;
          return (
            <li key={`${clash.kind}-${key}-${clash.item.code}`} id={clash.measure}>
              <p>
                <Status look="late">{late[at]?.title}</Status>
                {"　"}
                <a href={`/plans/${plan}/edit?block=${encodeURIComponent(clash.block)}`}>
                  {row?.number} {row?.title}（{clash.where}）
                </a>
              </p>
              <dl className="both">
                <dt>本計画</dt>
                <dd>{clash.ours}</dd>
                <dt>{upper?.shortName}</dt>
                <dd>
                  {clash.item.code}「{clash.item.title}」{clash.theirs}
                  {clash.item.page === "" ? "" : `（${clash.item.page}ページ）`}
                  {clash.item.text === "" ? "" : ` ${clash.item.text}`}
                </dd>
              </dl>
              {may && (
                <form method="post" action={`/plans/${plan}/matches`} className="acts">
                  <Csrf token={csrf} />
                  <input type="hidden" name="measure" value={clash.measure} />
                  <input type="hidden" name="upperId" value={clash.upperId} />
                  <input type="hidden" name="mark" value="settled" />
                  <TextField
                    id={`note-${at}`}
                    name="note"
                    label="このままにする理由"
                    hideLabel
                    placeholder="このままにする理由"
                    maxLength={500}
                    error={values.measure === clash.measure ? faults[0]?.message : undefined}
                  />
                  <Submit look="normal">このままにする</Submit>
                </form>
              )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

/** 出典のない文: よそのこと、調べたこと、手で打った数。 */
function Unsourced({ plan, unsourced, places }: CheckPageProps) {
  return (
    <Section id="unsourced" title="出典のない文" sub={`${unsourced.length}か所`}>
      <Table
        caption="出典のない文の一覧"
        rows={unsourced}
        rowKey={({ block, sentence }) => `${block}${sentence}`}
        empty="よそのことや数を、出典なしに言う文はありません。"
        columns={[
          {
            ...{ key: "where", head: "ところ", rowHead: true, width: 14 },
            cell: ({ block }) => (
              <a href={`/plans/${plan}/edit?block=${encodeURIComponent(block)}`}>
                {places.get(block) ?? block}
              </a>
            ),
          },
          { key: "text", head: "文", wrap: true, cell: ({ sentence }) => sentence },
          { key: "why", head: "見たわけ", width: 12, cell: ({ why }) => why },
        ]}
      />
      <p className="sub">
        <a href="/research">動向調査</a>
        の資料なら、文の終わりに［^src:S-01］の形で番号を書くと、脚注と参考文献に出ます。
      </p>
    </Section>
  );
}

/** 手引・法律の項目。市町村の計画に法律が定めた記載事項ではないことを、必ず言う。 */
function Law({ plan, checked, places }: CheckPageProps) {
  return (
    <Section id="h-law" title="手引・法律の項目" sub="手引準拠（任意）">
      <p className="sub">
        官民データ活用推進基本法9条3項により、市町村の計画の策定は努力義務で、記載事項の定めはありません。ここに並ぶのは、国の手引（令和元年10月改訂）の雛型と、法律の分野・理念です。
      </p>
      {lawGroups.map((group) => {
        const items = checked.consistency.law.filter((item) => item.group === group);
        const covered = items.filter(({ blocks }) => blocks.length > 0).length;
        return (
          <details key={group} open={group === "guide"}>
            <summary>
              {lawGroupLabels[group].name}　{items.length}のうち{covered}
            </summary>
            <ul className="rows">
              {items.map(({ code, label, blocks }) => (
                <li key={code}>
                  <Status look={blocks.length > 0 ? "done" : "none"}>
                    {blocks.length > 0 ? "あり" : "なし"}
                  </Status>
                  {"　"}
                  {code}　{label}
                  {"　"}
                  {blocks.map((block) => (
                    <span key={block}>
                      <a href={`/plans/${plan}/edit?block=${encodeURIComponent(block)}`}>
                        {places.get(block) ?? block}
                      </a>
                      {"　"}
                    </span>
                  ))}
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </Section>
  );
}

function Uppers({ csrf, plan, uppers, checked, may, faults, values }: CheckPageProps) {
  const fault = (field: string) =>
    values.measure ? undefined : faults.find((one) => one.field === field)?.message;
  const { rows, columns } = checked.consistency;
  return (
    <Section id="h-uppers" title="上位計画">
      <Table
        caption="上位計画の一覧"
        rows={uppers}
        rowKey={({ id }) => id}
        empty="上位計画の項目の一覧を取り込んでください。"
        columns={[
          { key: "code", head: "記号", width: 4, cell: ({ code }) => code },
          { key: "name", head: "名", rowHead: true, wrap: true, cell: ({ name }) => name },
          { key: "items", head: "項目", numeric: true, width: 5, cell: ({ items }) => items.length },
        ]}
      />
      {may && (
        <>
          <form
            method="post"
            action={`/plans/${plan}/uppers`}
            encType="multipart/form-data"
            className="pile upload"
          >
            <Csrf token={csrf} />
            <div className="fields two">
              <TextField
                id="code"
                label="記号"
                code
                maxLength={8}
                required
                error={fault("code")}
                help="同じ記号なら、項目を替えます。"
                defaultValue={values.code ?? ""}
              />
              <TextField
                id="name"
                label="計画の名"
                maxLength={100}
                required
                error={fault("name")}
                defaultValue={values.name ?? ""}
              />
              <TextField
                id="shortName"
                label="表の見出しの短い名"
                maxLength={12}
                defaultValue={values.shortName ?? ""}
              />
              <FileField
                id="file"
                label="項目の一覧（Excel、CSV、Word の表）"
                accept=".xlsx,.csv,.ods,.docx,.odt,.txt"
                error={fault("file")}
                help="見出し: 記号、項目、本文、ページ、始期、終期、指標、目標値、目標年度（要るのは項目だけ）。"
              />
              <TextAreaField
                id="pasted"
                label="または、目次などの番号つきの行を貼る"
                rows={4}
                maxLength={20_000}
                span
                defaultValue={values.pasted ?? ""}
                help="「１－２　行政手続のデジタル化……24」のように、番号と項目を一行に一つ。"
              />
            </div>
            <p className="acts">
              <Submit look="normal">取り込む</Submit>
            </p>
          </form>
          <form method="post" action={`/plans/${plan}/matches`} className="acts">
            <Csrf token={csrf} />
            <SelectField
              id="measure"
              label="施策"
              choices={rows.map(({ measure, number, title }) => ({
                value: measure,
                label: `${number} ${title}`,
              }))}
            />
            <SelectField
              id="upperId"
              label="上位計画・法律"
              choices={columns.map(({ id, shortName }) => ({ value: id, label: shortName }))}
            />
            <SelectField
              id="mark"
              label="対応"
              choices={[
                { value: "partial", label: "△ 一部" },
                { value: "outside", label: "－ 対象外" },
                { value: "", label: "書いたものを消す" },
              ]}
            />
            <TextField id="note" label="覚え" maxLength={500} />
            <Submit look="normal">書く</Submit>
          </form>
        </>
      )}
    </Section>
  );
}
