import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { compareManuscripts, type PlanChange } from "../manuscript/compare-manuscript.ts";
import { comparisonDocument } from "../manuscript/comparison-document.ts";
import { type Manuscript, numbersOf } from "../manuscript/manuscript.ts";
import { readManuscript } from "../manuscript/manuscript-reader.ts";
import { passageChange } from "../manuscript/passage.ts";
import { themeOf } from "../manuscript/plan-theme.ts";
import { trackedBlocks } from "../manuscript/tracked-document.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { Office } from "../platform/office.ts";
import { readWholeManuscript } from "./export-plan.ts";
import { changesOf } from "./list-plan-changes.ts";
import { type ChangeReason, type ComparedPassage, comparedPassages, reasonsIn } from "./passage-reason.ts";
import { listDecisionRows } from "./plan-decision-store.ts";
import { type OpenPlan, openPlan } from "./read-plan.ts";
import { listPlanVersions, openVersion } from "./read-version.ts";

/** いまの原稿を指す、版の名。 */
export const NOW = "now";

export interface ComparedSide {
  id: string;
  name: string;
  sequence: number;
  /** 残した日時。いまの原稿は null。 */
  takenAt: Instant | null;
}

export interface ComparedLine extends PlanChange {
  /** 部分の番号（図3、施策2）。 */
  number: string;
  /** 変えた理由。意見の番号など、つながりの名を含む。 */
  reasons: ChangeReason[];
  /** 部分の中に変わったところがいくつもあるときの、それぞれの文と理由。一つなら空。 */
  passages: ComparedPassage[];
  /** 変わったところだけの行（splitRows）の、その名。 */
  passage?: string;
}

export interface ComparedVersions {
  title: string;
  author: string;
  from: ComparedSide;
  to: ComparedSide;
  lines: ComparedLine[];
}

/**
 * 二つの版（id、または「now」）の違い。理由と意見の番号は、間の変更の経過から。
 * @throws AppError NOT_FOUND、FORBIDDEN
 */
export async function comparePlanVersions(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  from: string,
  to: string,
): Promise<ComparedVersions> {
  const { plan, old, now } = await sidesOf(office, actor, planId, { from, to });
  return compareSides(office, plan, old, now);
}

/** 計画を一度だけ開き、二つの版を一度ずつ読む。 */
async function sidesOf(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  sides: { from: string; to: string },
): Promise<{ plan: OpenPlan; old: OpenSide; now: OpenSide }> {
  const plan = await openPlan(office, actor, planId);
  const old = await sideOf(office, plan, sides.from);
  return { plan, old, now: sides.to === sides.from ? old : await sideOf(office, plan, sides.to) };
}

async function compareSides(
  office: Office,
  plan: OpenPlan,
  old: OpenSide,
  now: OpenSide,
): Promise<ComparedVersions> {
  const changes = await changesOf(office, plan, { sinceVersion: old.side.sequence });
  const why = Map.groupBy(
    changes.filter(({ number }) => number <= now.side.sequence),
    ({ block }) => block,
  );
  const explained = await explainedBetween(office, plan, old.side, now.side);
  const { meta, blocks } = now.manuscript;
  const numbers = numbersOf(blocks, meta.numbering, meta.annexNumbering);
  const was = numbersOf(
    old.manuscript.blocks,
    old.manuscript.meta.numbering,
    old.manuscript.meta.annexNumbering,
  );
  return {
    ...{ title: meta.title, author: meta.author, from: old.side, to: now.side },
    lines: compareManuscripts(old.manuscript, now.manuscript).map((change) => {
      const [history, added] = [why.get(change.block) ?? [], explained.get(change.block) ?? []];
      return {
        ...change,
        number: numbers.get(change.block) ?? was.get(change.block) ?? "",
        reasons: reasonsIn(history, added),
        passages: comparedPassages(change, history, added),
      };
    }),
  };
}

