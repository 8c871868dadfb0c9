import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { generatePassword } from "../office/protect-file.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { takeNumber } from "../platform/counter-store.ts";
import { listEvents } from "../platform/event-store.ts";
import { type KeptFile, keepFile, openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import {
  type ContentsEntry,
  contentsDocument,
  contentsText,
  type PaperContext,
} from "./contents-document.ts";
import { publicNotice } from "./deliverable.ts";
import { listDeliverableRows, listVersionRows } from "./deliverable-store.ts";
import { mayDeliver, refuseDuty } from "./delivery-right.ts";
import { writeEncryptedArchive } from "./encrypted-archive.ts";
import { formatInfo } from "./file-format.ts";

const kind = "delivery-set";

/** 作った一式。password はここで一度だけ返り、どこにも残らない。 */
export interface PackedDelivery {
  id: string;
  number: number;
  fileName: string;
  sha256: string;
  password: string;
  entries: ContentsEntry[];
}

/**
 * 引き渡した成果品を、目録（Word とテキスト、SHA-256 つき）と一緒に、暗号つきの一つの ZIP にまとめる。
 * ids を省くと、引渡し済みのすべて。
 * @throws AppError REFUSED（引き渡していないもの、一つもない）、FORBIDDEN
 */
export async function packDelivery(
  office: Office,
  actor: Actor,
  ids?: readonly string[],
): Promise<PackedDelivery> {
  refuseDuty("pack", actor);
  const { entries, files } = await collect(office, actor, ids);
  const context = await paperContext(office, actor.contract, "C");
  const encoder = new TextEncoder();
  const password = generatePassword();
  const bytes = await writeEncryptedArchive(
    [
      { fileName: "00-contents.docx", bytes: writeWordDocument(contentsDocument(context, entries)) },
      { fileName: "00-contents.txt", bytes: encoder.encode(contentsText(context, entries)) },
      ...files,
    ],
    password,
    new Date(context.now),
  );
  const key = await office.keys.fresh(actor.contract);
  const made = await office.act(actor, async (tx) => {
    const number = await takeNumber(tx, tx.contract, "delivery-set");
    const fileName = `delivery-${String(number).padStart(2, "0")}.zip`;
    const kept = await keepFile(tx, key, { kind, fileName, media: "application/zip", bytes });
    await tx.record({
      kind: "delivery.packed",
      about: kept.id,
      payload: {
        ...{ number, file: kept.id, sha256: kept.sha256, size: bytes.length },
        contents: entries.map((one) => ({ mark: one.mark, sha256: one.sha256 })),
      },
    });
    return { id: kept.id, number, fileName, sha256: kept.sha256 };
  });
  return { ...made, password, entries };
}

async function collect(
  office: Office,
  actor: Actor,
  ids: readonly string[] | undefined,
): Promise<{ entries: ContentsEntry[]; files: { fileName: string; bytes: Uint8Array }[] }> {
  const [rows, versions] = await Promise.all([
    listDeliverableRows(office.read, actor.contract),
    listVersionRows(office.read, actor.contract),
  ]);
  const chosen = rows.filter((row) => (ids ? ids.includes(row.id) : row.state === "handed"));
  const early = chosen.filter((row) => row.state !== "handed").map((row) => row.code);
  if (early.length > 0)
    throw new AppError(
      "REFUSED",
      `${early.join("、")} はまだ引き渡していません。引き渡してからまとめてください。`,
    );
  if (chosen.length === 0)
    throw new AppError(
      "REFUSED",
      "引き渡した成果品がまだありません。引き渡してから、一式をまとめてください。",
    );
  const entries: ContentsEntry[] = [];
  const files: { fileName: string; bytes: Uint8Array }[] = [];
  for (const row of chosen) {
    const version = versions.find((one) => one.deliverable_id === row.id && one.version === row.version);
    if (!version) continue;
    const { bytes } = await openFile(office, actor.contract, version.id);
    files.push({ fileName: version.file_name, bytes });
    entries.push({
      ...{ fileName: version.file_name, mark: version.mark, title: row.title, clause: row.clause },
      ...{ size: version.size, sha256: version.sha256 },
      formatLabel: formatInfo[version.format].label,
    });
  }
  return { entries, files };
}

/** 書類に刷る両側の名と、書類の管理番号（「R7-C-0917」＝年度、種類、月日）。 */
export async function paperContext(office: Office, contract: string, letter: string): Promise<PaperContext> {
  const { blueprint } = await openContract(office, contract);
  const now = office.clock.officeNow(contract);
  const day = new Date(Date.parse(now) + 9 * 3_600_000).toISOString().slice(5, 10).replace("-", "");
  const year = blueprint.fiscalYear >= 2019 ? `R${blueprint.fiscalYear - 2018}` : `${blueprint.fiscalYear}`;
  return {
    ...{ title: blueprint.title, client: blueprint.client, clientUnit: blueprint.clientUnit, now },
    contractor: blueprint.sender.name === "" ? "受託者" : blueprint.sender.name,
    mark: `${year}-${letter}-${day}`,
    notice: publicNotice(blueprint.client),
  };
}

/** まとめた一式の一行。 */
export interface ListedSet {
  id: string;
  number: number;
  at: Instant;
  size: number;
  sha256: string;
  count: number;
}

/** まとめた一式を、新しい順に。 */
export async function listDeliverySets(office: Office, actor: Pick<Actor, "contract">): Promise<ListedSet[]> {
  const events = await listEvents(office.read, {
    contract: actor.contract,
    kinds: ["delivery.packed"],
    limit: 500,
  });
  return events.map(({ at, about, payload }) => ({
    id: about ?? "",
    at,
    number: typeof payload.number === "number" ? payload.number : 0,
    size: typeof payload.size === "number" ? payload.size : 0,
    sha256: typeof payload.sha256 === "string" ? payload.sha256 : "",
    count: Array.isArray(payload.contents) ? payload.contents.length : 0,
  }));
}

/** まとめた一式を取り出す。取り出したことを記録してから渡す。 */
export async function takeDeliverySet(office: Office, actor: Actor, id: string): Promise<KeptFile> {
  const file = await openFile(office, actor.contract, id);
  if (file.kind !== kind || !mayDeliver("list", actor.roles))
    throw new AppError("NOT_FOUND", "その一式はありません。一覧から選び直してください。");
  await office.act(actor, (tx) =>
    tx.record({ kind: "delivery.taken", about: id, payload: { sha256: file.sha256 } }),
  );
  return file;
}
