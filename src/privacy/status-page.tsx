import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { Pairs } from "../ui/table.tsx";

const labels: Readonly<Record<string, string>> = {
  month: "対象",
  handled: "取り扱った個人情報",
  handlers: "取り扱える従業者（人）",
  measures: "安全管理措置の状況",
  incidents: "事故・違反",
  training: "教育・研修",
  moves: "受渡し・持出し・写し",
};

/** 取扱状況の報告。帳簿のいまを読み、その場で出す。 */
export function StatusPage({
  csrf,
  status,
  obligation,
}: {
  csrf: string;
  status: Readonly<Record<string, string>>;
  obligation: string | undefined;
}) {
  return (
    <>
      <PageHead
        crumb={<a href="/privacy">個人情報</a>}
        title="取扱いの状況を、直ちに報告します。"
        actions={<LinkButton href="/privacy">戻る</LinkButton>}
      />
      <form method="post" action="/privacy/status" className="pile">
        <Csrf token={csrf} />
        {obligation !== undefined && <input type="hidden" name="obligation" value={obligation} />}
        <Pairs
          items={Object.entries(labels).map(([key, name]) => ({
            name,
            value: <span className="pre">{status[key]}</span>,
          }))}
        />
        <Note title="帳簿のいまの数から作りました。氏名は含みません。">
          委託者から求められたときは、直ちに報告します（特記
          第14条）。押すと文書番号が付き、委託者に提出されます。
        </Note>
        <div className="acts">
          <Submit>この内容で委託者に提出する</Submit>
        </div>
      </form>
    </>
  );
}
