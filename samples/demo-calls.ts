import { systemActor } from "../src/base/actor.ts";
import { instantFromMs } from "../src/base/time.ts";
import { importCalls } from "../src/calls/import-calls.ts";
import { noteBusy } from "../src/calls/note-busy.ts";
import { changeDoor } from "../src/calls/open-door.ts";
import { recordSignal } from "../src/calls/record-signal.ts";
import { answerFiling } from "../src/filings/answer-filing.ts";
import { draftFiling } from "../src/filings/draft-filing.ts";
import { submitFiling } from "../src/filings/submit-filing.ts";
import type { Office } from "../src/platform/office.ts";
import type { DemoClock } from "./demo-clock.ts";
import type { DemoStaff } from "./demo-office.ts";
import { Random } from "./random.ts";

/** 開いた日ごとの入電（表２の形: 初日に集中し、午前に多い）。 */
const days: readonly (readonly [day: string, offered: number, until?: string])[] = [
  ["2025-07-11", 396],
  ["2025-07-14", 104],
  ["2025-07-15", 58],
  ["2025-07-16", 31],
  ["2025-07-17", 22],
  ["2025-07-18", 19],
  ["2025-07-22", 24],
  ["2025-07-23", 15],
  ["2025-07-24", 11],
  ["2025-07-25", 18],
  ["2025-09-11", 447],
  ["2025-09-12", 162],
  ["2025-09-16", 121],
  ["2025-09-17", 78, "13:38"],
];
/** 九時から十五時台までの分かれ方。 */
const hours = [31, 22, 14, 8, 9, 9, 7];

/** 期のはじめからの電話を、電話機の記録（queue_log）の形で作り、取り込む。いまの電話を二本、鳴らしておく。 */
export async function fillCalls(office: Office, clock: DemoClock, staff: DemoStaff): Promise<void> {
  const random = new Random(450);
  await permit(office, clock, staff);
  for (const [day, offered, until] of days) {
    clock.set(`${day}T${until ?? "16:20"}:00`);
    const bytes = new TextEncoder().encode(writeDay(random, { day, offered, until }));
    await importCalls(office, staff.supervisor, {
      queueLogs: [{ name: `queue_log.${day}`, bytes }],
      cdrs: [],
    });
  }
  clock.set("2025-09-12T09:10:00");
  await noteBusy(office, staff.supervisor, { day: "2025-09-11", count: 128 });
  await ringNow(office, clock, staff.supervisor.contract);
}

function writeDay(
  random: Random,
  given: { day: string; offered: number; until: string | undefined },
): string {
  const { day, offered, until } = given;
  const midnight = Date.parse(`${day}T00:00:00+09:00`) / 1000;
  const last = until === undefined ? 57_600 : Number(until.slice(0, 2)) * 3600 + Number(until.slice(3)) * 60;
  const lines: string[] = [];
  // 込む日ほど、待たせて切られる。
  const lost = offered > 300 ? 0.2 : offered > 80 ? 0.07 : 0.02;
  for (let n = 0; n < offered; n++) writeCall(lines, random, midnight + arrival(random, last), n, lost);
  for (let n = 0; n < Math.ceil(offered / 22); n++) {
    const at =
      midnight +
      (until !== undefined || random.chance(0.5)
        ? 31_000 + random.int(0, 1300)
        : 57_700 + random.int(0, 9000));
    lines.push(`${at}|${at}.${5000 + n}|koza|NONE|OFFERED|${number(random)}`);
  }
  return lines.join("\n");
}

function arrival(random: Random, last: number): number {
  for (;;) {
    let left = random.int(
      1,
      hours.reduce((a, b) => a + b, 0),
    );
    const hour = hours.findIndex((share) => {
      left -= share;
      return left <= 0;
    });
    const at = 32_400 + hour * 3600 + random.int(0, 3599);
    if (at < last - 420) return at;
  }
}

function writeCall(lines: string[], random: Random, at: number, n: number, lost: number): void {
  const id = `${at}.${n * 3}`;
  const from = random.chance(0.04) ? "anonymous" : number(random);
  const say = (after: number, agent: string, ...rest: (string | number)[]) =>
    lines.push([at + after, id, "koza", agent, ...rest].join("|"));
  say(0, "NONE", "OFFERED", from);
  if (random.chance(lost / 6)) return;
  say(2, "NONE", "ENTERQUEUE", "", from, 1);
  const wait = Math.round(lost > 0.1 ? random.int(2, 190) : random.int(1, 24));
  if (random.chance(lost)) {
    say(wait + 12, "NONE", "ABANDON", 1, 1, wait + 10);
    return;
  }
  if (random.chance(lost / 10)) {
    say(182, "NONE", "EXITWITHTIMEOUT", 1, 1, 180);
    return;
  }
  const agent = String(random.int(2, 4));
  const talk = random.int(45, 380);
  say(wait + 2, agent, "CONNECT", wait, `${at + 2}.${n * 3 + 1}`, 3);
  say(wait + 2 + talk, agent, random.chance(0.7) ? "COMPLETECALLER" : "COMPLETEAGENT", wait, talk, 1);
}

/** 架空の番号（011-000-xxxx と、割り当てのない 090-0000-xxxx）。 */
function number(random: Random): string {
  const tail = String(random.int(0, 9999)).padStart(4, "0");
  return random.chance(0.6) ? `011000${tail}` : `0900000${tail}`;
}

async function ringNow(office: Office, clock: DemoClock, contract: string): Promise<void> {
  const now = Date.parse("2025-09-17T13:40:00+09:00");
  clock.set("2025-09-17T13:40:00");
  const tell = (
    id: string,
    kind: "ring" | "answer",
    seconds: number,
    more: { caller?: string; desk?: string },
  ) =>
    recordSignal(office, systemActor(contract), {
      ...{ source: "cti", outerId: id, direction: "in", kind, at: instantFromMs(now - seconds * 1000) },
      ...more,
    });
  await tell("demo-1", "ring", 200, { caller: "0110002136" });
  await tell("demo-1", "answer", 192, { desk: "3" });
  await tell("demo-2", "ring", 38, { caller: "0110004821" });
}

/** ６(6)オの協議と、基準５(1)の許可。これがあるまで、電話システムとはつながない。 */
async function permit(office: Office, clock: DemoClock, { manager, client }: DemoStaff): Promise<void> {
  const carry = async (given: Parameters<typeof draftFiling>[2], outcome: "answered" | "approved") => {
    clock.set("2025-07-03T10:20:00");
    const { id } = await draftFiling(office, manager, given);
    await submitFiling(office, manager, id);
    clock.set("2025-07-07T11:00:00");
    await answerFiling(office, client, id, { outcome, text: "支障ありません。" });
  };
  const safety = "業務実施場所の中の線だけで結び、外のネットワークにはつながない。番号は封じて保存する。";
  const system = {
    system: "電話システム（構内交換機）",
    purpose: "入電の記録と、受付デスクへの表示",
    safety,
  };
  const network = {
    ...{ machine: "受付の端末", network: "業務実施場所の構内交換機", safety },
    reason: "入電数・応答数を正しく記録するため",
  };
  await carry(
    {
      form: "system-use",
      kind: "consultation",
      title: "電話システムの利用",
      clause: "6(6)オ",
      body: "",
      fields: system,
    },
    "answered",
  );
  await carry(
    {
      form: "network-permission",
      kind: "application",
      title: "電話システムとの接続",
      clause: "別紙1 5(1)",
      body: "",
      fields: network,
    },
    "approved",
  );
  clock.set("2025-07-08T09:30:00");
  await changeDoor(office, manager, { opened: true });
}
