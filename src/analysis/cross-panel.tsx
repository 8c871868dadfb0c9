import { Fragment } from "react";
import type { CrossView, ViewBlock, ViewRow } from "../tabulation/cross-view.ts";
import { shareText } from "../tabulation/rounded-share.ts";
import { Status } from "../ui/status.tsx";
import { BandLegend, fitOf, RowPicture } from "./band-panel.tsx";
import { type ExploreState, peopleHref, testWords } from "./explore-state.ts";

type Shown = Pick<ExploreState, "survey" | "query" | "view">;

/** 表と帯グラフと凡例。全体が先（bare なら、全体の行はない）、どの行にも回答者数、どの数からも人が開く。画面に BandPatterns を一度置く。 */
export function CrossPanel(props: { state: Shown; open?: boolean; bare?: boolean; label?: string }) {
  const { state, open = true, bare, label = "集計表" } = props;
  const { view } = state;
  const rows = [view.total, ...view.blocks.flatMap((block) => block.rows)];
  const number = view.question.type === "number";
  const fit = fitOf(view);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: 横に動かす所なので、キーで入れる必要がある */}
      <div className="scroll-x" tabIndex={0} role="region" aria-label={label}>
        <table className={`band xband ${fit}`}>
          <caption className="vh">{view.title}（％）</caption>
          <thead>
            <tr>
              <th scope="col">{view.blocks[0]?.title ?? "区分"}</th>
              <th scope="col" className="num">
                回答者数
                {view.weighted && fit !== "wide" && (
                  <>
                    <br />
                    ウエイト後
                  </>
                )}
              </th>
              {view.weighted && fit === "wide" && (
                <th scope="col" className="num">
                  ウエイト後
                </th>
              )}
              {number ? (
                <>
                  <th scope="col" className="num">
                    平均
                  </th>
                  <th scope="col" className="num">
                    標準誤差
                  </th>
                </>
              ) : (
                view.columns.map(({ key, label, kind }) => (
                  <th scope="col" key={key} className={kind === "net" ? "num net" : "num"}>
                    {label}
                  </th>
                ))
              )}
              {fit !== "apart" && (
                <th scope="col" className="pic">
                  {pictureName(view)}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {!bare && <Row state={state} row={view.total} rows={rows} block="" open={open} />}
            {view.blocks.map((block, at) => (
              <Fragment key={block.id}>
                {at > 0 && <BlockHead block={block} view={view} />}
                {block.rows.map((row) => (
                  <Row key={row.code} state={state} row={row} rows={rows} block={block.id} open={open} />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {fit === "apart" && view.question.type === "sa" && (
        <Apart view={view} rows={bare ? rows.slice(1) : rows} />
      )}
      <BandLegend view={view} marks={view.ask.marks} letters={view.ask.letters} />
      <SmallNote view={view} />
    </>
  );
}

function BlockHead({ block, view }: { block: ViewBlock; view: CrossView }) {
  const fit = fitOf(view);
  const width =
    (fit === "apart" ? 2 : 3) +
    (view.weighted && fit === "wide" ? 1 : 0) +
    (view.question.type === "number" ? 2 : view.columns.length);
  return (
    <tr className="block-head">
      <th scope="colgroup" colSpan={width}>
        {block.title}
      </th>
    </tr>
  );
}

function Row(props: { state: Shown; row: ViewRow; rows: readonly ViewRow[]; block: string; open: boolean }) {
  const { state, row, rows, block, open } = props;
  const { view } = state;
  const letters = view.ask.letters && block !== "";
  const fit = fitOf(view);
  const after = row.base.toLocaleString("ja-JP", { maximumFractionDigits: 1 });
  return (
    <tr className={block === "" ? "all" : undefined}>
      <th scope="row">
        {letters && <span className="row-letter">{row.letter}</span>}
        {row.label}
        {row.small && <span title="回答者が少ないので参考">＊</span>}
      </th>
      <td className="num">
        {row.people.toLocaleString("ja-JP")}
        {view.weighted && fit !== "wide" && <small className="after">{after}</small>}
      </td>
      {view.weighted && fit === "wide" && <td className="num sub">{after}</td>}
      {view.question.type === "number" ? (
        <>
          <td className="num">{row.mean ? row.mean.value.toFixed(2) : "…"}</td>
          <td className="num">{row.mean?.se === undefined ? "…" : row.mean.se.toFixed(2)}</td>
        </>
      ) : (
        view.columns.map(({ key, kind }, at) => {
          const cell = row.cells[at];
          const tone = cell?.mark ?? "";
          const share = row.hidden ? "x" : shareText(cell?.count ?? 0, row.base);
          return (
            <td key={key} className={`num ${tone}${kind === "net" ? " net" : ""}`.trim()}>
              {open && cell && cell.percent !== null ? (
                <a href={peopleHref(state, block, row.code, key)}>
                  {tone !== "" && <span className="vh">{tone === "up" ? "高い " : "低い "}</span>}
                  {share}
                </a>
              ) : (
                share
              )}
              {cell?.letters && <span className="cell-letter">{cell.letters}</span>}
            </td>
          );
        })
      )}
      {fit !== "apart" && (
        <td className="pic">
          <RowPicture view={view} row={row} rows={rows} />
        </td>
      )}
    </tr>
  );
}

function pictureName({ question }: CrossView): string {
  if (question.type === "number") return "平均と95%の幅";
  return question.type === "sa" ? "構成比（％）" : "選んだ割合";
}

/** 列が多くて表に並ばない図を、表の下に広く置く。 */
function Apart({ view, rows }: { view: CrossView; rows: readonly ViewRow[] }) {
  return (
    <dl className="x-apart" aria-label={pictureName(view)}>
      {rows.map((row) => (
        <div key={`${row.code}${row.label}`}>
          <dt>{row.label}</dt>
          <dd>
            <RowPicture view={view} row={row} rows={rows} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function SmallNote({ view }: { view: CrossView }) {
  const rows = view.blocks.flatMap((block) => block.rows);
  const words = [
    ...(rows.some(({ small }) => small) ? ["＊は回答者が少ないので、参考にとどめます。"] : []),
    ...(rows.some(({ hidden }) => hidden) ? ["x は、人が見分けられるおそれがあるので示しません。"] : []),
  ];
  return words.length === 0 ? null : <p className="sub">{words.join("")}</p>;
}

/** 検定の言葉。軸ごとに一行。 */
export function TestPanel({ view }: { view: CrossView }) {
  if (view.blocks.length === 0) return <p className="xtest">軸を選ぶと、区分の差を検定します。</p>;
  return (
    <>
      {view.blocks.map((block) => {
        const words = block.test && testWords(block.test);
        return (
          <div key={block.id} className="xtest">
            {view.blocks.length > 1 && <b>{block.title}　</b>}
            {words ? (
              <>
                <Status look={words.differs ? "done" : "none"}>
                  {words.differs ? "差がある" : "差があるとは言えない"}
                </Status>
                {`　${words.line}`}
                <details>
                  <summary>詳しく</summary>
                  <ul>
                    {words.more.map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ul>
                </details>
              </>
            ) : (
              block.untested
            )}
          </div>
        );
      })}
    </>
  );
}
