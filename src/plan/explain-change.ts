import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import {
  type ComparedLine,
  type ComparedSide,
  comparePlanVersions,
  NOW,
  passageLine,
} from "./compare-versions.ts";
import { listDecisionRows } from "./plan-decision-store.ts";
import { listFileRows } from "./plan-file-store.ts";
import { refusePlanRole } from "./plan-right.ts";
import type { PlanVersion } from "./plan-version.ts";
import { openPlan } from "./read-plan.ts";
import { listPlanVersions } from "./read-version.ts";
import { writeDecision } from "./write-decision.ts";

type Reader = Pick<Actor, "contract" | "roles">;

/** パブリックコメント用の版のあとの変更で、理由も意見もないもの。 */
export interface UnexplainedChanges {
  /** パブリックコメント用の版（いちばん新しいもの）。 */
  from: ComparedSide;
  /** 数えたときの、変更の通し番号。 */
  sequence: number;
  lines: ComparedLine[];
}

/**
 * 意見公募にかけた案から変わったのに、なぜ変えたかが分からない部分（業務仕様書 3(1)(ｳ) の最終原稿のため）。
 * 番号だけの繰り上げ・繰り下げは、ほかの変更の結果なので入れない。パブリックコメント用の版がなければ undefined。
 * @throws AppError NOT_FOUND、FORBIDDEN
 */
export async function listUnexplained(
  office: Office,
  actor: Reader,
  planId: string,
): Promise<UnexplainedChanges | undefined> {
  const shown = (await listPlanVersions(office, actor, planId)).findLast(({ stage }) => stage === "comment");
  if (shown === undefined) return undefined;
  const { from, to, lines } = await comparePlanVersions(office, actor, planId, shown.id, NOW);
  return {
    ...{ from, sequence: to.sequence },
    lines: lines.filter(({ kind }) => kind !== "renumbered").flatMap(unexplainedIn),
  };
}

/** 部分の中の、理由のないところ。変わったところが一つなら、その部分。 */
function unexplainedIn(line: ComparedLine): ComparedLine[] {
  if (line.passages.length === 0) return line.reasons.length === 0 ? [line] : [];
  return line.passages.filter(({ reasons }) => reasons.length === 0).map((one) => passageLine(line, one));
}

/** 数えた結果（鍵は、数を左右するものの全部）。文は覚えない。 */
const counted = new Map<string, number>();
const MOST_COUNTED = 200;

/**
 * 理由のない変更の数。原稿・データ・書いた理由のどれも変わらない間は、比べ直さない。パブリックコメント用の版がなければ 0。
 * @throws AppError NOT_FOUND、FORBIDDEN
 */
export async function countUnexplained(
  office: Office,
  actor: Reader,
  planId: string,
  versions: readonly PlanVersion[],
): Promise<number> {
  const shown = versions.findLast(({ stage }) => stage === "comment");
  if (shown === undefined) return 0;
  const { row, key } = await openPlan(office, actor, planId);
  const [files, reasons] = await Promise.all([
    listFileRows(office.read, key, planId),
    listDecisionRows(office.read, key, planId, ["change-explained"]),
  ]);
  const mark = [
    ...[office.id, planId, shown.id, row.sequence, row.edition, reasons.at(-1)?.number ?? 0],
    ...files.map(({ name, sha256 }) => `${name} ${sha256}`),
  ].join("|");
  const known = counted.get(mark);
  if (known !== undefined) return known;
  const count = (await listUnexplained(office, actor, planId))?.lines.length ?? 0;
  if (counted.size >= MOST_COUNTED) counted.clear();
  counted.set(mark, count);
  return count;
}

/**
 * 理由のない変更があれば断る。
 * @throws AppError REFUSED（detail.unexplained に部分の一覧）、CONFLICT（数える間に直された）
 */
export async function refuseUnexplained(
  office: Office,
  actor: Reader,
  planId: string,
  sequence: number,
): Promise<void> {
  const found = await listUnexplained(office, actor, planId);
  if (found === undefined) return;
  if (found.sequence !== sequence)
    throw new AppError("CONFLICT", "残す間に、原稿が直されました。もう一度、残してください。");
  if (found.lines.length === 0) return;
  throw new AppError(
    "REFUSED",
    `「${found.from.name}」のあとの変更のうち、理由も意見もないものが${found.lines.length}か所あります。理由を書くと、最終原稿として残せます。`,
    {
      detail: {
        unexplained: found.lines.map(({ block, under, kind, passage }) => ({
          ...{ block, under, kind },
          ...(passage === undefined ? {} : { passage }),
        })),
      },
    },
  );
}

/**
 * 変更の理由を書き足す。文は変わらず、新旧対照表の理由に出る。空の理由は飛ばす。
 * passage は、部分の中の変わったところの名（listUnexplained の行のもの）。言わなければ、その部分の理由のないところの全部に付く。
 * @returns 書いた数と、まだ理由のない数
 * @throws AppError BAD_INPUT（一つも書いていない）、NOT_FOUND（理由のない変更ではない）、FORBIDDEN
 */
export async function explainPlanChanges(
  office: Office,
  actor: Actor,
  planId: string,
  reasons: readonly { block: string; passage?: string | undefined; reason: string }[],
): Promise<{ explained: number; left: number }> {
  refusePlanRole("write", actor);
  const written = reasons.filter(({ reason }) => reason.trim() !== "");
  if (written.length === 0)
    throw new AppError("BAD_INPUT", "理由を、一つは書いてください。", {
      faults: [{ field: "common", message: "理由を、一つは書いてください。" }],
    });
  const { lines = [] } = (await listUnexplained(office, actor, planId)) ?? {};
  // あとに書いたものが勝つ。鍵は、部分と、その中の変わったところ。
  const chosen = new Map<ComparedLine, string>();
  for (const { block, passage, reason } of written) {
    const own = lines.filter(
      (line) => line.block === block && (!passage || line.passage === undefined || line.passage === passage),
    );
    if (own.length === 0)
      throw new AppError(
        "NOT_FOUND",
        "その部分は、理由のない変更ではありません。ほかの人が先に書いたか、元の文に戻っています。一覧を開き直してください。",
        { detail: { block } },
      );
    for (const line of own) chosen.set(line, reason.trim());
  }
  const { key } = await openPlan(office, actor, planId);
  await office.act(actor, async (tx) => {
    for (const [{ block, passage }, reason] of chosen)
      await writeDecision(
        tx,
        { plan: planId, key },
        {
          ...{ kind: "change-explained", subject: block },
          body: passage === undefined ? { reason } : { reason, passage },
        },
      );
  });
  return { explained: chosen.size, left: lines.length - chosen.size };
}
