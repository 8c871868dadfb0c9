import { CompiledQuery } from "kysely";
import { systemActor } from "../src/base/actor.ts";
import { instantOf } from "../src/base/time.ts";
import { rebuildOwed } from "../src/contract/catch-up-owed.ts";
import { openStates } from "../src/contract/contract-ask.ts";
import { readCoverage } from "../src/contract/read-coverage.ts";
import { readOwed } from "../src/contract/read-owed.ts";
import { startContract } from "../src/terms/start-contract.ts";
import { dutyYaml } from "../src/testing/duty-fixture.ts";
import { openDesk, type TestDesk } from "../src/testing/open-desk.ts";
import { type BenchRow, median } from "./bench-row.ts";

export const name = "義務の写し（一万回分、百万の記録）と、記録の表をただ読むこと";

const EVENTS = 1_000_000;
const LANES = 200;

/** 200 の義務。それぞれ、自分の筋のきっかけ（50 回）から生じ、自分の様式で果たす。 */
const obligations = Array.from(
  { length: LANES },
  (_, lane) => `
  - { id: duty-${lane}, clause: c${(lane % 2) + 1}, actor: 責任者, verb: 報告, object: 筋${lane}, quote: 翌営業日中に報告すること。,
      when: [{ event: complaint.recorded, with: { lane: ${lane} } }], due: { rule: { businessDays: 1 } },
      done: [{ event: filing.submitted, with: { form: f${lane} }, same: about }] }`,
).join("");

/** 記録を、表に直に置く（百件に一つがきっかけ、その十に九つに届出と受領）。時は六月から九月まで、並びは決まっている。 */
const fill = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${EVENTS - 1}), f AS (
  SELECT i, i / 100 AS k, CASE WHEN i % 100 = 0 THEN 'complaint.recorded'
    WHEN i % 100 = 1 AND (i / 100) % 10 > 0 THEN 'filing.submitted'
    WHEN i % 100 = 2 AND (i / 100) % 10 > 0 THEN 'filing.answered' ELSE 'booking.taken' END AS kind FROM n)
INSERT INTO event (id, contract_id, kind, at, recorded_at, actor, subject, about, payload, leaf, seq)
SELECT printf('%08x-0000-7000-8000-000000000000', i), ?, kind,
  strftime('%Y-%m-%dT%H:%M:%fZ', '2025-06-16', '+' || (i * 8) || ' seconds'), '2025-09-17T04:00:00.000Z', 'system', NULL,
  CASE kind WHEN 'complaint.recorded' THEN 'k' || k WHEN 'booking.taken' THEN 'b' || i ELSE 'f' || k END,
  CASE kind WHEN 'complaint.recorded' THEN '{"lane":' || (k % ${LANES}) || '}'
    WHEN 'filing.submitted' THEN '{"about":"k' || k || '","form":"f' || (k % ${LANES}) || '"}'
    WHEN 'filing.answered' THEN '{"outcome":"received"}' ELSE '{"class":"c1","seat":1}' END,
  zeroblob(32), i + 1000 FROM f`;

export async function run(): Promise<BenchRow[]> {
  const desk = await openDesk({ engine: "sqlite", at: instantOf("2025-09-17", "13:40") });
  try {
    await startContract(desk.office, systemActor(desk.contract), dutyYaml(obligations));
    await desk.office.keep((tx) => tx.q.executeQuery(CompiledQuery.raw(fill, [desk.contract])));
    const bare = await timed(() => scan(desk));
    const rebuilt = await timed(() => rebuildOwed(desk.office, desk.contract));
    const { lines } = await readOwed(desk.office, desk.contract);
    if (lines.length !== EVENTS / 100) throw new Error(`owed ${lines.length}`);
    return [
      row("写しを記録から作り直す", rebuilt, bare, 10_000),
      row(
        "写しから期限の盤を読む",
        await often(() => readOwed(desk.office, desk.contract, { states: openStates })),
        bare,
        200,
      ),
      row("写しから条項の覆いを読む", await often(() => readCoverage(desk.office, desk.contract)), bare, 200),
    ];
  } finally {
    await desk.close();
  }
}

/** 手本: 記録の表を、端から端まで一度読むだけ。 */
async function scan(desk: TestDesk): Promise<void> {
  const sql = "SELECT COUNT(*) AS n, SUM(LENGTH(payload) + LENGTH(kind)) AS size FROM event";
  const { rows } = await desk.office.read.q.executeQuery<{ n: number }>(CompiledQuery.raw(sql));
  if ((rows[0]?.n ?? 0) < EVENTS) throw new Error("the events are not there");
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function often(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) times.push(await timed(work));
  return median(times);
}

function row(what: string, ours: number, bare: number, limit: number): BenchRow {
  return {
    ...{ what, ours: Math.round(ours), peer: Math.round(bare), ratio: ours / bare, unit: "ミリ秒" },
    note: `限りは${limit}ミリ秒${ours > limit ? "。超えた" : ""}。手本は、百万の記録を一度読むだけ`,
  };
}
