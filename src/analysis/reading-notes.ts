import type { Codebook } from "../tabulation/codebook.ts";
import type { Weighting } from "../tabulation/weighting.ts";

/** 報告書の見方。実際に使った設定から書く（分母、丸め、ウエイト、参考、伏せ、軸、検定、標本誤差）。 */
export function readingNotes(
  codebook: Codebook,
  result: { weighted: boolean; designEffect: number; effectiveN: number; lonely?: readonly string[] },
  weighting: Pick<Weighting, "method" | "min" | "max" | "trimmed"> | undefined,
): string[] {
  const notes = [
    "割合（％）は小数第二位を四捨五入したもので、合計が100％にならないことがある。",
    "n は、その設問の割合の分母となる人数である。分母の決め方は、表ごとに示す。",
  ];
  const shortened = codebook.questions.some(
    ({ short, options }) => short !== undefined || options.some((one) => one.short !== undefined),
  );
  if (shortened)
    notes.push("図と表の選択肢などは、短く言い換えたものがある。もとの文は、調査票のとおりである。");
  if (codebook.questions.some(({ type }) => type === "ma"))
    notes.push("いくつでも選べる設問では、割合の合計が100％を超えることがある。");
  if (result.weighted)
    notes.push(
      `割合はウエイトをつけた値、n はつけない人数である（設計効果 ${result.designEffect.toFixed(2)}、有効な標本の大きさ ${Math.round(result.effectiveN).toLocaleString("ja-JP")}）。`,
    );
  if (weighting)
    notes.push(
      `ウエイトは、${weighting.method === "cell" ? "組合せ" : "周辺"}を母集団に合わせて作った（最小 ${weighting.min.toFixed(2)}、最大 ${weighting.max.toFixed(2)}${weighting.trimmed > 0 ? `、刈り込み ${weighting.trimmed}` : ""}）。`,
    );
  if (codebook.smallBase > 0)
    notes.push(`n が ${codebook.smallBase} に満たないものは * を付け、参考にとどめる。`);
  if (codebook.suppressBelow > 0)
    notes.push(`n が ${codebook.suppressBelow} に満たない割合は x とし、示さない。`);
  if (codebook.axes.length > 0)
    notes.push("軸となる設問に答えていない人を除くので、区分の n の合計は全体と一致しないことがある。");
  if (codebook.tests.letters) {
    const { level, method, minBase } = codebook.tests.letters;
    const how = { none: "補正なし", bonferroni: "ボンフェローニの補正", holm: "ホルムの補正" }[method];
    notes.push(
      `割合に付けた記号は、その区分より有意に低い区分を示す（両側 ${level * 100}％、${how}、n が ${minBase} 以上の区分だけ）。`,
    );
  }
  if (codebook.design.random && result.lonely && result.lonely.length > 0)
    notes.push(
      `抽出の単位が一つだけの層（${result.lonely.slice(0, 10).join("、")}）のばらつきは数えられないので、標準誤差は小さめになる。隣の層とまとめると、この注は消える。`,
    );
  if (codebook.axes.length > 1)
    notes.push(
      "クロス集計の検定の p は軸ごとの値で、いくつもの軸から差の大きいものを選んだことの補正はしていない。軸を選んで示した図は、仮説を確かめるものでなく、差のありそうな所を探すものとして読む。",
    );
  notes.push(
    codebook.design.random
      ? "標準誤差は、標本設計（層、集落、母集団の大きさ）に従って求めた。"
      : "無作為に抽出した調査ではないので、標本誤差は示さない。",
    "「-」は回答がないこと、「0.0」は0.05％に満たないことを示す。",
  );
  return notes;
}
