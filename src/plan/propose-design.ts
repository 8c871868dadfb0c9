import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import { dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import type { Office } from "../platform/office.ts";
import { type Design, type DesignInput, type DesignRequestInput, lookOfDesign } from "./design.ts";
import { iconFaults } from "./icon-place.ts";
import { openDesigns } from "./list-designs.ts";
import { listFileRows } from "./plan-file-store.ts";
import { refusePlanRole } from "./plan-right.ts";
import { updatePlanMeta } from "./plan-store.ts";
import { openPlan } from "./read-plan.ts";
import { writeDecision } from "./write-decision.ts";

const TEXT = 1_000;

/**
 * デザインの案を出す。色の読みにくい組は、出す前に断る（JIS X 8341-3 AA）。
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN、NOT_FOUND
 */
export async function proposeDesign(
  office: Office,
  actor: Actor,
  planId: string,
  given: DesignInput,
): Promise<{ number: number }> {
  refusePlanRole("write", actor);
  const plan = await openPlan(office, actor, planId);
  const { key } = plan;
  const files = await listFileRows(office.read, key, planId);
  const { faults, mended } = lookOfDesign(given.theme);
  if (mended && faults.some(({ field }) => field === "palette"))
    faults.push({ field: "palette", message: `「${mended.join(" ")}」なら、紙でも白黒でも見分けられます。` });
  if (given.title.trim() === "") faults.push({ field: "title", message: "案の名を書いてください。" });
  if (given.theme.cover && !files.some(({ name }) => name === given.theme.cover))
    faults.push({
      field: "cover",
      message: "その表紙の絵は、原稿にありません。権利の画面で入れてください。",
    });
  faults.push(...(await iconFaults(office, plan, given.theme.icons ?? {})));
  if (faults.length > 0) throw new AppError("BAD_INPUT", "案に直すところがあります。", { faults });
  const body = JSON.parse(JSON.stringify(given)) as Json;
  return office.act(actor, async (tx) => ({
    number: await writeDecision(tx, { plan: planId, key }, { kind: "design-proposed", subject: "", body }),
  }));
}

/**
 * 案を選ぶ。選んだときから、Word・PowerPoint・PDF・HTML と概要版の全部が、その見た目になる（残した版は変わらない）。
 * 委託者が選ぶ。受託者が代わりに記録するときは、いつ・どの協議で決まったかを書く。
 * @throws AppError BAD_INPUT、NOT_FOUND、FORBIDDEN
 */
export async function chooseDesign(
  office: Office,
  actor: Actor,
  planId: string,
  number: number,
  reason: string,
): Promise<Design> {
  refusePlanRole("comment", actor);
  const plan = await openPlan(office, actor, planId);
  const { designs } = await openDesigns(office, plan);
  const design = designs.find((one) => one.number === number);
  if (!design) throw new AppError("NOT_FOUND", "その案はありません。案の一覧から選び直してください。");
  if (!actor.roles.includes("client") && reason.trim() === "") {
    const message = "委託者の選定を代わりに記録するときは、いつ、どの協議で決まったかを書いてください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: `reason-${number}`, message }] });
  }
  const { row, key, meta } = plan;
  const next = { title: row.title, meta: JSON.stringify({ ...meta, theme: design.theme }) };
  await office.act(actor, async (tx) => {
    if (!(await updatePlanMeta(tx, row, next)))
      throw new AppError(
        "CONFLICT",
        "ほかの人が、先に決めごとを直しました。画面を開き直して、もう一度お願いします。",
      );
    await writeDecision(
      tx,
      { plan: planId, key },
      {
        ...{ kind: "design-chosen", subject: String(number), body: { reason: reason.trim().slice(0, TEXT) } },
      },
    );
  });
  return design;
}

/** 要望を、一件として残す（都度対応）。どこから、いつ出たか、誰がいつ記録したかが残る。 */
export async function askDesign(
  office: Office,
  actor: Actor,
  planId: string,
  given: DesignRequestInput,
): Promise<number> {
  refusePlanRole("comment", actor);
  const text = wordsOf(given.text, "request");
  const today = dayOf(office.clock.officeNow(actor.contract));
  const day = given.day || today;
  if (!isDay(day) || day > today) {
    const message = "要望の出た日は、きょうまでの日を「2025-01-14」の形で書いてください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "request-day", message }] });
  }
  const { key } = await openPlan(office, actor, planId);
  return office.act(actor, (tx) =>
    writeDecision(
      tx,
      { plan: planId, key },
      {
        ...{ kind: "design-asked", subject: "", body: { text, origin: given.origin ?? "client", day } },
      },
    ),
  );
}

/** 要望に応える。design は、応えて出した案の番号（なければ null）。 */
export async function answerDesign(
  office: Office,
  actor: Actor,
  planId: string,
  request: number,
  given: { text: string; design: number | null },
): Promise<void> {
  refusePlanRole("write", actor);
  const text = wordsOf(given.text, `answer-${request}`);
  const plan = await openPlan(office, actor, planId);
  const { designs, requests } = await openDesigns(office, plan);
  if (!requests.some(({ number }) => number === request))
    throw new AppError("NOT_FOUND", "その要望はありません。");
  if (given.design !== null && !designs.some(({ number }) => number === given.design))
    throw new AppError("NOT_FOUND", "その案はありません。");
  await office.act(actor, (tx) =>
    writeDecision(
      tx,
      { plan: planId, key: plan.key },
      {
        ...{ kind: "design-answered", subject: String(request), body: { text, design: given.design } },
      },
    ),
  );
}

function wordsOf(text: string, field: string): string {
  const words = text.trim();
  if (words !== "" && words.length <= TEXT) return words;
  const message =
    words === "" ? "言葉を書いてください。" : `${TEXT.toLocaleString("ja-JP")}字までで書いてください。`;
  throw new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
}
