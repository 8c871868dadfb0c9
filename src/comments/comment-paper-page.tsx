import { formatWareki } from "../japan/wareki.ts";
import { ages } from "../opinions/period-rule.ts";
import { LinkButton, PrintButton } from "../ui/button.tsx";
import type { Period } from "./read-period.ts";

/** 意見用紙（A4 一枚）。氏名と住所は、差し支えなければ書いてもらう。 */
export function CommentPaperPage(props: {
  period: Period;
  client: string;
  clientUnit: string;
  demo: boolean;
}) {
  const { period, client, clientUnit, demo } = props;
  return (
    <main id="main" className="paper-view">
      <div className="acts noprint">
        <LinkButton href="/comments/period">戻る</LinkButton>
        <PrintButton look="main" />
      </div>
      <article className="a4 comment-paper">
        {demo && <p className="sample">デモ（架空の内容です）</p>}
        <p>
          {client} {clientUnit} 行
        </p>
        <h1>意見用紙</h1>
        <p className="center">
          「{period.title}」へのご意見をお聞かせください。
          {period.from && period.to && (
            <>
              <br />
              募集期間　{formatWareki(period.from, { weekday: true })}から
              {formatWareki(period.to, { weekday: true })}まで（必着。郵送は当日消印有効）
            </>
          )}
        </p>
        <table className="grid">
          <tbody>
            <tr>
              <th scope="row">お名前</th>
              <td />
              <th scope="row">お住まいの区・市町村</th>
              <td />
            </tr>
            <tr>
              <th scope="row">ご住所</th>
              <td colSpan={3} />
            </tr>
            <tr>
              <th scope="row">年代</th>
              <td colSpan={3}>
                {Object.entries(ages)
                  .filter(([key]) => key !== "none")
                  .map(([_key, label]) => `□ ${label}`)
                  .join("　")}
              </td>
            </tr>
          </tbody>
        </table>
        <p className="label">ご意見（案の頁や項目があれば、添えてください）</p>
        <div className="write" />
        <p className="label">提出先</p>
        <p className="lines">{period.checklist.form}</p>
        <p className="sub">
          お名前とご住所は、意見の内容を確かめるときにだけ使い、公表しません。ご意見は、個人が分からない形にまとめ、市の考え方とともに公表します。個別の回答はいたしません。
        </p>
      </article>
    </main>
  );
}