/** 対照表の行。変わったところの理由がちがう部分は、変わったところごとの行に分ける。 */
export function splitRows(lines: readonly ComparedLine[]): ComparedLine[] {
  return lines.flatMap((line) => {
    const reasons = new Set(line.passages.map((one) => JSON.stringify(one.reasons)));
    return reasons.size < 2 ? [line] : line.passages.map((one) => passageLine(line, one));
  });
}

/** 変わったところだけの行。 */
export function passageLine(line: ComparedLine, passage: ComparedPassage): ComparedLine {
  const { reasons, key } = passage;
  return { ...line, ...passageChange(line, passage), reasons, passages: [], passage: key };
}

/** 二つの版の間に書き足した理由（部分の id → 理由。passage は、変わったところの名）。 */
async function explainedBetween(
  office: Office,
  { row, key }: OpenPlan,
  from: ComparedSide,
  to: ComparedSide,
): Promise<Map<string, { reason: string; passage?: string }[]>> {
  const rows = await listDecisionRows(office.read, key, row.id, ["change-explained"]);
  const own = rows.filter(
    ({ made_at }) => made_at >= (from.takenAt ?? "") && (to.takenAt === null || made_at <= to.takenAt),
  );
  return new Map(
    [...Map.groupBy(own, ({ subject }) => subject)].map(([block, written]) => [
      block,
      written.map(({ body }) => JSON.parse(body) as { reason: string; passage?: string }),
    ]),
  );
}

interface OpenSide {
  side: ComparedSide;
  manuscript: Manuscript;
}

async function sideOf(office: Office, plan: OpenPlan, id: string): Promise<OpenSide> {
  const contract = plan.row.contract_id;
  if (id === NOW) {
    return {
      side: { id: NOW, name: "いまの原稿", sequence: plan.sequence, takenAt: null },
      manuscript: await readWholeManuscript(office, contract, plan),
    };
  }
  const { version, files } = await openVersion(office, contract, plan, id);
  return {
    side: { id, name: version.name, sequence: version.sequence, takenAt: version.at },
    manuscript: readManuscript(files),
  };
}

/** 省いたときに比べる二つ: いちばん新しい版と、いまの原稿。版がなければ undefined。 */
export async function defaultSides(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
): Promise<{ from: string; to: string } | undefined> {
  const last = (await listPlanVersions(office, actor, planId)).at(-1);
  return last && { from: last.id, to: NOW };
}

/** 行（順）→ 理由（意見の番号など）。 */
function reasonsOf(lines: readonly ComparedLine[]): Map<ComparedLine, string> {
  return new Map(
    lines.flatMap((line) => {
      const { reasons } = line;
      const text = reasons
        .map((one) => [one.link?.label ?? "", one.text].filter(Boolean).join("　"))
        .filter(Boolean)
        .join("\n");
      return text === "" ? [] : [[line, text] as const];
    }),
  );
}

/** 新旧対照表（Word）。変更履歴つきの本文も付く。 */
export async function comparisonWord(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  sides: { from: string; to: string },
  look: { newFirst: boolean; remarks: boolean },
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  const { plan, old, now } = await sidesOf(office, actor, planId, sides);
  const compared = await compareSides(office, plan, old, now);
  const { title, author, from, to } = compared;
  const lines = splitRows(compared.lines);
  if (lines.length > 5000)
    throw new AppError("TOO_LARGE", "違いが 5,000 を超えています。近い版どうしを比べてください。");
  return {
    fileName: "新旧対照表.docx",
    media: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    bytes: writeWordDocument(
      comparisonDocument(
        lines,
        {
          ...{ title: `${title}　新旧対照表（${from.name} → ${to.name}）`, author, ...look },
          created: office.clock.officeNow(actor.contract),
          ...{ reasons: reasonsOf(lines), look: themeOf(now.manuscript).theme },
        },
        trackedBlocks(old.manuscript, now.manuscript),
      ),
    ),
  };
}
