import type { WaveComparison } from "../waves/compare-waves.ts";
import { waveRows, waveTitle } from "./wave-document.ts";

/** 回ごとの割合と差の表。画面と、一枚の HTML の報告書で使う。 */
export function WaveTable({ one }: { one: WaveComparison }) {
  const { head, rows } = waveRows(one);
  return (
    <table className="tbl wave">
      <caption className="vh">{waveTitle(one)}の前回との比較</caption>
      <thead>
        <tr>
          {head.map((text, at) => (
            <th key={text} scope="col" className={at === 0 ? undefined : "num"}>
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([label = "", ...values]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {values.map((value, at) => (
              <td key={head[at + 1]} className="num">
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
