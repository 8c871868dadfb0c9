import type { About } from "../base/about.ts";
import type { FilingHand } from "../filings/filing-hand.ts";
import type { Office } from "../platform/office.ts";
import type { TaskTerms } from "../tasks/task.ts";

/** 一式に添える、残してあるファイル。 */
export interface PackagePaper {
  id: string;
  name: string;
  media: string;
  size: number;
  sha256: string;
}

/** 確認用の一式の室の扉に、上の階が渡すもの（両側の名と、ただ一つの契約、仕事の期限を数える暦と時間）。 */
export interface PackageHand extends Pick<FilingHand, "parties" | "contract"> {
  /** 文書のもとになった室が、一式に添えるファイル（確定した会議録など）。 */
  papers?(office: Office, contract: string, about: About): Promise<readonly PackagePaper[]>;
  terms(office: Office, contract: string): Promise<TaskTerms>;
}
