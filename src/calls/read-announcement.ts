import { listEvents } from "../platform/event-store.ts";
import { openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { writeAnnouncement } from "../telephony/dialplan.ts";
import { openContract } from "../terms/open-contract.ts";
import { missingVoice } from "./speak-announcement.ts";

/** 時間外の案内の文（６(6)ウ）。 */
export interface Announcement {
  text: string;
  /** 契約の暦と時間から作った、標準の文。 */
  standard: string;
  /** 直した文か。 */
  edited: boolean;
  /** 声にするのに足りない Debian のパッケージ。 */
  missing: string[];
}

/** いまの案内の文。直していなければ、契約から作った標準の文。 */
export async function readAnnouncement(office: Office, contract: string): Promise<Announcement> {
  const { blueprint } = await openContract(office, contract);
  const { shortTitle, hours, terms } = blueprint;
  const standard = writeAnnouncement({
    title: shortTitle,
    hours,
    closed: [],
    terms: terms.map(({ label, deskFrom, deskTo }) => ({ label, from: deskFrom, to: deskTo })),
  });
  const [last] = await listEvents(office.read, {
    contract,
    kinds: ["call.announcement-changed"],
    limit: 1,
  });
  const file = last?.payload.file;
  const own =
    typeof file === "string"
      ? new TextDecoder().decode((await openFile(office, contract, file)).bytes)
      : undefined;
  return { text: own ?? standard, standard, edited: own !== undefined, missing: missingVoice() };
}
