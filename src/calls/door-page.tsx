import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import type { CallDoor } from "./open-door.ts";

/** 電話システムとの接続。許しがそろうまで開かない。 */
export function DoorPage(props: { door: CallDoor; secret: string | undefined; path: string; csrf: string }) {
  const { door, secret, path, csrf } = props;
  return (
    <>
      <PageHead
        crumb={<a href="/calls/figures">電話</a>}
        title={
          door.opened && door.permitted
            ? "電話システムとつながっています。"
            : "電話システムとは、まだつながっていません。"
        }
        actions={<LinkButton href="/calls/announcement">時間外の案内</LinkButton>}
      />
      <div className="pile">
        <Section id="h-need" title="つなぐ前に要る許し">
          <Table
            caption="許しの一覧"
            columns={[
              {
                key: "met",
                head: "状態",
                width: 8,
                cell: (row) => (
                  <Status look={row.met ? "done" : "due"}>{row.met ? "許しあり" : "まだ"}</Status>
                ),
              },
              { key: "name", head: "許し", rowHead: true, wrap: true, cell: (row) => row.name },
              {
                key: "filing",
                head: "文書",
                cell: (row) =>
                  row.filing === undefined ? (
                    <a href={`/filings/new?form=${row.form}`}>書く</a>
                  ) : (
                    <a href={`/filings/${row.filing}`}>開く</a>
                  ),
              },
            ]}
            rows={door.needs}
            rowKey={(row) => row.form}
            empty={<p>要る許しはありません。</p>}
          />
        </Section>
        {!door.permitted && (
          <Note tone="due" title="許しの答えが記録されるまで、接続は開けません。">
            それまでは、受付デスクの通話のキーと、電話機の記録の取り込みで数えます。
          </Note>
        )}
        <form method="post" action="/calls/door" className="row">
          <Csrf token={csrf} />
          {door.permitted && !door.opened && (
            <Submit look="main" name="act" value="open">
              接続を開く
            </Submit>
          )}
          {door.opened && (
            <>
              <Submit look="second" name="act" value="rotate">
                合い鍵を替える
              </Submit>
              <Submit look="normal" name="act" value="close">
                接続を閉じる
              </Submit>
            </>
          )}
        </form>
        {secret !== undefined && (
          <Section id="h-how" title="電話システムの側の設定">
            <Pairs
              items={[
                { name: "送り先", value: <code>POST {path}</code> },
                { name: "合い鍵", value: <code>{secret}</code> },
                {
                  name: "本文",
                  value:
                    "JSON かフォーム。event（newCall・answer・hangup）、callId、from、to、direction、user、cause。",
                },
                {
                  name: "署名",
                  value:
                    "見出し X-Madoguchi-Timestamp に通し秒、X-Madoguchi-Signature に「sha256=」と、「時刻.本文」の HMAC-SHA256（十六進）。五分より離れた時刻は断ります。",
                },
              ]}
            />
          </Section>
        )}
      </div>
    </>
  );
}
