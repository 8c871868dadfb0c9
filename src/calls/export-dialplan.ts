import { calendarDays } from "../japan/business-day.ts";
import type { Office } from "../platform/office.ts";
import { writeClosedDays, writeDialplan } from "../telephony/dialplan.ts";
import { openContract } from "../terms/open-contract.ts";
import { readAnnouncement } from "./read-announcement.ts";

export interface DialplanFiles {
  files: { name: string; text: string }[];
  /** 書き出した日の範囲。 */
  from: string;
  to: string;
}

/** 契約の暦から、休みの表、ダイヤルプラン、時間外の案内の文（６(6)ウ）。個人情報は含まない。 */
export async function exportDialplan(office: Office, contract: string): Promise<DialplanFiles> {
  const { blueprint } = await openContract(office, contract);
  const { performance, terms, hours, calendar } = blueprint;
  const days = calendarDays(calendar, performance.from, performance.to);
  const inTerm = (day: string) => terms.some(({ deskFrom, deskTo }) => deskFrom <= day && day <= deskTo);
  const open = days.filter(({ date, business }) => business && inTerm(date)).map(({ date }) => date);
  const given = {
    title: blueprint.shortTitle,
    hours,
    closed: days
      .filter(({ business }) => !business)
      .map(({ date, reason }) => ({ day: date, reason: reason ?? "" })),
    terms: terms.map(({ label, deskFrom, deskTo }) => ({ label, from: deskFrom, to: deskTo })),
  };
  const table = [
    "日,開いているか,訳",
    ...days.map(({ date, business, reason = "" }) => {
      const isOpen = business && inTerm(date);
      return `${date},${isOpen ? "開設" : "休み"},${business && !isOpen ? "開設期間の外" : reason}`;
    }),
  ];
  return {
    files: [
      { name: "madoguchi.conf", text: writeDialplan(given) },
      { name: "closed-days.sh", text: writeClosedDays(given, open) },
      { name: "closed-days.csv", text: `\uFEFF${table.join("\r\n")}\r\n` },
      { name: "announcement.txt", text: (await readAnnouncement(office, contract)).text },
    ],
    from: performance.from,
    to: performance.to,
  };
}
