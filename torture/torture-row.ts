/** 責めの結果の一行（scripts/torture.mjs が表にする）。 */
export interface TortureRow {
  what: string;
  count: number;
  result: string;
  ok: boolean;
}

/** faults が空で、動いたことが確かなら「良」。 */
export function rowOf(
  what: string,
  count: number,
  result: string,
  faults: readonly string[],
  ran: boolean,
): TortureRow {
  const kinds = [...new Set(faults)];
  const told = ran ? kinds.slice(0, 3).join("、") : "何も起きなかった";
  const ok = ran && faults.length === 0;
  return {
    what,
    count,
    result: ok ? `${result}。食い違いなし` : `${result}。食い違い ${faults.length} 件: ${told}`,
    ok,
  };
}

/** この機械では動かせなかったこと。良とも否とも言わず、回数 0 で残す。 */
export function without(what: string, why: string): TortureRow {
  return { what, count: 0, result: `動かしていません（${why}）`, ok: true };
}
