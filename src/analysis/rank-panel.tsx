import { type RankTable, rankPlaces, rankRule } from "../tabulation/rank-table.ts";
import { shareText } from "../tabulation/rounded-share.ts";

/** 順位の設問の表: 1位・2位…と、どれかの割合、得点。 */
export function RankPanel({ ranks, hidden }: { ranks: RankTable; hidden: boolean }) {
  const places = rankPlaces(ranks);
  const share = (count: number) => (hidden ? "x" : shareText(count, ranks.base));
  return (
    <>
      <table className="tbl rank">
        <caption className="vh">順位ごとの割合（％）と得点</caption>
        <thead>
          <tr>
            <th scope="col">選択肢</th>
            {places.map((one) => (
              <th scope="col" className="num" key={one}>
                {one}
              </th>
            ))}
            <th scope="col" className="num">
              いずれか
            </th>
            <th scope="col" className="num">
              得点
            </th>
          </tr>
        </thead>
        <tbody>
          {ranks.options.map(({ code, label, counts, any, score }) => (
            <tr key={code}>
              <th scope="row">{label}</th>
              {counts.map(({ count }, at) => (
                <td className="num" key={places[at]}>
                  {share(count)}
                </td>
              ))}
              <td className="num">{share(any.count)}</td>
              <td className="num">{hidden ? "x" : score.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="note sub">{rankRule(ranks)}</p>
    </>
  );
}
