import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { type Manuscript, type ManuscriptMeta, numbersOf } from "../manuscript/manuscript.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import {
  type BlockContent,
  type BlockKind,
  footnotesOf,
  inReadingOrder,
  type PlanBlock,
  type ReviewState,
  treeOf,
} from "./plan-block.ts";
import { refusePlanRole } from "./plan-right.ts";
import {
  type BlockRow,
  type ChangeRow,
  findPlan,
  listBlockRows,
  listChangeRows,
  listPlanRows,
  type PlanRow,
} from "./plan-store.ts";
import { contentText } from "./plan-text.ts";

/** 開いた計画: 題と決まり、部分（読む順）。 */
export interface OpenPlan {
  row: PlanRow;
  key: SubjectKey;
  meta: ManuscriptMeta;
  /** 脚注も含む、いまある部分。 */
  blocks: PlanBlock[];
  /** 変更の通し番号（この時点）。 */
  sequence: number;
}

/** 一覧の一行。text は直すための文字（changePlanBlock にそのまま渡せる）。 */
export interface ListedBlock {
  id: string;
  kind: BlockKind;
  /** 「第２章」「図３」。本文・箇条書きは空。 */
  number: string;
  /** いちばん近い見出し（番号つき）。見出しなら自分。 */
  heading: string;
  /** 章（番号つき）。 */
  chapter: string;
  text: string;
  parent: string | null;
  version: number;
  review: ReviewState;
  changedAt: Instant;
}

/** 契約の計画の一覧（作った順）。 */
export async function listPlans(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
): Promise<{ id: string; title: string; sequence: number; madeAt: Instant }[]> {
  refusePlanRole("read", actor);
  const rows = await listPlanRows(office.read, actor.contract);
  return rows.map(({ id, title, sequence, made_at }) => ({ id, title, sequence, madeAt: made_at }));
}

/**
 * 計画の行と鍵だけを開く（部分は読まない。版・書き込み・経過を読むのに足りる）。
 * @throws AppError NOT_FOUND、FORBIDDEN
 */
export async function openPlanRow(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  id: string,
): Promise<Pick<OpenPlan, "row" | "key">> {
  refusePlanRole("read", actor);
  const row = await findPlan(office.read, actor.contract, id);
  const key = row && (await office.keys.get(actor.contract, [id])).get(id);
  if (row && key) return { row, key };
  throw new AppError("NOT_FOUND", "その計画はありません。計画の一覧から選び直してください。");
}

/**
 * 計画を開く。at を言えば、その変更までの姿。
 * @throws AppError NOT_FOUND、FORBIDDEN
 */
export async function openPlan(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  id: string,
  at?: number,
): Promise<OpenPlan> {
  const { row, key } = await openPlanRow(office, actor, id);
  const rows =
    at === undefined
      ? (await listBlockRows(office.read, key, id)).map(blockOf)
      : stateAt(await listChangeRows(office.read, key, id, { upTo: at }));
  return {
    ...{ row, key, meta: JSON.parse(row.meta) as ManuscriptMeta },
    blocks: inReadingOrder(rows.flatMap((one) => (one.live ? [one.block] : []))),
    sequence: at ?? row.sequence,
  };
}

export function blockOf(row: BlockRow): { live: boolean; block: PlanBlock } {
  const { block: id, parent, position, version, review } = row;
  return {
    live: row.state === "live",
    block: {
      ...{ id, parent, position, version, review, content: JSON.parse(row.body) as BlockContent },
      ...{ trackedFrom: row.tracked_from, changedBy: row.changed_by, changedAt: row.changed_at },
    },
  };
}

function stateAt(changes: readonly ChangeRow[]): { live: boolean; block: PlanBlock }[] {
  const last = new Map(changes.map((change) => [change.block, change]));
  return [...last.values()].map((change) => ({
    live: change.act !== "remove",
    block: {
      ...{ id: change.block, parent: change.parent, position: change.position, version: change.version },
      ...{ content: JSON.parse(change.body) as BlockContent, trackedFrom: null, review: "draft" as const },
      ...{ changedBy: change.made_by, changedAt: change.made_at },
    },
  }));
}

/** 原稿の形に。files は、データと画像。 */
export function manuscriptOf(
  plan: Pick<OpenPlan, "meta" | "blocks">,
  files: ReadonlyMap<string, Uint8Array> = new Map(),
): Manuscript {
  return {
    ...{ meta: plan.meta, blocks: treeOf(plan.blocks), footnotes: footnotesOf(plan.blocks) },
    ...{ files, warnings: [] },
  };
}

/** 番号・見出し・章を添えた一覧（読む順、脚注は除く）。 */
export function listedBlocks({ meta, blocks }: Pick<OpenPlan, "meta" | "blocks">): ListedBlock[] {
  const numbers = numbersOf(treeOf(blocks), meta.numbering, meta.annexNumbering);
  let [heading, chapter] = ["", ""];
  return blocks.flatMap((block) => {
    const { id, content } = block;
    if (content.kind === "footnote") return [];
    const number = numbers.get(id) ?? "";
    if (content.kind === "heading") {
      heading = `${number}${number ? "　" : ""}${content.text}`;
      if (content.level === 1) chapter = heading;
    }
    return [
      {
        ...{ id, kind: content.kind, number, heading, chapter, text: contentText(id, content) },
        ...{ parent: block.parent, version: block.version, review: block.review, changedAt: block.changedAt },
      },
    ];
  });
}

/**
 * 計画の部分を、読む順に。version は変更の通し番号（省けばいま。名のある版は、その sequence を渡す）。
 * @throws AppError NOT_FOUND、FORBIDDEN
 */
export async function listPlanBlocks(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  version?: number,
): Promise<ListedBlock[]> {
  return listedBlocks(await openPlan(office, actor, planId, version));
}

/** 部分を選ぶところに出す名: 見出し、または番号と題か書き出しの24字。書き方の印は出さない。 */
export function blockLabel({ kind, number, heading, text }: ListedBlock): string {
  if (kind === "heading") return heading;
  const titled = /^:::[^\n]*?\stitle="([^"]*)"/.exec(text)?.[1] ?? /^表: ?([^\n]*)/.exec(text)?.[1] ?? text;
  const plain = titled
    .replaceAll("**", "")
    .replace(/\s*\{#[^{}]*\}\s*$/, "")
    .replace(/\[\^[^\]]*\]/g, "");
  const letters = [...plain.replace(/\s+/g, " ").trim()];
  return `${number === "" ? "・" : `${number}　`}${letters.slice(0, 24).join("")}${letters.length > 24 ? "…" : ""}`;
}

/** 一つの部分。なければ（消されていれば）NOT_FOUND。 */
export async function readPlanBlock(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  blockId: string,
  version?: number,
): Promise<ListedBlock> {
  const found = (await listPlanBlocks(office, actor, planId, version)).find(({ id }) => id === blockId);
  if (found) return found;
  throw noBlock();
}

export function noBlock(): AppError {
  return new AppError("NOT_FOUND", "その部分は、いまの原稿にありません。消されたか、名が違います。");
}
