import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextAreaField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import type { Announcement } from "./read-announcement.ts";

/** 時間外の案内の文と、その声。 */
export function AnnouncementPage({ announcement, csrf }: { announcement: Announcement; csrf: string }) {
  const { text, standard, edited, missing } = announcement;
  return (
    <>
      <PageHead
        crumb={<a href="/calls/figures">電話</a>}
        title={edited ? "時間外の案内は、直した文です。" : "時間外の案内は、契約の暦から作った標準の文です。"}
        actions={
          missing.length === 0 ? (
            <LinkButton href="/calls/announcement/voice">声を聞く</LinkButton>
          ) : undefined
        }
      />
      <div className="pile">
        <Section
          id="h-text"
          title="読み上げる文"
          sub="６(6)ウ。一文ごとに行を替えると、読みやすく聞こえます。"
        >
          <form method="post" action="/calls/announcement" className="pile">
            <Csrf token={csrf} />
            <TextAreaField
              id="a-text"
              name="text"
              label="案内の文"
              help="600字まで。ここで直した文を、calls dialplan が声とともに書き出します。"
              defaultValue={text}
              rows={7}
              required
            />
            <div className="row">
              <Submit look="main" name="act" value="save">
                この文にする
              </Submit>
              {edited && (
                <Submit look="second" name="act" value="standard" formNoValidate>
                  標準の文に戻す
                </Submit>
              )}
            </div>
          </form>
        </Section>
        {edited && (
          <Section id="h-standard" title="標準の文" sub="契約の暦と時間から作ったもの。">
            <p>{standard}</p>
          </Section>
        )}
        {missing.length > 0 && (
          <Note tone="due" title={`声にするには、あと${missing.length}個のパッケージが要ります。`}>
            <p>この機械に、Debian の次のパッケージを入れると、ここで声を聞け、書き出しに声が付きます。</p>
            <ul>
              {missing.map((name) => (
                <li key={name}>
                  <code>{name}</code>
                </li>
              ))}
            </ul>
            <p>
              入れ方: <code>apt-get install {missing.join(" ")}</code>
              。外へつながない機械では、別の機械で取ったファイルを持ち込みます。声がなくても、文は書き出せます。
            </p>
          </Note>
        )}
      </div>
    </>
  );
}
