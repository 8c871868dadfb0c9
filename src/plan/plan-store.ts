import { flag, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { ChangeAct, ReviewState } from "./plan-block.ts";

/** 計画。原稿の言葉は、計画の鍵（id）で封じる。 */
export const planTable = table("plan", {
  id: text(),
  contract_id: text(),
  title: text(),
  /** 題・番号の付け方・用語（JSON）。 */
  meta: text(),
  /** 変更の通し番号の、いまの値。 */
  sequence: int32(),
  edition: int32(),
  made_by: text(),
  made_at: instant(),
});

/** 原稿の部分の、いまの姿。 */
export const planBlockTable = table("plan_block", {
  id: text(),
  contract_id: text(),
  plan_id: text(),
  block: text(),
  parent: nullable(text()),
  position: int32(),
  kind: text(),
  body: sealed(),
  version: int32(),
  tracked_from: nullable(int32()),
  state: text<"live" | "removed">(),
  review: text<ReviewState>(),
  changed_by: text(),
  changed_at: instant(),
});

/** 部分の経過。変えたあとの姿を、一つの変更ごとに残す。 */
export const planChangeTable = table("plan_change", {
  id: text(),
  contract_id: text(),
  plan_id: text(),
  block: text(),
  number: int32(),
  version: int32(),
  act: text<ChangeAct>(),
  kind: text(),
  parent: nullable(text()),
  position: int32(),
  body: sealed(),
  reason: sealed(),
  link: nullable(text()),
  link_label: nullable(text()),
  merged: flag(),
  made_by: text(),
  made_at: instant(),
});

/** 重なって入らなかった文。人が決めるまで残す。 */
export const planAsideTable = table("plan_aside", {
  id: text(),
  contract_id: text(),
  plan_id: text(),
  block: text(),
  version: int32(),
  body: sealed(),
  reason: sealed(),
  link: nullable(text()),
  link_label: nullable(text()),
  state: text<"open" | "used" | "dropped">(),
  made_by: text(),
  made_at: instant(),
});
const schema = {
  plan: planTable,
  plan_block: planBlockTable,
  plan_change: planChangeTable,
  plan_aside: planAsideTable,
};

export type PlanRow = Row<typeof planTable>;
export type BlockRow = PlainRow<typeof planBlockTable>;
export type ChangeRow = PlainRow<typeof planChangeTable>;
export type AsideRow = PlainRow<typeof planAsideTable>;

export async function insertPlan(tx: Read, row: PlanRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("plan").values(row).execute();
}

/** 読んだときの版のままなら、題と決めごとを替える。ほかの人が先に替えていれば偽。 */
export async function updatePlanMeta(
  tx: Read,
  before: PlanRow,
  change: Pick<PlanRow, "title" | "meta">,
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("plan")
    .set({ ...change, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

export async function listPlanRows(read: Read, contract: string): Promise<PlanRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("plan")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("made_at")
    .orderBy("id")
    .execute();
}

export async function findPlan(read: Read, contract: string, id: string): Promise<PlanRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("plan")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** 変更の番号を count 個取り、最初の番号を返す。計画の行を押さえるので、変更は一つずつ並ぶ。 */
export async function takeSequence(tx: Read, contract: string, plan: string, count = 1): Promise<number> {
  const row = await tables<typeof schema>(tx)
    .updateTable("plan")
    .set((eb) => ({ sequence: eb("sequence", "+", count) }))
    .where("contract_id", "=", contract)
    .where("id", "=", plan)
    .returning("sequence")
    .executeTakeFirstOrThrow();
  return row.sequence - count + 1;
}

export async function insertBlock(tx: Read, key: SubjectKey, row: BlockRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("plan_block")
    .values(sealRow(planBlockTable, key, row))
    .execute();
}

/** 消したものも含めて、計画の部分の全部。 */
export async function listBlockRows(read: Read, key: SubjectKey, plan: string): Promise<BlockRow[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("plan_block")
    .selectAll()
    .where("plan_id", "=", plan)
    .execute();
  return rows.map((row) => openRow(planBlockTable, key, row));
}

export async function findBlockRow(
  read: Read,
  key: SubjectKey,
  plan: string,
  block: string,
): Promise<BlockRow | undefined> {
  const row = await tables<typeof schema>(read)
    .selectFrom("plan_block")
    .selectAll()
    .where("plan_id", "=", plan)
    .where("block", "=", block)
    .executeTakeFirst();
  return row && openRow(planBlockTable, key, row);
}

/** 読んだ版から変わっていなければ、変える。変わっていれば偽。 */
export async function updateBlock(
  tx: Read,
  key: SubjectKey,
  expected: number,
  row: BlockRow,
): Promise<boolean> {
  const { id: _id, contract_id: _contract, plan_id, block, ...rest } = sealRow(planBlockTable, key, row);
  const rows = await tables<typeof schema>(tx)
    .updateTable("plan_block")
    .set(rest)
    .where("plan_id", "=", plan_id)
    .where("block", "=", block)
    .where("version", "=", expected)
    .returning("id")
    .execute();
  return rows.length === 1;
}

export async function insertChange(tx: Read, key: SubjectKey, row: ChangeRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("plan_change")
    .values(sealRow(planChangeTable, key, row))
    .execute();
}

/** 番号の順の経過。after より後、upTo まで、block だけ、link だけに絞れる。 */
export async function listChangeRows(
  read: Read,
  key: SubjectKey,
  plan: string,
  only: { after?: number; upTo?: number; block?: string; link?: string } = {},
): Promise<ChangeRow[]> {
  let query = tables<typeof schema>(read)
    .selectFrom("plan_change")
    .selectAll()
    .where("plan_id", "=", plan)
    .orderBy("number");
  if (only.after !== undefined) query = query.where("number", ">", only.after);
  if (only.upTo !== undefined) query = query.where("number", "<=", only.upTo);
  if (only.block !== undefined) query = query.where("block", "=", only.block);
  if (only.link !== undefined) query = query.where("link", "=", only.link);
  return (await query.execute()).map((row) => openRow(planChangeTable, key, row));
}

export async function insertAside(tx: Read, key: SubjectKey, row: AsideRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("plan_aside")
    .values(sealRow(planAsideTable, key, row))
    .execute();
}

/** 見終えたかどうかを書く。いまある部分でなければ偽。 */
export async function setReview(
  tx: Read,
  plan: string,
  block: string,
  review: ReviewState,
): Promise<boolean> {
  return setLive(tx, plan, block, { review });
}

/** 記録し始める前の版を書く（null は、地の文にした）。 */
export async function setTrackedFrom(
  tx: Read,
  plan: string,
  block: string,
  version: number | null,
): Promise<boolean> {
  return setLive(tx, plan, block, { tracked_from: version });
}

async function setLive(
  tx: Read,
  plan: string,
  block: string,
  change: { review: ReviewState } | { tracked_from: number | null },
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("plan_block")
    .set(change)
    .where("plan_id", "=", plan)
    .where("block", "=", block)
    .where("state", "=", "live")
    .returning("id")
    .execute();
  return rows.length === 1;
}

/** 脇に残した文のうち、まだ決めていないもの。 */
export async function listOpenAsides(read: Read, key: SubjectKey, plan: string): Promise<AsideRow[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("plan_aside")
    .selectAll()
    .where("plan_id", "=", plan)
    .where("state", "=", "open")
    .orderBy("made_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => openRow(planAsideTable, key, row));
}

/** 脇の文を、使った・捨てたことにする。もう決まっていれば偽。 */
export async function closeAside(
  tx: Read,
  plan: string,
  id: string,
  state: "used" | "dropped",
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("plan_aside")
    .set({ state })
    .where("plan_id", "=", plan)
    .where("id", "=", id)
    .where("state", "=", "open")
    .returning("id")
    .execute();
  return rows.length === 1;
}
