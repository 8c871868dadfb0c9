import { LinkButton } from "./button.tsx";
import { Note } from "./note.tsx";
import { PageHead, Section } from "./section.tsx";
import { Pairs } from "./table.tsx";

export interface ProtectedPageProps {
  crumb: { href: string; label: string };
  fileName: string;
  password: string;
  sha256: string;
  downloadHref: string;
}

/** パスワード付きの写しができた画面。パスワードが見えるのはこの一度だけ。 */
export function ProtectedPage({ crumb, fileName, password, sha256, downloadHref }: ProtectedPageProps) {
  return (
    <>
      <PageHead crumb={<a href={crumb.href}>{crumb.label}</a>} title="パスワード付きの写しを作りました" />
      <div className="pile mt2">
        <Note tone="due" title="パスワードは、この画面で一度しか見られません">
          控えてから離れてください。ファイルと同じ道（同じメールなど）では送らず、電話など別の道で伝えてください。
        </Note>
        <Section id="pw" title={fileName}>
          <Pairs
            items={[
              { name: "パスワード", value: <code className="code">{password}</code> },
              { name: "写しの SHA-256", value: <code>{sha256}</code> },
            ]}
          />
          <div className="acts mt1">
            <LinkButton href={crumb.href} size="tall">
              戻る
            </LinkButton>
            <LinkButton href={downloadHref} look="main" size="tall" icon="save">
              写しを取り出す
            </LinkButton>
          </div>
        </Section>
      </div>
    </>
  );
}
