import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { RecordedEvent } from "../base/event.ts";
import { newId } from "../base/identifier.ts";
import { listBookingBatches } from "../notices/list-booking-batches.ts";
import { latestCheckpoint } from "../platform/checkpoint-store.ts";
import { listNumbered } from "../platform/event-store.ts";
import { numberAllEvents } from "../platform/number-events.ts";
import type { Office } from "../platform/office.ts";
import { publicKeyOf } from "../sealing/checkpoint.ts";
import { leafBytes } from "../sealing/log-entry.ts";
import { leafHash, verifyInclusion } from "../sealing/merkle.ts";
import { growTree, type LeafTree } from "./leaf-proof.ts";
import { pickSample, SAMPLE_MOST } from "./sample.ts";
import { isInChain, sampleThings, type ThingKind, thingName } from "./sample-thing.ts";
import { refuseAudit } from "./watch-right.ts";

/** 鎖の一つ: 記録の一行と、それが木に入っている証明（base64、下から上へ）。 */
export interface ChainLink {
  event: RecordedEvent & { seq: number };
  who: string;
  leaf: string;
  proof: string[];
  proved: boolean;
}

export interface DrawnBooking {
  /** 予約か意見書の id。 */
  booking: string;
  kind: ThingKind;
  links: ChainLink[];
}

export interface Sample {
  seed: string;
  population: number;
  /** 母集団の名（「予約」「意見書」）。 */
  name: string;
  bookings: DrawnBooking[];
  /** 検査点（base64）。まだなければ null。rooted は、いまの行から作った木の根が検査点と合うか。 */
  checkpoint: {
    office: string;
    size: number;
    root: string;
    at: string;
    signature: string;
    publicKey: string;
  } | null;
  rooted: boolean;
}

const PAGE = 2000;

/**
 * 予約（受付から受講通知書の発送まで）か意見書（受け取りから整理まで、原本を見た記録も）を抜き取り、
 * 記録の一行ずつを包含証明つきで並べる（特記 第15条、基準9）。
 * 葉は、いまの行から計算し直す（表に置いた葉の値は信じない）。氏名は開かない。
 * @throws AppError FORBIDDEN、BAD_INPUT（件数、種）
 */
export async function drawSample(
  office: Office,
  actor: Actor,
  { seed, count }: { seed: string; count: number },
): Promise<Sample> {
  refuseAudit(actor);
  refuseAsk(seed, count);
  await numberAllEvents(office, `watch-${newId()}`);
  const [point, batches, names] = await Promise.all([
    latestCheckpoint(office.read),
    listBookingBatches(office, actor.contract),
    nameHandlers(office, actor.contract),
  ]);
  const { events, tree } = await readTree(office, actor.contract, point?.size ?? 0);
  const root = tree.root && Buffer.from(tree.root);
  const things = new Map(sampleThings(events).map((one) => [one.id, one]));
  const drawn = pickSample([...things.keys()], seed, count);
  const chains = drawn.flatMap((booking) => {
    const thing = things.get(booking);
    if (!thing) return [];
    const abouts = new Set([booking, ...(batches.get(booking) ?? [])]);
    const links = events.filter((one) => isInChain(thing, abouts, one));
    return {
      ...{ booking, kind: thing.kind },
      links: links.map((event) => linkOf(event, tree, names.get(event.actor)?.number ?? "－")),
    };
  });
  const publicKey = publicKeyOf(await office.keys.signingKey());
  return {
    ...{ seed, population: things.size, bookings: chains },
    name: thingName([...things.values()].map(({ kind }) => kind)),
    checkpoint: point
      ? {
          ...{ office: office.id, size: point.size, root: point.root.toString("base64"), at: point.at },
          ...{ signature: point.signature.toString("base64"), publicKey },
        }
      : null,
    rooted: point !== undefined && root?.equals(point.root) === true,
  };
}

function refuseAsk(seed: string, count: number): void {
  const faults = [];
  if (!Number.isInteger(count) || count < 1 || count > SAMPLE_MOST)
    faults.push({ field: "count", message: `件数を1から${SAMPLE_MOST}までの数で入れてください。` });
  if (seed.trim() === "" || seed.length > 60)
    faults.push({ field: "seed", message: "種の言葉を、60字までで入れてください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "抜き取り方に直すところがあります。", { faults });
}

type Numbered = RecordedEvent & { seq: number };

async function readTree(
  office: Office,
  contract: string,
  size: number,
): Promise<{ events: Numbered[]; tree: LeafTree }> {
  const events: Numbered[] = [];
  const leaves: Uint8Array[] = [];
  while (leaves.length < size) {
    const page = await listNumbered(office.read, leaves.length, Math.min(PAGE, size - leaves.length));
    if (page.length === 0) break;
    for (const event of page) {
      leaves.push(leafHash(leafBytes(event)));
      if (event.contract === contract && event.seq !== null) events.push({ ...event, seq: event.seq });
    }
  }
  return { events, tree: growTree(leaves) };
}

function linkOf(event: Numbered, tree: LeafTree, who: string): ChainLink {
  const leaf = leafHash(leafBytes(event));
  const proof = tree.proof(event.seq);
  const root = tree.root ?? leaf;
  return {
    ...{ event, who, leaf: Buffer.from(leaf).toString("base64") },
    proof: proof.map((node) => Buffer.from(node).toString("base64")),
    proved: verifyInclusion({ leaf, index: event.seq, size: tree.size, proof, root }),
  };
}
