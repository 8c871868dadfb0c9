import type { FilingHand } from "../filings/filing-hand.ts";
import type { Office } from "../platform/office.ts";
import type { TaskTerms } from "../tasks/task.ts";

/** 確認用の一式の室の扉に、上の階が渡すもの（両側の名と、ただ一つの契約、仕事の期限を数える暦と時間）。 */
export interface PackageHand extends Pick<FilingHand, "parties" | "contract"> {
  terms(office: Office, contract: string): Promise<TaskTerms>;
}
