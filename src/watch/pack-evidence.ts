import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { readCoverage } from "../contract/read-coverage.ts";
import { listFilings } from "../filings/list-filings.ts";
import { writeZip } from "../office/zip.ts";
import { exportLog } from "../platform/export-log.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { drawSample } from "./draw-sample.ts";
import { clauseLines, type Evidence } from "./evidence.ts";
import { evidenceDocument } from "./evidence-document.ts";

export interface EvidencePack {
  fileName: string;
  bytes: Uint8Array;
  evidence: Evidence;
}

/**
 * 監査の証跡の一式（ZIP）を作る: 目次の Word、記録の書き出し、抜き取りと包含証明、条項、受領。
 * 氏名などの個人情報は入らない（記録の中の個人の部分は封じたまま）。
 * @throws AppError FORBIDDEN、BAD_INPUT（抜き取り方）、REFUSED（記録の表と検査点が合わない）
 */
export async function packEvidence(
  office: Office,
  actor: Actor,
  ask: { seed: string; count: number },
): Promise<EvidencePack> {
  const sample = await drawSample(office, actor, ask);
  const [{ blueprint }, coverage, filings, names, log] = await Promise.all([
    openContract(office, actor.contract),
    readCoverage(office, actor.contract),
    listFilings(office, actor),
    nameHandlers(office, actor.contract),
    readLog(office),
  ]);
  const evidence: Evidence = {
    contract: { title: blueprint.title, client: blueprint.client, contractor: blueprint.sender.name },
    madeAt: office.clock.officeNow(actor.contract),
    by: names.get(actor.id)?.number ?? "－",
    clauses: clauseLines(coverage),
    receipts: filings.map((one) => ({
      ...{ number: one.number, kind: one.kindLabel, clause: one.clause, title: one.title },
      ...{ state: one.stateText, submittedAt: one.submittedAt, decidedAt: one.decidedAt },
    })),
    ...{ sample, log: { entries: log.entries, root: log.root } },
  };
  await office.act(actor, (tx) =>
    tx.record({
      kind: "watch.packed",
      payload: { seed: sample.seed, count: sample.bookings.length, entries: log.entries },
    }),
  );
  const parts = new Map<string, Uint8Array>([
    ["目次.docx", evidenceDocument(evidence)],
    ["記録.jsonl", log.bytes],
    ["標本.json", jsonOf(sample)],
    ["条項.json", jsonOf(evidence.clauses)],
    ["受領.json", jsonOf(evidence.receipts)],
  ]);
  return { fileName: "監査の証跡.zip", bytes: writeZip(parts), evidence };
}

async function readLog(office: Office): Promise<{ entries: number; root: string; bytes: Uint8Array }> {
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-audit-"));
  try {
    const file = join(folder, "log.jsonl");
    const { entries, root, ok } = await exportLog(office, `watch-${newId()}`, file);
    if (!ok)
      throw new AppError(
        "REFUSED",
        "記録の表と署名された検査点が合いません。一式は作らず、事故・兆候に記録してください。",
      );
    return { entries, root, bytes: await readFile(file) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function jsonOf(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`, "utf8");
}
