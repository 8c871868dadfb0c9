import { dayOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton } from "../ui/button.tsx";
import { List } from "../ui/list-page.tsx";
import { PageHead } from "../ui/section.tsx";
import type { Column } from "../ui/table.tsx";
import { sizeText } from "./contents-document.ts";
import type { DisclosedDocument } from "./list-disclosures.ts";

/** 委託者に提供した文書の一覧（仕様書12(4)）。公開請求のときに使う。 */
export function DisclosurePage({
  documents,
  word,
}: {
  documents: readonly DisclosedDocument[];
  word: string;
}) {
  return (
    <>
      <PageHead
        crumb={<a href="/deliverables">成果品</a>}
        title={`委託者に提供した文書は${documents.length}点です。`}
        actions={
          <LinkButton href={`/disclosures/document?word=${encodeURIComponent(word)}`} icon="save">
            一覧（Word）
          </LinkButton>
        }
      />
      <div className="pile">
        <p className="sub">
          提供した文書は、情報公開条例により公開されることがあります（仕様書12(4)）。どれにも管理番号が付いています。
        </p>
        <List
          action="/disclosures"
          search={{ name: "word", label: "管理番号・名・条項で探す", value: word, placeholder: "R7-D-02" }}
          count={`${documents.length}点。提出した順です。手直しになった版も含みます。`}
          clearHref={word === "" ? undefined : "/disclosures"}
          table={{
            caption: "提供した文書",
            columns,
            rows: documents,
            rowKey: (one) => one.mark,
            empty: "提出した文書は、まだありません。",
          }}
        />
      </div>
    </>
  );
}

const columns: Column<DisclosedDocument>[] = [
  { key: "mark", head: "管理番号", rowHead: true, width: 8, cell: (one) => one.mark },
  {
    key: "title",
    head: "文書",
    wrap: true,
    cell: (one) => (
      <>
        <a href={`/deliverables/${one.deliverable}`}>{one.title}</a>
        <span className="sub">　第{one.version}版</span>
      </>
    ),
  },
  { key: "clause", head: "条項", width: 5, cell: (one) => <span className="clause">{one.clause}</span> },
  {
    key: "format",
    head: "形式",
    width: 8,
    cell: (one) => (
      <span className="sub">
        .{one.format}・{sizeText(one.size)}
      </span>
    ),
  },
  { key: "marked", head: "印の場所", width: 10, cell: (one) => <span className="sub">{one.marked}</span> },
  {
    key: "submitted",
    head: "提出",
    numeric: true,
    width: 6,
    cell: (one) => formatMonthDay(dayOf(one.submittedAt)),
  },
  {
    key: "handed",
    head: "引渡し",
    numeric: true,
    width: 6,
    cell: (one) => (one.handedAt === null ? "－" : formatMonthDay(dayOf(one.handedAt))),
  },
];
