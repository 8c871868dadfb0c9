import { type MapRow, opinionMap } from "../opinions/opinion-map.ts";
import { ageNames, ages, channelNames, channels } from "../opinions/period-rule.ts";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { Section } from "../ui/section.tsx";
import { CounterPanel } from "./counter-panel.tsx";
import { type CommentBook, chapterOf, type Opinion } from "./read-book.ts";

export type MapBy = "channel" | "age" | "status";
export const mapBy: Readonly<Record<MapBy, string>> = { channel: "提出方法", age: "年代", status: "区分" };

export interface MapPageProps {
  book: CommentBook;
  by: MapBy;
  /** 開いているます（行の符号と、列）。空なら行の全部。 */
  row: string;
  column: string;
}

const SHOWN = 100;

/** 何について書かれたか: 分類 × 提出方法・年代・区分。どの数も、うしろの意見を開く。 */
export function MapPage({ book, by, row, column }: MapPageProps) {
  const items = book.opinions.filter(({ letter }) => book.letterOf.get(letter)?.standing === "counted");
  const columnOf = (one: Opinion) => columnKey(book, by, one);
  const { rows, total } = opinionMap(items, {
    ...{ row: (one: Opinion) => one.code ?? "", column: columnOf, letter: (one: Opinion) => one.letter },
  });
  const byCode = new Map(rows.map((one) => [one.key, one]));
  const keys = columnKeys(book, by).filter((key) => items.some((one) => columnOf(one) === key));
  const entries = [
    ...book.period.frame,
    { code: "", title: "まだ分類していない", chapter: "未分類" },
  ].flatMap((one) => {
    const found = byCode.get(one.code);
    return found ? [{ ...one, found }] : [];
  });
  const most = Math.max(1, ...entries.map(({ found }) => found.total.opinions));
  const chosen =
    row === "" && column === ""
      ? []
      : items.filter(
          (one) =>
            (row === "" || (one.code ?? "") === (row === "none" ? "" : row)) &&
            (column === "" || columnOf(one) === column),
        );
  const extra =
    row === ""
      ? []
      : items.filter((one) => one.also.includes(row) && (column === "" || columnOf(one) === column));
  const top = [...entries].sort((a, b) => b.found.total.opinions - a.found.total.opinions)[0];
  return (
    <>
      <header className="head">
        <div>
          <p className="crumb">
            <a href="/comments">意見公募</a> ／ 意見の分布
          </p>
          <h1 className="headline">
            {top
              ? `いちばん多いのは「${top.title}」の${top.found.total.opinions}件です。`
              : "分けた意見は、まだありません。"}
          </h1>
        </div>
        <CounterPanel counts={book.counts.total} />
      </header>
      <div className="pile">
        <div className="acts">
          <SegmentedLinks
            label="列に分けるもの"
            links={(Object.entries(mapBy) as [MapBy, string][]).map(([key, label]) => ({
              ...{ href: `/comments/map?by=${key}`, label, current: key === by },
            }))}
          />
        </div>
        <MapTable {...{ by, entries, keys, most, total: total.opinions, row, column, book }} />
        <p className="sub">
          件数の多さで、案の採否を決めるものではありません。数を押すと、その意見の文が下に出ます。
        </p>
        {chosen.length + extra.length > 0 && (
          <Section id="sentences" title="うしろの意見" sub={`${chosen.length}件`}>
            <ul className="members">
              {chosen.slice(0, SHOWN).map(({ id, letter, mark, name, text }) => (
                <li key={id}>
                  <a href={`/comments/letters/${letter}?o=${mark}`}>{name}</a>
                  <p>{text}</p>
                </li>
              ))}
            </ul>
            {chosen.length > SHOWN && <p className="sub">ほか{chosen.length - SHOWN}件</p>}
            {extra.length > 0 && (
              <p className="sub">
                ほかの分類で数え、この分類もあわせて付けた意見{extra.length}件{" "}
                {extra.slice(0, SHOWN).map(({ id, letter, mark, name }) => (
                  <a key={id} href={`/comments/letters/${letter}?o=${mark}`}>
                    {name}{" "}
                  </a>
                ))}
              </p>
            )}
          </Section>
        )}
      </div>
    </>
  );
}

interface TableProps {
  by: MapBy;
  book: CommentBook;
  entries: readonly { code: string; title: string; found: MapRow }[];
  keys: readonly string[];
  most: number;
  total: number;
  row: string;
  column: string;
}

function MapTable({ by, book, entries, keys, most, total, row, column }: TableProps) {
  const caption = `分類と${mapBy[by]}ごとの意見数`;
  const href = (code: string, key: string) =>
    `/comments/map?by=${by}&row=${encodeURIComponent(code || "none")}&column=${encodeURIComponent(key)}#sentences`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: 狭い画面で横に動かす所なので、キーで入れる必要がある
    <div className="scroll-x" tabIndex={0} role="region" aria-label={caption}>
      <table className="tbl map">
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">分類</th>
            <th scope="col" className="num w5">
              意見（件）
            </th>
            <th scope="col" className="w10">
              <span className="vh">図</span>
            </th>
            {keys.map((key) => (
              <th key={key} scope="col" className="num w5">
                {columnLabel(book, by, key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className="all">
            <th scope="row">
              <b>全体</b>
            </th>
            <td className="num">
              <b>{total}</b>
            </td>
            <td />
            {keys.map((key) => (
              <td key={key} className="num">
                {entries.reduce((sum, { found }) => sum + (found.cells.get(key)?.opinions ?? 0), 0)}
              </td>
            ))}
          </tr>
          {entries.map(({ code, title, found }) => (
            <tr key={code} aria-selected={row === (code || "none") ? true : undefined}>
              <th scope="row" className="wrap">
                {code} {title}
              </th>
              <td className="num">
                <a href={href(code, "")}>{found.total.opinions}</a>
              </td>
              <td>
                <svg className="map-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={(found.total.opinions / most) * 100} height="10" />
                </svg>
              </td>
              {keys.map((key) => {
                const value = found.cells.get(key)?.opinions ?? 0;
                return (
                  <td key={key} className={row === (code || "none") && column === key ? "num on" : "num"}>
                    {value === 0 ? "－" : <a href={href(code, key)}>{value}</a>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function columnKey(book: CommentBook, by: MapBy, one: Opinion): string {
  const letter = book.letterOf.get(one.letter);
  if (by === "channel") return letter?.channel ?? "";
  if (by === "age") return letter?.age ?? "none";
  return (one.group === null ? "" : book.groupOf.get(one.group)?.status) || "未定";
}

function columnKeys(book: CommentBook, by: MapBy): readonly string[] {
  if (by === "channel") return channelNames;
  if (by === "age") return ageNames;
  return [...book.period.statuses.map(({ code }) => code), "未定"];
}

function columnLabel(book: CommentBook, by: MapBy, key: string): string {
  if (by === "channel") return channels[key as keyof typeof channels] ?? key;
  if (by === "age") return ages[key as keyof typeof ages] ?? key;
  return book.period.statuses.find(({ code }) => code === key)?.short ?? key;
}

/** 章ごとの意見数（JSON の道のため）。 */
export function chapterCounts(book: CommentBook): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code, letter } of book.opinions)
    if (book.letterOf.get(letter)?.standing === "counted") {
      const chapter = chapterOf(book.period, code);
      counts[chapter] = (counts[chapter] ?? 0) + 1;
    }
  return counts;
}
