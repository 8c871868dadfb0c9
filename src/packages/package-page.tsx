import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs } from "../ui/table.tsx";
import { AnswerTable } from "./answer-table-panel.tsx";
import type { ListedAnswer } from "./list-answers.ts";
import type { OpenPackage } from "./make-package.ts";
import { spokenHash } from "./review-package.ts";

export interface PackagePageProps {
  csrf: string;
  filing: {
    id: string;
    number: number;
    title: string;
    stateText: string;
    version: number;
    submitted: boolean;
  };
  open: OpenPackage | undefined;
  answers: readonly ListedAnswer[];
}

/** 一つの文書の、委託者に渡す一式と、届いた回答。 */
export function PackagePage({ csrf, filing, open, answers }: PackagePageProps) {
  return (
    <>
      <PageHead
        crumb={
          <a href={`/filings/${filing.id}`}>
            第{filing.number}号　{filing.title}
          </a>
        }
        title="委託者に渡す一式"
      />
      <div className="pile">
        {open === undefined ? (
          <Section id="h-make" title="一式を作る" sub={filing.stateText}>
            {filing.submitted ? (
              <form method="post" action={`/filings/${filing.id}/package`} className="pile mt1">
                <Csrf token={csrf} />
                <p>
                  着席できない委託者の方に渡す、一つのファイルです。委託者の方はブラウザーで開き、ご自分の鍵で署名した回答を返します。ネットワークはつなぎません。
                </p>
                <div>
                  <Submit>一式を作る</Submit>
                </div>
              </form>
            ) : (
              <p className="mt1">一式は、提出してから答えがあるまでの間に作れます。</p>
            )}
          </Section>
        ) : (
          <Downloads filing={filing} open={open} />
        )}
        <Section id="h-answers" title="この文書に届いた回答">
          <AnswerTable answers={answers} />
          <p className="mt1">
            <a href="/packages">回答ファイルを読み込む</a>
          </p>
        </Section>
      </div>
    </>
  );
}

function Downloads({ filing, open }: { filing: PackagePageProps["filing"]; open: OpenPackage }) {
  const at = (form: string) => `/filings/${filing.id}/package/${form}`;
  return (
    <Section id="h-take" title={`第${filing.version}版の一式`} sub={filing.stateText}>
      <Pairs
        items={[
          { name: "文書番号", value: open.manifest.document },
          { name: "照合値", value: <code>{open.hash}</code> },
          { name: "読み合わせるとき", value: <code>{spokenHash(open.hash)}</code> },
          { name: "確認番号（様式）", value: <code>{open.code}</code> },
        ]}
      />
      <div className="acts start mt2">
        <LinkButton href={at("html")} look="main" icon="save">
          署名つきで答える一式（HTML）
        </LinkButton>
        <LinkButton href={at("xlsx")}>Excel の回答様式</LinkButton>
        <LinkButton href={at("docx")}>Word の回答様式</LinkButton>
        <LinkButton href={at("paper")} icon="print">
          紙の回答書
        </LinkButton>
      </div>
      <p className="help">
        市のメールの無害化でスクリプトが除かれるときは、Excel・Word・紙でも答えられます。署名がないので、届いたあとに電話で確かめます。
      </p>
    </Section>
  );
}
