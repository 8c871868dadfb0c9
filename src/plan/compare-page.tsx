import { changeLabels } from "../manuscript/compare-manuscript.ts";
import { LinkButton } from "../ui/button.tsx";
import { PageHead } from "../ui/section.tsx";
import { compareRow } from "./compare-place.ts";
import { type ComparedLine, type ComparedVersions, splitRows } from "./compare-versions.ts";
import type { InlineBook } from "./inline.ts";
import { InlineText } from "./inline-panel.tsx";
import type { TracedLink } from "./plan-hand.ts";
import { PlanTabs } from "./plan-tabs-panel.tsx";
import { TracedFrom, TracedTo } from "./trace-panel.tsx";

export interface ComparePageProps {
  plan: string;
  compared: ComparedVersions;
  /** 左に新しい版を置くか、備考の列を付けるか。 */
  look: { newFirst: boolean; remarks: boolean };
  hrefOf: (ref: string) => string;
  /** 変更のもと → 届いた意見と、公表する資料の所。 */
  traced: ReadonlyMap<string, TracedLink>;
  book: InlineBook;
}

/** 新旧対照表。変わった字だけに線を引き、変わらない部分は略す。 */
export function ComparePage({ plan, compared, look, hrefOf, traced, book }: ComparePageProps) {
  const { from, to, lines } = compared;
  const rows = splitRows(lines);
  const query = `from=${from.id}&to=${to.id}`;
  const own = (change: Partial<typeof look>) => {
    const next = { ...look, ...change };
    return `/plans/${plan}/compare?${query}&order=${next.newFirst ? "new-first" : "old-first"}&remarks=${next.remarks ? "yes" : "no"}`;
  };
  const word = own({}).replace("/compare?", "/file/compare?");
  const heads = look.newFirst ? ["新", "旧"] : ["旧", "新"];
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/plans">計画書</a> ／ <a href={`/plans/${plan}/versions`}>版と新旧対照</a>
          </>
        }
        title={
          lines.length === 0
            ? `${from.name}と${to.name}に、違いはありません。`
            : `${from.name}から${to.name}までに、${lines.length}か所が変わりました。`
        }
        actions={
          <LinkButton look="main" href={word}>
            Wordにする
          </LinkButton>
        }
      />
      <PlanTabs plan={plan} current="versions" />
      <p className="acts noprint">
        <a href={own({ newFirst: !look.newFirst })}>{look.newFirst ? "旧を左に" : "新を左に"}</a>
        <a href={own({ remarks: !look.remarks })}>
          {look.remarks ? "備考の列を付けない" : "備考の列を付ける"}
        </a>
      </p>
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: 狭い画面で横に動かす所なので、キーで入れる必要がある
        <div className="scroll-x" tabIndex={0} role="region" aria-label="新旧対照表">
          <table className="tbl cmp">
            <caption className="vh">新旧対照表</caption>
            <thead>
              <tr>
                <th scope="col">該当箇所</th>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
                {look.remarks && <th scope="col">備考</th>}
                <th scope="col">理由</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((line, at) => {
                const again = rows[at - 1]?.block === line.block;
                const sides = {
                  新: <ChangedAfter line={line} book={book} />,
                  旧: <ChangedBefore line={line} book={book} />,
                };
                return (
                  <tr
                    key={`${line.kind}-${line.block}-${line.passage ?? ""}`}
                    id={again ? undefined : compareRow(line.block)}
                  >
                    <th scope="row">
                      <ChangedPlace plan={plan} line={line} />
                    </th>
                    {heads.map((head) => (
                      <td key={head}>{sides[head as "新" | "旧"]}</td>
                    ))}
                    {look.remarks && <td>{changeLabels[line.kind]}</td>}
                    <td>
                      <Reasons {...{ line, hrefOf, traced }} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {lines.length > 0 && <p className="sub">変わらない部分は略しました。下線は変わった字です。</p>}
    </>
  );
}

function Reasons({
  line,
  hrefOf,
  traced,
}: { line: ComparedLine } & Pick<ComparePageProps, "hrefOf" | "traced">) {
  return line.reasons.map(({ text, link }, at) => {
    const href = link === null ? "" : hrefOf(link.ref);
    const more = link === null ? undefined : traced.get(link.ref);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: 理由は並びで決まる
      <p key={at}>
        {text}
        {link !== null && (
          <>
            {text === "" ? "" : "　"}
            {href === "" ? link.label : <a href={href}>{link.label}</a>}
          </>
        )}
        {more && <TracedFrom traced={more} />}
        {more && <TracedTo traced={more} />}
      </p>
    );
  });
}

/** 該当箇所。いまの原稿にある部分なら、その画面へ。 */
export function ChangedPlace({ plan, line }: { plan: string; line: ComparedLine }) {
  const name = line.number || line.under;
  return (
    <>
      {line.kind === "removed" ? (
        name
      ) : (
        <a href={`/plans/${plan}/blocks/${encodeURIComponent(line.block)}`}>{name}</a>
      )}
      {name !== line.under && <span className="sub"> {line.under}</span>}
    </>
  );
}

/** 後の文。変わった字に線を引く。 */
export function ChangedAfter({ line, book }: { line: ComparedLine; book: InlineBook }) {
  if (line.kind === "removed") return <span className="sub">（削る）</span>;
  return (
    <InlineText
      text={line.after}
      book={book}
      before={line.kind === "moved" || line.kind === "added" ? undefined : line.before}
    />
  );
}

/** 前の文。 */
export function ChangedBefore({ line, book }: { line: ComparedLine; book: InlineBook }) {
  if (line.kind === "added") return <span className="sub">（新設）</span>;
  return <InlineText text={line.before} book={book} />;
}
