import { formatWareki } from "../japan/wareki.ts";
import { tenthsText } from "./finding.ts";
import type { ReportBook } from "./report-book.ts";

/** 調査の概要の行（書かれているものだけ）。回収率は整数で丸める。 */
export function overviewRows({
  about,
  rows,
}: Pick<ReportBook, "about" | "rows">): { name: string; text: string }[] {
  const count = (value: number) => value.toLocaleString("ja-JP");
  const { sample } = about;
  const day = (text: string) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? formatWareki(text) : text);
  const rate =
    sample !== null && sample >= rows && sample > 0
      ? `配布 ${count(sample)}、有効回収 ${count(rows)}、有効回収率 ${tenthsText(Math.floor((2000 * rows + sample) / (2 * sample)))}％`
      : `有効回収 ${count(rows)}`;
  const period = [about.from, about.to].filter((one) => one !== "").map(day);
  return [
    { name: "目的", text: about.purpose },
    { name: "対象", text: about.target },
    { name: "母集団", text: about.population === null ? "" : `${count(about.population)}人` },
    { name: "抽出の方法", text: about.sampling },
    { name: "調査の方法", text: about.method },
    { name: "期間", text: period.join("から") + (period.length === 2 ? "まで" : "") },
    { name: "回収の状況", text: rate },
    { name: "実施", text: about.owner },
  ].filter(({ text }) => text !== "");
}
