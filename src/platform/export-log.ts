import { instantFromMs } from "../base/time.ts";
import type { LogEntry } from "../sealing/log-entry.ts";
import { type WrittenLog, writeLogFile } from "../sealing/write-log-file.ts";
import { listCheckpoints } from "./checkpoint-store.ts";
import { listNumbered } from "./event-store.ts";
import { numberAllEvents } from "./number-events.ts";
import type { Office } from "./office.ts";

/** 行為の記録を、それだけで確かめられる一つのファイルに書き出す。 */
export async function exportLog(office: Office, holder: string, path: string): Promise<WrittenLog> {
  await numberAllEvents(office, holder);
  const points = await listCheckpoints(office.read);
  const checkpoints = points.map((p) => ({
    size: p.size,
    root: p.root.toString("base64"),
    at: p.at,
    signature: p.signature.toString("base64"),
  }));
  return writeLogFile(path, {
    office: office.id,
    privateKey: await office.keys.signingKey(),
    exportedAt: instantFromMs(office.clock.systemMs()),
    checkpoints,
    entries: entries(office),
  });
}

async function* entries(office: Office): AsyncGenerator<LogEntry> {
  for (let from = 0; ; ) {
    const page = await listNumbered(office.read, from, 2000);
    for (const event of page) if (event.seq !== null) yield { ...event, seq: event.seq };
    if (page.length < 2000) return;
    from += page.length;
  }
}
