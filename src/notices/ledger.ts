/** 発送簿の一通。 */
export interface LedgerNotice {
  id: string;
  state: "waiting" | "approved" | "excluded" | "withdrawn";
  printed: boolean;
  /** 返戻の後始末。戻っていなければ undefined。 */
  returned: "open" | "phone" | "reprinted" | "closed" | undefined;
  /** 作り直しの通か。 */
  reprint: boolean;
}

export interface LedgerFacts {
  sent: boolean;
  /** 印刷したか（印刷したファイルがあるか）。 */
  printed: boolean;
  /** 印刷したファイルに入った人数。 */
  filePeople: number;
  /** 人が数えた投函の数。 */
  counted: number | null;
  /** 発送の通し番号の数。 */
  serials: number | null;
}

/** 行を絞る名。発送簿の数は、どれもこの名で行が開く。 */
export const ledgerRows = {
  made: "作った",
  approved: "承認した",
  printed: "印刷した",
  posted: "投函した",
  withdrawn: "印刷の後で抜いた",
  returned: "返戻",
  reprinted: "返戻を作り直した",
  phoned: "返戻を電話で案内した",
  open: "返戻の後始末が残る",
  closed: "受講日が過ぎた・取り消された返戻",
  again: "作り直しとして作った",
} as const;
export type LedgerRows = keyof typeof ledgerRows;

export function isLedgerRows(text: string): text is LedgerRows {
  return Object.hasOwn(ledgerRows, text);
}

/** その通が、その数に入るか。 */
export function inLedgerRows(one: LedgerNotice, rows: LedgerRows, sent: boolean): boolean {
  switch (rows) {
    case "made":
      return true;
    case "approved":
      return one.printed || one.state === "approved";
    case "printed":
      return one.printed;
    case "posted":
      return sent && one.printed && one.state === "approved";
    case "withdrawn":
      return one.printed && one.state === "withdrawn";
    case "returned":
      return one.returned !== undefined;
    case "reprinted":
      return one.returned === "reprinted";
    case "phoned":
      return one.returned === "phone";
    case "open":
      return one.returned === "open";
    case "closed":
      return one.returned === "closed";
    case "again":
      return one.reprint;
  }
}

/** 一つの等式。left と right は別々に数えたもの（行、ファイル、人の手）なので、食い違えば誤りが見える。 */
export interface LedgerEquation {
  label: string;
  left: number;
  right: number;
  balanced: boolean;
}

export type LedgerCounts = Record<LedgerRows, number>;

export function countLedger(notices: readonly LedgerNotice[], sent: boolean): LedgerCounts {
  const counts = Object.fromEntries(Object.keys(ledgerRows).map((name) => [name, 0])) as LedgerCounts;
  for (const one of notices)
    for (const name of Object.keys(counts) as LedgerRows[])
      if (inLedgerRows(one, name, sent)) counts[name] += 1;
  return counts;
}

/** 承認＝印刷＝投函＋抜いた、投函＝通し番号、返戻＝作り直し＋電話＋残り＋過ぎた。 */
export function reconcile(counts: LedgerCounts, facts: LedgerFacts): LedgerEquation[] {
  const made: [string, number, number][] = [];
  if (facts.printed) made.push(["承認した数＝印刷した数（ファイル）", counts.approved, facts.filePeople]);
  if (facts.sent) {
    made.push([
      "印刷した数＝投函した数（手で数えた）＋抜いた数",
      facts.filePeople,
      (facts.counted ?? 0) + counts.withdrawn,
    ]);
    made.push(["投函した数（手で数えた）＝投函した通", facts.counted ?? 0, counts.posted]);
    if (facts.serials !== null) made.push(["投函した数＝発送番号の数", facts.counted ?? 0, facts.serials]);
  }
  if (counts.returned > 0)
    made.push([
      "返戻＝作り直した＋電話で案内した＋残り＋過ぎた",
      counts.returned,
      counts.reprinted + counts.phoned + counts.open + counts.closed,
    ]);
  return made.map(([label, left, right]) => ({ label, left, right, balanced: left === right }));
}
