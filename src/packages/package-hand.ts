import type { FilingHand } from "../filings/filing-hand.ts";

/** 確認用の一式の室の扉に、上の階が渡すもの（両側の名と、ただ一つの契約）。 */
export type PackageHand = Pick<FilingHand, "parties" | "contract">;
