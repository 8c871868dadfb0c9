import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Submit } from "../ui/button.tsx";
import { CheckGroup } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { sizeText } from "./contents-document.ts";
import type { ListedSet, PackedDelivery } from "./pack-delivery.ts";

export interface DeliverySetPageProps {
  csrf: string;
  sets: readonly ListedSet[];
  handed: readonly { id: string; code: string; title: string }[];
  mayPack: boolean;
  /** いま作ったもの（パスワードはこの画面に一度だけ）。 */
  made: PackedDelivery | undefined;
}

/** 納品の一式: 引き渡した成果品を、目録と一緒に暗号つきの一つの ZIP にする。 */
export function DeliverySetPage({ csrf, sets, handed, mayPack, made }: DeliverySetPageProps) {
  return (
    <>
      <PageHead
        crumb={<a href="/deliverables">成果品</a>}
        title={made ? `一式 第${made.number}号を作りました。` : "引き渡した成果品を、一式にまとめます。"}
      />
      <div className="pile">
        {made && <Made made={made} />}
        {mayPack && !made && (
          <Section id="h-pack" title="一式にまとめる">
            {handed.length === 0 ? (
              <p className="empty">引き渡した成果品がまだありません。引き渡すと、ここで選べます。</p>
            ) : (
              <form method="post" action="/delivery-sets" className="pile mt1">
                <Csrf token={csrf} />
                <CheckGroup
                  id="ids"
                  legend="入れる成果品"
                  choices={handed.map((one) => ({ value: one.id, label: `${one.code}　${one.title}` }))}
                  defaultValues={handed.map((one) => one.id)}
                />
                <p className="help">
                  目録（Word とテキスト、SHA-256 つき）を添え、AES-256 の ZIP にします。7-Zip
                  などで開けます。Windows のエクスプローラーでは開けません。
                </p>
                <div>
                  <Submit>一式を作る</Submit>
                </div>
              </form>
            )}
          </Section>
        )}
        <Section id="h-sets" title="作った一式">
          <Table
            caption="作った一式の一覧"
            columns={columns}
            rows={sets}
            rowKey={(one) => one.id}
            empty="まだ作っていません。"
          />
        </Section>
      </div>
    </>
  );
}

function Made({ made }: { made: PackedDelivery }) {
  return (
    <Note tone="done" title="パスワードは、この画面に一度だけ出ます。">
      <p>
        パスワード　<code className="code">{made.password}</code>
      </p>
      <p>
        ファイルとは別の道（電話など）で伝えてください。事務所には残りません。
        <a href={`/delivery-sets/${made.id}`}>一式（{made.fileName}）を取り出す</a>
      </p>
    </Note>
  );
}

const columns: Column<ListedSet>[] = [
  {
    key: "number",
    head: "番号",
    rowHead: true,
    width: 6,
    cell: (one) => <a href={`/delivery-sets/${one.id}`}>第{one.number}号</a>,
  },
  { key: "at", head: "作った日", width: 10, cell: (one) => formatWareki(dayOf(one.at)) },
  { key: "count", head: "成果品", numeric: true, width: 5, cell: (one) => `${one.count}点` },
  { key: "size", head: "大きさ", numeric: true, width: 6, cell: (one) => sizeText(one.size) },
  { key: "hash", head: "SHA-256", wrap: true, cell: (one) => <span className="sub">{one.sha256}</span> },
];
