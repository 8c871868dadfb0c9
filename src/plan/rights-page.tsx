import type { Fault } from "../base/error.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import type { Asset } from "./asset-right.ts";
import { PlanTabs } from "./plan-tabs-panel.tsx";

export interface RightsPageProps {
  csrf: string;
  plan: string;
  assets: readonly Asset[];
  /** 選んでいるファイル。 */
  file: string;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  may: boolean;
}

/** 画像・図の権利の一覧。足りなければ、公開する形では書き出せない。 */
export function RightsPage(props: RightsPageProps) {
  const { plan, assets, may } = props;
  const lacking = assets.filter(({ uses, lacks }) => uses.length > 0 && lacks.length > 0);
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/plans">計画書</a> ／ <a href={`/plans/${plan}`}>はじめ</a>
          </>
        }
        title={
          lacking.length > 0
            ? `権利の足りない画像・図が${lacking.length}件あり、公開する形では書き出せません。`
            : `画像・図${assets.length}件の権利は、揃っています。`
        }
        actions={<LinkButton href={`/plans/${plan}/file/rights`}>権利一覧（Excel）</LinkButton>}
      />
      <PlanTabs plan={plan} current="rights" />
      <div className="pile">
        <Table
          caption="画像・図の権利"
          rows={assets.toSorted((a, b) => b.lacks.length - a.lacks.length)}
          rowKey={({ name }) => name}
          empty="画像も、データから描く図も、まだありません。"
          columns={[
            {
              ...{ key: "name", head: "ファイル", rowHead: true, wrap: true },
              cell: ({ name }) =>
                may ? (
                  <a href={`/plans/${plan}/rights?file=${encodeURIComponent(name)}#h-write`}>{name}</a>
                ) : (
                  name
                ),
            },
            {
              ...{ key: "uses", head: "使うところ", width: 9, wrap: true },
              cell: ({ uses }) =>
                uses.length === 0
                  ? "使っていない"
                  : uses.map(({ block, label }, at) => (
                      <span key={`${block}${label}`}>
                        {at > 0 && "、"}
                        {block === "" ? (
                          label
                        ) : (
                          <a href={`/plans/${plan}/edit?block=${encodeURIComponent(block)}`}>{label}</a>
                        )}
                      </span>
                    )),
            },
            { key: "source", head: "出所", wrap: true, width: 14, cell: ({ right }) => right.source || "－" },
            {
              ...{ key: "licence", head: "権利者・条件", wrap: true, width: 12 },
              cell: ({ right }) => [right.holder, right.licence].filter(Boolean).join("、") || "－",
            },
            {
              ...{ key: "expiry", head: "期限", width: 8, wrap: true },
              cell: ({ right }) => (right.expiry ? formatWareki(right.expiry) : "なし"),
            },
            {
              ...{ key: "state", head: "いま", width: 12, wrap: true },
              cell: ({ lacks, uses }) =>
                lacks.length === 0 ? (
                  <Status look="done">揃っている</Status>
                ) : uses.length === 0 ? (
                  <Status look="none">使う前に要る</Status>
                ) : (
                  <Status look="late">{lacks.join("・")}</Status>
                ),
            },
          ]}
        />
        {may && <WriteForm {...props} />}
      </div>
    </>
  );
}

function WriteForm({ csrf, plan, assets, file, values, faults }: RightsPageProps) {
  const chosen = assets.find(({ name }) => name === file);
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const given = (field: "source" | "holder" | "licence" | "scope" | "expiry" | "alt") => ({
    id: field,
    defaultValue: values[field] ?? chosen?.right[field] ?? "",
    error: fault(field),
    maxLength: 300,
  });
  return (
    <Section id="h-write" title={chosen ? `「${chosen.name}」の権利を書く` : "写真・絵を入れる"}>
      <form
        method="post"
        action={`/plans/${plan}/rights`}
        encType="multipart/form-data"
        className="pile upload"
      >
        <Csrf token={csrf} />
        {chosen ? (
          <>
            <input type="hidden" name="name" value={chosen.name} />
            <p className="sub code">SHA-256 {chosen.sha256}</p>
          </>
        ) : (
          <div className="fields two">
            <FileField
              id="file"
              label="画像（PNG、JPEG、20 MB まで。アイコンは SVG も）"
              accept=".png,.jpg,.jpeg,.svg"
              required
              error={fault("file")}
            />
            {assets.length > 0 && (
              <p className="help">置いてある画像・図の権利は、上の表の名を押すと書けます。</p>
            )}
          </div>
        )}
        <div className="fields two">
          <TextField {...given("source")} label="出所" placeholder="撮影者、作成者、アドレス" />
          <TextField {...given("holder")} label="権利者" />
          <TextField {...given("licence")} label="利用の条件" placeholder="CC BY 4.0、許諾書 第3号 など" />
          <TextField {...given("scope")} label="使ってよい範囲" placeholder="計画・概要版（ウェブを含む）" />
          <TextField {...given("expiry")} label="期限" type="date" help="期限がなければ空のまま" />
          <TextField
            {...given("alt")}
            label="見えない人のための文"
            help="原稿の写真・図に書いてあれば、そちらを使います"
          />
        </div>
        <div className="acts">
          {chosen && (
            <LinkButton href={`/plans/${plan}/rights`} size="tall">
              やめる
            </LinkButton>
          )}
          <Submit>{chosen ? "権利を書く" : "入れる"}</Submit>
        </div>
      </form>
    </Section>
  );
}
