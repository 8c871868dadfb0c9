import type { CountLine, Counts } from "../opinions/count-book.ts";

/** 四つの数の表。合計が、いつもはじめにある。 */
export function CountTable(props: {
  caption: string;
  head: string;
  lines: readonly CountLine[];
  label: (key: string) => string;
  total: Counts;
  note?: string | undefined;
}) {
  const { caption, head, lines, label, total, note } = props;
  const cells = (of: Counts) =>
    ([of.people, of.letters, of.opinions, of.distinct] as const).map((value, at) => (
      <td key={names[at]} className="num">
        {value.toLocaleString("ja-JP")}
      </td>
    ));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: 狭い画面で横に動かす所なので、キーで入れる必要がある */}
      <div className="scroll-x" tabIndex={0} role="region" aria-label={caption}>
        <table className="tbl">
          <caption className="vh">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{head}</th>
              {names.map((name) => (
                <th key={name} scope="col" className="num w8">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className="all">
              <th scope="row">
                <b>合計</b>
              </th>
              {cells(total)}
            </tr>
            {lines.map((line) => (
              <tr key={line.key}>
                <th scope="row">{label(line.key)}</th>
                {cells(line)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {note !== undefined && <p className="sub">{note}</p>}
    </>
  );
}

const names = ["提出者（人）", "通数（通）", "意見数（件）", "異なる意見（件）"] as const;
