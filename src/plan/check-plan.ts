import type { Actor } from "../base/actor.ts";
import { TextBinder } from "../manuscript/bound-text.ts";
import { checkManuscript } from "../manuscript/check-manuscript.ts";
import { allBlocks, type Manuscript, type ManuscriptWarning, numbersOf } from "../manuscript/manuscript.ts";
import type { Office } from "../platform/office.ts";
import { type Clash, type Consistency, consistencyOf } from "./consistency.ts";
import { type Contradiction, contradictionsOf } from "./contradiction.ts";
import { readWholeManuscript } from "./export-plan.ts";
import { listUppers } from "./list-uppers.ts";
import type { PlanRemark } from "./plan-remark.ts";
import { contentText } from "./plan-text.ts";
import { type OpenPlan, openPlan } from "./read-plan.ts";
import { longSentences, SENTENCE_GOAL } from "./split-sentence.ts";
import type { UpperPlan } from "./upper.ts";

export interface CheckedPlan {
  sequence: number;
  consistency: Consistency;
  remarks: PlanRemark[];
}

const titles: Readonly<Record<ManuscriptWarning["kind"], string>> = {
  markup: "書き方が崩れています",
  "duplicate-id": "同じ名の部分があります",
  "missing-reference": "参照の先がありません",
  "missing-data": "数のもとがありません",
  "missing-alt": "見えない人のための文がありません",
  "missing-rights": "権利が書かれていません",
  "missing-source": "出典がありません",
  kpi: "指標が足りません",
  glossary: "用語が違います",
  upper: "上位計画との対応がありません",
  footnote: "脚注がありません",
  image: "画像に直すところがあります",
  source: "出典が読めません",
  theme: "書体と色に直すところがあります",
  plain: "読みにくい文です",
  digest: "概要版に直すところがあります",
};

/**
 * 原稿の整合と点検: 施策 × 上位計画・法律、食い違い、参照・数・用語・指標・権利、長すぎる文。
 * @throws AppError NOT_FOUND、FORBIDDEN
 */
export async function checkPlan(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
): Promise<CheckedPlan> {
  return (await checkOpenPlan(office, await openPlan(office, actor, planId))).checked;
}

/** 開いた計画の点検と、そのために読んだ原稿と上位計画（画面が読み直さないで使う）。 */
export async function checkOpenPlan(
  office: Office,
  plan: OpenPlan,
): Promise<{ checked: CheckedPlan; manuscript: Manuscript; uppers: UpperPlan[] }> {
  const { uppers, matches } = await listUppers(office, plan);
  const manuscript = await readWholeManuscript(office, plan.row.contract_id, plan);
  const consistency = consistencyOf(manuscript, uppers, matches);
  const checked = {
    ...{ sequence: plan.sequence, consistency },
    remarks: [
      ...consistency.clashes.map((clash) => clashRemark(plan, clash, uppers)),
      ...contradictionRemarks(manuscript),
      ...faultsOf(manuscript, plan),
      ...longRemarks(plan),
    ],
  };
  return { checked, manuscript, uppers };
}

const clashTitles: Readonly<Record<Clash["kind"], string>> = {
  period: "取り組む期間が違います",
  "target-year": "目標年次が違います",
  "target-value": "目標値が違います",
};

function clashRemark(plan: OpenPlan, clash: Clash, uppers: readonly UpperPlan[]): PlanRemark {
  const upper = uppers.find(({ id }) => id === clash.upperId);
  const block = plan.blocks.find(({ id }) => id === clash.block);
  const page = clash.item.page === "" ? "" : `（${clash.item.page}ページ）`;
  const fixed = block && fixedText(block.id, block.content, clash);
  return {
    ...{ id: `${clash.kind}|${clash.block}|${clash.item.code}`, tone: "late", kind: clash.kind },
    ...{ block: clash.block, title: clashTitles[clash.kind], where: clash.where },
    text: `本計画 ${clash.ours}／${upper?.shortName ?? ""} ${clash.item.code}「${clash.item.title}」${clash.theirs}${page}`,
    ...(fixed === undefined
      ? {}
      : {
          fix: {
            ...{ label: "上位計画に合わせる", text: fixed },
            reason: `${upper?.name ?? ""} ${clash.item.code} に合わせる`,
          },
        }),
  };
}

