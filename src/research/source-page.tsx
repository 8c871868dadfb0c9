import type { Fault } from "../base/error.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { List } from "../ui/list-page.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import type { SourceUse, UnsourcedUse } from "./research-hand.ts";
import {
  achievements,
  kindOf,
  lackingOf,
  maturities,
  type Source,
  type SourceKind,
  sourceCode,
  sourceKinds,
} from "./source.ts";

export interface SourceListPageProps {
  sources: readonly Source[];
  all: readonly Source[];
  kind: SourceKind | undefined;
  search: string;
  usage: ReadonlyMap<string, readonly SourceUse[]>;
  unsourced: readonly UnsourcedUse[];
  mayWrite: boolean;
}

/** 調べた資料の一覧。文が先: いくつあり、いくつが計画で使われ、いくつに足りないところがあるか。 */
export function SourceListPage({
  sources,
  all,
  kind,
  search,
  usage,
  unsourced,
  mayWrite,
}: SourceListPageProps) {
  const used = all.filter((one) => (usage.get(sourceCode(one)) ?? []).length > 0).length;
  const lacking = all.filter((one) => lackingOf(one).length > 0).length;
  return (
    <>
      <PageHead
        crumb="動向調査"
        title={
          all.length === 0 ? (
            "調べた資料は、まだありません。"
          ) : (
            <>
              {`調べた資料は${all.length}件。${used}件を計画で使っています。`}
              {lacking > 0 && <span className="late">{`${lacking}件は出典が足りません。`}</span>}
            </>
          )
        }
        actions={
          <>
            <LinkButton href="/research/compare">比べる</LinkButton>
            <LinkButton href="/research/report">報告書（Word）</LinkButton>
            {mayWrite && (
              <LinkButton href="/research/new" look="main" icon="plus">
                資料を登録する
              </LinkButton>
            )}
          </>
        }
      />
      <div className="pile">
        <SegmentedLinks
          label="種類"
          links={[
            { href: "/research", label: `すべて ${all.length}`, current: kind === undefined },
            ...sourceKinds.map((one) => ({
              href: `/research?kind=${one.kind}`,
              label: `${one.label} ${all.filter((source) => source.kind === one.kind).length}`,
              current: one.kind === kind,
            })),
          ]}
        />
        <List
          action="/research"
          keep={kind ? { kind } : {}}
          search={{ name: "q", label: "言葉", value: search, placeholder: "資料の名、発行者、引用、札" }}
          filters={[]}
          count={`${sources.length}件。番号の順です。`}
          clearHref={search ? (kind ? `/research?kind=${kind}` : "/research") : undefined}
          exports={[]}
          table={{
            caption: "調べた資料",
            columns: [
              { key: "code", head: "番号", width: 5, cell: (one) => sourceCode(one) },
              { key: "kind", head: "種類", width: 8, cell: (one) => kindOf(one.kind).label },
              {
                ...{ key: "title", head: "資料", rowHead: true, wrap: true },
                cell: (one) => <a href={`/research/${one.id}`}>{one.title}</a>,
              },
              {
                key: "publisher",
                head: "発行者",
                width: 12,
                wrap: true,
                cell: (one) => one.publisher || "－",
              },
              {
                ...{ key: "used", head: "計画で使う", numeric: true, width: 6 },
                cell: (one) => `${(usage.get(sourceCode(one)) ?? []).length}か所`,
              },
              {
                ...{ key: "state", head: "出典", width: 8 },
                cell: (one) =>
                  lackingOf(one).length > 0 ? (
                    <Status look="due">足りない</Status>
                  ) : (
                    <Status look="done">引ける</Status>
                  ),
              },
            ],
            rows: sources,
            rowKey: (one) => one.id,
            empty: (
              <p>
                {all.length === 0
                  ? "「資料を登録する」から、国や他の自治体の資料、統計、技術、本市の取組を登録してください。"
                  : "この条件に合うものはありません。言葉を短くするか、「すべて」を選んでください。"}
              </p>
            ),
          }}
        />
        {unsourced.length > 0 && (
          <Section id="unsourced" title="計画の原稿の、出典のない文" sub={`${unsourced.length}か所`}>
            <ul className="rows">
              {unsourced.map(({ href, place, sentence, why }) => (
                <li key={`${href}${sentence}`}>
                  <a href={href}>{place}</a>　{sentence}
                  <span className="sub">　{why}</span>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  );
}

export interface SourceFormPageProps {
  csrf: string;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  edit?: { id: string; edition: number; code: string } | undefined;
}

/** 資料を登録する・直す。統計は、表のファイルも一緒に置ける。 */
export function SourceFormPage({ csrf, values, faults, edit }: SourceFormPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const given = (field: string) => ({ id: field, defaultValue: values[field] ?? "", error: fault(field) });
  return (
    <>
      <PageHead
        crumb={<a href="/research">動向調査</a>}
        title={edit ? `資料 ${edit.code} を直す` : "資料を登録する"}
      />
      <div className="pile upload">
        <Note tone="info" title="公表された資料だけを登録します。個人の氏名や連絡先は書かないでください。" />
        <form
          method="post"
          action={edit ? `/research/${edit.id}/edit` : "/research"}
          encType="multipart/form-data"
          className="pile"
        >
          <Csrf token={csrf} />
          {edit && <input type="hidden" name="edition" value={edit.edition} />}
          <SelectField
            {...given("kind")}
            label="種類"
            required
            choices={sourceKinds.map(({ kind, label, clause }) => ({
              value: kind,
              label: `${clause} ${label}`,
            }))}
          />
          <TextField {...given("title")} label="資料の名" required maxLength={300} />
          <div className="fields three">
            <TextField {...given("publisher")} label="発行者" />
            <TextField {...given("published")} label="公表の日・年" placeholder="令和5年12月" />
            <TextField {...given("page")} label="頁・表" placeholder="12頁、表3" />
          </div>
          <TextField {...given("url")} label="アドレス" help="紙の資料なら空のまま" />
          <div className="fields three">
            <TextField {...given("accessed")} label="見た日" type="date" />
            <TextField {...given("licence")} label="利用の条件" placeholder="政府標準利用規約（第2.0版）" />
            <TextField {...given("tags")} label="札" placeholder="除雪、窓口" />
          </div>
          <TextAreaField
            {...given("quote")}
            label="引用"
            rows={3}
            help="原文のまま。長いところは要る文だけ"
          />
          <TextAreaField {...given("finding")} label="分かったこと" rows={3} help="計画に使える形で" />
          <div className="fields three">
            <TextField
              {...given("subject")}
              label="比べる行の名"
              placeholder="海辺の中核市、スマートフォン教室"
            />
            <SelectField
              {...given("status")}
              label="状況"
              blank="選ばない"
              choices={[
                ...maturities.map((value) => ({ value, label: value, group: "技術の成熟の度合い" })),
                ...achievements.map((value) => ({ value, label: value, group: "取組の達成の状況" })),
              ]}
            />
          </div>
          <TextAreaField
            {...given("facts")}
            label="比べる項目"
            rows={4}
            help="一行に「項目: 値」。同じ項目の名を使うと、表で並びます"
          />
          <FileField
            id="table"
            label="統計の表"
            error={fault("table")}
            help="e-Stat などの CSV か Excel。見出し・単位・注を読み取り、次の画面で確かめます（2,000行まで）"
          />
          <div className="acts">
            <LinkButton href={edit ? `/research/${edit.id}` : "/research"} size="tall">
              やめる
            </LinkButton>
            <Submit>{edit ? "直したものを残す" : "登録する"}</Submit>
          </div>
        </form>
      </div>
    </>
  );
}
