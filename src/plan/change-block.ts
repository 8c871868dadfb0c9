import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Office, Tx } from "../platform/office.ts";
import { mergeText } from "./merge-text.ts";
import type { BlockContent, ChangeLink } from "./plan-block.ts";
import { refusePlanRole } from "./plan-right.ts";
import { type BlockRow, findBlockRow, insertAside, listChangeRows, takeSequence } from "./plan-store.ts";
import { contentText, readContent } from "./plan-text.ts";
import { noBlock, type OpenPlan, openPlan } from "./read-plan.ts";
import { type Changed, linkText, writeChange } from "./write-change.ts";

export interface BlockEdit {
  text: string;
  /** 読んだときの版。その後に直されていれば、文ごとに合わせる。 */
  expectedVersion: number;
  reason: string;
  /** 変更のもと（意見の答えなど、上の室のもの）。あれば、必ず変更を記録する。 */
  link?: ChangeLink | undefined;
  /** 変更を記録する（新旧の分かる形で見せ続ける）。 */
  tracked?: boolean;
}

/**
 * 部分の文を直し、新しい版にする。先に直されていれば、文ごとに合わせる（merged）。
 * 同じ文が違うように直されていれば、いまの文はそのまま、こちらの文を脇（aside）に残して CONFLICT
 * （detail に current・yours・base・version・aside）。どちらの文も失わない。
 * @throws AppError CONFLICT、NOT_FOUND、BAD_INPUT（書き方が崩れた、理由がない、長すぎる）、FORBIDDEN
 */
export async function changePlanBlock(
  office: Office,
  actor: Actor,
  planId: string,
  blockId: string,
  edit: BlockEdit,
): Promise<Changed> {
  refusePlanRole("write", actor);
  if (edit.text.length > 50_000)
    throw new AppError("TOO_LARGE", "一つの部分は 50,000 字までです。いくつかの部分に分けてください。");
  const plan = await openPlan(office, actor, planId);
  const known = plan.blocks.find(({ id }) => id === blockId);
  if (!known) throw noBlock();
  // 書き方の誤りは、取引に入る前に断る。
  readContent(known.content, edit.text);
  const done = await office.act(actor, (tx) => applyEdit(tx, plan, blockId, edit));
  if ("id" in done) return done;
  throw new AppError(
    "CONFLICT",
    "ほかの人が、先に同じ文を直しました。あなたの文は脇に残してあります。二つを見比べて、どちらを使うか決めてください。",
    { detail: { ...done } },
  );
}

interface Collision {
  current: string;
  yours: string;
  base: string;
  version: number;
  aside: string;
}

async function applyEdit(
  tx: Tx,
  { row: { id: plan }, key }: OpenPlan,
  blockId: string,
  edit: BlockEdit,
): Promise<Changed | Collision> {
  // 計画の行を先に押さえる。変更は一つずつ並び、読んだ版は書くまで変わらない。
  const number = await takeSequence(tx, tx.contract, plan);
  const before = await findBlockRow(tx, key, plan, blockId);
  if (before?.state !== "live") throw noBlock();
  const content = JSON.parse(before.body) as BlockContent;
  const current = contentText(blockId, content);
  const wanted = contentText(blockId, readContent(content, edit.text));
  const stale = before.version !== edit.expectedVersion;
  const base = stale ? await textAt(tx, key, plan, blockId, edit.expectedVersion) : current;
  const text = stale && base !== undefined ? mergeText(base, current, wanted) : stale ? undefined : wanted;
  if (text === undefined) return setAside(tx, { plan, key }, before, { current, wanted, base }, edit);
  const merged = text !== wanted;
  const next = readContent(content, text);
  const tracked = edit.link !== undefined || edit.tracked === true;
  return writeChange(
    tx,
    { plan, key },
    number,
    before,
    {
      ...{ block: blockId, content: next, parent: before.parent, position: before.position, state: "live" },
      trackedFrom: before.tracked_from ?? (tracked ? before.version : null),
      review: before.review === "agreed" && text !== current ? "checking" : before.review,
    },
    { act: "change", reason: edit.reason, link: edit.link, merged },
  );
}

async function textAt(
  tx: Tx,
  key: OpenPlan["key"],
  plan: string,
  block: string,
  version: number,
): Promise<string | undefined> {
  const rows = await listChangeRows(tx, key, plan, { block });
  const found = rows.find((row) => row.version === version);
  return found && contentText(block, JSON.parse(found.body) as BlockContent);
}

async function setAside(
  tx: Tx,
  { plan, key }: { plan: string; key: OpenPlan["key"] },
  before: BlockRow,
  texts: { current: string; wanted: string; base: string | undefined },
  edit: BlockEdit,
): Promise<Collision> {
  const id = newId();
  await insertAside(tx, key, {
    ...{ id, contract_id: tx.contract, plan_id: plan, block: before.block, version: edit.expectedVersion },
    ...{ body: texts.wanted, reason: edit.reason.trim(), state: "open" },
    ...{ link: linkText(edit.link), link_label: edit.link?.label ?? null },
    ...{ made_by: tx.actor.id, made_at: tx.now },
  });
  await tx.record({ kind: "plan.set-aside", about: plan, payload: { aside: id, block: before.block } });
  return {
    ...{ current: texts.current, yours: texts.wanted, base: texts.base ?? "" },
    ...{ version: before.version, aside: id },
  };
}