const contradictionTitles: Readonly<Record<Contradiction["kind"], string>> = {
  "plan-period": "計画の期間が、ほかの所と違います",
  "year-count": "年の数が合いません",
  "measure-count": "施策の数が合いません",
  "kpi-value": "文の数が、指標の表と違います",
  "same-figure": "同じ年の同じものの数が違います",
  "out-of-period": "目標の年度が、計画の期間の外です",
};

/** 原稿の中の食い違い。両方の文と、相手の部分の名を言う。 */
function contradictionRemarks(manuscript: Manuscript): PlanRemark[] {
  const numbers = numbersOf(manuscript.blocks, manuscript.meta.numbering, manuscript.meta.annexNumbering);
  return contradictionsOf(manuscript).map(({ kind, block, ours, theirs, other }, at) => ({
    ...{ id: `${kind}|${block}|${at}`, tone: "late", kind: "contradiction", block },
    ...{ title: contradictionTitles[kind], where: numbers.get(block) ?? "" },
    text: `「${ours}」／「${theirs}」${other === block ? "" : `（${numbers.get(other) || other}）`}`,
  }));
}

function fixedText(
  id: string,
  content: OpenPlan["blocks"][number]["content"],
  clash: Clash,
): string | undefined {
  if ("period" in clash.fix)
    return content.kind === "measure" ? contentText(id, { ...content, period: clash.fix.period }) : undefined;
  if (content.kind !== "kpi") return undefined;
  const { row, column, text } = clash.fix;
  const rows = content.rows.map((cells, at) =>
    at === row ? cells.map((cell, index) => (index === column ? text : cell)) : cells,
  );
  return contentText(id, { ...content, rows });
}

/** 原稿の点検（参照、数、用語、指標、権利、出典）。部分の id は、場所（file）に入っている。 */
function faultsOf(manuscript: Manuscript, plan: OpenPlan): PlanRemark[] {
  const binder = new TextBinder(manuscript);
  for (const block of allBlocks(manuscript.blocks))
    for (const text of textsOf(block)) binder.bind(text, block.place);
  for (const block of allBlocks(manuscript.blocks))
    if (block.kind === "figure" && block.data !== "") binder.table(block.data, block.place);
  const numbers = numbersOf(manuscript.blocks, manuscript.meta.numbering, manuscript.meta.annexNumbering);
  const byId = new Map(plan.blocks.map((block) => [block.id, block]));
  return [...checkManuscript(manuscript), ...binder.warnings].map((one, at) => {
    const block = byId.get(one.place.file);
    const term = one.kind === "glossary" ? /^「(.+?)」は、用語集では「(.+?)」/.exec(one.message) : null;
    const [, wrong = "", right = ""] = term ?? [];
    const text = block && contentText(block.id, block.content);
    return {
      ...{ id: `${one.kind}|${one.place.file}|${at}`, tone: "due", kind: one.kind, block: one.place.file },
      ...{ title: titles[one.kind], where: numbers.get(one.place.file) ?? "", text: one.message },
      ...(term && text !== undefined
        ? {
            fix: {
              ...{ label: `「${right}」に替える`, text: text.replaceAll(wrong, right) },
              reason: `用語集に合わせる（${wrong}→${right}）`,
            },
          }
        : {}),
    };
  });
}

function textsOf(block: Manuscript["blocks"][number]): string[] {
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return [block.text];
    case "list":
      return block.items;
    case "table":
    case "kpi":
      return [block.caption, ...block.header, ...block.rows.flat()];
    case "figure":
      return [block.caption, block.source];
    case "photo":
      return [block.caption];
    case "measure":
    case "column":
      return [block.title];
  }
}

function longRemarks(plan: OpenPlan): PlanRemark[] {
  return plan.blocks.flatMap(({ id, content }) => {
    if (content.kind !== "paragraph") return [];
    return longSentences(content.text).map(
      (long, at): PlanRemark => ({
        ...{ id: `long|${id}|${at}`, tone: "due", kind: "long", block: id, title: "一文が長すぎます" },
        where: `${long.length}字`,
        text: `目安は${SENTENCE_GOAL}字。${long.split ? `「${long.at}」で分けられます。` : "二つの文に分けられないか、ご検討ください。"}`,
        ...(long.split && content.text.includes(long.sentence)
          ? {
              fix: {
                ...{ label: "分ける", text: content.text.replace(long.sentence, () => long.split ?? "") },
                reason: "長い文を分ける",
              },
            }
          : {}),
      }),
    );
  });
}
