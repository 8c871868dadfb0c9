import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { calendarDays } from "../japan/business-day.ts";
import type { Office } from "../platform/office.ts";
import { writeAnnouncement, writeClosedDays, writeDialplan } from "../telephony/dialplan.ts";
import { openContract } from "../terms/open-contract.ts";

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
      { name: "announcement.txt", text: writeAnnouncement(given) },
    ],
    from: performance.from,
    to: performance.to,
  };
}

const dictionary = "/var/lib/mecab/dic/open-jtalk/naist-jdic";
const voice = "/usr/share/hts-voice/nitech-jp-atr503-m001/nitech_jp_atr503_m001.htsvoice";

/** 案内の文を声にする。open-jtalk がなければ、足りないものを言う。 */
export async function speakAnnouncement(
  text: string,
  out: string,
): Promise<{ made: boolean; missing: string[] }> {
  const parts: [string, string][] = [
    ["open-jtalk", "/usr/bin/open_jtalk"],
    ["open-jtalk-mecab-naist-jdic", dictionary],
    ["hts-voice-nitech-jp-atr503-m001", voice],
  ];
  const missing = parts.filter(([, path]) => !existsSync(path)).map(([name]) => name);
  if (missing.length > 0) return { made: false, missing };
  await new Promise<void>((done, fail) => {
    const child = execFile(
      "/usr/bin/open_jtalk",
      ["-x", dictionary, "-m", voice, "-s", "8000", "-ow", out],
      { timeout: 60_000 },
      (cause) => (cause ? fail(cause) : done()),
    );
    child.stdin?.end(text.replace(/\n/g, ""));
  });
  return { made: true, missing: [] };
}
