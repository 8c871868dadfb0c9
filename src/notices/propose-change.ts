import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { draftFiling, type NewFiling } from "../filings/draft-filing.ts";
import { isDay } from "../japan/day.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import type { Term } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { type AgreedChange, agreedAbout, directionWords } from "./agreed-change.ts";
import { ownCardName } from "./own-card.ts";

export function mayAgree(actor: Pick<Actor, "roles">): boolean {
  return actor.roles.some((role) => role === "supervisor" || role === "manager" || role === "system");
}

/** SV・責任者でなければ FORBIDDEN。 */
export function requireAgree(actor: Pick<Actor, "roles">): void {
  if (!mayAgree(actor))
    throw new AppError("FORBIDDEN", "委託者との協議は、SV・責任者の役割です。SV に依頼してください。");
}

/**
 * 協議の要る変更を、一つの行いで協議書の下書きにする（６(2)オ、６(3)イ）。変更は、委託者の回答があり、
 * startChange で始めるまで効かない。
 * @throws AppError BAD_INPUT（期、日、理由）、FORBIDDEN
 */
export async function proposeChange(
  office: Office,
  actor: Actor,
  change: AgreedChange,
): Promise<{ filing: string; number: number }> {
  requireAgree(actor);
  const { blueprint } = await openContract(office, actor.contract);
  const draft = change.kind === "own-card" ? cardDraft(change) : windowDraft(change, blueprint.terms);
  const made = await draftFiling(office, actor, {
    ...draft,
    kind: "consultation",
    about: agreedAbout(change),
  });
  return { filing: made.id, number: made.number };
}

type Draft = Pick<NewFiling, "title" | "clause" | "body">;

function cardDraft({ direction }: Extract<AgreedChange, { kind: "own-card" }>): Draft {
  return {
    title: "受講通知書の様式について",
    clause: "6(2)オ",
    body: `受講通知書を、受託者の様式（${ownCardName}、宛名は${directionWords[direction]}）で作成したく、協議を申し入れます。宛名面は郵便番号・住所・氏名・カスタマバーコード・料金の印・差出人、文面は受講日時・会場・講座・受付番号・持ち物・問合せ先です。大きな文字を希望された方には、同じ内容の大きな文字の版を用います。回答をいただくまでは、いまの様式で作成します。`,
  };
}

function windowDraft(
  { term: id, to, reason }: Extract<AgreedChange, { kind: "dispatch-window" }>,
  terms: readonly Term[],
): Draft {
  const term = terms.find((one) => one.id === id);
  const faults = [
    ...(term ? [] : [{ field: "term", message: "期を選んでください。" }]),
    ...(isDay(to) && (!term || (to >= term.deskFrom && to !== term.dispatchTo))
      ? []
      : [{ field: "to", message: "受付が始まる日より後の、いまと違う日を入れてください。" }]),
    ...(reason.trim() !== "" && [...reason].length <= 200
      ? []
      : [{ field: "reason", message: "変更の理由を200字までで書いてください（個人のことは書かない）。" }]),
  ];
  if (!term || faults.length > 0) throw new AppError("BAD_INPUT", "入力に直すところがあります。", { faults });
  const how = to < term.dispatchTo ? "短縮" : "延長";
  return {
    title: `${term.label}の発送の期間の${how}について`,
    clause: "6(3)イ",
    body: `${term.label}の受講通知書の発送の期間を、${formatWareki(term.dispatchTo)}までから${formatWareki(to)}までに${how}したく、協議を申し入れます。理由: ${reason.trim()}。回答をいただくまでは、いまの期間で発送します。`,
  };
}
