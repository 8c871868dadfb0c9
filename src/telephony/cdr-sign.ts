import type { RefusedReason } from "./call-definition.ts";
import type { CdrFacts } from "./cdr-facts.ts";

const closedWords =
  /clos|holiday|after[-_]?hour|off[-_]?hour|out[-_]?of[-_]?(hour|office|service)|night[-_]?(ann|msg|mode)|jikangai|kyujitsu|kyugyo|eigyogai|時間外|休業|休日/i;
const fullWords = /(^|[^a-z])(full|busy|manin|hanashichu)([^a-z]|$)|満|混雑/i;
const emptyWords = /join[-_]?empty|join[-_]?unavail|no[-_]?agent|leave[-_]?empty|empty/i;
const ivrApps = new Set([
  "BackGround",
  "Background",
  "WaitExten",
  "Read",
  "Answer",
  "Wait",
  "Ringing",
  "Progress",
]);
const ivrPlaces = /^(s|t|i|h|start|menu.*|ivr.*|top)$/i;

/** 時間外の案内を聞いた行か（行き先の名から）。 */
export function isClosedRow(row: CdrFacts): boolean {
  return closedWords.test(row.hints);
}

/** 案内の途中で切れた行か。待ち行列に着いていれば違う。 */
export function isIvrRow(row: CdrFacts): boolean {
  if (row.queued) return false;
  if (ivrApps.has(row.lastApp)) return true;
  return ivrPlaces.test(row.dst) && !fullWords.test(row.hints) && !emptyWords.test(row.hints);
}

/** 待ち行列に入れなかった訳が、行き先や印に書かれていれば。 */
export function refusedHint(row: CdrFacts | undefined): RefusedReason | undefined {
  if (!row) return undefined;
  if (emptyWords.test(row.hints)) return "join-empty";
  return fullWords.test(row.hints) ? "full" : undefined;
}
