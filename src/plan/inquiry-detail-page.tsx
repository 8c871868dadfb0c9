import type { Day } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import type { InlineBook } from "./inline.ts";
import { type Inquiry, isToDecide } from "./inquiry.ts";
import { InquiryLineItem, type OtherAnswer } from "./inquiry-line-panel.tsx";
import type { CameReturn } from "./match-came.ts";
import { PlanTabs } from "./plan-tabs-panel.tsx";

export interface InquiryPageProps {
  csrf: string;
  plan: string;
  inquiry: Inquiry;
  /** 読んだ紙（読んだ順）。 */
  returns: readonly (CameReturn & { at: string })[];
  /** 部分 → ほかの部署の答え。 */
  others: ReadonlyMap<string, readonly OtherAnswer[]>;
  places: ReadonlyMap<string, string>;
  book: InlineBook;
  today: Day;
  /** いま読んだ紙について言うこと。 */
  told: readonly string[];
  fault: string | undefined;
  may: boolean;
}

/** 一件の照会: 紙、返った紙、行ごとの決め。 */
export function InquiryPage(props: InquiryPageProps) {
  const { plan, inquiry, may, returns } = props;
  const own = `/plans/${plan}/inquiries/${inquiry.number}`;
  const shown = inquiry.state === "open" ? [] : inquiry.lines.filter(({ state }) => state !== "same");
  const sorted = [...shown.filter(isToDecide), ...shown.filter((line) => !isToDecide(line))];
  const same = inquiry.lines.filter(({ state }) => state === "same").length;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/plans">計画書</a> ／ <a href={`/plans/${plan}/inquiries`}>庁内照会</a>
          </>
        }
        title={headline(inquiry)}
        actions={
          <>
            <LinkButton size="tall" href={`${own}/file/xlsx`}>
              Excel
            </LinkButton>
            <LinkButton
              look={inquiry.state === "open" ? "main" : "normal"}
              size="tall"
              href={`${own}/file/docx`}
            >
              Word
            </LinkButton>
          </>
        }
      />
      <PlanTabs plan={plan} current="inquiries" />
      <div className="pile">
        {may && <ReturnForm {...props} own={own} />}
        {same > 0 && <p className="sub">{same}か所は、変更なしで返りました。</p>}
        {sorted.length > 0 && (
          <ol className="history">
            {sorted.map((line) => (
              <InquiryLineItem key={line.id} {...props} own={own} line={line} />
            ))}
          </ol>
        )}
        {inquiry.state === "open" && <p className="sub">{inquiry.lines.length}か所を送りました。</p>}
        {returns.map((paper, at) => (
          <ReturnedPaper key={paper.at} {...props} paper={paper} number={at + 1} />
        ))}
      </div>
    </>
  );
}

function headline({ state, number, department, due, lines }: Inquiry): string {
  if (state === "open")
    return `第${number}号（${department}）は、${formatWareki(due, { weekday: true })}までの回答を待っています。`;
  const left = lines.filter(isToDecide).length;
  return left > 0
    ? `第${number}号（${department}）に、決めるところが${left}件あります。`
    : `第${number}号（${department}）は、すべて決めました。`;
}

function ReturnForm({ csrf, own, fault, told }: InquiryPageProps & { own: string }) {
  return (
    <form method="post" action={`${own}/returned`} encType="multipart/form-data" className="pile upload">
      <Csrf token={csrf} />
      {told.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <FileField
        id="file"
        label="返ってきた紙（Word、Excel、OpenDocument、CSV）"
        accept=".docx,.xlsx,.odt,.ods,.csv"
        required
        error={fault}
        help="「部分の印」で原稿に結びます。まだ原稿には入れません。同じ部署の二枚目は、前の紙と合わせます。"
      />
      <p className="acts">
        <Submit look="normal">読む</Submit>
      </p>
    </form>
  );
}

/** 一枚の紙: 読んだ数と、原稿に結べなかったもの、表の外の文。 */
function ReturnedPaper({
  paper,
  number,
  places,
}: Pick<InquiryPageProps, "places"> & { paper: CameReturn & { at: string }; number: number }) {
  const of = (state: string) => paper.answers.filter((one) => one.state === state).length;
  return (
    <Section id={`h-return-${number}`} title={`${number}枚目に読んだ紙　${paper.fileName}`}>
      <p>
        直し{of("changed")}、意見だけ{of("opinion")}、変更なし{of("same")}、読めない行{of("broken")}。
        {paper.told.join("")}
      </p>
      {paper.extra.length > 0 && (
        <>
          <p>原稿に結べなかった行が{paper.extra.length}行あります。原稿には入れていません。</p>
          <ul>
            {paper.extra.map((line) => (
              <li key={line.where}>
                <span className="sub">
                  {line.where}
                  {line.after !== "" && `（「${places.get(line.after) ?? line.after}」の後）`}
                  {line.mark !== "" && ` 印「${line.mark}」`}
                </span>
                <br />
                {[line.place, line.text, line.remark].filter(Boolean).join("　")}
              </li>
            ))}
          </ul>
        </>
      )}
      {paper.outside.length > 0 && (
        <>
          <p>表の外に書かれていたもの</p>
          <ul>
            {paper.outside.map((text, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: 紙の中の並び
              <li key={at}>{text}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
