import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { changePlanBlock } from "../plan/change-block.ts";
import { listPlanChanges, type PlanChangeLine } from "../plan/list-plan-changes.ts";
import { mayPlan } from "../plan/plan-right.ts";
import { blockLabel, type ListedBlock, listPlanBlocks, listPlans } from "../plan/read-plan.ts";
import type { Office } from "../platform/office.ts";
import { answerGroup, requireGroup } from "./answer-group.ts";
import { refuseComment } from "./comment-right.ts";
import { readBook } from "./read-book.ts";

type Reader = Pick<Actor, "contract" | "roles">;

/** いまの計画（いちばん新しいもの）。まだないか、計画を読めない役割なら undefined。 */
export async function currentPlan(office: Office, actor: Reader): Promise<string | undefined> {
  if (!mayPlan("read", actor.roles)) return undefined;
  return (await listPlans(office, actor)).at(-1)?.id;
}

/** 計画の部分（見出しと本文）。計画がなければ空。 */
export async function listBlocks(office: Office, actor: Reader): Promise<{ id: string; label: string }[]> {
  const blocks = await readBlocks(office, actor);
  // 文は、見出しの下に一字下げて並べる。
  const indent = ({ kind }: ListedBlock) => (kind === "heading" ? "" : "　");
  return blocks.map((one) => ({ id: one.id, label: `${indent(one)}${blockLabel(one)}` }));
}

export async function readBlocks(office: Office, actor: Reader): Promise<ListedBlock[]> {
  const plan = await currentPlan(office, actor);
  return plan === undefined ? [] : listPlanBlocks(office, actor, plan);
}

/** 計画の見出し（章と節）から、分類を作る。 */
export async function frameOfPlan(office: Office, actor: Reader) {
  const blocks = await readBlocks(office, actor);
  const headings = blocks.filter(({ kind, heading }) => kind === "heading" && heading !== "");
  const bodies = Map.groupBy(blocks, ({ heading }) => heading);
  let [chapter, section] = [0, 0];
  return headings.flatMap(({ heading, chapter: of }) => {
    const isChapter = heading === of;
    if (isChapter) [chapter, section] = [chapter + 1, 0];
    else section += 1;
    const words = (bodies.get(heading) ?? []).map(({ text }) => text).join("\n");
    return [
      {
        ...{
          code: isChapter ? String(chapter) : `${chapter}-${section}`,
          title: [...heading].slice(0, 100).join(""),
        },
        ...{ chapter: [...of].slice(0, 100).join(""), page: "", description: words.slice(0, 3_000) },
      },
    ];
  });
}

/** 公表する表に載せる文: 原稿の印（脚注、図の参照、データから入る数）を除く。 */
function plainText(text: string): string {
  return text
    .replace(/\[\^[^\]]*\]/g, "")
    .replace(/（\[\[[^\]]*\]\]）|\[\[[^\]]*\]\]/g, "")
    .replace(/\{\{[^}]*\}\}/g, "〔数値〕")
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .slice(0, 4_000);
}

const linkOf = (id: string, number: number) => ({
  ...{ room: "comments", kind: "answer", id, label: `意見への答え No.${number}` },
});

/** この答えにつながる、計画の変更（古い順）。 */
export async function changesOf(
  office: Office,
  actor: Reader,
  group: { id: string },
): Promise<PlanChangeLine[]> {
  const plan = await currentPlan(office, actor);
  if (plan === undefined) return [];
  const link = { room: "comments", kind: "answer", id: group.id };
  const lines = await listPlanChanges(office, actor, plan, { link });
  return lines.map((one) => ({ ...one, before: plainText(one.before), after: plainText(one.after) }));
}

/**
 * 「修正する」答えのために計画を直す。直した変更に答えがつながり、答えには変更の前と後が残る。
 * @throws AppError NOT_FOUND（計画・部分がない）、CONFLICT（先に直された）、BAD_INPUT、REFUSED（確認中）
 */
export async function reviseForAnswer(
  office: Office,
  actor: Actor,
  id: string,
  given: { block: string; text: string; reason: string; version: number },
): Promise<void> {
  refuseComment("work", actor);
  const [book, plan] = await Promise.all([readBook(office, actor.contract), currentPlan(office, actor)]);
  const group = requireGroup(book, id);
  if (group.state === "asked") throw new AppError("REFUSED", "部局に確認中の答えは直せません。");
  if (plan === undefined)
    throw new AppError("NOT_FOUND", "計画書がまだありません。修正の前と後を、欄に書いてください。");
  const before = (await listPlanBlocks(office, actor, plan)).find((one) => one.id === given.block);
  if (!before) throw new AppError("NOT_FOUND", "その部分は、いまの計画書にありません。選び直してください。");
  const made = await changePlanBlock(office, actor, plan, given.block, {
    ...{ text: given.text, expectedVersion: given.version, reason: given.reason },
    link: linkOf(group.id, group.number),
  });
  const now = (await listPlanBlocks(office, actor, plan)).find((one) => one.id === given.block);
  await answerGroup(office, actor, id, {
    changeRef: made.id,
    change: {
      place: before.heading.slice(0, 200),
      ...{ before: plainText(before.text), after: plainText(now?.text ?? given.text) },
      reason: given.reason.slice(0, 1_000),
    },
  });
}
